"""Pages that come after newer ones of the same brief: the brief is merged anew, in order.

So it makes no difference in which order a crawl, a feed and a folder are taken in, and a rebuild
finds nothing else than what the nights gave.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from flows.runner import Runner
from flows.settings import Settings
from flows.staging import Notify, take_apart
from warehouse.attempts import Attempt
from warehouse.errors import WarehouseError
from warehouse.known import late_captures
from warehouse.lake import transaction
from warehouse.reextract import briefs_of, captures_of, replace_rows
from warehouse.replay import Planned, briefs_led_to, in_order, missing_files, plan
from warehouse.store import Run, Store


def merge_late(
    store: Store,
    this: Run,
    merged: Sequence[Attempt],
    settings: Settings,
    runner: Runner,
    notify: Notify,
) -> tuple[list[Attempt], str | None]:
    """Merge the briefs anew to which late pages belong, and those to which their keys lead.

    Returns ``merged`` with today's outcomes, and why the late pages could not be put in order, in
    words. A brief of which a page is not kept any more stays as it was read; its late pages are
    merged as the last ones, so that what else they show is not lost.
    """
    with store.writing():
        connection = store.connection
        late = late_captures(connection)
        work = partial(
            take_apart, store.root, this.run_id, settings=settings, runner=runner, notify=notify
        )
        try:
            found = together(store, briefs_of(connection, late, None), work)
            alone = plan(connection, late & captures_of(connection, found.left))
            lacking = missing_files(store.root, alone)
            alone = [p for p in alone if p.landing_file not in lacking]
            staged = [*found.staged, *(work(alone) if alone else [])]
        except WarehouseError as error:
            return store.as_booked(merged), f"late pages are not put in their place: {error}"
        if found.briefs or alone:
            store.root.unpublished.touch()
            pages = in_order([*found.pages, *alone])
            with transaction(connection):
                replace_rows(connection, this.run_id, found.briefs, pages, staged)
        return store.as_booked(merged), None


@dataclass(frozen=True)
class Together:
    """Briefs to merge anew at once: their pages, and these taken apart.

    ``left`` are briefs that stay as they were read, because a page of theirs is not kept.
    """

    briefs: set[str]
    pages: list[Planned]
    staged: list[Path]
    left: set[str]


def together(
    store: Store,
    briefs: Collection[str],
    work: Callable[[list[Planned]], list[Path]],
    without: Collection[str] = (),
) -> Together:
    """Return ``briefs`` and those to which a key of their pages leads, or once led.

    ``work`` takes pages apart; ``without`` are briefs that are none of them.
    Raises :class:`~warehouse.errors.WarehouseError` for a landing file that can't be read.
    """
    connection = store.connection
    wanted, left = set(briefs) - set(without), set(without)
    found: set[str] = set()
    taken: dict[str, Planned] = {}
    staged: list[Path] = []
    while found != wanted:
        found = wanted
        ids = captures_of(connection, found) - taken.keys()
        more = {p.capture_id: p for p in plan(connection, ids) if p.kind != "held"}
        lacking = missing_files(store.root, more.values())
        gone = {c for c, p in more.items() if p.landing_file in lacking}
        if gone:
            left |= briefs_of(connection, gone, None)
            wanted = found - left
            continue
        if more:
            staged += work(list(more.values()))
        taken |= more
        wanted = (found | briefs_led_to(connection, staged)) - left
    return Together(found, in_order(taken.values()), staged, left)
