"""The pages of a source: which are due, how one is asked for, and what is done with what comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from flows.fetch.model import Gone, NotModified
from flows.sources import recheck
from flows.sources.feeds.captures import announced
from flows.sources.feeds.read import looks_like_feed
from flows.sources.index import Named
from flows.sources.model import Failure
from flows.sources.schedule import Job
from flows.sources.sweep import Sweep, Task, came
from warehouse.landing import Capture
from warehouse.ledger import Page

ReadFeed = Callable[[Task, Page, Capture], Iterable[Job]]
"""Takes a feed that stands in a list of pages, and returns the jobs that it calls for."""


class Visits:
    """Visits the pages that are due, listed by an index or known from before."""

    def __init__(self, sweep: Sweep, read_feed: ReadFeed) -> None:
        self._sweep = sweep
        self._read_feed = read_feed

    def without_forgotten(self, task: Task, pages: Iterable[Named]) -> tuple[Named, ...]:
        """Return ``pages`` without what was forgotten: that is booked once, and not asked for."""
        kept = []
        for named in pages:
            if not self._sweep.sink.is_forgotten(named.url):
                kept.append(named)
            elif self._sweep.memory.claim(named.url):
                self._sweep.sink.refuse_forgotten(task.source.name, named.url)
        return tuple(kept)

    def due(self, task: Task, pages: Iterable[Named]) -> tuple[list[Job], bool]:
        """Return the jobs for those of ``pages`` that are due, and whether none was left out."""
        source = task.source
        jobs: list[Job] = []
        always = self._sweep.mode.every_page or (
            source.kind == "pages" and source.every is not None
        )
        for named in pages:
            if named.text is not None:
                if self._sweep.memory.claim(named.url):
                    self._sweep.sink.store(named.text)
                continue
            page = self._sweep.memory.page(named.url, source.name)
            if not always and not recheck.is_due(page, named.told_at, self._sweep.now):
                continue
            if task.taken >= self._sweep.limit(task) and not self._sweep.mode.whole:
                return jobs, False
            if self._sweep.memory.claim(named.url):
                task.taken += 1
                page = page or Page(named.url, source.name, "page", self._sweep.now)
                do = partial(self._visit, task, named, page)
                jobs.append(self._sweep.job(task, page.uri, do))
        return jobs, True

    def rechecks(self, task: Task) -> Iterator[Job]:
        """Return the jobs for known pages whose check is due, listed still or not."""
        for page in self._sweep.memory.of(task.source.name, "page"):
            if recheck.is_due(page, None, self._sweep.now) and self._sweep.memory.claim(page.uri):
                do = partial(self._visit, task, Named(page.uri), page)
                yield self._sweep.job(task, page.uri, do)

    def _visit(self, task: Task, named: Named, page: Page) -> Iterator[Job]:
        """Ask for a page and store what comes."""
        source = task.source
        if self._sweep.is_dead(page.uri):
            self._sweep.memory.put(recheck.put_off(page, self._sweep.now))
            return
        answer = self._sweep.ask(task, page)
        if isinstance(answer, Failure):
            self._missed(task, page, answer)
            return
        task.answered = True
        if isinstance(answer, NotModified):
            page = recheck.stands(page, answer.at, answer.etag, answer.last_modified)
            self._sweep.sink.unchanged(source.name, page.uri, answer.at)
        elif isinstance(answer, Gone):
            if page.gone_at:
                self._sweep.sink.still_gone(answer.capture)
            else:
                self._sweep.sink.keep(answer.capture)
            page = recheck.went(page, answer.capture.fetched_at)
        elif source.kind == "pages" and looks_like_feed(answer.body, answer.content_type or ""):
            yield from self._read_feed(task, page, answer)
            return
        else:
            self._sweep.sink.store(announced(answer, named.entry) if named.entry else answer)
            page = came(page, answer)
        self._sweep.memory.put(replace(page, told_at=named.told_at or page.told_at))

    def _missed(self, task: Task, page: Page, failure: Failure) -> None:
        """Remember a page that did not answer."""
        if failure.reason == "retry-later":  # not asked, at the host's own wish
            self._sweep.memory.put(recheck.put_off(page, failure.retry_at or self._sweep.now))
            if task.put_off:
                return  # one line tells of all of them
            task.put_off = True
        else:
            never = failure.reason == "unsupported"
            self._sweep.memory.put(
                recheck.failed(page, self._sweep.now, failure.retry_at, for_good=never)
            )
        self._sweep.fail(task, failure)
