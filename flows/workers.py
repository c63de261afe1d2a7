"""Guarded parsing: worker processes with a time limit a document, replaced when they die."""

from __future__ import annotations

import multiprocessing
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, TimeoutError
from types import TracebackType
from typing import Any

from pebble import ProcessExpired, ProcessPool

from extractors.model import Extraction, Rejection
from flows.signals import signals_held
from flows.worker import work

_RECYCLE = 2_000  # documents a worker takes before it is replaced, so that no leak grows
_AHEAD = 4  # documents scheduled per worker: none idles, few are in memory


class Workers:
    """A pool of parsing processes, started with the first document and shared by all steps."""

    def __init__(self, count: int, timeout: float, tick: Callable[[], None] = lambda: None) -> None:
        """Make a pool of ``count`` workers; ``tick`` is called for each document that is done."""
        self._count = count
        self._timeout = timeout
        self._tick = tick
        self._pool: Any = None
        self._starting = threading.Lock()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()

    def extract(self, documents: Iterable[tuple[bytes, str, str]]) -> Iterator[Extraction]:
        """Take documents (body, uri, content type) apart; yields one extraction each, in order.

        A document that takes too long, kills its worker or raises costs only itself: it comes out
        as a rejection with reason ``timeout``, ``crashed`` or ``error``.
        """
        running: deque[Future[Extraction]] = deque()
        for document in documents:
            running.append(self._start().schedule(work, args=document, timeout=self._timeout))
            if len(running) >= self._count * _AHEAD:
                yield self._result(running.popleft())
        while running:
            yield self._result(running.popleft())

    def _start(self) -> Any:
        with self._starting:  # steps begin side by side
            if self._pool is None:
                with signals_held():  # a worker that is half started would end in a traceback
                    self._pool = ProcessPool(
                        max_workers=self._count,
                        max_tasks=_RECYCLE,
                        context=multiprocessing.get_context("spawn"),
                    )
                    self._pool.active  # noqa: B018 - asking starts it
            return self._pool

    def _result(self, future: Future[Extraction]) -> Extraction:
        self._tick()
        try:
            return future.result()
        except TimeoutError:
            reason, message = "timeout", f"parsing took longer than {self._timeout:g} s"
        except ProcessExpired as error:
            reason, message = "crashed", f"the parsing process died ({error})"
        except (
            Exception
        ) as error:  # a defect of an extractor: this document's outcome, not the run's
            reason, message = "error", f"the extractor failed: {type(error).__name__}: {error}"
        kept = "; the page is kept in landing, please report it"
        return Extraction(rejection=Rejection(reason, message + kept))
