"""Pages that come after newer ones of the same brief: the brief is merged anew, in order.

So it makes no difference in which order a crawl, a feed and a folder are taken in, and a rebuild
finds nothing else than what the nights gave.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.runner import Runner
from flows.settings import Settings
from flows.staging import Notify, take_apart
from warehouse.attempts import Attempt
from warehouse.lake import transaction
from warehouse.reextract import briefs_of, captures_of, replace_rows
from warehouse.replay import late_captures, missing_files, plan
from warehouse.store import Run, Store


def merge_late(
    store: Store,
    this: Run,
    merged: Sequence[Attempt],
    settings: Settings,
    runner: Runner,
    notify: Notify,
) -> list[Attempt]:
    """Merge the briefs anew to which late pages belong; return ``merged`` with today's outcomes.

    A brief of which a page is not kept any more stays as it was read.
    """
    with store.writing():
        connection = store.connection
        late = late_captures(connection)
        if not late:
            return list(merged)
        every = {p.capture_id: p for p in plan(connection) if p.kind != "held"}
        lacking = missing_files(store.root, every.values())
        gone = {c for c, p in every.items() if p.landing_file in lacking}
        briefs = briefs_of(connection, late, None) - briefs_of(connection, gone, None)
        if not briefs:
            return list(merged)
        captures = captures_of(connection, briefs) & set(every)
        planned = sorted((every[c] for c in captures), key=lambda p: p.order)
        staged = take_apart(store.root, this.run_id, planned, settings, runner, notify)
        store.root.unpublished.touch()
        with transaction(connection):
            replace_rows(connection, this.run_id, briefs, planned, staged)
        return store.as_booked(merged)
