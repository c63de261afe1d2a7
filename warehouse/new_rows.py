"""The rows that a merge is going to store, made of what is staged and what was decided of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from warehouse.decide import Decision
from warehouse.identity import digest_sql
from warehouse.schema import BLOCKS, BRIEFS, CHILDREN, KEPT, stored_as
from warehouse.table import Table

_FROM_STAGED = "FROM staged s JOIN decided d USING (capture_id)"
_MERGED_VALUES = {
    "brief_id": "d.brief_id",
    "revision": "d.revision",
    "capture_id": "s.capture_id",
    "first_seen_at": "d.first_seen_at",
    "revised_at": "d.revised_at",
    "url": "coalesce(s.brief.url, d.url)",
    "canonical_url": "coalesce(s.brief.canonical_url, d.canonical_url)",
    "robots_allowed": "s.robots_allowed",
    # the page's word and the headers' together: whoever forbids is heard
    "noai": "coalesce(s.brief.noai OR s.noai, s.brief.noai, s.noai)",
    "license_url": "coalesce(s.brief.license_url, s.license_url)",
    "valid_from": "d.valid_from",
    "valid_to": "d.valid_to",
}


def make_rows(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    """Make the rows that the decisions call for, in temporary tables ``new_<table>``."""
    connection.register("decided_rows", _decision_table(decisions))
    connection.execute("CREATE OR REPLACE TEMP TABLE decided AS SELECT * FROM decided_rows")
    connection.unregister("decided_rows")
    for table, query in (
        (BRIEFS, _brief_rows()),
        *((child, _child_rows(child)) for child in CHILDREN),
        (BLOCKS, _block_rows()),
    ):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE new_{table.name} AS {query}")


def _decision_table(decisions: Sequence[Decision]) -> pa.Table:
    instant = pa.timestamp("us", tz="UTC")
    kept = [d for d in decisions if d.stored]
    return pa.table(
        {
            "capture_id": pa.array([d.arrival.capture_id for d in kept], pa.string()),
            "brief_id": pa.array([d.brief_id for d in kept], pa.string()),
            "revision": pa.array([d.revision for d in kept], pa.int32()),
            "first_seen_at": pa.array([d.first_seen_at for d in kept], instant),
            "revised_at": pa.array([d.revised_at or d.arrival.fetched_at for d in kept], instant),
            "valid_from": pa.array([d.arrival.fetched_at for d in kept], instant),
            "valid_to": pa.array([d.valid_to for d in kept], instant),
            "url": pa.array([d.url for d in kept], pa.string()),
            "canonical_url": pa.array([d.canonical_url for d in kept], pa.string()),
        }
    )


def _select(table: Table, values: Mapping[str, str], default: str) -> str:
    """Return the select list of ``table``'s stored columns; ``default`` holds the other ones."""
    columns = ((name, values.get(name, f'{default}"{name}"')) for name in table.columns)
    return ", ".join(f'{value} AS "{name}"' for name, value in columns)


def _brief_rows() -> str:
    return f"SELECT {_select(KEPT[stored_as(BRIEFS)], _MERGED_VALUES, 's.brief.')} {_FROM_STAGED}"


def _child_rows(table: Table) -> str:
    values = {
        table.key[0]: digest_sql("brief_id", f"'{table.name}'", "item.item_key"),
        **{name: name for name in ("brief_id", "valid_from", "valid_to")},
    }
    return (
        f"SELECT {_select(KEPT[stored_as(table)], values, 'item.')} FROM (SELECT d.brief_id, "
        f"d.valid_from, d.valid_to, unnest(s.{table.name}) AS item {_FROM_STAGED})"
    )


def _block_rows() -> str:
    values = {"brief_id": "brief_id"}
    return (
        f"SELECT {_select(BLOCKS, values, 'item.')} FROM (SELECT d.brief_id, "
        f"unnest(s.blocks) AS item {_FROM_STAGED} WHERE d.valid_to IS NULL)"
    )
