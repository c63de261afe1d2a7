"""One sweep over the sources on the web: what all parts of it share, and how a host is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from flows.fetch.fetcher import Fetcher
from flows.fetch.model import Access, Answer, Ask
from flows.fetch.urls import origin_of, server_of
from flows.settings import Settings
from flows.sources import recheck
from flows.sources.access import access_for
from flows.sources.memory import Memory
from flows.sources.model import Collected, Failure, Mode, Source
from flows.sources.schedule import Job
from flows.sources.sink import Sink
from warehouse.errors import WarehouseError
from warehouse.landing import Capture
from warehouse.ledger import Page

_DEAD_AFTER = 3
"""Failures in a row to reach a host, after which the run leaves it alone."""
_UNREACHED = ("unreachable", "timeout", "certificate")


@dataclass
class Task:
    """One source on its way through a run."""

    source: Source
    done: Collected
    access: Access = field(default_factory=Access)
    indexes: set[str] = field(default_factory=set)
    taken: int = 0
    answered: bool = False
    put_off: bool = False
    failure: Failure | None = None


class Sweep:
    """What a sweep has at hand; nothing that one source does keeps the others."""

    def __init__(
        self, fetcher: Fetcher, memory: Memory, sink: Sink, settings: Settings, mode: Mode
    ) -> None:
        self.fetcher = fetcher
        self.memory = memory
        self.sink = sink
        self.settings = settings
        self.mode = mode
        self.now = datetime.now(UTC)
        self._believed = timedelta(days=settings.believe_days)
        self._unreached: dict[str, int] = {}

    def guarded(self, task: Task, do: Callable[[], Iterable[Job]]) -> list[Job]:
        """Do a part of a task; an error that nobody foresaw is the source's alone."""
        try:
            return list(do())
        except WarehouseError:
            raise
        except Exception as error:
            message = f"collecting failed: {type(error).__name__}: {error}; please report it"
            self.fail(task, Failure(task.source.location, "source-error", message, whole=True))
            return []

    def job(self, task: Task, url: str, do: Callable[[], Iterable[Job]]) -> Job:
        """Return a part of a task as a job at the host of ``url``."""
        return Job(server_of(url), partial(self.guarded, task, do))

    def fail(self, task: Task, failure: Failure) -> None:
        """Book something of a task that could not be had."""
        task.failure = failure
        if failure.whole:
            task.done.failed(failure)
        self.sink.refuse(task.source.name, failure)

    def limit(self, task: Task) -> int:
        """Return how many pages a run takes of a source."""
        return task.source.max_entries or self.settings.max_entries

    def ask(self, task: Task, page: Page) -> Answer:
        """Ask for ``page``, in full or whether it changed."""
        if self.is_dead(page.uri):
            host = origin_of(page.uri)
            message = f"{page.uri} is not asked: {host} could not be reached {_DEAD_AFTER} times"
            return Failure(page.uri, "unreachable", message)
        in_full = page.role == "index" and (self.mode.whole or self.mode.every_page)
        asked = not in_full and recheck.is_conditional(page, self.now, self._believed)
        task.done.asked = True
        answer = self.fetcher.get(
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

    def is_dead(self, url: str) -> bool:
        """Tell whether the host of ``url`` is left alone for the rest of the run."""
        return self._unreached.get(origin_of(url), 0) >= _DEAD_AFTER


def came(page: Page, answer: Capture) -> Page:
    """Return ``page`` after an answer with its content."""
    headers = {name.lower(): value for name, value in reversed(answer.headers)}
    etag, modified = headers.get("etag"), headers.get("last-modified")
    return recheck.came(page, answer.fetched_at, answer.sha256, etag, modified)
