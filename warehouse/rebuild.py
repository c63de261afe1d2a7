"""A fresh lake from landing alone, and its place of the old one's in one step.

The new catalog is written beside the old one, its data files among the old ones, whose names are
never used twice; then one rename makes it the lake. Until then a kill leaves the old lake as it
was, and what it left behind are orphans, which ``maintain`` deletes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from warehouse.attempts import Attempt
from warehouse.errors import LockedError
from warehouse.lake import attach, attach_night, open_lake, transaction
from warehouse.migrate import SCHEMA_VERSIONS, layout_of
from warehouse.replay import Planned, keep_attempts, merge_anew
from warehouse.root import DataRoot, opening, storage_errors, sync_folder
from warehouse.schema import ATTEMPTS, STORED
from warehouse.table import Table

_LEDGER: tuple[Table, ...] = tuple(t for t in STORED if t.ledger and t is not ATTEMPTS)


@dataclass(frozen=True)
class Beside(DataRoot):
    """A root whose lake is built beside that of ``path``: the same landing, another catalog.

    ``trial`` is a folder for its data files and its night, if it is only looked at.
    """

    trial: Path | None = None

    @property
    def catalog(self) -> Path:
        return (self.trial or self.path / "lake") / "rebuilt.sqlite"

    @property
    def lake_files(self) -> Path:
        return self.trial / "data" if self.trial else super().lake_files

    @property
    def published(self) -> Path:
        return self.trial / "published" if self.trial else super().published

    @property
    def unpublished(self) -> Path:
        return self.trial / "unpublished" if self.trial else super().unpublished


@contextmanager
def fresh_lake(beside: Beside) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an empty lake beside the old one; what an earlier attempt left is overwritten."""
    for path in _files_of(beside.catalog):
        path.unlink(missing_ok=True)
    with open_lake(beside) as connection:
        yield connection


def fill(
    connection: duckdb.DuckDBPyConnection,
    old: DataRoot,
    run_id: str,
    planned: Sequence[Planned],
    staged: Sequence[Path],
) -> list[Attempt]:
    """Fill a fresh lake from staged captures, and with the ledger of the ``old`` one.

    If its catalog is lost, the ledger is that of its published night, if there is one.

    Returns the attempts of the captures.
    """
    # each batch is committed by itself: a merge into an empty lake does not see what is not
    attempts = merge_anew(connection, run_id, planned, staged, partial(transaction, connection))
    if old.catalog.exists() or old.current.exists():
        present: Collection[str]
        if old.catalog.exists():
            attach(connection, old, "old")
            present = layout_of(connection, "old")
        else:
            present = attach_night(connection, old.current.resolve(), "old")
        with transaction(connection):
            for table in (SCHEMA_VERSIONS, *_LEDGER):
                if table.name in present:
                    connection.execute(
                        f"INSERT INTO lake.{table.name} BY NAME SELECT * FROM old.{table.name}"
                    )
            if ATTEMPTS.name in present:
                keep_attempts(connection, f"old.{ATTEMPTS.name}")
        connection.execute("DETACH old")
    return attempts


def take_the_place(beside: Beside, root: DataRoot) -> None:
    """Make the lake beside that of ``root`` its lake. The caller holds the write lock.

    A run that has the old one open goes on reading it, and can't write any more. Raises
    :class:`~warehouse.errors.LockedError` if something reads the old catalog just now.
    """
    with storage_errors(root.catalog), opening(root):
        _one_file(beside.catalog)
        if root.catalog.exists():
            # The log of the old one would be taken for the new one's: it must go first, and what
            # is in it into the catalog before, for the sake of a kill in between.
            with closing(sqlite3.connect(root.catalog, timeout=30)) as connection:
                busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise LockedError(root.path, "reading the catalog")
        for path in _files_of(root.catalog)[1:]:
            path.unlink(missing_ok=True)
        os.replace(beside.catalog, root.catalog)
        sync_folder(root.catalog.parent)


def _one_file(catalog: Path) -> None:
    """Bring a catalog that nobody has open into one file, without a log."""
    with closing(sqlite3.connect(catalog, timeout=30)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _files_of(catalog: Path) -> list[Path]:
    return [catalog, *(catalog.with_name(catalog.name + end) for end in ("-wal", "-shm"))]
