"""``rebuild``: the lake anew from landing alone, with the outcomes of its ledger.

The ledger is the old lake's, or the published night's if the catalog of the lake is lost.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows import __version__
from flows.pipeline import Notify, new_run_id
from flows.runner import Runner
from flows.settings import Settings
from flows.staging import take_apart
from warehouse.attempts import Attempt
from warehouse.compare import differences
from warehouse.errors import LandingGoneError, NothingPublishedError
from warehouse.forget import erase_from_landing, forgotten_rows
from warehouse.landing import landing_files
from warehouse.publish import publish
from warehouse.rebuild import Beside, fill, fresh_lake, take_the_place
from warehouse.replay import Planned, in_order, landed, missing_files, plan, plan_of_night
from warehouse.root import DataRoot, storage_errors, writing
from warehouse.store import Run, decisions_for, open_store


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did. ``differences`` is None if there was no night to compare with."""

    captures: int
    differences: list[str] | None
    night: Path | None
    attempts: list[Attempt]


def rebuild(
    settings: Settings,
    runner: Runner,
    notify: Notify = lambda stage, done, total: None,
    *,
    check: bool = False,
) -> Rebuilt:
    """Build the lake anew from landing, under the write lock, and put it in place of the old one.

    With ``check`` nothing is changed: it is built aside and compared with the published night.
    Raises :class:`~warehouse.errors.NoRootError` where there is no data root,
    :class:`~warehouse.errors.LandingGoneError` if landing lacks what the lake has, and
    :class:`~warehouse.errors.WarehouseError` for a landing file that can't be read.
    """
    root = DataRoot(settings.data.absolute())
    root.must_exist()
    decisions = decisions_for(root, settings.experts)
    root.make()
    started = datetime.now(UTC)
    this = Run(new_run_id(started), "rebuild", started, __version__)
    trial = root.staging / this.run_id / "lake" if check else None
    beside = Beside(root.path, trial)
    if root.catalog.exists():
        with open_store(root):  # an older one is upgraded first, which needs the lock for itself
            pass
    with storage_errors(root.path), writing(root):
        try:
            known, more, buried = _planned(root)
            planned = in_order([*known, *more])
            staged = take_apart(root, this.run_id, planned, settings, runner, notify)
            if refused := _forgotten(staged, more, buried):
                planned = [p for p in planned if p.capture_id not in refused]
                if not check:
                    erase_from_landing(root, refused)
            with fresh_lake(beside) as connection:
                attempts = fill(connection, root, this.run_id, planned, staged)
                if check and root.current.exists():
                    publish(connection, beside, this.run_id, decisions)
            if check:
                return Rebuilt(len(planned), _compared(root, beside), None, attempts)
            root.unpublished.touch()
            before = root.current.resolve() if root.current.is_symlink() else None
            take_the_place(beside, root)
            with open_store(root, decisions) as store:
                store.book(this, datetime.now(UTC), attempts)
                night = store.publish(this, settled=True)
            found = _compared_nights(before, night)
            notify("publish", 1, 1)
            return Rebuilt(len(planned), found, night, attempts)
        finally:
            shutil.rmtree(root.staging / this.run_id, ignore_errors=True)


def _planned(root: DataRoot) -> tuple[list[Planned], list[Planned], frozenset[str]]:
    """Return what is merged anew: all that the lake has, and all else that landing holds.

    Of the rest what was forgotten is left out: the third are the tombstones.
    """
    known: list[Planned] = []
    buried: frozenset[str] = frozenset()
    if root.catalog.exists():
        with open_store(root) as store:
            known, pending, buried = plan(store.connection), store.pending(), store.forgotten()
    else:  # lost, or never made: the books are in the published night too
        if root.current.exists():
            known, buried = plan_of_night(root.current.resolve())
        pending = landing_files(root)
    if gone := missing_files(root, known):
        raise LandingGoneError(root.landing, gone)
    ids = {p.capture_id for p in known}
    return known, [p for p in landed(root, pending) if p.capture_id not in ids], buried


def _forgotten(
    staged: Sequence[Path], pages: Collection[Planned], buried: frozenset[str]
) -> set[str]:
    """Return the captures of ``pages`` that were forgotten: an erasure was cut off before landing.

    So it is with a copy of landing from before as well.
    """
    ids = pa.array([p.capture_id for p in pages], pa.string())
    found: set[str] = set()
    for path in staged if pages and buried else ():
        rows = pq.read_table(path)
        found |= forgotten_rows(rows.filter(pc.is_in(rows["capture_id"], ids)), buried).keys()
    return found


def _compared(root: DataRoot, other: DataRoot) -> list[str] | None:
    try:
        return differences(root, other)
    except NothingPublishedError:
        return None


def _compared_nights(before: Path | None, after: Path) -> list[str] | None:
    from warehouse.compare import night_differences

    if before is None or not before.exists():
        return None
    return night_differences(before, after)
