"""Checks that hold on every warehouse, as SQL over the record or over a published night."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb

from warehouse.schema import BLOCKS, BRIEFS, CHILDREN, Table, stored_as


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


def failures_in_merge(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Check the briefs named in ``touched`` (a table of brief ids) inside the open transaction.

    Returns one line for each broken rule: spans, unique ids, and briefs without a current row.
    """

    def touched(table: Table) -> str:
        current = "valid_to IS NULL AND" if table.history else ""
        return (
            f"(SELECT * FROM lake.{stored_as(table)} WHERE {current} "
            "brief_id IN (SELECT brief_id FROM touched))"
        )

    failures = [
        f"{wrong} rows of {name} do not match the text they point at"
        for name, wrong in connection.execute(span_check(touched)).fetchall()
        if wrong
    ]
    for table in (BRIEFS, *CHILDREN):
        key = table.key[0]
        repeated = _count(
            connection, f"SELECT {key} FROM {touched(table)} GROUP BY {key} HAVING count(*) > 1"
        )
        if repeated:
            failures.append(f"{repeated} ids of {table.name} are not unique")
    homeless = _count(
        connection,
        f"SELECT brief_id FROM touched EXCEPT SELECT brief_id FROM {touched(BRIEFS)}",
    )
    if homeless:
        failures.append(f"{homeless} briefs have no current row")
    return failures


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM ({query})").fetchone()
    return int(row[0]) if row else 0
