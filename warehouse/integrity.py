"""Checks that hold on every warehouse, as SQL over the record or over a published night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import duckdb

from warehouse.schema import BLOCKS, BRIEFS, CHILDREN
from warehouse.table import Table

_ROWS = 50_000  # so many rows are Python's at a time

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
        f"SELECT 'blocks', count(*) FROM (SELECT brief_id, length(text) AS size FROM {briefs}) b "
        f"JOIN {relation(BLOCKS)} r USING (brief_id) "
        "WHERE r.text_start < 0 OR r.text_end <= r.text_start OR r.text_end > b.size"
    )
    return "\nUNION ALL\n".join(parts)


def failures_in_new_rows(connection: duckdb.DuckDBPyConnection) -> list[Broken]:
    """Check the rows that a merge is about to store, in its tables ``new_<table>``.

    Returns each rule of :data:`RULES` that is broken.
    """

    def current(table: Table) -> str:
        where = " WHERE valid_to IS NULL" if table.history else ""
        return f"(SELECT * FROM new_{table.name}{where})"

    failures = [Broken(name, "spans", rows) for name, rows in _wrong_spans(connection) if rows]
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


def _wrong_spans(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, int]]:
    """Yield each table of new rows with spans, and how many rows do not match their text.

    DuckDB counts code points from the start of a text for each slice. Python counts none: 8,000
    briefs take a third of the time, and a megabyte with ten thousand rows none instead of a minute.
    """
    texts = dict(
        connection.execute(
            "SELECT brief_id, text FROM new_briefs WHERE valid_to IS NULL"
        ).fetchall()
    )
    for table in (BRIEFS, *CHILDREN):
        wrong: set[int] = set()
        for name, is_list in span_pairs(table):
            columns = (f'"{name}"', f'"{name}_start"', f'"{name}_end"')
            listed = ", ".join(f"unnest({c})" if is_list else c for c in columns)
            rows = connection.execute(
                f"""SELECT rowid, brief_id, {listed} FROM new_{table.name}
                WHERE valid_to IS NULL AND "{name}_start" IS NOT NULL"""
            )
            while batch := rows.fetchmany(_ROWS):
                for row, brief_id, value, start, end in batch:
                    text = texts.get(brief_id)  # a row without a brief breaks another rule
                    if text is None or start is None:
                        continue
                    if start < 0 or end is None or text[start:end] != value:
                        wrong.add(row)
        yield table.name, len(wrong)
    (outside,) = _counts(
        connection,
        """SELECT 1 FROM new_blocks JOIN (
            SELECT brief_id, length(text) AS size FROM new_briefs WHERE valid_to IS NULL)
        USING (brief_id) WHERE text_start < 0 OR text_end <= text_start OR text_end > size""",
    )
    yield BLOCKS.name, outside


def _counts(connection: duckdb.DuckDBPyConnection, *queries: str) -> tuple[int, ...]:
    counts = ", ".join(f"(SELECT count(*) FROM ({query}))" for query in queries)
    row = connection.execute(f"SELECT {counts}").fetchone()
    return tuple(row) if row else ()
