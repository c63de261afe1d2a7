"""Answers of SQL as a table for people, CSV or JSON for programs."""

from __future__ import annotations

import base64
import csv
import json
import math
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TextIO

import duckdb

_BATCH = 1_000
_TABLE_ROWS = 40
_READING = {
    duckdb.StatementType.SELECT,
    duckdb.StatementType.EXPLAIN,
    duckdb.StatementType.CREATE,  # PIVOT makes a type; the night takes no table
}
_WORD = re.compile(r"\w+")


def past_moment(given: str) -> datetime:
    """Return the instant that a day (its end, UTC) or a time (UTC if it names no zone) stands for.

    Raises ValueError.
    """
    try:
        day = date.fromisoformat(given)
    except ValueError:
        try:
            moment = datetime.fromisoformat(given)
        except ValueError:
            raise ValueError("not a day or time as in 2025-03-01 or 2025-03-01T12:00Z") from None
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return datetime.combine(day, time.max, UTC)
    except OverflowError:
        raise ValueError("no such day") from None


def write_answer(relation: duckdb.DuckDBPyConnection, form: str, out: TextIO) -> None:
    """Write the result of an executed query to ``out`` as ``table``, ``csv`` or ``json``.

    json is one array of objects, lists as arrays, instants as ISO 8601 with Z, without a limit on
    rows; csv has lists and structs as json.
    """
    names = _distinct([column[0] for column in relation.description or ()])
    if form == "json":
        _write_json(names, _rows(relation), out)
    elif form == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_cell(v) for v in row] for row in _rows(relation))
    else:
        _write_table(names, relation, out)


def only_reads(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    """Tell whether ``query`` can write nothing: no file, and no setting that has one written.

    Tables are safe in a night that is opened read-only. Raises duckdb.Error for what is no SQL.
    """
    kinds = {statement.type for statement in connection.extract_statements(query)}
    if duckdb.StatementType.EXPLAIN in kinds:  # EXPLAIN ANALYZE does what it explains
        connection.execute("SET enable_external_access = false")
    return kinds <= _READING


def columns_of(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    """Return the columns of the tables and views that ``query`` names, a line for each.

    For those who missed one: DuckDB proposes a few that are spelt alike.
    """
    rows = connection.execute(
        """SELECT table_name || ' has ' || string_agg(column_name, ', ' ORDER BY ordinal_position)
        FROM (SELECT DISTINCT table_name, column_name, ordinal_position
            FROM information_schema.columns WHERE list_contains(?::VARCHAR[], table_name))
        GROUP BY table_name ORDER BY table_name""",
        [_WORD.findall(query.lower())],
    ).fetchall()
    return "\n".join(row[0] for row in rows)


def without_past(query: str) -> str:
    """Return a line for each table and view that ``query`` names and no past can be told of."""
    from warehouse.past import NO_PAST

    named = dict.fromkeys(_WORD.findall(query.lower()))
    told = [f"--as-of leaves {name} out: {NO_PAST[name]}" for name in named if name in NO_PAST]
    return "".join(f"\n{line}" for line in told)


def _distinct(names: list[str]) -> list[str]:
    """Tell columns of one name apart as DuckDB does: a, a_1, ... An object has room for one."""
    seen: dict[str, int] = {}
    distinct = []
    for name in names:
        nth = seen[name] = seen.get(name, -1) + 1
        distinct.append(f"{name}_{nth}" if nth else name)
    return distinct


def _rows(relation: duckdb.DuckDBPyConnection) -> Iterator[Sequence[Any]]:
    while batch := relation.fetchmany(_BATCH):
        yield from batch


def _write_json(names: list[str], rows: Iterator[Sequence[Any]], out: TextIO) -> None:
    first = True
    out.write("[")
    for row in rows:
        out.write("\n" if first else ",\n")
        first = False
        record = dict(zip(names, map(plain, row), strict=True))
        out.write(json.dumps(record, ensure_ascii=False, allow_nan=False))
    out.write("]\n" if first else "\n]\n")


def plain(value: Any) -> Any:
    """Return ``value`` as JSON has it; an infinite or undefined number becomes null."""
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    return str(value)


def _cell(value: Any) -> Any:
    shaped = plain(value)
    if isinstance(shaped, (list, dict)):
        return json.dumps(shaped, ensure_ascii=False)
    return "" if shaped is None else shaped


def _write_table(names: list[str], relation: duckdb.DuckDBPyConnection, out: TextIO) -> None:
    from flows.table import write_table

    rows = relation.fetchmany(_TABLE_ROWS + 1)
    shown = [[str(_cell(value)) for value in row] for row in rows[:_TABLE_ROWS]]
    whole = write_table(names, shown, out)
    if len(rows) > _TABLE_ROWS:
        out.write(f"(the first {_TABLE_ROWS} rows; --format csv or json gives all)\n")
    elif not rows:
        out.write("(no rows)\n")
    if not whole:
        out.write("(long values are cut; --format csv or json gives all of them)\n")
