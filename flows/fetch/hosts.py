"""How a host is asked: by one at a time, with a delay between, and not before it wants to be."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

_JITTER = 0.2  # the share by which a delay is stretched at most: never below what was promised


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0
    delay: float = 0.0
    closed_until: datetime | None = None


class Hosts:
    """The turns at every host of a run, shared by all its threads.

    ``delay`` is in seconds, from the start of one request to the start of the next. ``closed``
    says until when hosts want to be left alone (Retry-After), as an earlier run left it.
    """

    def __init__(
        self,
        delay: float,
        closed: Mapping[str, datetime] | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
        stretch: Callable[[], float] = lambda: random.uniform(1, 1 + _JITTER),
    ) -> None:
        self._delay = delay
        self._sleep = sleep
        self._stretch = stretch
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}
        for host, until in (closed or {}).items():
            self._host(host).closed_until = until

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host(delay=self._delay))

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Wait for the turn at a host, and hold it: nobody else asks it meanwhile."""
        host = self._host(name)
        with host.lock:
            wait = host.next_at - time.monotonic()
            if wait > 0:
                self._sleep(wait)
            host.next_at = time.monotonic() + host.delay * self._stretch()
            yield

    def ready_at(self, name: str) -> float:
        """Return when the next turn at a host is, in seconds of the monotonic clock."""
        return self._host(name).next_at

    def slow(self, name: str, delay: float) -> None:
        """Ask a host no faster than every ``delay`` seconds from now on."""
        host = self._host(name)
        host.delay = max(host.delay, delay)

    def pause(self, name: str, seconds: float) -> None:
        """Let nobody ask a host for some seconds."""
        host = self._host(name)
        host.next_at = max(host.next_at, time.monotonic() + seconds)

    def close(self, name: str, until: datetime) -> None:
        """Remember that a host wants to be left alone until then."""
        host = self._host(name)
        host.closed_until = max(until, host.closed_until or until)

    def closed_until(self, name: str) -> datetime | None:
        """Return until when a host wants to be left alone; None if it may be asked now."""
        until = self._host(name).closed_until
        return until if until is not None and until > datetime.now(UTC) else None

    def closed(self) -> dict[str, datetime]:
        """Return every host that wants to be left alone, and until when, for the next run."""
        with self._lock:
            names = list(self._hosts)
        return {name: until for name in names if (until := self.closed_until(name))}
