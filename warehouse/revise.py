"""Booking what a revision changed: a row in ``revisions``, and one in ``changes`` per item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.decide import Decision
from warehouse.diff import Change, Item, diff_items, diff_value, printed_text
from warehouse.identity import digest
from warehouse.lake import append
from warehouse.prose import body, diff_prose, paragraphs
from warehouse.schema import BLOCKS, CHANGES, CHILDREN, REVISIONS, stored_as


@dataclass(slots=True)
class Version:
    """A brief as a diff sees it. ``rows`` are its rows of each table of items, and its blocks."""

    title: str | None
    day: str | None
    text: str
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    items: dict[str, list[Item]] = field(default_factory=lambda: defaultdict(list))


def items_now(
    connection: duckdb.DuckDBPyConnection, revised: Sequence[Decision]
) -> dict[str, Version]:
    """Return title, day and items of the briefs to be revised, as the lake has them now."""
    connection.register(
        "revising", pa.table({"brief_id": pa.array({d.brief_id for d in revised}, pa.string())})
    )
    current = "WHERE valid_to IS NULL AND brief_id IN (SELECT brief_id FROM revising)"
    found: dict[str, Version] = {
        brief_id: Version(title, day, text)
        for brief_id, title, day, text in connection.execute(
            "SELECT brief_id, title, published_on::VARCHAR, text "
            f"FROM lake.briefs_history {current}"
        ).fetchall()
    }
    for table in CHILDREN:
        rows = connection.execute(
            f"SELECT * FROM lake.{stored_as(table)} {current} ORDER BY brief_id, position"
        ).to_arrow_table()
        for row in rows.to_pylist():
            version = found[row["brief_id"]]
            version.rows[table.name].append(row)
            version.items[table.name].append(Item(row[table.key[0]], printed_text(row, table.name)))
    for row in (
        connection.execute(
            "SELECT * FROM lake.blocks WHERE brief_id IN (SELECT brief_id FROM revising) "
            "ORDER BY brief_id, position"
        )
        .to_arrow_table()
        .to_pylist()
    ):
        found[row["brief_id"]].rows[BLOCKS.name].append(row)
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
    rows = {table.name: row[table.name] for table in (*CHILDREN, BLOCKS)}
    return Version(
        row["brief"]["title"], str(day) if day else None, row["brief"]["text"], rows, items
    )


def _change_rows(
    decision: Decision,
    old: Version,
    new: Version,
) -> list[dict[str, Any]]:
    found: list[Change] = [
        *diff_value("title", old.title, new.title),
        *diff_value("published_on", old.day, new.day),
    ]
    for table in CHILDREN:
        found += diff_items(
            table.name.removesuffix("s"), old.items[table.name], new.items[table.name]
        )
    before, after = (paragraphs(v.text, v.rows[BLOCKS.name], v.rows) for v in (old, new))
    found += diff_prose(before, after)
    if not found:  # the words around an item, in a block that is mostly the item's
        found = diff_prose(*(body(v.text, v.rows[BLOCKS.name]) for v in (old, new)))
    return [
        {
            "brief_id": decision.brief_id,
            "revision": decision.revision,
            "position": position,
            "item": change.item,
            "change": change.change,
            "old_id": _id(change.item, change.old),
            "new_id": _id(change.item, change.new),
            "old_text": change.old.text if change.old else None,
            "new_text": change.new.text if change.new else None,
        }
        for position, change in enumerate(found, start=1)
    ]


def _id(item: str, side: Item | None) -> str | None:
    """Return the id of the row that a change is of; titles, days and paragraphs are no rows."""
    return side.id or None if side and item != "text" else None
