"""Guarded parsing: worker processes with limits of time and memory, replaced when they die."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from types import TracebackType

from extractors.model import Extraction
from flows.guarded import Guarded, WorkersError
from flows.profiles import own_profiles
from flows.settings import Settings
from flows.worker import Job, Limits, Work, work

_AHEAD = 4  # documents scheduled per worker: none idles, few are in memory
_LOOK = 0.1  # seconds between two looks for workers whose time is up
_TRIES = 3  # starts of a worker in a row that may fail


class Workers:
    """Parsing processes, started as documents need them and shared by all steps."""

    def __init__(
        self,
        count: int,
        limits: Limits,
        tick: Callable[[], None] = lambda: None,
        *,
        task: Work = work,
    ) -> None:
        """Allow ``count`` processes that do ``task``; ``tick`` is called for each document done."""
        self._count = count
        self._limits = limits
        self._tick = tick
        self._task = task
        self._free: deque[Guarded] = deque()  # the one used last is asked first: it is warm
        self._all: set[Guarded] = set()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="parse")
        self._watch = threading.Thread(target=self._watch_time, name="parse-watch", daemon=True)
        self._watch.start()

    @classmethod
    def of(cls, settings: Settings, tick: Callable[[], None] = lambda: None) -> Workers:
        """Make the workers that ``settings`` ask for."""
        limits = Limits(settings.parse_timeout, settings.worker_memory_mb * 1_000_000)
        task = partial(work, profiles=own_profiles(settings.profiles))
        return cls(settings.workers, limits, tick, task=task)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._closing.set()
        with self._lock:
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in self._all:
            worker.stop()
        self._watch.join()

    def extract(self, documents: Iterable[Job]) -> Iterator[Extraction]:
        """Take documents apart; yields one extraction each, in order.

        A document that takes too long or too much memory, kills its worker or raises costs only
        itself: it comes out as a rejection with reason ``timeout``, ``memory``, ``crashed`` or
        ``error``. Raises :class:`~flows.guarded.WorkersError` if no worker can be started.
        """
        running: deque[Future[Extraction]] = deque()
        for document in documents:
            running.append(self._threads.submit(self._one, document))
            if len(running) >= self._count * _AHEAD:
                yield self._result(running.popleft())
        while running:
            yield self._result(running.popleft())

    def _result(self, future: Future[Extraction]) -> Extraction:
        extraction = future.result()
        self._tick()
        return extraction

    def _one(self, document: Job) -> Extraction:
        worker = self._worker()
        extraction = worker.ask(document)
        if worker.usable:
            self._free.append(worker)
        else:
            self._drop(worker)
        return extraction

    def _worker(self) -> Guarded:
        """Return a worker that waits for a document."""
        while self._free:
            worker = self._free.pop()
            if worker.alive:
                return worker
            self._drop(worker)  # killed while it was waiting: no document's fault
        for _ in range(_TRIES):
            with self._lock:
                if self._closing.is_set():
                    break
                try:
                    worker = Guarded(self._task, self._limits)
                except OSError as error:
                    raise WorkersError(f"can't start a parsing process: {error}") from error
                self._all.add(worker)
            if worker.wait_until_ready():
                return worker
            self._drop(worker)
        raise WorkersError("parsing processes die as they start; is there memory for them?")

    def _drop(self, worker: Guarded) -> None:
        with self._lock:
            self._all.discard(worker)
            worker.stop()

    def _watch_time(self) -> None:
        while not self._closing.wait(_LOOK):
            with self._lock:
                for worker in self._all:
                    worker.kill_overdue(time.monotonic())
