"""Bringing an older lake to today's schema: recorded, in one transaction, nothing lost.

Columns and tables are only ever added, so what has to be done follows from the declared schema:
a missing table is created, a missing column added with its default. What does not follow from it
is a step in :data:`STEPS`. See "A change of schema" in docs/decisions.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from warehouse.schema import SCHEMA_VERSION, STORED
from warehouse.table import INSTANT, INT, TEXT, Table, col, ddl, default_sql, quoted, sql_type

SCHEMA_VERSIONS = Table(
    "schema_versions",
    "A change of the lake's schema.",
    (
        col("version", INT, "The version that the lake has since."),
        col("applied_at", INSTANT, "When (UTC)."),
        col("done", TEXT, "What was done.", null=True),
    ),
    key=("version", "applied_at"),
)
"""The lake's own record of its versions; it is not published."""

STEPS: Mapping[int, Sequence[str]] = {}
"""SQL that a version needs beyond what is added, run after that; tables are ``lake.<name>``."""

Layout = Mapping[str, Sequence[str]]
"""The columns of each table that a lake has."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a lake lacks: what it is, in words, and the SQL that adds it."""

    what: str
    statements: tuple[str, ...]


def missing(layout: Layout, tables: Sequence[Table] = STORED) -> list[Change]:
    """Return what ``layout`` lacks of the declared ``tables``. Pure."""
    changes = []
    for table in tables:
        if table.name not in layout:
            changes.append(Change(f"table {table.name}", (ddl(table, "lake."),)))
            continue
        present = set(layout[table.name])
        for f in table.fields:
            if f.name in present:
                continue
            name = f'lake."{table.name}"'
            # DuckLake adds no column with NOT NULL, and no list with a default. The published
            # night and the checks of the merge hold it to NOT NULL all the same.
            default = default_sql(f)
            is_list = default is not None and default.startswith("[")
            given = f" DEFAULT {default}" if default is not None and not is_list else ""
            statements = [f'ALTER TABLE {name} ADD COLUMN "{f.name}" {sql_type(f)}{given}']
            if is_list:
                statements.append(f'UPDATE {name} SET "{f.name}" = {default}')
            changes.append(Change(f"column {table.name}.{f.name}", tuple(statements)))
    return changes


def layout_of(connection: duckdb.DuckDBPyConnection, name: str = "lake") -> dict[str, list[str]]:
    """Return the columns of each table of the lake attached as ``name``, from its catalog."""
    rows = connection.execute(
        f"""SELECT t.table_name, list(c.column_name)
        FROM __ducklake_metadata_{name}.ducklake_table t
        JOIN __ducklake_metadata_{name}.ducklake_column c USING (table_id)
        WHERE t.end_snapshot IS NULL AND c.end_snapshot IS NULL AND c.parent_column IS NULL
        GROUP BY t.table_name"""
    ).fetchall()
    return dict(rows)


def version_of(connection: duckdb.DuckDBPyConnection, layout: Layout) -> int:
    """Return the schema version of the attached lake; 0 for one that was just made."""
    if SCHEMA_VERSIONS.name not in layout:
        return 0
    row = connection.execute("SELECT max(version) FROM lake.schema_versions").fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def upgrade(
    connection: duckdb.DuckDBPyConnection,
    found: int,
    layout: Layout,
    steps: Mapping[int, Sequence[str]] = STEPS,
) -> None:
    """Bring the lake from version ``found`` to today's and record it.

    The caller holds the write lock and an open transaction: a kill leaves the old version.
    """
    tables = (SCHEMA_VERSIONS, *STORED)
    changes = missing(layout, tables)
    later = {version: steps[version] for version in sorted(steps) if version > found > 0}
    for statement in (
        *(s for change in changes for s in change.statements),
        *(s for several in later.values() for s in several),
    ):
        connection.execute(statement)
    done = [change.what for change in changes] if found else ["created"]
    done += [f"step {version}" for version in later]
    connection.execute(
        "INSERT INTO lake.schema_versions (version, applied_at, done) "
        f"VALUES ({SCHEMA_VERSION}, now(), {quoted(', '.join(done) or 'nothing to add')})"
    )
