"""``maintain``: the lake and landing kept small, under the write lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows import __version__
from flows.pipeline import new_run_id
from flows.settings import Settings
from warehouse.compaction import compact, delete_files, redundant, retire
from warehouse.maintain import ORPHANED, compact_lake, count_files, vacuum_catalog
from warehouse.publish import prune
from warehouse.root import DataRoot, storage_errors, writing
from warehouse.store import Run, decisions_for, open_store


@dataclass(frozen=True)
class Maintained:
    """What was there before and after, as :func:`warehouse.maintain.count_files` counts."""

    before: dict[str, int]
    after: dict[str, int]
    landing_replaced: int
    landing_retired: int
    vacuumed: bool
    night: Path | None


def maintain(settings: Settings, *, orphaned: timedelta = ORPHANED) -> Maintained:
    """Compact lake, catalog and landing, and clear away what killed runs left.

    ``orphaned`` is the age from which a file that nothing refers to is deleted. Safe to kill and
    to run again. Raises :class:`~warehouse.errors.LockedError` while another run writes.
    """
    root = DataRoot(settings.data.absolute())
    with storage_errors(root.path):
        return _maintain(root, settings, orphaned)


def _maintain(root: DataRoot, settings: Settings, orphaned: timedelta) -> Maintained:
    started = datetime.now(UTC)
    this = Run(new_run_id(started), "maintain", started, __version__)
    before = count_files(root)
    night = None
    with open_store(root, decisions_for(root, settings.experts)) as store, store.writing():
        connection = store.connection
        delete_files(root, redundant(connection, root))  # of a compaction that was cut off
        retired: list[str] = []
        if settings.landing_keep_days is not None:
            last = started.date() - timedelta(days=settings.landing_keep_days)
            retired = retire(connection, root, last)
        replaced = compact(
            connection, root, this.run_id, started.date(), settings.landing_compact_days
        )
        if replaced or retired:  # the current night must name the files that stay
            store.book(this, datetime.now(UTC), ())
            night = store.publish(this)
            delete_files(root, [*replaced, *retired])
        compact_lake(connection, timedelta(days=settings.snapshot_days), orphaned)
        if root.current.is_symlink():
            prune(root, datetime.now(UTC))
    with writing(root):
        vacuumed = vacuum_catalog(root)
    after = count_files(root)
    return Maintained(before, after, len(replaced), len(retired), vacuumed, night)
