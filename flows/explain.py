"""``briefhouse explain``: the passage that a row came from, and where that came from."""

from __future__ import annotations

from typing import Any

import duckdb

from warehouse.integrity import span_pairs
from warehouse.schema import BRIEFS, CHILDREN
from warehouse.table import Table

_CONTEXT = 200  # code points shown on each side of a passage


class UnknownIdError(LookupError):
    """No row of the published night has the id."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            f"no brief, development, statement or link has the id {wanted!r}; "
            "ids are in the first column of each table"
        )


def explain(connection: duckdb.DuckDBPyConnection, wanted: str) -> str:
    """Return an account of the row with the id ``wanted``, over an open published night.

    Raises :class:`UnknownIdError`.
    """
    for table in (BRIEFS, *CHILDREN):
        row = _one(connection, f"SELECT * FROM {table.name} WHERE {table.key[0]} = ?", wanted)
        if row is not None:
            break
    else:
        raise UnknownIdError(wanted)
    brief = row
    if table is not BRIEFS:
        found = _one(connection, "SELECT * FROM briefs WHERE brief_id = ?", row["brief_id"])
        assert found is not None
        brief = found
    capture = _one(connection, "SELECT * FROM captures WHERE capture_id = ?", brief["capture_id"])
    return "\n".join(
        [
            f"{table.name.removesuffix('s')} {wanted}",
            *_fields(table, row),
            "",
            *_passage(table, row, brief["text"]),
            *_provenance(brief, capture or {}),
        ]
    )


def _one(connection: duckdb.DuckDBPyConnection, query: str, value: str) -> dict[str, Any] | None:
    answer = connection.execute(query, [value])
    row = answer.fetchone()
    if row is None:
        return None
    return dict(zip([column[0] for column in answer.description or ()], row, strict=True))


def _fields(table: Table, row: dict[str, Any]) -> list[str]:
    lines = []
    for name, is_list in span_pairs(table):
        value = row[name]
        if value is None or value == []:
            continue
        if is_list:
            starts = zip(value, row[f"{name}_start"], row[f"{name}_end"], strict=True)
            lines += [f"  {name}: {v}  {_place(a, b)}" for v, a, b in starts]
        else:
            place = _place(row[f"{name}_start"], row[f"{name}_end"])
            lines.append(f"  {name}: {_short(value)}  {place}")
    return lines


def _place(start: int | None, end: int | None) -> str:
    return "[from the page's metadata]" if start is None else f"[{start}:{end}]"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:120]} … {line[-30:]}"


def _passage(table: Table, row: dict[str, Any], text: str) -> list[str]:
    """Show the row's passage in the brief's text, between marks, with what stands around it."""
    spans = [
        (row[f"{name}_start"], row[f"{name}_end"])
        for name, is_list in span_pairs(table)
        if not is_list and row[f"{name}_start"] is not None
    ]
    if not spans:
        return []
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    before = text[max(0, start - _CONTEXT) : start]
    after = text[end : end + _CONTEXT]
    return ["Passage:", f"{before}>>>{text[start:end]}<<<{after}", ""]


def _provenance(brief: dict[str, Any], capture: dict[str, Any]) -> list[str]:
    values = [
        ("Brief", f"{brief['brief_id']}, revision {brief['revision']}: {brief['title']}"),
        ("Published", brief["published_on"]),
        ("URL", brief["url"] or brief["canonical_url"]),
        ("Read from", capture.get("final_uri")),
        ("Fetched", capture.get("fetched_at")),
        ("Capture", capture.get("capture_id")),
        ("SHA-256", capture.get("sha256")),
        ("Landing file", capture.get("landing_file")),
        ("Profile", f"{brief['profile']}, version {brief['profile_version']}"),
    ]
    return [f"{name + ':':<13} {value}" for name, value in values if value is not None]
