"""Landing compaction: many small landing files of past days become few.

new file whole -> captures point at it -> a night that says so -> the old files go

A kill in between leaves a page in two files, never in none; the file that no capture points at is
deleted the next time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pyarrow as pa

from warehouse.lake import filled
from warehouse.landing import (
    MAX_BYTES,
    MAX_CAPTURES,
    capture_ids,
    landing_files,
    read_landing,
    write_landing,
)
from warehouse.root import DataRoot, storage_errors, sync_folder
from warehouse.schema import CAPTURES


@dataclass(frozen=True, slots=True)
class LandingFile:
    """A landing file: its name, and how much it holds."""

    name: str
    captures: int
    bytes: int

    @property
    def day(self) -> date:
        year, month, day, _ = self.name.split("/")
        return date(int(year), int(month), int(day))


def groups(files: Iterable[LandingFile], today: date, after_days: int) -> list[list[LandingFile]]:
    """Return which files become one: of one day, old enough, together within a file's limits."""
    found: list[list[LandingFile]] = []
    last = today - timedelta(days=after_days)
    for file in sorted(files, key=lambda f: f.name):
        if file.day > last or file.captures >= MAX_CAPTURES or file.bytes >= MAX_BYTES:
            continue
        group = found[-1] if found else []
        fits = (
            bool(group)
            and group[0].day == file.day
            and sum(f.captures for f in group) + file.captures <= MAX_CAPTURES
            and sum(f.bytes for f in group) + file.bytes <= MAX_BYTES
        )
        if fits:
            group.append(file)
        else:
            found.append([file])
    return [group for group in found if len(group) > 1]


def compact(
    connection: duckdb.DuckDBPyConnection, root: DataRoot, run_id: str, today: date, after_days: int
) -> list[str]:
    """Write the new files and point the captures at them; return the old files, to be deleted.

    They must stay until a night is published that names the new ones. The caller holds the write
    lock.
    """
    known = _known_files(connection)
    files = []
    for name in landing_files(root):
        if known.get(name) == (ids := _readable_ids(root, name)) and ids:
            size = (root.landing / name).stat().st_size
            files.append(LandingFile(name, len(ids), size))
    replaced: list[str] = []
    for nth, group in enumerate(groups(files, today, after_days)):
        names = [file.name for file in group]
        folder = names[0].rpartition("/")[0]
        fresh = f"{folder}/compact-{run_id}.{nth:05}.parquet"
        tables = [read_landing(root, name).drop_columns(["landing_file"]) for name in names]
        write_landing(root, fresh, pa.concat_tables(tables))
        connection.execute(
            "UPDATE lake.captures SET landing_file = ? WHERE list_contains(?, landing_file)",
            [fresh, names],
        )
        replaced += names
    return replaced


def redundant(connection: duckdb.DuckDBPyConnection, root: DataRoot) -> list[str]:
    """Return the landing files whose every page is in another file, to which its capture points."""
    known = _known_files(connection)
    there = set(landing_files(root))
    elsewhere = {c for name, ids in known.items() if name in there for c in ids}
    found = []
    for name in sorted(there - set(known)):
        ids = _readable_ids(root, name)
        if ids and ids <= elsewhere:
            found.append(name)
    return found


def delete_files(root: DataRoot, names: Sequence[str]) -> None:
    """Delete landing files, and the folders of days that are empty then."""
    for name in names:
        path = root.landing / name
        with storage_errors(path):
            path.unlink(missing_ok=True)
            for folder in path.relative_to(root.landing).parents:
                if folder.parts:
                    try:
                        (root.landing / folder).rmdir()
                    except OSError:
                        break  # it holds others
            if path.parent.exists():
                sync_folder(path.parent)


def retire(connection: duckdb.DuckDBPyConnection, root: DataRoot, last: date) -> list[str]:
    """Take leave of the pages fetched up to a day: return their files, to be deleted.

    Their captures stay in the record, without a landing file.
    """
    known = _known_files(connection)
    names = [n for n in landing_files(root) if n in known and LandingFile(n, 0, 0).day <= last]
    if names:
        connection.execute(
            "UPDATE lake.captures SET landing_file = '' WHERE list_contains(?, landing_file)",
            [names],
        )
    return names


def _known_files(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    if CAPTURES.name not in filled(connection):
        return {}
    rows = connection.execute(
        "SELECT landing_file, list(capture_id) FROM lake.captures GROUP BY landing_file"
    ).fetchall()
    return {name: set(ids) for name, ids in rows}


def _readable_ids(root: DataRoot, name: str) -> set[str]:
    try:
        return set(capture_ids(root, name))
    except (OSError, pa.ArrowInvalid):
        return set()  # damaged: for a person to look at
