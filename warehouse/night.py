"""The database of a night: written whole, or taken over from the night before and refreshed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from warehouse.decisions import Decisions
from warehouse.definitions import definitions
from warehouse.derive import current_query, derive, history_query, people_query
from warehouse.lake import filled, transaction
from warehouse.refresh import NotEqualError, refresh
from warehouse.schema import CURRENT, HISTORY, PUBLICATION, PUBLISHED, SCHEMA_VERSION, TOMBSTONES
from warehouse.search import index_night
from warehouse.table import Table, comments, ddl, quoted
from warehouse.takeover import (
    DATABASE,
    Before,
    basis_for,
    basis_of,
    code_hash,
    copy_night,
    log_of,
    plan,
    table_numbers,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """How a database came about: its ``basis`` for the night after, and why it was written whole.

    ``whole`` is None for one that took over from the night before.
    """

    basis: Mapping[str, Any]
    whole: str | None


def write_database(
    connection: duckdb.DuckDBPyConnection,
    building: Path,
    run_id: str,
    decisions: Decisions,
    before: Before | None,
) -> Origin:
    """Write the database of the night ``run_id`` into the folder ``building``.

    The caller holds the write lock.
    """
    path, code, basis = building / DATABASE, code_hash(), basis_of(before)
    log = log_of(connection, basis.snapshot if basis else None)
    last = (log or log_of(connection, None))[-1]
    numbers = table_numbers(connection)
    taken = plan(before, code, log, numbers.get(TOMBSTONES.name))
    whole = taken.whole
    if before and basis and whole is None:
        changed = {name for name, number in numbers.items() if number in taken.changed}
        update = partial(refresh, connection, basis.snapshot, last.number, changed, decisions)
        whole = _take_over(connection, before, building, run_id, update)
    if whole is not None:
        basis = None
        with _writing(connection, path, run_id):
            _write_whole(connection, decisions)
    return Origin(basis_for(last, code, path.stat().st_size, basis), whole)


def _take_over(
    connection: duckdb.DuckDBPyConnection,
    before: Before,
    building: Path,
    run_id: str,
    update: Callable[[], None],
) -> str | None:
    """Make the database from that of the night before; return why that can't be, or None."""
    if not copy_night(before, building):
        return "the file of the night before is missing or damaged"
    try:
        with _writing(connection, building / DATABASE, run_id):
            update()
    except NotEqualError as error:
        (building / DATABASE).unlink()
        return f"what was taken over is not the lake's: {error}"
    return None


@contextmanager
def _writing(connection: duckdb.DuckDBPyConnection, path: Path, run_id: str) -> Iterator[None]:
    """Attach a database as ``night`` and commit what is done inside, with the book of its rows."""
    with attached(connection, path), transaction(connection):
        yield
        _note_publication(connection, run_id)


@contextmanager
def attached(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Attach a database as ``night``; inside, it may be put in use (``USE night``)."""
    connection.execute(f"ATTACH {quoted(str(path))} AS night")
    try:
        yield
    finally:
        connection.execute("USE memory")
        connection.execute("DETACH night")


def _write_whole(connection: duckdb.DuckDBPyConnection, decisions: Decisions) -> None:
    connection.execute(
        ";".join(s for t in PUBLISHED for s in (ddl(t, "night."), *comments(t, "night.")))
    )
    present = filled(connection)
    for table in CURRENT:
        if table.name in present:
            _fill(connection, table, f"SELECT * FROM lake.{table.name}")
    for table in HISTORY.values():
        if table.name in present:
            derive(connection, table, decisions)
            _fill(connection, table, history_query(table))
    for table in CURRENT:
        if table.history:
            _fill(connection, table, current_query(table))
    for table in CURRENT:
        if table.derived and table is not PUBLICATION:
            _fill(connection, table, people_query(table))
    connection.execute("USE night")
    connection.execute(";".join(definitions()))
    index_night(connection)


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, query: str) -> None:
    """Fill a table of the night in the order of its key, which is that of its Parquet file."""
    columns = ", ".join(f'"{name}"' for name in table.columns)
    order = ", ".join(f'"{name}"' for name in table.key)
    connection.execute(
        f"INSERT INTO night.{table.name} SELECT {columns} FROM ({query}) ORDER BY {order}"
    )


def _note_publication(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Write how many rows the night has of each table, once all others are written."""
    counts = " UNION ALL ".join(
        f"SELECT '{table.name}' AS table_name, count(*) AS rows FROM night.{table.name}"
        for table in PUBLISHED
        if table is not PUBLICATION
    )
    connection.execute(f"DELETE FROM night.{PUBLICATION.name}")
    query = (
        f"SELECT table_name, rows, {quoted(run_id)} AS run_id, now() AS published_at, "
        f"{SCHEMA_VERSION} AS schema_version FROM ({counts})"
    )
    _fill(connection, PUBLICATION, query)
