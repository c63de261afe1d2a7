"""Pages that come after newer ones of the same brief: the brief is merged anew, in order.

So it makes no difference in which order a crawl, a feed and a folder are taken in, and a rebuild
finds nothing else than what the nights gave.
"""

from __future__ import annotations

from collections.abc import Sequence
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
        briefs = briefs_of(connection, late, None)
        left: set[str] = set()  # a page of theirs is not kept
        found: set[str] = set()
        taken: dict[str, Planned] = {}
        staged: list[Path] = []
        try:
            while found != briefs:
                found = briefs
                ids = captures_of(connection, found) - taken.keys()
                more = {p.capture_id: p for p in plan(connection, ids) if p.kind != "held"}
                lacking = missing_files(store.root, more.values())
                gone = {c for c, p in more.items() if p.landing_file in lacking}
                if gone:
                    left |= briefs_of(connection, gone, None)
                    briefs = found - left
                    continue
                if more:
                    staged += take_apart(
                        store.root, this.run_id, list(more.values()), settings, runner, notify
                    )
                taken |= more
                briefs = (found | briefs_led_to(connection, staged)) - left
            alone = plan(connection, late & captures_of(connection, left))
            lacking = missing_files(store.root, alone)
            alone = [p for p in alone if p.landing_file not in lacking]
            if alone:
                staged += take_apart(store.root, this.run_id, alone, settings, runner, notify)
        except WarehouseError as error:
            return store.as_booked(merged), f"late pages are not put in their place: {error}"
        if briefs or alone:
            store.root.unpublished.touch()
            pages = in_order([*taken.values(), *alone])
            with transaction(connection):
                replace_rows(connection, this.run_id, briefs, pages, staged)
        return store.as_booked(merged), None
