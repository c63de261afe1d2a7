"""When which host is asked: a queue for each host, and threads only for those that are ready.

A thread that waits for one host's turn keeps others from being asked, be it two thousand feeds on
twenty hosts or on as many.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True, slots=True)
class Job:
    """What is done at a host; ``do`` returns the jobs that follow from it."""

    host: str
    do: Callable[[], Iterable[Job]]


class Schedule:
    """Runs jobs side by side, one at a time for each host, in the order in which they came.

    What follows from a job comes before what waits already: a feed's pages are asked before the
    next feed, so that few jobs wait at any time.

    ``ready_at`` tells when a host may be asked, in seconds of the monotonic clock. Threads are
    started as they are needed, ``threads`` at most.
    """

    def __init__(self, ready_at: Callable[[str], float], threads: int) -> None:
        self._ready_at = ready_at
        self._threads = threads
        self._queues: dict[str, deque[Job]] = {}  # of hosts that are waited for, or busy
        self._waiting: list[tuple[float, int, str]] = []
        self._order = count()
        self._busy = self._started = self._idle = 0
        self._error: BaseException | None = None
        lock = threading.Lock()
        self._hand = threading.Condition(lock)  # another thread is wanted
        self._clock = threading.Condition(lock)  # the one that waits for the first host's turn
        self._watched = False
        self._end = threading.Condition(lock)

    def run(self, jobs: Iterable[Job]) -> None:
        """Run ``jobs`` and all that follows from them to the end.

        What a job raises ends it: the error is raised here, and nobody waits for the others.
        """
        with self._end:
            self._add(jobs)
            while not self._is_over():
                self._end.wait()
        if self._error is not None:
            raise self._error

    def _is_over(self) -> bool:
        return self._error is not None or not (self._busy or self._waiting)

    def _add(self, jobs: Iterable[Job], *, first: bool = False) -> None:
        jobs = list(jobs)
        for job in reversed(jobs) if first else jobs:
            if job.host not in self._queues:
                self._queues[job.host] = deque((job,))
                self._wait_for(job.host)
            elif first:
                self._queues[job.host].appendleft(job)
            else:
                self._queues[job.host].append(job)

    def _wait_for(self, host: str) -> None:
        heapq.heappush(self._waiting, (self._ready_at(host), next(self._order), host))
        if self._watched:
            self._clock.notify()
        else:
            self._want_hand()

    def _want_hand(self) -> None:
        if self._idle:
            self._hand.notify()
        elif self._started < self._threads:
            self._started += 1
            threading.Thread(target=self._work, name=f"fetch-{self._started}", daemon=True).start()

    def _work(self) -> None:
        while (job := self._take()) is not None:
            try:
                following = list(job.do())
            except BaseException as error:
                following = []
                self._error = self._error or error
            with self._end:
                self._busy -= 1
                self._add(following, first=True)
                if self._queues[job.host]:
                    self._wait_for(job.host)
                else:
                    del self._queues[job.host]
                if self._is_over():
                    for condition in (self._hand, self._clock, self._end):
                        condition.notify_all()

    def _take(self) -> Job | None:
        """Wait for a host that is ready and return its next job; None at the end."""
        with self._hand:
            while not self._is_over():
                if not self._waiting or self._watched:
                    self._idle += 1
                    self._hand.wait()
                    self._idle -= 1
                    continue
                at, _, host = self._waiting[0]
                wait = at - time.monotonic()
                if wait > 0:
                    self._watched = True
                    self._clock.wait(wait)
                    self._watched = False
                    continue
                heapq.heappop(self._waiting)
                if self._ready_at(host) > at:  # a redirect has asked it meanwhile
                    self._wait_for(host)
                    continue
                self._busy += 1
                if self._waiting:
                    self._want_hand()
                return self._queues[host].popleft()
            return None
