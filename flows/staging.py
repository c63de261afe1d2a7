"""Extracting what landing holds once more, into staged files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from flows.runner import Runner
from flows.settings import Settings
from flows.steps import extract_file
from warehouse.errors import LandingGoneError, WarehouseError
from warehouse.replay import Planned, missing_files
from warehouse.root import DataRoot

Notify = Callable[[str, int, int | None], None]


def take_apart(
    root: DataRoot,
    run_id: str,
    planned: Sequence[Planned],
    settings: Settings,
    runner: Runner,
    notify: Notify,
) -> list[Path]:
    """Take ``planned`` captures apart with today's code; return the staged files.

    Raises :class:`~warehouse.errors.LandingGoneError` if a page of theirs is not kept, and
    :class:`~warehouse.errors.WarehouseError` for a landing file that can't be read.
    """
    if gone := missing_files(root, planned):
        raise LandingGoneError(root.landing, gone)
    from flows.workers import Workers

    wanted: dict[str, set[str]] = {}
    for p in planned:
        wanted.setdefault(p.landing_file, set()).add(p.capture_id)
    folder = f"{run_id}/{len(list(root.staging.glob(f'{run_id}/*')))}"  # one for each call
    done = count(1)
    with Workers.of(settings, lambda: notify("extract", next(done), len(planned))) as workers:
        step = partial(extract_file, root=root, run_id=folder, workers=workers, only=wanted)
        found = runner.map("extract", step, sorted(wanted))
    for staged in found:
        if staged.failure is not None:
            raise WarehouseError(f"nothing was changed: {staged.failure.message}")
    return [staged.path for staged in found if staged.path is not None]
