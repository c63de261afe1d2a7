"""Keeping the lake small and quick: few files, no more snapshots than are of use, no orphans."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta

import duckdb

from warehouse.lake import one_thread
from warehouse.root import DataRoot, storage_errors

ORPHANED = timedelta(days=1)
"""How old a data file must be that no snapshot refers to: one younger may be of a transaction that
is under way, or be read by a run that began before."""

REWRITE = 0.0
"""Share of a file's rows that are deleted before it is written anew: any. A file with deleted rows
is never merged with others, so that with 0.1 a thousand small nights left 109 files, ten more each
time."""


def compact_lake(
    connection: duckdb.DuckDBPyConnection,
    keep_snapshots: timedelta,
    orphaned: timedelta = ORPHANED,
) -> None:
    """Merge small data files, expire snapshots, and delete files that nothing refers to.

    The caller holds the write lock and has no transaction open.
    """
    with one_thread(connection):
        for statement in _statements(keep_snapshots, orphaned):
            connection.execute(statement).fetchall()


def _statements(keep_snapshots: timedelta, orphaned: timedelta) -> tuple[str, ...]:
    # A snapshot that is kept needs the files it was made of: expiring comes first.
    return (
        "CALL ducklake_flush_inlined_data('lake')",
        f"CALL ducklake_expire_snapshots('lake', older_than => {_ago(keep_snapshots)})",
        f"CALL ducklake_rewrite_data_files('lake', delete_threshold => {REWRITE})",
        "CALL ducklake_merge_adjacent_files('lake')",
        # what was just replaced is the business of snapshots: the last one is all that is needed
        f"CALL ducklake_expire_snapshots('lake', older_than => {_ago(keep_snapshots)})",
        f"CALL ducklake_cleanup_old_files('lake', older_than => {_ago(orphaned)})",
        f"CALL ducklake_delete_orphaned_files('lake', older_than => {_ago(orphaned)})",
    )


def _ago(span: timedelta) -> str:
    return f"now() - INTERVAL {int(span.total_seconds())} SECONDS"


def vacuum_catalog(root: DataRoot, forgotten: Sequence[str] = ()) -> bool:
    """Give back what the catalog does not need any more, and write its log back.

    Statistics of whole tables keep least and greatest values of rows that are gone: those that have
    one of the words ``forgotten`` become unknown, which DuckLake takes for "look into the files".

    Returns False if it is being read, and was left as it is.
    The caller holds the write lock; this process must not have the lake open: two SQLite libraries
    in one process drop each other's locks.
    """
    with (
        storage_errors(root.catalog),
        closing(sqlite3.connect(root.catalog, timeout=30)) as catalog,
    ):
        try:
            for words in forgotten:
                catalog.execute(
                    """UPDATE ducklake_table_column_stats SET min_value = NULL, max_value = NULL
                    WHERE instr(min_value, ?1) OR instr(max_value, ?1)""",
                    [words],
                )
            catalog.commit()
            catalog.execute("VACUUM")
            catalog.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise OSError(str(error)) from error
            return False  # a run reads it just now
    return True


def count_files(root: DataRoot) -> dict[str, int]:
    """Return how many files there are in landing and lake, and their bytes."""
    counted = {}
    for name, folder in (("landing", root.landing), ("lake", root.lake_files)):
        files = [path for path in folder.rglob("*.parquet") if path.is_file()]
        counted[f"{name} files"] = len(files)
        counted[f"{name} bytes"] = sum(path.stat().st_size for path in files)
    counted["catalog bytes"] = root.catalog.stat().st_size if root.catalog.exists() else 0
    return counted
