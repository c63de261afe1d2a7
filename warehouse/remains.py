"""Where the books name what was forgotten: sources that are it, and what a night still says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.lake import filled
from warehouse.schema import CAPTURES, CHECKS, SOURCES
from warehouse.tombstones import address_keys, masked_places


@dataclass(frozen=True, slots=True)
class Remains:
    """Where a night names one of the addresses.

    ``briefs`` have it in their own words or links; ``books`` are rows of tables about nobody's
    brief; ``longer`` are rows that hold it as a part of another address.
    """

    briefs: tuple[str, ...]
    books: dict[str, int]
    longer: int


def erase_sources(connection: duckdb.DuckDBPyConnection, keys: Collection[str]) -> None:
    """Delete the books of sources that are a forgotten address or file themselves.

    A source is, if its name has one of ``keys`` and nothing that it brought is left. Of the places
    of others a hash is left. The caller has deleted the rows of the brief, and holds the
    transaction.
    """
    present = filled(connection)
    if SOURCES.name not in present:
        return
    brought = set()
    if CAPTURES.name in present:
        brought = set(connection.execute("SELECT DISTINCT source FROM lake.captures").fetchall())
    for source, location in connection.execute(
        "SELECT source, location FROM lake.sources"
    ).fetchall():
        place = masked_places(location, lambda found: not found.isdisjoint(keys))
        if (source,) not in brought and not address_keys(source).isdisjoint(keys):
            for table, column in ((SOURCES, "source"), (CHECKS, "source"), (CHECKS, "subject")):
                if table.name in present:
                    connection.execute(
                        f"DELETE FROM lake.{table.name} WHERE {column} = ?", [source]
                    )
        elif place != location:
            connection.execute(
                "UPDATE lake.sources SET location = ? WHERE source = ?", [place, source]
            )


def remains(night: Path, addresses: Collection[str]) -> Remains:
    """Return where the night in the folder ``night`` names one of ``addresses``."""
    if not addresses:
        return Remains((), {}, 0)
    briefs: set[str] = set()
    books: dict[str, int] = {}
    longer = 0
    with duckdb.connect(str(night / "warehouse.duckdb"), read_only=True) as connection:
        for table, columns in connection.execute(
            "SELECT table_name, list(column_name) FROM duckdb_columns() "
            "WHERE NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables()) "
            "GROUP BY table_name"
        ).fetchall():
            whose = "t.brief_id" if "brief_id" in columns else "NULL"
            for brief_id, whole, rows in connection.execute(
                f"""SELECT {whose}, regexp_matches(t::VARCHAR, $1) AS whole, count(*)
                FROM "{table}" t WHERE regexp_matches(t::VARCHAR, $2) GROUP BY ALL""",
                [_whole(addresses), "|".join(map(re.escape, addresses))],
            ).fetchall():
                if not whole:
                    longer += rows
                elif brief_id is not None:
                    briefs.add(brief_id)
                else:
                    books[table] = books.get(table, 0) + rows
    return Remains(tuple(sorted(briefs)), books, longer)


def _whole(addresses: Iterable[str]) -> str:
    """Return a pattern for addresses that are no part of longer ones."""
    named = "|".join(map(re.escape, addresses))
    return rf"(?:^|[^\w/%~-])(?:{named})(?:[.,;:!?]?(?:[^\w/?#&=%~.,;:!?-]|$))"
