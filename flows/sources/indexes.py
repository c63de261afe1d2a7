"""The indexes of a source (feeds, sitemaps, listings): asked for, read, and followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from flows.fetch.model import Answer, Gone, NotModified
from flows.sources import recheck
from flows.sources.index import Index, Named, NotAnIndexError, read_index
from flows.sources.memory import key_of
from flows.sources.model import Failure
from flows.sources.schedule import Job
from flows.sources.sweep import Sweep, Task, came
from flows.sources.visits import Visits
from warehouse.landing import Capture
from warehouse.ledger import Page

_MAX_INDEXES = 2_000
"""Indexes read of one source in a run: a hundred million addresses by the limits of sitemaps."""


class Indexes:
    """Asks the indexes of every source, and hands the pages they name to the visits."""

    def __init__(self, sweep: Sweep, visits: Visits) -> None:
        self._sweep = sweep
        self._visits = visits

    def ask(self, task: Task, named: Named, *, root: bool) -> Iterator[Job]:
        """Ask for an index, and return the jobs for what it names."""
        name, url = task.source.name, named.url
        task.indexes.add(key_of(url))
        page = self._sweep.memory.page(url, name) or Page(url, name, "index", self._sweep.now)
        answer = self._sweep.ask(task, replace(page, role="index"))
        yield from self.answered(task, task.source.kind, named, page, answer, root=root)

    def answered(
        self, task: Task, kind: str, named: Named, page: Page, answer: Answer, *, root: bool
    ) -> Iterator[Job]:
        """Remember how an index answered, and return the jobs for what it names."""
        page = replace(page, role="index", source=task.source.name)
        kept = root or kind == "sitemap"
        if isinstance(answer, NotModified):
            task.answered = True
            page = recheck.stands(page, answer.at, answer.etag, answer.last_modified)
            self._sweep.memory.put(replace(page, told_at=named.told_at))
            yield from self._unchanged(task, kind, root=root)
        elif isinstance(answer, Capture):
            if self._is_same(page, answer):
                task.answered = True
                self._sweep.memory.put(replace(came(page, answer), told_at=named.told_at))
                yield from self._unchanged(task, kind, root=root)
                return
            try:
                index = read_index(task.source, kind, answer, self._sweep.limit(task))
            except NotAnIndexError as error:
                if kept:
                    self._sweep.fail(task, Failure(page.uri, error.reason, str(error), whole=root))
                return
            task.answered = True
            index = replace(index, pages=self._visits.without_forgotten(task, index.pages))
            further = self._further(task, kind, index)
            jobs, complete = self._visits.due(task, index.pages)
            task.done.days += index.days
            seen = replace(came(page, answer), told_at=named.told_at)
            if not complete:  # the rest is taken by the next run, which must read it again
                seen = replace(seen, sha256=None, etag=None, last_modified=None, told_at=None)
            if kept:
                self._sweep.memory.put(seen)
            yield from jobs
            yield from further
            if root:
                yield from self._visits.rechecks(task)
        else:
            if isinstance(answer, Gone) and not kept:
                return  # the pages of a listing end so on some sites
            failure = _gone(answer.capture) if isinstance(answer, Gone) else answer
            if kept:
                at = failure.retry_at
                self._sweep.memory.put(recheck.failed(page, self._sweep.now, at, for_good=False))
            self._sweep.fail(task, replace(failure, whole=root))

    def _is_same(self, page: Page, answer: Capture) -> bool:
        return page.sha256 == answer.sha256 and not (
            self._sweep.mode.whole or self._sweep.mode.every_page
        )

    def _unchanged(self, task: Task, kind: str, *, root: bool) -> Iterator[Job]:
        """Return the jobs that an index calls for that did not change."""
        if not root:
            return
        if kind == "sitemap":  # those that it tells no time of may have changed all the same
            for page in self._sweep.memory.of(task.source.name, "index"):
                if page.told_at is None and key_of(page.uri) not in task.indexes:
                    named = Named(page.uri)
                    yield self._sweep.job(
                        task, page.uri, partial(self.ask, task, named, root=False)
                    )
        yield from self._visits.rechecks(task)

    def _further(self, task: Task, kind: str, index: Index) -> list[Job]:
        """Return the jobs for the indexes that an index leads on to."""
        name = task.source.name
        if kind != "sitemap" and not self._sweep.mode.whole:
            fresh = any(self._sweep.memory.page(named.url, name) is None for named in index.pages)
            if not fresh or len(task.indexes) >= task.source.pages:
                return []
        jobs = []
        for named in index.further:
            if key_of(named.url) in task.indexes:
                continue
            if len(task.indexes) >= _MAX_INDEXES:
                message = f"{name} has more than {_MAX_INDEXES:,} indexes; the rest is left out"
                self._sweep.fail(task, Failure(named.url, "too-large", message))
                break
            task.indexes.add(key_of(named.url))
            before = self._sweep.memory.page(named.url, name)
            told = named.told_at is not None and before and before.told_at == named.told_at
            if not told or self._sweep.mode.whole:
                do = partial(self.ask, task, named, root=False)
                jobs.append(self._sweep.job(task, named.url, do))
        return jobs


def _gone(capture: Capture) -> Failure:
    message = f"{capture.uri} answered {capture.status}: it is gone; check the address"
    return Failure(capture.uri, "gone", message)
