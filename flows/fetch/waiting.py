"""What a server says about when to come back, and how long to wait before trying again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)  # a server that says more is asked a day later all the same
SHORT = 10.0  # seconds: so long it is worth waiting within a run
DEFAULT_429 = timedelta(minutes=10)  # "too many" without a time: not again for a good while

_BUSY = (429, 502, 503, 504)


def retry_at(value: str | None, now: datetime) -> datetime | None:
    """Return when a Retry-After header (seconds or a date) says to come back, within a day."""
    text = (value or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=min(int(text[:9]), 10**8)), LONGEST)
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    try:
        return min(max(found.astimezone(UTC), now), now + LONGEST)
    except OverflowError:
        return None


def asked_to_wait(status: int, retry_after: str | None, now: datetime) -> datetime | None:
    """Return until when an answer asks to be left alone, or None if it does not."""
    if status not in (429, 503):
        return None
    return retry_at(retry_after, now) or (now + DEFAULT_429 if status == 429 else None)


def pause(status: int, wait: float | None, nth: int, backoff: float) -> float | None:
    """Return the seconds before asking again after the ``nth`` answer, or None if not worth it.

    ``wait`` is what the server asked for, in seconds.
    """
    if status not in _BUSY:
        return None
    if wait is None:
        return float(backoff * 2**nth)
    return wait if wait <= SHORT else None
