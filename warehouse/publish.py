"""Publishing a night: one immutable folder, then one link that moves.

lake, night before -> .<run>.tmp/{warehouse.duckdb, parquet/, manifest.json} -> <run>/ -> current
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
from warehouse.night import Origin, attached, write_database
from warehouse.parquet import Written, write_parquet
from warehouse.root import DataRoot, sync_file, sync_folder
from warehouse.schema import PUBLISHED, SCHEMA_VERSION
from warehouse.similar import compare_new_texts
from warehouse.takeover import DATABASE, Before

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
        manifest = current_manifest(root)
        before = Before(root.current.resolve(), manifest) if manifest else None
        origin = write_database(connection, building, run_id, decisions, before)
        with attached(connection, building / DATABASE):
            files = [
                file
                for table in PUBLISHED
                for file in write_parquet(connection, table, building, before)
            ]
        _write_manifest(building, run_id, files, decisions, origin)
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


def _write_manifest(
    building: Path,
    run_id: str,
    written: Sequence[Written],
    decisions: Decisions,
    origin: Origin,
) -> None:
    rows = {table.name: 0 for table in PUBLISHED}
    files: dict[str, Mapping[str, Any]] = {DATABASE: _facts(building / DATABASE)}
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
        "basis": origin.basis,
        "whole": origin.whole,
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
    """Return the manifest of a night: run_id, schema_version, decisions, rows, files, basis, whole.

    ``whole`` says why its database was written whole; null if it took over from the night before.
    """
    manifest: dict[str, Any] = json.loads((night / "manifest.json").read_text("utf-8"))
    return manifest


def current_manifest(root: DataRoot) -> dict[str, Any] | None:
    """Return the manifest of the current night; None if there is no night, or it is damaged."""
    try:
        return read_manifest(root.current)
    except (OSError, ValueError):
        return None
