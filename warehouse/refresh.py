"""Bringing the copy of a night up to date with the lake: the rows that changed since, no others.

What a night derives is derived anew from the whole record, and written where it differs.
"""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from warehouse.decisions import Decisions
from warehouse.derive import derive, history_query, people_query
from warehouse.lake import one_thread
from warehouse.schema import (
    BRIEFS,
    CURRENT,
    DEVELOPMENTS,
    HISTORY,
    KEPT,
    PUBLICATION,
    STATEMENTS,
)
from warehouse.search import index_again
from warehouse.table import Table, is_marked, quoted

_SEARCHED = (BRIEFS.name, DEVELOPMENTS.name, STATEMENTS.name)
_CURRENT = "valid_to IS NULL"


class NotEqualError(Exception):
    """The copy does not have the lake's rows: it is to be thrown away."""


def refresh(
    connection: duckdb.DuckDBPyConnection,
    since: int,
    until: int,
    changed: Collection[str],
    decisions: Decisions,
) -> None:
    """Make the attached ``night``, which shows the snapshot ``since``, show the one ``until``.

    ``changed`` names the lake's tables that have other rows since. The caller has opened a
    transaction. Raises :class:`NotEqualError` if the night's keys are not the lake's afterwards.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE stirred (brief_id VARCHAR)")
    for table in CURRENT:
        if table.name in changed:
            _read_changes(connection, table, since, until)
            _apply(connection, table)
            _compare(connection, table, f"night.{table.name}", f"lake.{table.name}")
    for table in CURRENT:
        if table.history:
            _refresh_history(connection, table, since, until, changed, decisions)
    for table in CURRENT:
        if table.derived and table is not PUBLICATION:
            _replace(connection, table, people_query(table))
    connection.execute("USE night")
    index_again(connection, "stirred")


def _refresh_history(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    since: int,
    until: int,
    changed: Collection[str],
    decisions: Decisions,
) -> None:
    history = HISTORY[table.name]
    if history.name in changed:
        _read_changes(connection, history, since, until)
        _apply(connection, history)
        _apply(connection, table, _CURRENT)
        if table.name in _SEARCHED:
            connection.execute("INSERT INTO stirred SELECT brief_id FROM changes_of_table")
        night = f"night.{history.name}"
        _compare(connection, history, night, f"lake.{history.name}")
        _compare(connection, table, f"night.{table.name}", f"{night} WHERE {_CURRENT}")
    derive(connection, history, decisions)
    if _derive_again(connection, table, history) and table is BRIEFS:
        connection.execute("INSERT INTO stirred SELECT brief_id FROM redone")


def _read_changes(
    connection: duckdb.DuckDBPyConnection, table: Table, since: int, until: int
) -> None:
    """Make ``changes_of_table``, the rows that came and went, and ``standing``: those to have."""
    columns, key = _listed(KEPT[table.name].columns), _listed(table.key)
    with one_thread(connection):  # a plan of many scans, each of which may ask the catalog
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE changes_of_table AS
            SELECT snapshot_id, change_type IN ('insert', 'update_postimage') AS stands, {columns}
            FROM ducklake_table_changes(
                'lake', 'main', {quoted(table.name)}, {since + 1}, {until})"""
        )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE standing AS SELECT {columns} FROM changes_of_table
        QUALIFY stands AND row_number() OVER (
            PARTITION BY {key} ORDER BY snapshot_id DESC, stands DESC) = 1"""
    )


def _apply(connection: duckdb.DuckDBPyConnection, table: Table, where: str = "true") -> None:
    """Give the night's table the rows that it is to have instead of those that changed.

    ``where`` chooses among the changes: a table of current rows has those without an end.
    """
    connection.execute(
        f"""DELETE FROM night.{table.name} t
        USING (SELECT DISTINCT {_listed(table.key)} FROM changes_of_table WHERE {where}) c
        WHERE {_same(table.key, "t", "c")}"""
    )
    columns = _listed([f.name for f in table.fields if not is_marked(f, "derived")])
    connection.execute(
        f"""INSERT INTO night.{table.name} BY NAME SELECT {columns} FROM standing WHERE {where}
        ORDER BY {_listed(table.key)}"""
    )


def _derive_again(connection: duckdb.DuckDBPyConnection, table: Table, history: Table) -> bool:
    """Update what is derived in a table and its history; tell whether any of it is other now.

    The rows are in ``redone``.
    """
    derived = [f.name for f in table.fields if is_marked(f, "derived")]
    if not derived:
        return False
    columns = _listed((*history.key, "valid_to", *derived))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE redone AS
        SELECT {columns} FROM ({history_query(history, "night")})
        EXCEPT SELECT {columns} FROM night.{history.name}"""
    )
    if not _number(connection, "SELECT count(*) FROM redone"):
        return False
    values = ", ".join(f'"{name}" = r."{name}"' for name in derived)
    for each, where in ((history, "true"), (table, f"r.{_CURRENT}")):
        connection.execute(
            f"""UPDATE night.{each.name} t SET {values} FROM redone r
            WHERE {where} AND {_same(each.key, "t", "r")}"""
        )
    return True


def _replace(connection: duckdb.DuckDBPyConnection, table: Table, query: str) -> None:
    """Make a table what ``query`` gives, touching only rows that differ."""
    name, columns = f"night.{table.name}", _listed(table.columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE wanted AS SELECT {columns} FROM ({query})")
    connection.execute(
        f"""DELETE FROM {name} t USING (SELECT {columns} FROM {name} EXCEPT FROM wanted) o
        WHERE {_same(table.key, "t", "o")}"""
    )
    connection.execute(
        f"INSERT INTO {name} FROM wanted EXCEPT SELECT {columns} FROM {name} "
        f"ORDER BY {_listed(table.key)}"
    )


def _compare(connection: duckdb.DuckDBPyConnection, table: Table, made: str, model: str) -> None:
    """Raise :class:`NotEqualError` unless two relations have the same keys of ``table``."""
    told = [*table.key, *(["valid_to"] if "valid_to" in table.columns else [])]
    row = connection.execute(
        " INTERSECT ALL ".join(
            f"SELECT count(*), bit_xor(hash({_listed(told)})) FROM {each}" for each in (made, model)
        )
    ).fetchone()
    if row is None:
        raise NotEqualError(f"{made} has other rows than {model}")


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _listed(names: Collection[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _same(key: Collection[str], one: str, other: str) -> str:
    return " AND ".join(f'{one}."{name}" = {other}."{name}"' for name in key)
