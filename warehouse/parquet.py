"""The Parquet copy of a night: a file a table, or one a year, and none written twice.

A file of the night before whose rows are the same is linked instead of written: files of a night
never change, so two nights can share one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.schema import BRIEFS, REVISIONS, SCHEMA_VERSION
from warehouse.table import Table, quoted
from warehouse.takeover import Before

# A file of about 10 MB of rows, or 40 of texts. Beyond that, a small night would rewrite too much.
MOST_ROWS = 250_000
MOST_TEXTS = 20_000
_WITH_TEXTS = (BRIEFS.name, f"{BRIEFS.name}_history", REVISIONS.name)
_TIMES = ("published_on", "fetched_at", "at", "seen_at")


@dataclass(frozen=True, slots=True)
class Written:
    """One Parquet file: its name below the night, and what it holds."""

    name: str
    rows: int
    content: str
    """A hash of the rows, their columns, and of what writes them."""
    linked: Mapping[str, Any] | None = None
    """What the manifest of the night before says of it, if it is that night's file."""


def write_parquet(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    building: Path,
    before: Before | None,
) -> list[Written]:
    """Write a table of the attached ``night`` below ``building``, linking what did not change.

    ``before`` is the night before, if there is one.
    """
    (building / "parquet" / table.name).mkdir()
    year = _year(table)
    split = year is not None and _count(connection, table) > _most(table)
    key = ", ".join(f't."{name}"' for name in table.key)
    found = []
    for part, rows, content in _parts(connection, table, year if split and year else "NULL"):
        stem = f"{table.name}-{part}" if split else table.name
        name = f"parquet/{table.name}/{stem}.parquet"
        known = before.files.get(name, {}) if before else {}
        if before and known.get("content") == content and _link(before.folder, building, name):
            found.append(Written(name, rows, content, known))
            continue
        chosen = f" WHERE {year} IS NOT DISTINCT FROM {quoted(part)}" if split else ""
        connection.execute(
            f"COPY (SELECT {_columns(table)} FROM night.{table.name} t{chosen} ORDER BY {key}) "
            f"TO {quoted(str(building / name))} "
            "(FORMAT parquet, COMPRESSION zstd, "
            f"KV_METADATA {{schema_version: '{SCHEMA_VERSION}'}})"
        )
        found.append(Written(name, rows, content))
    return found


def _most(table: Table) -> int:
    return MOST_TEXTS if table.name in _WITH_TEXTS else MOST_ROWS


def _year(table: Table) -> str | None:
    """Return the SQL for the year of a row ``t``, or None for tables that know no time."""
    for name in _TIMES:
        if name in table.columns:
            return f"""coalesce(year(t."{name}")::VARCHAR, 'undated')"""
    if "brief_id" not in table.columns:
        return None
    return """coalesce((SELECT year(any_value(b.published_on))::VARCHAR
        FROM night.briefs b WHERE b.brief_id = t.brief_id), 'undated')"""


def _columns(table: Table) -> str:
    return ", ".join(f't."{name}"' for name in table.columns)


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    row = connection.execute(f"SELECT count(*) FROM night.{table.name}").fetchone()
    return int(row[0]) if row else 0


def _parts(
    connection: duckdb.DuckDBPyConnection, table: Table, part: str
) -> list[tuple[str, int, str]]:
    """Return name, rows and content hash of each part of a table; one without rows has one."""
    rows = connection.execute(
        f"""SELECT {part} AS part, count(*), bit_xor(h), sum(h) FROM
        (SELECT *, hash({_columns(table)})::HUGEINT AS h FROM night.{table.name} t) t
        GROUP BY part ORDER BY part"""
    ).fetchall()
    by_what = [duckdb.__version__, SCHEMA_VERSION, [str(f.type) for f in table.fields]]
    return [
        (name or "", count, _digest([*by_what, table.columns, count, str(xor), str(total)]))
        for name, count, xor, total in rows or [(None, 0, None, None)]
    ]


def _digest(facts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _link(before: Path, building: Path, name: str) -> bool:
    """Give the night that is being built the file of the one before; False if that can't be."""
    try:
        os.link(before / name, building / name)
    except OSError:  # a file system without links, or one that has no more for this file
        return False
    return True
