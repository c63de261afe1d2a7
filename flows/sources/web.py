"""Collecting from the web: every source of a run at once.

    source -> index (feed, sitemap, listing) -> addresses -> decide -> fetch -> landing
              ^_________ further indexes ___________|

Each arrow that asks a host is a job in the schedule of hosts. What is decided on the way is in
``index`` and ``recheck``; what is remembered, in ``memory``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial

from flows.fetch.fetcher import Fetcher
from flows.settings import Settings
from flows.sources.access import access_of
from flows.sources.index import Named
from flows.sources.indexes import Indexes
from flows.sources.lists import listed_pages
from flows.sources.memory import Memory
from flows.sources.model import Collected, Failure, Mode, Source
from flows.sources.schedule import Job, Schedule
from flows.sources.sink import Sink
from flows.sources.sweep import Sweep, Task
from flows.sources.visits import Visits
from warehouse.landing import Capture
from warehouse.ledger import Page

_THREADS = 64
"""Hosts asked at once. A thread costs little, and a host that hangs keeps one for minutes."""


class Web:
    """Collects the sources on the web; nothing that one of them does keeps the others."""

    def __init__(
        self, fetcher: Fetcher, memory: Memory, sink: Sink, settings: Settings, mode: Mode
    ) -> None:
        self._sweep = Sweep(fetcher, memory, sink, settings, mode)
        self._visits = Visits(self._sweep, self._read_feed)
        self._indexes = Indexes(self._sweep, self._visits)

    def collect(self, sources: Iterable[Source]) -> list[Collected]:
        """Ask every source, and return how each did."""
        tasks = [Task(source, Collected(source)) for source in sources]
        jobs = [
            job for task in tasks for job in self._sweep.guarded(task, partial(self._start, task))
        ]
        Schedule(self._sweep.fetcher.ready_at, _THREADS).run(jobs)
        for task in tasks:
            if task.failure is not None and not task.answered:
                task.done.failed(task.failure)  # a list of pages none of which could be had
        return [task.done for task in tasks]

    def _start(self, task: Task) -> Iterator[Job]:
        source = task.source
        try:
            task.access = access_of(source, os.environ)
        except ValueError as error:
            message = f"{source.name} can't be asked: {error}"
            self._sweep.fail(task, Failure(source.location, "credentials", message, whole=True))
            return
        if source.kind != "pages":
            for url in source.locations:
                yield self._sweep.job(
                    task, url, partial(self._indexes.ask, task, Named(url), root=True)
                )
            return
        pages: list[Named] = []
        for found in listed_pages(source):
            if isinstance(found, Failure):
                self._sweep.fail(task, found)
            else:
                pages.append(Named(found))
        jobs, _ = self._visits.due(task, self._visits.without_forgotten(task, pages))
        yield from jobs
        yield from self._visits.rechecks(task)

    def _read_feed(self, task: Task, page: Page, answer: Capture) -> Iterator[Job]:
        named = Named(page.uri)
        return self._indexes.answered(task, "feed", named, page, answer, root=True)
