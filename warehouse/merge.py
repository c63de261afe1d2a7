"""Merging staged captures into the lake, in one transaction that also checks them.

staged -> what is known of their keys -> decide -> rows -> checks -> commit
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.decide import Arrival, Decision, Standing, decide
from warehouse.errors import IntegrityError
from warehouse.identity import digest, digest_sql
from warehouse.integrity import failures_in_merge
from warehouse.lake import append, transaction
from warehouse.revise import book_changes, items_now
from warehouse.schema import ATTEMPTS, BLOCKS, BRIEFS, CAPTURES, CHILDREN, HISTORY, Table, stored_as

OUTCOMES = ("new", "revised", "unchanged", "duplicate", "rejected", "held")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One thing tried, with its outcome; ``reason`` and ``message`` for what was refused."""

    source: str
    uri: str
    at: datetime
    outcome: str
    reason: str | None = None
    message: str | None = None
    capture_id: str | None = None
    brief_id: str | None = None


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did: every attempt of the run, in order."""

    attempts: list[Attempt] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        found = dict.fromkeys(OUTCOMES, 0)
        for attempt in self.attempts:
            found[attempt.outcome] += 1
        return found


def merge(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    staged: pa.Table | None,
    others: Iterable[Attempt] = (),
    ledger: Mapping[str, pa.Table] | None = None,
) -> MergeReport:
    """Merge ``staged`` (see :data:`warehouse.rows.STAGED`) and book all attempts of a run.

    ``others`` are attempts that brought no capture; ``ledger`` holds further rows to append, by
    table. All of it is one transaction. Raises :class:`IntegrityError`, with nothing stored, if
    what would be stored contradicts itself. The caller holds the write lock.
    """
    attempts = list(others)
    with transaction(connection):
        if staged is not None and staged.num_rows:
            attempts += _merge_captures(connection, staged)
        append(connection, ATTEMPTS, _attempt_rows(run_id, attempts))
        for name, rows in (ledger or {}).items():
            connection.register("ledger_rows", rows)
            connection.execute(f"INSERT INTO lake.{name} BY NAME SELECT * FROM ledger_rows")
            connection.unregister("ledger_rows")
    return MergeReport(attempts)


def _attempt_rows(run_id: str, attempts: Sequence[Attempt]) -> list[dict[str, Any]]:
    return [
        {
            "attempt_id": digest("attempt", run_id, str(nth), attempt.uri),
            "run_id": run_id,
            **{name: getattr(attempt, name) for name in Attempt.__slots__},
        }
        for nth, attempt in enumerate(attempts)
    ]


def _merge_captures(connection: duckdb.DuckDBPyConnection, staged: pa.Table) -> list[Attempt]:
    connection.register("staged_all", staged)
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE staged AS SELECT * FROM staged_all
        WHERE capture_id NOT IN (SELECT capture_id FROM lake.captures)
        QUALIFY row_number() OVER (PARTITION BY capture_id) = 1"""
    )
    connection.unregister("staged_all")
    arrivals = _arrivals(connection)
    if not arrivals:
        return []
    decisions = decide(arrivals, *_known(connection))
    connection.register("decided_rows", _decision_table(decisions))
    connection.execute("CREATE OR REPLACE TEMP TABLE decided AS SELECT * FROM decided_rows")
    connection.unregister("decided_rows")
    _store(connection, decisions)
    if failures := failures_in_merge(connection):
        raise IntegrityError(failures)
    return [
        Attempt(
            d.arrival.source,
            d.arrival.uri,
            d.arrival.fetched_at,
            d.outcome,
            d.arrival.reason,
            d.arrival.message,
            d.arrival.capture_id,
            d.brief_id,
        )
        for d in decisions
    ]


def _arrivals(connection: duckdb.DuckDBPyConnection) -> list[Arrival]:
    rows = connection.execute(
        """SELECT capture_id, uri, source, sha256, fetched_at, reason, message, keys,
        brief.title, brief.published_on, coalesce(brief.text_sha256, '') FROM staged"""
    ).fetchall()
    return [Arrival(*row[:7], tuple(row[7] or ()), *row[8:]) for row in rows]


