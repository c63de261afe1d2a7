"""Where everything collected goes, one after the other: landing, or a line in the books."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from flows.sources.archive import SEPARATOR
from flows.sources.model import Failure
from warehouse.attempts import Attempt, Known, refusal
from warehouse.known import captured, refused_for
from warehouse.landing import Capture, LandingWriter
from warehouse.tombstones import address_keys, is_forgotten, keys_to_forget

# What a limit, a busy machine or a defect caused is worth another look; what the bytes did is not.
_PASSING = ("timeout", "memory", "crashed", "error")


class Sink:
    """Stores captures that are not known, and books whatever else was tried.

    Threads share it; it holds its lock while it writes, never while anybody fetches. ``tick`` is
    called for each document or failure; ``publishers`` are those that sources declare, and
    ``forgotten`` the tombstones of what is refused.
    """

    def __init__(
        self,
        writer: LandingWriter,
        known: Mapping[str, Known],
        tick: Callable[[], None],
        publishers: Mapping[str, str | None],
        forgotten: frozenset[str] = frozenset(),
    ) -> None:
        self._writer = writer
        self._known = known
        self._tick = tick
        self._publishers = publishers
        self._forgotten = forgotten
        self._lock = threading.Lock()
        self.attempts: list[Attempt] = []
        self.captures = 0

    def store(self, capture: Capture) -> None:
        """Put a capture into landing, unless the outcome of the same bytes is known."""
        before = self._known.get(capture.uri)
        if before and (
            before.sha256 != capture.sha256 or capture.fetched_at < before.fetched_at
        ):  # an archive holds older ones, which count even if they have the same bytes
            before = captured(self._known, capture.uri, capture.sha256, capture.fetched_at)
        if before and before.sha256 == capture.sha256 and before.reason not in _PASSING:
            self._again(before, capture.source, capture.uri, capture.fetched_at)
        else:
            self.keep(capture)

    def again(self, source: str, uri: str, at: datetime) -> None:
        """Book bytes that came last time: what failed on them fails still."""
        self._again(self._known.get(uri), source, uri, at)

    def _again(self, before: Known | None, source: str, uri: str, at: datetime) -> None:
        if before is not None and before.outcome == "rejected":
            outcome, reason, message = "rejected", before.reason, before.message
        else:
            outcome, reason, message = "unchanged", None, None
        brief_id = before.brief_id if before else None
        self._book(Attempt(source, uri, at, outcome, reason, message, brief_id=brief_id))

    def unsettled(self) -> set[str]:
        """Return the files whose outcome may be another one if they are read once more.

        Of what is in an archive or a mailbox, it is the file that is read again.
        """
        return {uri.partition(SEPARATOR)[0] for uri in refused_for(self._known, _PASSING)}

    def keep(self, capture: Capture) -> None:
        """Put a capture into landing, unless it was forgotten."""
        keys = keys_to_forget((), (capture.uri, capture.final_uri), (), (capture.sha256,))
        if is_forgotten(self._forgotten, keys):
            self._book(refusal(capture.source, capture.uri, capture.fetched_at))
            return
        publisher = self._publishers.get(capture.source)
        if publisher:
            capture = replace(capture, declared_publisher=publisher)
        with self._lock:
            self._writer.add(capture)
            self.captures += 1
        self._tick()

    def is_forgotten(self, uri: str) -> bool:
        """Tell whether an address was forgotten, so that it need not be asked for."""
        return bool(self._forgotten) and is_forgotten(self._forgotten, address_keys(uri))

    def refuse_forgotten(self, source: str, uri: str) -> None:
        """Book a forgotten address that a source names; the books do not name it."""
        self._book(refusal(source, uri, datetime.now(UTC)))

    def unchanged(self, source: str, uri: str, at: datetime) -> None:
        """Book a page that the server says did not change."""
        before = self._known.get(uri)
        brief_id = before.brief_id if before else None
        self._book(Attempt(source, uri, at, "unchanged", brief_id=brief_id))

    def still_gone(self, capture: Capture) -> None:
        """Book a page that was found gone before, and is."""
        before = self._known.get(capture.uri)
        message = f"{capture.uri} answered {capture.status}: the page is gone"
        brief_id = before.brief_id if before else None
        at = capture.fetched_at
        self._book(
            Attempt(capture.source, capture.uri, at, "rejected", "gone", message, None, brief_id)
        )

    def refuse(self, source: str, failure: Failure) -> None:
        """Book something that could not be collected."""
        at = datetime.now(UTC)
        self._book(Attempt(source, failure.uri, at, "rejected", failure.reason, failure.message))

    def _book(self, attempt: Attempt) -> None:
        if self.is_forgotten(attempt.uri):
            attempt = refusal(attempt.source, attempt.uri, attempt.at)
        with self._lock:
            self.attempts.append(attempt)
        self._tick()
