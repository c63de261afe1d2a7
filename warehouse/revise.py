"""Booking what a revision changed: a row in ``revisions``, and one in ``changes`` per item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.decide import Decision
from warehouse.diff import Change, Item, diff_items, diff_value, printed_text
from warehouse.identity import digest
from warehouse.lake import append
from warehouse.schema import CHANGES, CHILDREN, REVISIONS, stored_as

_Items = dict[str, list[Item]]
Version = tuple[str | None, str | None, _Items]
"""A brief as a diff sees it: title, day, and items by table."""


def items_now(
    connection: duckdb.DuckDBPyConnection, revised: Sequence[Decision]
) -> dict[str, Version]:
    """Return title, day and items of the briefs to be revised, as the lake has them now."""
    connection.register(
        "revising", pa.table({"brief_id": pa.array({d.brief_id for d in revised}, pa.string())})
    )
    current = "WHERE valid_to IS NULL AND brief_id IN (SELECT brief_id FROM revising)"
    found: dict[str, Version] = {
        brief_id: (title, day, {})
        for brief_id, title, day in connection.execute(
            f"SELECT brief_id, title, published_on::VARCHAR FROM lake.briefs_history {current}"
        ).fetchall()
    }
    for table in CHILDREN:
        rows = connection.execute(
            f"SELECT * FROM lake.{stored_as(table)} {current} ORDER BY brief_id, position"
        ).to_arrow_table()
        for row in rows.to_pylist():
            items = found[row["brief_id"]][2].setdefault(table.name, [])
            items.append(Item(row[table.key[0]], printed_text(row, table.name)))
    connection.unregister("revising")
    return found


def book_changes(
    connection: duckdb.DuckDBPyConnection,
    decisions: Sequence[Decision],
    before: dict[str, Version],
) -> None:
    """Write ``revisions`` and ``changes`` for every revising decision, in order."""
    affected = {d.brief_id for d in decisions if d.outcome == "revised"}
    captures = [d.arrival.capture_id for d in decisions if d.stored and d.brief_id in affected]
    connection.register("wanted", pa.table({"capture_id": pa.array(captures, pa.string())}))
    staged = {
        row["capture_id"]: row
        for row in connection.execute(
            "SELECT * FROM staged WHERE capture_id IN (SELECT capture_id FROM wanted)"
        )
        .to_arrow_table()
        .to_pylist()
    }
    connection.unregister("wanted")
    revisions: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for d in decisions:
        if not d.stored or d.brief_id not in affected or d.brief_id is None:
            continue
        row = staged[d.arrival.capture_id]
        after = _staged_items(d.brief_id, row)
        if d.outcome == "revised":
            revisions.append({
                "brief_id": d.brief_id, "revision": d.revision, "seen_at": d.arrival.fetched_at,
                "capture_id": d.arrival.capture_id, "title": row["brief"]["title"],
                "text": row["brief"]["text"],
            })  # fmt: skip
            changes += _change_rows(d, before[d.brief_id], after)
        before[d.brief_id] = after
    append(connection, REVISIONS, revisions)
    append(connection, CHANGES, changes)


def _staged_items(brief_id: str, row: Mapping[str, Any]) -> Version:
    day = row["brief"]["published_on"]
    items = {
        table.name: [
            Item(digest(brief_id, table.name, item["item_key"]), printed_text(item, table.name))
            for item in row[table.name]
        ]
        for table in CHILDREN
    }
    return row["brief"]["title"], str(day) if day else None, items


def _change_rows(
    decision: Decision,
    old: Version,
    new: Version,
) -> list[dict[str, Any]]:
    found: list[Change] = [
        *diff_value("title", old[0], new[0]),
        *diff_value("published_on", old[1], new[1]),
    ]
    for table in CHILDREN:
        found += diff_items(
            table.name.removesuffix("s"), old[2].get(table.name, []), new[2].get(table.name, [])
        )
    return [
        {
            "brief_id": decision.brief_id,
            "revision": decision.revision,
            "position": position,
            "item": change.item,
            "change": change.change,
            "old_id": (change.old.id or None) if change.old else None,
            "new_id": (change.new.id or None) if change.new else None,
            "old_text": change.old.text if change.old else None,
            "new_text": change.new.text if change.new else None,
        }
        for position, change in enumerate(found, start=1)
    ]
