"""Whether two records are equal: the same values in every column that is not marked ``ledger``.

Rows are matched by their table's key, so the order in which they were stored does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.reader import current_night
from warehouse.root import DataRoot
from warehouse.schema import PUBLISHED
from warehouse.table import Table, is_marked, quoted

EXAMPLES = 3
_NTH = "nth_of_key"


@dataclass(frozen=True, slots=True)
class Difference:
    """How the rows of one table differ between two sides, and keys of a few that do.

    ``changed`` has the columns that differ in rows of the same key: how many rows, and a few of
    them as (key, left value, right value).
    """

    table: str
    removed: int
    added: int
    removed_keys: tuple[str, ...]
    added_keys: tuple[str, ...]
    changed: dict[str, tuple[int, tuple[tuple[str, Any, Any], ...]]]

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.changed)


def differences(a: DataRoot, b: DataRoot) -> list[str]:
    """Return in words how the published nights of ``a`` and ``b`` differ; [] if they are equal.

    Raises :class:`~warehouse.errors.NothingPublishedError` if one has none.
    """
    return night_differences(current_night(a), current_night(b))


def night_differences(a: Path, b: Path) -> list[str]:
    """Return in words how two nights (folders) differ; [] if they are equal."""
    connection = duckdb.connect()
    try:
        connection.execute("SET TimeZone = 'UTC'")
        for name, night in (("a", a), ("b", b)):
            path = night / "warehouse.duckdb"
            connection.execute(f"ATTACH {quoted(str(path))} AS {name} (READ_ONLY)")
        found = []
        for table in PUBLISHED:
            if not table.ledger:
                found += _in_words(connection, table)
        return found
    finally:
        connection.close()


def compared(table: Table) -> list[str]:
    """Return the columns of ``table`` that are compared."""
    return [f.name for f in table.fields if not is_marked(f, "ledger")]


def _in_words(connection: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    for side in ("a", "b"):
        present = connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = ? AND table_name = ?",
            [side, table.name],
        ).fetchall()
        lacking = [name for name in compared(table) if (name,) not in present]
        if lacking:
            return [f"{table.name}: {side} has no {', '.join(lacking)}"]
    found = difference(connection, table, f"a.{table.name}", f"b.{table.name}", compared(table))
    lines = []
    if found.removed:
        lines.append(f"{table.name}: {found.removed} rows only in a, as {found.removed_keys[0]}")
    if found.added:
        lines.append(f"{table.name}: {found.added} rows only in b, as {found.added_keys[0]}")
    for column, (rows, ((key, left, right), *_)) in found.changed.items():
        lines.append(
            f"{table.name}.{column}: {rows} rows differ, as {key}: {left!r:.80} and {right!r:.80}"
        )
    return lines


def difference(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    left: str,
    right: str,
    columns: list[str],
    key: tuple[str, ...] | None = None,
) -> Difference:
    """Compare two relations (SQL) of rows of ``table`` in ``columns``, matched by ``key``.

    Rows whose key is not unique count as removed or added where one side has more of them.
    """
    names = key or table.key
    nth = f"row_number() OVER (PARTITION BY {', '.join(_q(n) for n in names)}) AS {_NTH}"
    on = " AND ".join(f"l.{_q(n)} IS NOT DISTINCT FROM r.{_q(n)}" for n in (*names, _NTH))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE matched_rows AS SELECT l, r
        FROM (SELECT *, {nth} FROM {left}) l FULL JOIN (SELECT *, {nth} FROM {right}) r ON {on}"""
    )
    others = [name for name in columns if name not in names]
    counted = [
        f"count(*) FILTER (r.{_NTH} IS NULL)",
        f"count(*) FILTER (l.{_NTH} IS NULL)",
        *(
            f"count(*) FILTER (l.{_NTH} = r.{_NTH} AND l.{_q(n)} IS DISTINCT FROM r.{_q(n)})"
            for n in others
        ),
    ]
    counts = connection.execute(f"SELECT {', '.join(counted)} FROM matched_rows").fetchone()
    assert counts is not None
    removed, added, *changed = counts
    examples = {
        name: (rows, _changed(connection, names, name))
        for name, rows in zip(others, changed, strict=True)
        if rows
    }
    found = Difference(
        table.name,
        removed,
        added,
        _keys(connection, names, "l", "r") if removed else (),
        _keys(connection, names, "r", "l") if added else (),
        examples,
    )
    connection.execute("DROP TABLE matched_rows")
    return found


def _q(name: str) -> str:
    return f'"{name}"'


def _key_of(names: tuple[str, ...], side: str) -> str:
    return "concat_ws(' ', " + ", ".join(f"{side}.{_q(n)}::VARCHAR" for n in names) + ")"


def _keys(
    connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], side: str, other: str
) -> tuple[str, ...]:
    rows = connection.execute(
        f"SELECT {_key_of(names, side)} AS k FROM matched_rows WHERE {other}.{_NTH} IS NULL "
        f"ORDER BY k LIMIT {EXAMPLES}"
    ).fetchall()
    return tuple(row[0] for row in rows)


def _changed(
    connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], column: str
) -> tuple[tuple[str, Any, Any], ...]:
    rows = connection.execute(
        f"""SELECT {_key_of(names, "l")} AS k, l.{_q(column)}, r.{_q(column)} FROM matched_rows
        WHERE l.{_NTH} = r.{_NTH} AND l.{_q(column)} IS DISTINCT FROM r.{_q(column)}
        ORDER BY k LIMIT {EXAMPLES}"""
    ).fetchall()
    return tuple((row[0], row[1], row[2]) for row in rows)
