"""What a night can take over from the one before, decided from its manifest and the lake's log.

A small night then costs what is new in it: the file of the night before is copied, and the rows
that changed since are changed in the copy (:mod:`warehouse.refresh`). Where that is not certain to
give what writing it whole gives, or would keep bytes that were erased, nothing is taken over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO

import duckdb

from warehouse.definitions import definitions
from warehouse.schema import PUBLISHED, SCHEMA_VERSION
from warehouse.search import search_statements
from warehouse.table import comments, ddl

DATABASE = "warehouse.duckdb"
MOST_NIGHTS = 50
"""So many nights in a row take over from each other at most: a whole one now and then is cheap, and
whatever taking over might have missed does not last."""
MOST_GROWTH, GAPS = 1.3, 16 * 1024 * 1024
"""What a night changes leaves gaps in the file, which the next ones fill in part: so many times the
whole one it may have, and some blocks for each table, however small."""
LEAST_BYTES = 64 * 1024 * 1024
"""Writing a smaller database whole (3,500 briefs) is as cheap as asking for changes by table."""
_CHUNK = 4 * 1024 * 1024

# What a snapshot of the lake may have done for its changes to be told row by row. Compaction
# (inline_flush, rewrite_delete, merge_adjacent) and another schema are none of these.
_ROW_BY_ROW = {"inserted_into_table", "deleted_from_table", "inlined_insert", "inlined_delete"}


@dataclass(frozen=True, slots=True)
class Before:
    """The night before: its folder, and what its manifest says."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def files(self) -> Mapping[str, Mapping[str, Any]]:
        found: Mapping[str, Mapping[str, Any]] = self.manifest["files"]
        return found


@dataclass(frozen=True, slots=True)
class Basis:
    """What a night was made from, as its manifest says."""

    snapshot: int
    """The lake's snapshot that it shows."""
    snapshot_at: str
    """When that was made: another lake, or one brought back from a copy, has another time."""
    code: str
    """A hash of what wrote it: see :func:`code_hash`."""
    whole_bytes: int
    """Bytes of the last database that was written whole."""
    nights: int = 0
    """How many nights were written since."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One commit of the lake: its number, time and what it did, such as ``inlined_insert:5``."""

    number: int
    at: str
    changes: str


@dataclass(frozen=True, slots=True)
class Takeover:
    """How a night is written: whole, because ``whole`` says so, or from the one before.

    ``changed`` are the lake's tables (their numbers) that have other rows since.
    """

    whole: str | None
    changed: frozenset[str] = frozenset()


def plan(
    before: Before | None, code: str, log: Sequence[Snapshot], tombstones: str | None
) -> Takeover:
    """Decide what can be taken over from the night before.

    ``log`` has the lake's snapshots from that night's on, as far as they are kept; ``tombstones``
    is the number of their table. What is forgotten must leave no byte, so that no file that held
    it is copied.
    """
    basis = basis_of(before)
    if before is None or basis is None:
        return Takeover("there is no night before to take over from")
    if basis.code != code:
        return Takeover("the night before was written by another version")
    if basis.nights >= MOST_NIGHTS:
        return Takeover(f"{MOST_NIGHTS} nights took over from each other")
    if basis.whole_bytes < LEAST_BYTES:
        return Takeover("the database is so small that writing it whole is cheaper")
    if before.files[DATABASE]["bytes"] > MOST_GROWTH * basis.whole_bytes + GAPS:
        return Takeover("the database has grown too much by taking over")
    if not log or (log[0].number, log[0].at) != (basis.snapshot, basis.snapshot_at):
        return Takeover("the lake does not know any more what changed since")
    if [s.number for s in log] != list(range(log[0].number, log[0].number + len(log))):
        return Takeover("the lake does not know any more all that changed since")
    done = [change.partition(":") for s in log[1:] for change in s.changes.split(",")]
    if other := sorted({verb for verb, _, _ in done} - _ROW_BY_ROW):
        return Takeover(f"the lake was changed otherwise than by rows: {', '.join(other)}")
    changed = frozenset(number for _, _, number in done)
    if tombstones in changed:
        return Takeover("something was forgotten")
    return Takeover(None, changed)


def basis_of(before: Before | None) -> Basis | None:
    """Return what a night was made from; None for one that does not say so, or not as we do."""
    found = (before and before.manifest.get("basis")) or {}
    return Basis(**found) if found.keys() == {f.name for f in fields(Basis)} else None


def basis_for(last: Snapshot, code: str, size: int, before: Basis | None) -> dict[str, Any]:
    """Return the basis of a night of ``size`` bytes for its manifest; ``before`` if taken over."""
    whole, nights = (before.whole_bytes, before.nights + 1) if before else (size, 0)
    return asdict(Basis(last.number, last.at, code, whole, nights))


def code_hash() -> str:
    """Return a hash of what decides, beside the lake's rows, what a database holds."""
    told = [
        duckdb.__version__,
        str(SCHEMA_VERSION),
        *(s for table in PUBLISHED for s in (ddl(table), *comments(table))),
        *definitions(),
        *search_statements(),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def log_of(connection: duckdb.DuckDBPyConnection, since: int | None) -> list[Snapshot]:
    """Return the lake's snapshots from ``since`` on, oldest first; None means the last alone."""
    rows = connection.execute(
        """SELECT snapshot_id, snapshot_time::VARCHAR, coalesce(changes_made, '')
        FROM __ducklake_metadata_lake.ducklake_snapshot
        LEFT JOIN __ducklake_metadata_lake.ducklake_snapshot_changes USING (snapshot_id)
        WHERE snapshot_id >= coalesce(
            ?, (SELECT max(snapshot_id) FROM __ducklake_metadata_lake.ducklake_snapshot))
        ORDER BY snapshot_id""",
        [since],
    ).fetchall()
    return [Snapshot(*row) for row in rows]


def table_numbers(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the number of each of the lake's tables, as its log has it, by name."""
    rows = connection.execute(
        """SELECT table_name, table_id::VARCHAR FROM __ducklake_metadata_lake.ducklake_table
        WHERE end_snapshot IS NULL"""
    ).fetchall()
    return dict(rows)


def copy_night(before: Before, building: Path) -> bool:
    """Copy the database of the night before; False if it is not what the manifest says.

    A copy, never a link: it is going to be changed, and readers hold the other one.
    """
    try:
        source = (before.folder / DATABASE).open("rb")
    except OSError:
        return False
    digest = hashlib.sha256()
    with source, (building / DATABASE).open("xb") as copy:
        while chunk := _read(source):
            digest.update(chunk)
            copy.write(chunk)
    if digest.hexdigest() == before.files[DATABASE]["sha256"]:
        return True
    (building / DATABASE).unlink()
    return False


def _read(source: BinaryIO) -> bytes:
    """Return the next bytes; none where the disk gives none, and the hash will tell."""
    try:
        return source.read(_CHUNK)
    except OSError:
        return b""
