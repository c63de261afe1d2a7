"""Extracting what landing holds once more, into staged files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import count
from pathlib import Path

from flows.runner import Runner
from flows.settings import Settings
from flows.steps import extract_file
from warehouse.attempts import Attempt
from warehouse.errors import LandingGoneError, WarehouseError
from warehouse.replay import Planned, missing_files
from warehouse.root import DataRoot

Notify = Callable[[str, int, int | None], None]


def extract_again(
    root: DataRoot,
    run_id: str,
    wanted: Mapping[str, set[str]],
    settings: Settings,
    runner: Runner,
    notify: Notify,
) -> tuple[list[Path], list[Attempt]]:
    """Take captures (ids by landing file) apart with today's code.

    Returns the staged files, and an attempt for each landing file that can't be read.
    """
    from flows.workers import Workers

    done = count(1)
    total = sum(map(len, wanted.values()))
    with Workers.of(settings, lambda: notify("extract", next(done), total)) as workers:
        step = partial(extract_file, root=root, run_id=run_id, workers=workers, only=wanted)
        found = runner.map("extract", step, sorted(wanted))
    return (
        [staged.path for staged in found if staged.path is not None],
        [staged.failure for staged in found if staged.failure is not None],
    )


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
    wanted: dict[str, set[str]] = {}
    for p in planned:
        wanted.setdefault(p.landing_file, set()).add(p.capture_id)
    folder = f"{run_id}/{len(list(root.staging.glob(f'{run_id}/*')))}"  # one for each call
    staged, damaged = extract_again(root, folder, wanted, settings, runner, notify)
    if damaged:
        raise WarehouseError(f"nothing was changed: {damaged[0].message}")
    return staged
