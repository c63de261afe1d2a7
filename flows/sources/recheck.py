"""Whether a known page is asked again, and how. Pure: what is remembered in, what to remember out.

A page is asked again 1, 3, 7 and 30 days after it first came: edits come early, and rarely after a
month. It is asked sooner if the feed says that it changed, and later again if it did not answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from warehouse.ledger import Page

CHECKS = tuple(timedelta(days=n) for n in (1, 3, 7, 30))
RETRIES = tuple(timedelta(days=n) for n in (1, 2, 4, 8, 16, 30))
"""How long after each failure in a row a page is asked again; the last one holds from then on."""
EARLY = timedelta(hours=6)
"""What is due so soon is due: a night that starts a little earlier must not put it off by a day."""


def is_due(page: Page | None, told_at: datetime | None, now: datetime) -> bool:
    """Tell whether an address is asked now; ``told_at`` is when it changed, as the index tells."""
    if page is None:
        return True
    if page.next_check_at is not None and page.next_check_at <= now + EARLY:
        return True
    if told_at is None or page.failures or page.checked_at is None:
        return False
    return told_at != page.told_at if page.told_at else told_at > page.checked_at


def is_conditional(page: Page | None, now: datetime, believed: timedelta) -> bool:
    """Tell whether a page may answer "not modified".

    Not if it is said to be gone, nor if all that it answered for the time ``believed`` was that:
    some servers say so whatever happens.
    """
    if page is None or page.last_full_at is None or page.gone_at is not None:
        return False
    return now + EARLY < page.last_full_at + believed


def came(
    page: Page, at: datetime, sha256: str, etag: str | None, last_modified: str | None
) -> Page:
    """Return ``page`` after it answered with its content."""
    first = page.first_seen_at if page.last_full_at else at
    return replace(
        _answered(page, first, at),
        last_full_at=at,
        sha256=sha256,
        etag=etag,
        last_modified=last_modified,
        gone_at=None,
    )


def stands(page: Page, at: datetime, etag: str | None, last_modified: str | None) -> Page:
    """Return ``page`` after it answered "not modified"."""
    return replace(
        _answered(page, page.first_seen_at, at),
        etag=etag or page.etag,
        last_modified=last_modified or page.last_modified,
    )


def went(page: Page, at: datetime) -> Page:
    """Return ``page`` after it answered that it is gone."""
    return replace(_answered(page, page.first_seen_at, at), gone_at=page.gone_at or at)


def failed(page: Page, at: datetime, retry_at: datetime | None, *, for_good: bool) -> Page:
    """Return ``page`` after it gave no answer that counts; ``for_good`` if it never will."""
    failures = page.failures + 1
    again = at + RETRIES[min(failures, len(RETRIES)) - 1]
    later = None if for_good or page.role == "index" else max(again, retry_at or again)
    return replace(page, failures=failures, next_check_at=later)


def _answered(page: Page, first: datetime, at: datetime) -> Page:
    return replace(
        page,
        first_seen_at=first,
        checked_at=at,
        checks=page.checks + 1,
        failures=0,
        next_check_at=None if page.role == "index" else _next_check(first, at),
    )


def _next_check(first: datetime, at: datetime) -> datetime | None:
    """Return the first check that is still to come; one that was missed is not made up for."""
    return next((first + after for after in CHECKS if first + after > at + EARLY), None)


def put_off(page: Page, until: datetime) -> Page:
    """Return ``page`` when it was not asked after all: its turn comes ``until`` then."""
    return replace(page, next_check_at=until)
