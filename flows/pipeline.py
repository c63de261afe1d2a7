"""A run, stated once:

    sources -> collect -> landing -> extract -> staged rows -> merge -> publish

Each arrow is a plain step under the runner it is given; only merge and publish are done by one
writer at a time.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from flows import __version__
from flows.runner import Runner
from flows.settings import Settings
from flows.sources import cadence
from flows.sources.model import MODES, Mode, Source
from flows.steps import (
    Collecting,
    Collection,
    collect,
    extract_file,
    groups,
    is_local,
    read_staged,
)
from warehouse.attempts import NO_FAILURE, Attempt, counts
from warehouse.bounds import Verdict, broken, in_words, reason_to_hold
from warehouse.errors import IntegrityError
from warehouse.figures import Tally
from warehouse.holds import add_up
from warehouse.known import late_captures
from warehouse.ledger import Ledger, SourceState
from warehouse.root import DataRoot, storage_errors
from warehouse.store import Run, Store, decisions_for, open_store

# Landing files merged in one transaction: up to 8,000 captures, which fit in memory many times.
_FILES_PER_MERGE = 16

Notify = Callable[[str, int, int | None], None]
"""Told of progress: the stage, how many documents are done, and how many there are if known."""


@dataclass(frozen=True)
class Report:
    """What a run did: each attempt with its outcome, and the night it published, if any.

    ``put_off`` are sources that were not asked: they failed or answered lately.
    """

    run_id: str
    attempts: list[Attempt] = field(default_factory=list)
    night: Path | None = None
    alerts: list[str] = field(default_factory=list)
    """What is not as usual, in words: what is held, and what a person should look at."""
    put_off: list[SourceState] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return counts(self.attempts)

    @property
    def failed(self) -> bool:
        """Whether something was rejected that should not be.

        What robots.txt forbids, what was forgotten, and known pages that are gone are no failure.
        """
        return any(
            a.outcome == "rejected"
            and a.reason not in NO_FAILURE
            and not (a.reason == "gone" and a.brief_id)
            for a in self.attempts
        )


def run(
    command: str,
    sources: Sequence[Source],
    settings: Settings,
    runner: Runner,
    notify: Notify = lambda stage, done, total: None,
    mode: Mode | None = None,
) -> Report:
    """Collect ``sources`` and everything pending, and publish what is new.

    ``mode`` is what is asked beyond what is due; by default what the command means.
    Raises :class:`warehouse.errors.WarehouseError`, with the old night in place, if storing
    fails; a source or document that fails is an attempt in the report.
    """
    root = DataRoot(settings.data.absolute())
    decisions = decisions_for(root, settings.experts)
    started = datetime.now(UTC)
    this = Run(new_run_id(started), command, started, __version__)
    with storage_errors(root.path), open_store(root, decisions) as store:
        work = _Work(this, store, settings, runner, notify, mode or MODES.get(command, Mode()))
        try:
            # what an interrupted run left comes first, so that collecting finds it known
            let_in, unreadable = work.absorb_released()
            left_merged, left_damaged = work.absorb(store.pending(), whole=False)
            due, put_off = work.due(sources)
            collections = work.collect(due)
            merged, damaged = work.absorb([name for c in collections for name in c.files])
            merged = [*let_in, *left_merged, *merged]
            merged, disorder = work.in_order(merged)
            verdicts = work.verdicts(collections)
            damaged = [*unreadable, *left_damaged, *damaged]
            others = [*damaged, *(a for c in collections for a in c.attempts)]
            with store.writing():
                ledger = work.ledger(collections, merged)
                night = store.finish(this, datetime.now(UTC), merged, others, ledger, verdicts)
        except IntegrityError as error:
            with store.writing():
                store.fail(this, datetime.now(UTC), error)
            raise
        finally:
            shutil.rmtree(root.staging / this.run_id, ignore_errors=True)
    if night is not None:
        notify("publish", 1, 1)
    alerts = [in_words(verdict) for verdict in broken(verdicts)]
    alerts += [disorder] if disorder else []
    return Report(this.run_id, [*merged, *others], night, alerts, put_off)


def new_run_id(started: datetime) -> str:
    """Return a name that sorts by time and is unique among runs that start together."""
    return f"{started:%Y%m%dT%H%M%S%fZ}-{secrets.token_hex(2)}"


def _counter(stage: str, total: int | None, notify: Notify) -> Callable[[], None]:
    """Return a callback that counts documents of a stage, from any thread, and passes it on."""
    done = count(1)
    return lambda: notify(stage, next(done), total)


@dataclass(frozen=True)
class _Work:
    """The two arrows of a run that a runner takes part in, and what both need."""

    this: Run
    store: Store
    settings: Settings
    runner: Runner
    notify: Notify
    mode: Mode
    tallies: list[list[Tally]] = field(default_factory=list)
    """What each batch of captures brought, for the judgement of the whole night."""

    def due(self, sources: Sequence[Source]) -> tuple[list[Source], list[SourceState]]:
        """Return the sources to ask now, and how those do that are left alone."""
        states = {state.source: state for state in self.store.ledger(()).sources}
        now = datetime.now(UTC)
        due, put_off = [], []
        for source in sources:
            state = states.get(source.name)
            if state is None or self.mode.every_source or cadence.is_due(state, now):
                due.append(source)
            else:
                put_off.append(state)
        return due, put_off

    def ledger(self, collections: Sequence[Collection], merged: Sequence[Attempt]) -> Ledger:
        """Return what the run changed of the ledger, given the attempts that were merged."""
        before = {state.source: state for state in self.store.ledger(()).sources}
        fresh = {attempt.source for attempt in merged if attempt.outcome == "new"}
        now = datetime.now(UTC)
        return Ledger(
            [
                cadence.after(before.get(name), found, now, fresh=name in fresh)
                for collection in collections
                for found in collection.sources
                for name in (found.source.name,)
            ],
            [page for c in collections for page in c.ledger.pages],
            [file for c in collections for file in c.ledger.robots],
            {host: until for c in collections for host, until in c.ledger.closed.items()},
        )

    def collect(self, sources: Sequence[Source]) -> list[Collection]:
        """Bring what is new at ``sources`` to landing."""
        names: list[str] | None = [source.name for source in sources if not is_local(source)]
        if names and self.mode.every_page:
            names = None  # who names an address does not take it from the source that has it
        this = Collecting(
            self.store.root,
            self.this.run_id,
            self.store.known(),
            self.store.ledger(names),
            self.settings,
            self.mode,
            _counter("collect", None, self.notify),
            self.store.forgotten(),
        )

        def step(task: tuple[int, list[Source]]) -> Collection:
            nth, group = task
            return collect(group, nth, this)

        found = self.runner.map("collect", step, list(enumerate(groups(sources))))
        tried = sum(len(c.attempts) + c.captures for c in found)
        self.notify("collect", tried, tried)
        return found

    def absorb_released(self) -> tuple[list[Attempt], list[Attempt]]:
        """Extract and merge what was held and has been released since, one release at a time."""
        found = [self.absorb(list(files), only=files) for files in self.store.released()]
        return [a for merged, _ in found for a in merged], [a for _, bad in found for a in bad]

    def absorb(
        self,
        files: Sequence[str],
        *,
        whole: bool = True,
        only: Mapping[str, set[str]] | None = None,
    ) -> tuple[list[Attempt], list[Attempt]]:
        """Extract and merge landing files, oldest captures first.

        What is not as usual at its source is held. ``whole`` tells that nothing more of the night
        follows; ``only`` names the captures that are taken of each file, all by default, and
        they are not judged again. What was forgotten is taken out of landing. Returns the attempts
        that were merged, and those for what could not be.
        """
        if not files:
            return [], []
        from flows.workers import Workers  # a tenth of a second that a night without news saves
        from warehouse.landing import count_captures

        root, run_id = self.store.root, self.this.run_id
        total = sum(len(only[name]) if only else count_captures(root, name) for name in files)
        tallies = self.tallies if only is None else []
        merged: list[Attempt] = []
        damaged: list[Attempt] = []
        tick = _counter("extract", total, self.notify)
        with Workers.of(self.settings, tick) as workers:
            step = partial(extract_file, root=root, run_id=run_id, workers=workers, only=only)
            for start in range(0, len(files), _FILES_PER_MERGE):
                batch = self.runner.map("extract", step, files[start : start + _FILES_PER_MERGE])
                damaged += [staged.failure for staged in batch if staged.failure]
                rows = read_staged(batch)
                if rows is None:
                    continue
                rows, refused = self.store.without_forgotten(rows)
                damaged += refused
                tallies.append(self.store.tally(rows))
                last = whole and start + _FILES_PER_MERGE >= len(files)
                judged = [] if only else self.store.judge(add_up(tallies))
                # how many came is known at the end
                verdicts = [v for v in judged if last or v.figure.name != "briefs"]
                let_in = add_up(tallies) if only else []
                with self.store.writing():
                    hold = partial(reason_to_hold, verdicts)
                    merged += self.store.merge(self.this, rows, hold, let_in)
        return merged, damaged

    def in_order(self, merged: list[Attempt]) -> tuple[list[Attempt], str | None]:
        """Merge briefs anew whose pages came in another order than they were fetched in.

        Returns the attempts as they are then, and why it could not be done, in words.
        """
        if not late_captures(self.store.connection):
            return merged, None
        from flows.late import merge_late  # seldom needed, and a good part of the imports

        return merge_late(self.store, self.this, merged, self.settings, self.runner, self.notify)

    def verdicts(self, collections: Sequence[Collection]) -> list[Verdict]:
        """Judge the figures of the night.

        A source that answered and brought nothing has a night without captures; one that did not
        answer has no night, and of what it brought all the same the number says nothing.
        """
        asked = [found for c in collections for found in c.sources]
        failed = {found.source.name for found in asked if found.error is not None}
        quiet = [Tally(found.source.name, None) for found in asked if found.error is None]
        verdicts = self.store.judge(add_up([*self.tallies, quiet]))
        amounts = ("captures", "briefs", "silent nights")
        return [
            v for v in verdicts if v.figure.source not in failed or v.figure.name not in amounts
        ]
