"""The lake: DuckLake with an SQLite catalog, the record of everything merged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.errors import SchemaVersionError, WarehouseError
from warehouse.migrate import layout_of, missing, upgrade, version_of
from warehouse.root import DataRoot, opening, storage_errors, writing
from warehouse.schema import SCHEMA_VERSION
from warehouse.table import Table, quoted

EXTENSIONS = ("sqlite_scanner", "ducklake")
_BUSY_MS = 30_000  # SQLite: how long a writer waits for another connection's commit


def connect() -> duckdb.DuckDBPyConnection:
    """Open an in-memory DuckDB that downloads nothing and can attach a lake."""
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            # They are loaded by path from installed packages, as every other native module of
            # this process is; hashing 70 MB to check DuckDB's signature takes a quarter second.
            "allow_unsigned_extensions": "true",
            # A night is written by one commit: straight into the file, not through a log first.
            "wal_autocheckpoint": "1KB",
        }
    )
    connection.execute("SET TimeZone = 'UTC'")
    for name in EXTENSIONS:
        # LOAD by path: nothing is copied into the user's home
        connection.execute(f"LOAD {quoted(str(extension_file(name)))}")
    return connection


def extension_file(name: str) -> Path:
    """Return where a DuckDB extension lies that came as a Python package of DuckDB's version."""
    folder = Path(str(files(f"duckdb_extension_{name}"))) / "extensions" / f"v{duckdb.__version__}"
    path = folder / f"{name}.duckdb_extension"
    if not path.exists():
        raise WarehouseError(
            f"DuckDB {duckdb.__version__} needs duckdb-extension-{name.replace('_', '-')} of the "
            f"same version: run `pip install duckdb-extension-{name.replace('_', '-')}"
            f"=={duckdb.__version__}`"
        )
    return path


@contextmanager
def open_lake(root: DataRoot, *, wait: float = 30.0) -> Iterator[duckdb.DuckDBPyConnection]:
    """Attach the root's lake as ``lake``, made or brought to today's schema if need be.

    ``wait`` is how many seconds another writer of an older lake is waited for.

    Raises :class:`SchemaVersionError` for a lake of a later schema version, :class:`LockedError`
    if one of an earlier version is being written to, and :class:`StorageError` if it can't be
    read or written.
    """
    root.make()
    connection = connect()
    try:
        connection.execute(f"SET temp_directory = {quoted(str(root.staging / 'spill'))}")
        with opening(root):
            _attach(connection, root, wait)
        yield connection
    finally:
        connection.close()


@contextmanager
def read_lake(root: DataRoot) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the lake for reading alone, also where this user or the file system forbids writing.

    SQLite reads no catalog that it can't lock, so there a copy of it is attached.
    Raises :class:`WarehouseError` for a lake of an earlier schema version: it can't be upgraded.
    """
    if root.writable:
        with open_lake(root) as connection:
            yield connection
        return
    with TemporaryDirectory(prefix="briefhouse-") as folder, closing(connect()) as connection:
        catalog = Path(folder) / root.catalog.name
        with storage_errors(root.catalog):
            for file in root.catalog.parent.glob(f"{root.catalog.name}*"):
                if not file.name.endswith("-shm"):  # SQLite makes its own
                    shutil.copyfile(file, Path(folder) / file.name)
        attach(connection, root, catalog=catalog)
        if _lags_behind(connection, root):
            raise WarehouseError(
                f"{root.path} was written by an earlier Briefhouse and can't be upgraded, because "
                "it can't be written to; run `briefhouse maintain` where it can"
            )
        yield connection


def attach(
    connection: duckdb.DuckDBPyConnection,
    root: DataRoot,
    name: str = "lake",
    catalog: Path | None = None,
) -> None:
    """Attach the lake of ``root`` as the database ``name``, as it is; or ``catalog`` for its."""
    catalog = catalog or root.catalog
    with storage_errors(root.catalog, duckdb.Error):
        connection.execute(
            f"ATTACH {quoted(f'ducklake:sqlite:{catalog}')} AS {name} ("
            f"DATA_PATH {quoted(str(root.lake_files) + '/')}, OVERRIDE_DATA_PATH true, "
            f"META_JOURNAL_MODE 'WAL', META_BUSY_TIMEOUT {_BUSY_MS})"
        )


def attach_night(connection: duckdb.DuckDBPyConnection, night: Path, name: str) -> set[str]:
    """Attach the database of a published night as ``name``; return its tables."""
    path = night / "warehouse.duckdb"
    with storage_errors(path, duckdb.Error):
        connection.execute(f"ATTACH {quoted(str(path))} AS {name} (READ_ONLY)")
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = ?", [name]
    ).fetchall()
    return {row[0] for row in rows}


def _attach(connection: duckdb.DuckDBPyConnection, root: DataRoot, wait: float) -> None:
    attach(connection, root)
    if not _lags_behind(connection, root):
        return
    made = bool(layout_of(connection))
    with writing(root, wait=wait) if made else nullcontext():
        # looked at again under the lock: beside a `maintain`, a lake of today once looked older
        if made and not _lags_behind(connection, root):
            return
        layout = layout_of(connection)
        if made:  # whoever held the lock is done, and the next night must show the new columns
            root.unpublished.touch()
        with transaction(connection):
            upgrade(connection, version_of(connection, layout), layout)


def _lags_behind(connection: duckdb.DuckDBPyConnection, root: DataRoot) -> bool:
    """Tell whether the attached lake lacks something of today's schema."""
    layout = layout_of(connection)
    found = version_of(connection, layout)
    if found > SCHEMA_VERSION:
        raise SchemaVersionError(root.path, found, SCHEMA_VERSION)
    return found < SCHEMA_VERSION or bool(missing(layout))


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what is done inside, or nothing of it."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # a full disk may have ended it already; the cause is raised
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def one_thread(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run what is inside on one thread.

    DuckLake's maintenance treats all tables in one plan, and their ends query the catalog through
    one connection. On two threads that damaged the heap: once in some eighty flushes of inlined
    rows, the process aborted or read freed memory.
    """
    connection.execute("SET threads = 1")
    try:
        yield
    finally:
        connection.execute("RESET threads")


def append(
    connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert ``rows`` into a table of the lake."""
    if not rows:
        return
    connection.register("new_rows", pa.Table.from_pylist(list(rows), schema=table.schema))
    connection.execute(f"INSERT INTO lake.{table.name} BY NAME SELECT * FROM new_rows")
    connection.unregister("new_rows")


def filled(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the lake's tables that hold or held rows.

    Planning a read of a table that never had any costs DuckLake 40 ms of catalog queries, ten
    times one that has; small nights would consist of little else.
    """
    rows = connection.execute(
        """SELECT table_name FROM __ducklake_metadata_lake.ducklake_table
        JOIN __ducklake_metadata_lake.ducklake_table_stats USING (table_id)"""
    ).fetchall()
    return {row[0] for row in rows}
