"""Collecting from the web: every source of a run at once.

    source -> index (feed, sitemap, listing) -> addresses -> decide -> fetch -> landing
              ^_________ further indexes ___________|

Each arrow that asks a host is a job in the schedule of hosts. What is decided on the way is in
``index`` and ``recheck``; what is remembered, in ``memory``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from flows.fetch.fetcher import Fetcher
from flows.fetch.model import Access, Answer, Ask, Gone, NotModified
from flows.fetch.urls import origin_of, server_of
from flows.settings import Settings
from flows.sources import recheck
from flows.sources.access import access_for, access_of
from flows.sources.feeds.captures import announced
from flows.sources.feeds.read import looks_like_feed
from flows.sources.index import Index, Named, NotAnIndexError, read_index
from flows.sources.lists import listed_pages
from flows.sources.memory import Memory, key_of
from flows.sources.model import Collected, Failure, Mode, Source
from flows.sources.schedule import Job, Schedule
from flows.sources.sink import Sink
from warehouse.errors import WarehouseError
from warehouse.landing import Capture
from warehouse.ledger import Page

_THREADS = 64
"""Hosts asked at once. A thread costs little, and a host that hangs keeps one for minutes."""
_DEAD_AFTER = 3
"""Failures in a row to reach a host, after which the run leaves it alone."""
_UNREACHED = ("unreachable", "timeout", "certificate")
_MAX_INDEXES = 2_000
"""Indexes read of one source in a run: a hundred million addresses by the limits of sitemaps."""


@dataclass
class _Task:
    """One source on its way through a run."""

    source: Source
    done: Collected
    access: Access = field(default_factory=Access)
    indexes: set[str] = field(default_factory=set)
    taken: int = 0
    answered: bool = False
    put_off: bool = False
    failure: Failure | None = None


class Web:
    """Collects the sources on the web; nothing that one of them does keeps the others."""

    def __init__(
        self, fetcher: Fetcher, memory: Memory, sink: Sink, settings: Settings, mode: Mode
    ) -> None:
        self._fetcher = fetcher
        self._memory = memory
        self._sink = sink
        self._settings = settings
        self._mode = mode
        self._believed = timedelta(days=settings.believe_days)
        self._now = datetime.now(UTC)
        self._unreached: dict[str, int] = {}

    def collect(self, sources: Iterable[Source]) -> list[Collected]:
        """Ask every source, and return how each did."""
        tasks = [_Task(source, Collected(source)) for source in sources]
        jobs = [job for task in tasks for job in self._guarded(task, partial(self._start, task))]
        Schedule(self._fetcher.ready_at, _THREADS).run(jobs)
        for task in tasks:
            if task.failure is not None and not task.answered:
                task.done.failed(task.failure)  # a list of pages none of which could be had
        return [task.done for task in tasks]

    def _guarded(self, task: _Task, do: Callable[[], Iterable[Job]]) -> list[Job]:
        """Do a part of a task; an error that nobody foresaw is the source's alone."""
        try:
            return list(do())
        except WarehouseError:
            raise
        except Exception as error:
            message = f"collecting failed: {type(error).__name__}: {error}; please report it"
            self._fail(task, Failure(task.source.location, "source-error", message, whole=True))
            return []

    def _job(self, task: _Task, url: str, do: Callable[[], Iterable[Job]]) -> Job:
        return Job(server_of(url), partial(self._guarded, task, do))

    def _fail(self, task: _Task, failure: Failure) -> None:
        """Book something of a task that could not be had."""
        task.failure = failure
        if failure.whole:
            task.done.failed(failure)
        self._sink.refuse(task.source.name, failure)

    def _start(self, task: _Task) -> Iterator[Job]:
        source = task.source
        try:
            task.access = access_of(source, os.environ)
        except ValueError as error:
            message = f"{source.name} can't be asked: {error}"
            self._fail(task, Failure(source.location, "credentials", message, whole=True))
            return
        if source.kind != "pages":
            for url in source.locations:
                yield self._job(task, url, partial(self._index, task, Named(url), root=True))
            return
        pages: list[Named] = []
        for found in listed_pages(source):
            if isinstance(found, Failure):
                self._fail(task, found)
            else:
                pages.append(Named(found))
        jobs, _ = self._visits(task, self._without_forgotten(task, pages))
        yield from jobs
        yield from self._rechecks(task)

    # --- indexes ---------------------------------------------------------------------------------

    def _index(self, task: _Task, named: Named, *, root: bool) -> Iterator[Job]:
        """Ask for an index, and return the jobs for what it names."""
        name, url = task.source.name, named.url
        task.indexes.add(key_of(url))
        page = self._memory.page(url, name) or Page(url, name, "index", self._now)
        answer = self._ask(task, replace(page, role="index"))
        yield from self._index_answer(task, task.source.kind, named, page, answer, root=root)

    def _index_answer(
        self, task: _Task, kind: str, named: Named, page: Page, answer: Answer, *, root: bool
    ) -> Iterator[Job]:
        page = replace(page, role="index", source=task.source.name)
        kept = root or kind == "sitemap"
        if isinstance(answer, NotModified):
            task.answered = True
            page = recheck.stands(page, answer.at, answer.etag, answer.last_modified)
            self._memory.put(replace(page, told_at=named.told_at))
            yield from self._unchanged(task, kind, root=root)
        elif isinstance(answer, Capture):
            if self._is_same(page, answer):
                task.answered = True
                self._memory.put(replace(_came(page, answer), told_at=named.told_at))
                yield from self._unchanged(task, kind, root=root)
                return
            try:
                index = read_index(task.source, kind, answer, self._limit(task))
            except NotAnIndexError as error:
                if kept:
                    self._fail(task, Failure(page.uri, error.reason, str(error), whole=root))
                return
            task.answered = True
            index = replace(index, pages=self._without_forgotten(task, index.pages))
            further = self._further(task, kind, index)
            jobs, complete = self._visits(task, index.pages)
            task.done.days += index.days
            seen = replace(_came(page, answer), told_at=named.told_at)
            if not complete:  # the rest is taken by the next run, which must read it again
                seen = replace(seen, sha256=None, etag=None, last_modified=None, told_at=None)
            if kept:
                self._memory.put(seen)
            yield from jobs
            yield from further
            if root:
                yield from self._rechecks(task)
        else:
            if isinstance(answer, Gone) and not kept:
                return  # the pages of a listing end so on some sites
            failure = _gone(answer.capture) if isinstance(answer, Gone) else answer
            if kept:
                at = failure.retry_at
                self._memory.put(recheck.failed(page, self._now, at, for_good=False))
            self._fail(task, replace(failure, whole=root))

    def _is_same(self, page: Page, answer: Capture) -> bool:
        return page.sha256 == answer.sha256 and not (self._mode.whole or self._mode.every_page)

    def _unchanged(self, task: _Task, kind: str, *, root: bool) -> Iterator[Job]:
        """Return the jobs that an index calls for that did not change."""
        if not root:
            return
        if kind == "sitemap":  # those that it tells no time of may have changed all the same
            for page in self._memory.of(task.source.name, "index"):
                if page.told_at is None and key_of(page.uri) not in task.indexes:
                    named = Named(page.uri)
                    yield self._job(task, page.uri, partial(self._index, task, named, root=False))
        yield from self._rechecks(task)

    def _further(self, task: _Task, kind: str, index: Index) -> list[Job]:
        """Return the jobs for the indexes that an index leads on to."""
        name = task.source.name
        if kind != "sitemap" and not self._mode.whole:
            fresh = any(self._memory.page(named.url, name) is None for named in index.pages)
            if not fresh or len(task.indexes) >= task.source.pages:
                return []
        jobs = []
        for named in index.further:
            if key_of(named.url) in task.indexes:
                continue
            if len(task.indexes) >= _MAX_INDEXES:
                message = f"{name} has more than {_MAX_INDEXES:,} indexes; the rest is left out"
                self._fail(task, Failure(named.url, "too-large", message))
                break
            task.indexes.add(key_of(named.url))
            before = self._memory.page(named.url, name)
            told = named.told_at is not None and before and before.told_at == named.told_at
            if not told or self._mode.whole:
                do = partial(self._index, task, named, root=False)
                jobs.append(self._job(task, named.url, do))
        return jobs

    def _limit(self, task: _Task) -> int:
        return task.source.max_entries or self._settings.max_entries

    # --- pages -----------------------------------------------------------------------------------

    def _without_forgotten(self, task: _Task, pages: Iterable[Named]) -> tuple[Named, ...]:
        """Return ``pages`` without what was forgotten: that is booked once, and not asked for."""
        kept = []
        for named in pages:
            if not self._sink.is_forgotten(named.url):
                kept.append(named)
            elif self._memory.claim(named.url):
                self._sink.refuse_forgotten(task.source.name, named.url)
        return tuple(kept)

    def _visits(self, task: _Task, pages: Iterable[Named]) -> tuple[list[Job], bool]:
        """Return the jobs for those of ``pages`` that are due, and whether none was left out."""
        source = task.source
        jobs: list[Job] = []
        always = self._mode.every_page or (source.kind == "pages" and source.every is not None)
        for named in pages:
            if named.text is not None:
                if self._memory.claim(named.url):
                    self._sink.store(named.text)
                continue
            page = self._memory.page(named.url, source.name)
            if not always and not recheck.is_due(page, named.told_at, self._now):
                continue
            if task.taken >= self._limit(task) and not self._mode.whole:
                return jobs, False
            if self._memory.claim(named.url):
                task.taken += 1
                page = page or Page(named.url, source.name, "page", self._now)
                do = partial(self._visit, task, named, page)
                jobs.append(self._job(task, page.uri, do))
        return jobs, True

    def _rechecks(self, task: _Task) -> Iterator[Job]:
        """Return the jobs for known pages whose check is due, listed still or not."""
        for page in self._memory.of(task.source.name, "page"):
            if recheck.is_due(page, None, self._now) and self._memory.claim(page.uri):
                do = partial(self._visit, task, Named(page.uri), page)
                yield self._job(task, page.uri, do)

    def _visit(self, task: _Task, named: Named, page: Page) -> Iterator[Job]:
        """Ask for a page and store what comes."""
        source = task.source
        if self._is_dead(page.uri):
            self._memory.put(recheck.put_off(page, self._now))
            return
        answer = self._ask(task, page)
        if isinstance(answer, Failure):
            self._missed(task, page, answer)
            return
        task.answered = True
        if isinstance(answer, NotModified):
            page = recheck.stands(page, answer.at, answer.etag, answer.last_modified)
            self._sink.unchanged(source.name, page.uri, answer.at)
        elif isinstance(answer, Gone):
            if page.gone_at:
                self._sink.still_gone(answer.capture)
            else:
                self._sink.keep(answer.capture)
            page = recheck.went(page, answer.capture.fetched_at)
        elif source.kind == "pages" and looks_like_feed(answer.body, answer.content_type or ""):
            yield from self._index_answer(task, "feed", Named(page.uri), page, answer, root=True)
            return
        else:
            self._sink.store(announced(answer, named.entry) if named.entry else answer)
            page = _came(page, answer)
        self._memory.put(replace(page, told_at=named.told_at or page.told_at))

    def _missed(self, task: _Task, page: Page, failure: Failure) -> None:
        """Remember a page that did not answer."""
        if failure.reason == "retry-later":  # not asked, at the host's own wish
            self._memory.put(recheck.put_off(page, failure.retry_at or self._now))
            if task.put_off:
                return  # one line tells of all of them
            task.put_off = True
        else:
            never = failure.reason == "unsupported"
            self._memory.put(recheck.failed(page, self._now, failure.retry_at, for_good=never))
        self._fail(task, failure)

    # --- asking ----------------------------------------------------------------------------------

    def _ask(self, task: _Task, page: Page) -> Answer:
        if self._is_dead(page.uri):
            host = origin_of(page.uri)
            message = f"{page.uri} is not asked: {host} could not be reached {_DEAD_AFTER} times"
            return Failure(page.uri, "unreachable", message)
        in_full = page.role == "index" and (self._mode.whole or self._mode.every_page)
        asked = not in_full and recheck.is_conditional(page, self._now, self._believed)
        task.done.asked = True
        answer = self._fetcher.get(
            Ask(
                page.uri,
                task.source.name,
                etag=page.etag if asked else None,
                last_modified=page.last_modified if asked else None,
                access=access_for(task.access, task.source, page.uri),
                delay=task.source.delay,
            )
        )
        missed = isinstance(answer, Failure) and answer.reason in _UNREACHED
        origin = origin_of(page.uri)
        self._unreached[origin] = self._unreached.get(origin, 0) + 1 if missed else 0
        return answer

    def _is_dead(self, url: str) -> bool:
        return self._unreached.get(origin_of(url), 0) >= _DEAD_AFTER


def _came(page: Page, answer: Capture) -> Page:
    headers = {name.lower(): value for name, value in reversed(answer.headers)}
    etag, modified = headers.get("etag"), headers.get("last-modified")
    return recheck.came(page, answer.fetched_at, answer.sha256, etag, modified)


def _gone(capture: Capture) -> Failure:
    message = f"{capture.uri} answered {capture.status}: it is gone; check the address"
    return Failure(capture.uri, "gone", message)
