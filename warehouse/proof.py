"""The proof that something is nowhere below a data root: every file is looked into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.root import DataRoot
from warehouse.table import quoted

_CHUNK = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found, by file; and the files of which only the bytes could be searched."""

    found: dict[str, int]
    unread: tuple[str, ...] = ()


def occurrences(root: DataRoot, needles: Sequence[str]) -> dict[str, int]:
    """Return how often any of ``needles`` occurs below ``root``, by file: see :func:`search`."""
    return search(root, needles).found


def search(root: DataRoot, needles: Sequence[str]) -> Searched:
    """Look for ``needles`` in every file below ``root``.

    The bytes of every file are searched, and what compressed ones hold: each value of Parquet files
    and of the tables of DuckDB files, nested ones and binary ones too. What a damaged one holds
    nobody can tell.
    """
    found: dict[str, int] = {}
    unread: list[str] = []
    if not needles:
        return Searched(found)
    connection = duckdb.connect()
    connection.execute("CREATE TEMP TABLE needles AS SELECT unnest(?::VARCHAR[]) AS n", [needles])
    try:
        for path in sorted(p for p in root.path.rglob("*") if p.is_file() and not p.is_symlink()):
            name = str(path.relative_to(root.path))
            hits = _in_bytes(path, [needle.encode() for needle in needles])
            try:
                if path.suffix == ".parquet":
                    hits += _in_relation(connection, f"read_parquet({quoted(str(path))})")
                elif path.suffix == ".duckdb":
                    hits += _in_database(connection, path)
            except duckdb.Error:
                unread.append(name)
            if hits:
                found[name] = hits
    finally:
        connection.close()
    return Searched(found, tuple(unread))


def _in_bytes(path: Path, needles: Sequence[bytes]) -> int:
    longest = max(map(len, needles))
    hits, tail = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            window = tail + chunk
            hits += sum(window.count(needle) - tail.count(needle) for needle in needles)
            tail = window[-(longest - 1) :] if longest > 1 else b""
    return hits


def _in_relation(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(
        f"SELECT count(*) FROM (SELECT t::VARCHAR AS row_text FROM {relation} t) "
        "WHERE EXISTS (SELECT 1 FROM needles WHERE contains(row_text, n))"
    ).fetchone()
    return int(row[0]) if row else 0


def _in_database(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    connection.execute(f"ATTACH {quoted(str(path))} AS looked_at (READ_ONLY)")
    try:
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'looked_at'"
        ).fetchall()
        return sum(
            _in_relation(connection, f'looked_at."{schema}"."{name}"') for schema, name in tables
        )
    finally:
        connection.execute("DETACH looked_at")