def _known(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[dict[str, str], dict[str, Standing], dict[str, str]]:
    keys = dict(
        connection.execute(
            """SELECT key, brief_id FROM lake.brief_keys
            WHERE key IN (SELECT unnest(keys) FROM staged)"""
        ).fetchall()
    )
    connection.register(
        "matched", pa.table({"brief_id": pa.array(set(keys.values()), pa.string())})
    )
    standings = {
        row[0]: Standing(*row)
        for row in connection.execute(
            """SELECT brief_id, revision, title, published_on, text_sha256, first_seen_at,
            duplicate_of FROM lake.briefs_history
            WHERE valid_to IS NULL AND brief_id IN (SELECT brief_id FROM matched)"""
        ).fetchall()
    }
    connection.unregister("matched")
    originals = dict(
        connection.execute(
            """SELECT text_sha256, arg_min(brief_id, (first_seen_at, brief_id))
            FROM lake.briefs_history WHERE duplicate_of IS NULL
            AND text_sha256 IN (SELECT brief.text_sha256 FROM staged) GROUP BY text_sha256"""
        ).fetchall()
    )
    return keys, standings, originals


def _decision_table(decisions: Sequence[Decision]) -> pa.Table:
    instant = pa.timestamp("us", tz="UTC")
    kept = [d for d in decisions if d.stored]
    return pa.table(
        {
            "capture_id": pa.array([d.arrival.capture_id for d in kept], pa.string()),
            "brief_id": pa.array([d.brief_id for d in kept], pa.string()),
            "revision": pa.array([d.revision for d in kept], pa.int32()),
            "duplicate_of": pa.array([d.duplicate_of for d in kept], pa.string()),
            "first_seen_at": pa.array([d.first_seen_at for d in kept], instant),
            "valid_from": pa.array([d.arrival.fetched_at for d in kept], instant),
            "valid_to": pa.array([d.valid_to for d in kept], instant),
        }
    )


def _store(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    connection.execute(
        f"INSERT INTO lake.captures BY NAME SELECT {', '.join(CAPTURES.columns)} FROM staged"
    )
    keys = [(key, d.brief_id) for d in decisions for key in d.new_keys]
    if keys:
        connection.register("new_keys", pa.table({
            "key": [key for key, _ in keys], "brief_id": [brief_id for _, brief_id in keys],
        }))  # fmt: skip
        connection.execute("INSERT INTO lake.brief_keys BY NAME SELECT * FROM new_keys")
        connection.unregister("new_keys")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT brief_id FROM decided"
    )
    revised = [d for d in decisions if d.outcome == "revised"]
    before = items_now(connection, revised) if revised else {}
    if revised:
        _close(connection, revised)
    connection.execute(_insert_briefs())
    for table in CHILDREN:
        connection.execute(_insert_children(table))
    connection.execute(_insert_blocks())
    if revised:
        book_changes(connection, decisions, before)


def _close(connection: duckdb.DuckDBPyConnection, revised: Sequence[Decision]) -> None:
    """End the rows of the briefs that are revised, and drop their blocks."""
    first: dict[str, datetime] = {}
    for d in revised:
        if d.revision > 1 and d.brief_id is not None:
            first.setdefault(d.brief_id, d.arrival.fetched_at)
    connection.register("closing", pa.table({
        "brief_id": pa.array(list(first), pa.string()),
        "at": pa.array(list(first.values()), pa.timestamp("us", tz="UTC")),
    }))  # fmt: skip
    for table in (BRIEFS, *CHILDREN):
        connection.execute(
            f"""UPDATE lake.{stored_as(table)} h SET valid_to = c.at FROM closing c
            WHERE h.brief_id = c.brief_id AND h.valid_to IS NULL"""
        )
    connection.execute("DELETE FROM lake.blocks WHERE brief_id IN (SELECT brief_id FROM closing)")
    connection.unregister("closing")


_FROM_STAGED = "FROM staged s JOIN decided d USING (capture_id)"
_MERGED_VALUES = {
    "brief_id": "d.brief_id",
    "duplicate_of": "d.duplicate_of",
    "gone_at": "NULL",
    "revision": "d.revision",
    "capture_id": "s.capture_id",
    "first_seen_at": "d.first_seen_at",
    "revised_at": "s.fetched_at",
    "robots_allowed": "s.robots_allowed",
    "valid_from": "d.valid_from",
    "valid_to": "d.valid_to",
}


def _insert_briefs() -> str:
    history = HISTORY["briefs"]
    values = ", ".join(_MERGED_VALUES.get(name, f's.brief."{name}"') for name in history.columns)
    return f"INSERT INTO lake.{history.name} SELECT {values} {_FROM_STAGED}"


def _insert_children(table: Table) -> str:
    history = HISTORY[table.name]
    ids = digest_sql("brief_id", f"'{table.name}'", "item.item_key")
    outer = {table.key[0]: ids, "brief_id": "brief_id", "valid_from": "valid_from",
             "valid_to": "valid_to"}  # fmt: skip
    values = ", ".join(outer.get(name, f'item."{name}"') for name in history.columns)
    return (
        f"INSERT INTO lake.{history.name} SELECT {values} FROM (SELECT d.brief_id, d.valid_from, "
        f"d.valid_to, unnest(s.{table.name}) AS item {_FROM_STAGED})"
    )


def _insert_blocks() -> str:
    values = ", ".join("brief_id" if n == "brief_id" else f'item."{n}"' for n in BLOCKS.columns)
    return (
        f"INSERT INTO lake.blocks SELECT {values} FROM (SELECT d.brief_id, "
        f"unnest(s.blocks) AS item {_FROM_STAGED} WHERE d.valid_to IS NULL)"
    )
