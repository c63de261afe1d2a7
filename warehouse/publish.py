"""Publishing a night: one immutable folder, then one link that moves.

lake -> .<run>.tmp/{warehouse.duckdb, parquet/, manifest.json} -> <run>/ -> current
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from warehouse.decisions import NONE, Decisions
from warehouse.definitions import definitions
from warehouse.derive import current_query, derive, history_query, people_query
from warehouse.lake import filled, transaction
from warehouse.parquet import Written, write_parquet
from warehouse.root import DataRoot, sync_file, sync_folder
from warehouse.schema import CURRENT, HISTORY, PUBLICATION, PUBLISHED, SCHEMA_VERSION
from warehouse.search import index_night
from warehouse.similar import compare_new_texts
from warehouse.table import Table, comments, ddl, quoted

KEEP_NIGHTS = 3
KEEP_FOR = timedelta(hours=24)


def publish(
    connection: duckdb.DuckDBPyConnection,
    root: DataRoot,
    run_id: str,
    decisions: Decisions = NONE,
) -> Path:
    """Publish the lake as it stands as the night ``run_id`` and point ``current`` at it.

    A reader sees the old night or the new one, never a mixture. If the new one can't be written
    the old one stays in place, and nothing is left behind. The caller holds the write lock.
    """
    building = root.published / f".{run_id}.tmp"
    night = root.published / run_id
    compare_new_texts(connection)
    try:
        (building / "parquet").mkdir(parents=True)
        written = _write_tables(connection, root, building, run_id, decisions)
        _write_manifest(building, run_id, written, decisions)
        _seal(building)
        os.rename(building, night)
        sync_folder(root.published)
        _point(root.current, run_id)
        _fixed_links(root)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    prune(root, datetime.now(UTC))
    return night


def _write_tables(
    connection: duckdb.DuckDBPyConnection,
    root: DataRoot,
    building: Path,
    run_id: str,
    decisions: Decisions,
) -> list[Written]:
    """Write the warehouse and its Parquet copy; return the files of the latter."""
    connection.execute(f"ATTACH {quoted(str(building / 'warehouse.duckdb'))} AS night")
    try:
        with transaction(connection):
            connection.execute(
                ";".join(s for t in PUBLISHED for s in (ddl(t, "night."), *comments(t, "night.")))
            )
            present = filled(connection)
            for table in CURRENT:
                if table.name in present:
                    _fill(connection, table, f"SELECT * FROM lake.{table.name}")
            for table in HISTORY.values():
                if table.name in present:
                    derive(connection, table, decisions)
                    _fill(connection, table, history_query(table))
            for table in CURRENT:
                if table.history:
                    _fill(connection, table, current_query(table))
            for table in CURRENT:
                if table.derived and table is not PUBLICATION:
                    _fill(connection, table, people_query(table))
            _fill(connection, PUBLICATION, _publication_query(run_id))
            connection.execute("USE night")
            connection.execute(";".join(definitions()))
            index_night(connection)
        before = root.current.resolve() if root.current.exists() else None
        files = read_manifest(before)["files"] if before else {}
        return [
            file
            for table in PUBLISHED
            for file in write_parquet(connection, table, building, before, files)
        ]
    finally:
        connection.execute("USE memory")
        connection.execute("DETACH night")


def _fill(connection: duckdb.DuckDBPyConnection, table: Table, query: str) -> None:
    """Fill a table of the night in the order of its key, which is that of its Parquet file."""
    columns = ", ".join(f'"{name}"' for name in table.columns)
    order = ", ".join(f'"{name}"' for name in table.key)
    connection.execute(
        f"INSERT INTO night.{table.name} SELECT {columns} FROM ({query}) ORDER BY {order}"
    )


def _publication_query(run_id: str) -> str:
    counts = " UNION ALL ".join(
        f"SELECT '{table.name}' AS table_name, count(*) AS rows FROM night.{table.name}"
        for table in PUBLISHED
        if table is not PUBLICATION
    )
    return (
        f"SELECT table_name, rows, {quoted(run_id)} AS run_id, now() AS published_at, "
        f"{SCHEMA_VERSION} AS schema_version FROM ({counts})"
    )


def _write_manifest(
    building: Path, run_id: str, written: Sequence[Written], decisions: Decisions
) -> None:
    rows = {table.name: 0 for table in PUBLISHED}
    files: dict[str, Mapping[str, Any]] = {
        "warehouse.duckdb": _facts(building / "warehouse.duckdb")
    }
    for file in written:
        rows[Path(file.name).parent.name] += file.rows
        files[file.name] = file.linked or {
            **_facts(building / file.name),
            "content": file.content,
        }
    manifest = {
        "run_id": run_id,
        "schema_version": SCHEMA_VERSION,
        "decisions": decisions.fingerprint,
        "rows": rows,
        "files": files,
    }
    text = json.dumps(manifest, indent=1, sort_keys=True)
    (building / "manifest.json").write_text(text + "\n", encoding="utf-8")


def _facts(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": _sha256(path)}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seal(building: Path) -> None:
    """Make every file of the night durable and read-only."""
    for path in sorted(building.rglob("*"), reverse=True):
        if path.is_file():
            if path.stat().st_nlink == 1:  # else it is the night before's, and sealed already
                path.chmod(0o444)
                sync_file(path)
        else:
            sync_folder(path)
    sync_folder(building)


def _point(link: Path, target: str) -> None:
    """Move ``link`` to ``target`` in one step."""
    fresh = link.with_name(f".{link.name}.tmp")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    os.replace(fresh, link)
    sync_folder(link.parent)


def _fixed_links(root: DataRoot) -> None:
    for name in ("warehouse.duckdb", "parquet"):
        link = root.path / name
        target = Path("published", "current", name)
        if not link.is_symlink() or link.readlink() != target:
            _point(link, str(target))


def nights(root: DataRoot) -> list[str]:
    """Return the published nights that are kept, oldest first."""
    return sorted(
        p.name for p in root.published.iterdir() if p.is_dir() and not p.is_symlink()
        and not p.name.startswith(".")
    )  # fmt: skip


def prune(root: DataRoot, now: datetime) -> list[str]:
    """Delete nights beyond the last three that are older than a day; return their names.

    What killed runs left half built or staged goes too: only one writer is ever at work here.
    """
    for left in (*root.staging.glob("*"), *root.landing.glob("*/*/*/.*.tmp")):
        if now - datetime.fromtimestamp(left.stat().st_mtime, UTC) > KEEP_FOR:
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    for unfinished in root.published.glob(".*.tmp"):
        if not unfinished.is_symlink():
            shutil.rmtree(unfinished, ignore_errors=True)
    current = root.current.readlink().name
    removed = []
    for name in nights(root)[:-KEEP_NIGHTS]:
        folder = root.published / name
        made = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        if name != current and now - made > KEEP_FOR:
            shutil.rmtree(folder, ignore_errors=True)
            removed.append(name)
    return removed


def read_manifest(night: Path) -> dict[str, Any]:
    """Return the manifest of a night: run_id, schema_version, decisions, rows, files."""
    manifest: dict[str, Any] = json.loads((night / "manifest.json").read_text("utf-8"))
    return manifest
