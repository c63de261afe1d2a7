"""Checks that hold on every warehouse, as SQL over the record or over a published night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.schema import BLOCKS, BRIEFS, CHILDREN
from warehouse.table import Table

# DuckDB counts code points from the start of a text for each slice: a megabyte with ten thousand
# rows took half a minute, where Python, which does not count, takes none.
_LONG_TEXT = 100_000


RULES = {
    "spans": "do not match the text they point at",
    "unique": "have an id that is not unique",
    "present": "lack a value that they must have",
    "referenced": "have no brief",
}
"""What must hold of every row, by the name that it has in ``checks``."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that rows of a table break; printed, it is a sentence."""

    table: str
    rule: str
    rows: int

    def __str__(self) -> str:
        return f"{self.rows} rows of {self.table} {RULES[self.rule]}"


def span_pairs(table: Table) -> Iterator[tuple[str, bool]]:
    """Yield each printed column of ``table`` that has a span, and whether it is a list."""
    names = set(table.columns)
    for f in table.fields:
        if f"{f.name}_start" in names:
            yield f.name, str(f.type).startswith("list")


def _wrong(table: Table) -> str:
    """Return the condition under which a row ``r`` of ``table`` contradicts the text ``b.text``."""
    tests = []
    for name, is_list in span_pairs(table):
        if is_list:
            tests.append(
                f"""len(list_filter(list_zip(r."{name}", r."{name}_start", r."{name}_end"), x ->
                x[2] IS NOT NULL AND substring(b.text, x[2] + 1, x[3] - x[2]) <> x[1])) > 0"""
            )
        else:
            start, end = f'r."{name}_start"', f'r."{name}_end"'
            tests.append(
                f"""({start} IS NOT NULL AND
                substring(b.text, {start} + 1, {end} - {start}) IS DISTINCT FROM r."{name}")"""
            )
    return " OR ".join(tests)


def span_check(relation: Callable[[Table], str] = lambda table: table.name) -> str:
    """Return the one statement that checks every span: it yields (table, wrong rows).

    ``relation`` gives the SQL of a table's current rows; by default those of a published night.
    """
    briefs = relation(BRIEFS)
    parts = [f"SELECT 'briefs', count(*) FROM {briefs} b JOIN {briefs} r USING (brief_id) "
             f"WHERE {_wrong(BRIEFS)}"]  # fmt: skip
    parts += [
        f"SELECT '{table.name}', count(*) FROM {briefs} b JOIN {relation(table)} r "
        f"USING (brief_id) WHERE {_wrong(table)}"
        for table in CHILDREN
    ]
    parts.append(
        f"SELECT 'blocks', count(*) FROM {briefs} b JOIN {relation(BLOCKS)} r USING (brief_id) "
        "WHERE r.text_start < 0 OR r.text_end <= r.text_start OR r.text_end > length(b.text)"
    )
    return "\nUNION ALL\n".join(parts)


def failures_in_new_rows(connection: duckdb.DuckDBPyConnection) -> list[Broken]:
    """Check the rows that a merge is about to store, in its tables ``new_<table>``.

    Returns each rule of :data:`RULES` that is broken.
    """

    def current(table: Table) -> str:
        where = " WHERE valid_to IS NULL" if table.history else ""
        return f"(SELECT * FROM new_{table.name}{where})"

    def short(table: Table) -> str:
        length = f" WHERE length(text) <= {_LONG_TEXT}" if table is BRIEFS else ""
        return f"(SELECT * FROM {current(table)}{length})"

    wrong = Counter(_wrong_in_long_texts(connection))
    for name, rows in connection.execute(span_check(short)).fetchall():
        wrong[name] += rows
    failures = [Broken(name, "spans", rows) for name, rows in wrong.items() if rows]
    for table in (BRIEFS, *CHILDREN, BLOCKS):
        keys = ", ".join(table.key)
        needed = [f.name for f in table.fields if not f.nullable]
        missing = " OR ".join(f'"{name}" IS NULL' for name in needed)
        repeated, empty, homeless = _counts(
            connection,
            f"SELECT {keys} FROM {current(table)} GROUP BY {keys} HAVING count(*) > 1",
            f"SELECT 1 FROM new_{table.name} WHERE {missing}",
            f"SELECT 1 FROM {current(table)} WHERE brief_id NOT IN "
            f"(SELECT brief_id FROM {current(BRIEFS)})",
        )
        for rule, rows in (("unique", repeated), ("present", empty), ("referenced", homeless)):
            if rows:
                failures.append(Broken(table.name, rule, rows))
    return failures


def _wrong_in_long_texts(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Yield the table of each new row that does not match its text, for the long texts alone."""
    briefs = connection.execute(
        "SELECT brief_id, text FROM new_briefs WHERE valid_to IS NULL AND length(text) > ?",
        [_LONG_TEXT],
    ).fetchall()
    for brief_id, text in briefs:
        for table in (BRIEFS, *CHILDREN):
            columns = ", ".join(
                f'"{n}", "{n}_start", "{n}_end", {is_list}' for n, is_list in span_pairs(table)
            )
            rows = connection.execute(
                f"SELECT {columns} FROM new_{table.name} WHERE valid_to IS NULL AND brief_id = ?",
                [brief_id],
            ).fetchall()
            for row in rows:
                if not all(_holds(text, *row[i : i + 4]) for i in range(0, len(row), 4)):
                    yield table.name
        outside = connection.execute(
            """SELECT count(*) FROM new_blocks WHERE brief_id = ? AND (text_start < 0
            OR text_end <= text_start OR text_end > ?)""",
            [brief_id, len(text)],
        ).fetchone()
        yield from [BLOCKS.name] * (outside[0] if outside else 0)


def _holds(text: str, value: Any, start: Any, end: Any, is_list: bool) -> bool:
    if is_list:
        return all(_holds(text, *each, False) for each in zip(value, start, end, strict=True))
    return start is None or text[start:end] == value


def _counts(connection: duckdb.DuckDBPyConnection, *queries: str) -> tuple[int, ...]:
    counts = ", ".join(f"(SELECT count(*) FROM ({query}))" for query in queries)
    row = connection.execute(f"SELECT {counts}").fetchone()
    return tuple(row) if row else ()
