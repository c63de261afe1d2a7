"""What robots.txt allows (RFC 9309), asked once a day for each origin."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from protego import Protego

from flows.fetch.urls import origin_of

AGENT = "Briefhouse"
MAX_BYTES = 500 * 1024  # what is behind them does not count, says the RFC
MAX_REDIRECTS = 5
_KEPT = timedelta(days=1)
_LONGEST_DELAY = 60.0  # seconds; with more, a feed of thirty would take the whole night


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """The robots.txt of one origin as it was fetched.

    ``text`` is None where there is none, and all is allowed. ``reason`` (a fixed word) and
    ``error`` say why it could not be had: then nothing is allowed until the next run asks again.
    """

    origin: str
    fetched_at: datetime
    text: str | None = None
    reason: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin allows this program."""

    file: RobotsFile
    parsed: Protego | None = field(default=None, repr=False)

    def allow(self, url: str) -> bool:
        if self.file.reason is not None:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(url, AGENT))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the origin asks for, within reason; 0 if none."""
        asked = self.parsed.crawl_delay(AGENT) if self.parsed else None
        return min(float(asked or 0), _LONGEST_DELAY)


class RobotsCache:
    """The rules of every origin that a run asks, shared by all its threads.

    ``files`` are those that earlier runs fetched; what is older than a day is not used.
    """

    def __init__(self, files: Iterable[RobotsFile] = ()) -> None:
        oldest = datetime.now(UTC) - _KEPT
        self._files = {f.origin: f for f in files if f.fetched_at > oldest and f.reason is None}
        self._rules: dict[str, Rules] = {}
        self._lock = threading.Lock()
        self._asking: dict[str, threading.Lock] = {}

    def rules(self, url: str, fetch: Callable[[str], RobotsFile]) -> Rules:
        """Return the rules for ``url``; ``fetch`` gets the file of an origin that is not known."""
        origin = origin_of(url)
        with self._lock:
            if found := self._rules.get(origin):
                return found
            asking = self._asking.setdefault(origin, threading.Lock())
        with asking:  # whoever comes second waits for what the first one gets
            with self._lock:
                if found := self._rules.get(origin):
                    return found
                file = self._files.get(origin)
            rules = _read(file or fetch(origin))
            with self._lock:
                self._files[origin] = rules.file
                self._rules[origin] = rules
            return rules

    def known(self, url: str) -> Rules | None:
        """Return the rules for ``url`` if its robots.txt was asked for in this run."""
        with self._lock:
            return self._rules.get(origin_of(url))

    def files(self) -> list[RobotsFile]:
        """Return what the next run may use again."""
        with self._lock:
            return [file for file in self._files.values() if file.reason is None]


def _read(file: RobotsFile) -> Rules:
    if file.text is None:
        return Rules(file)
    return Rules(file, Protego.parse(file.text.removeprefix("\ufeff")))
