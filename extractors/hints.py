"""What a feed says of a page, put where the page itself is silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extractors.dates import parse_feed
from extractors.model import Document, Hints, Stamp
from extractors.text import clean, collapse

_ZONES = timedelta(days=1)
"""Somewhere it is tomorrow already."""


def with_hints(document: Document, hints: Hints) -> Document:
    """Return ``document`` with title and authors of ``hints`` where it has none.

    The feed's time is set apart: an address tells the day before it does.
    """
    authors = document.authors
    if hints.authors and not authors:
        # its package imports selectolax, which text does without
        from extractors.readers.html.bylines import certain

        authors = certain(hints.authors, (document.site, hints.publisher))
    return replace(
        document,
        title=document.title or collapse(clean(hints.title or "")) or None,
        authors=authors,
        announced=_announced(hints),
    )


def _announced(hints: Hints) -> Stamp | None:
    stamp = parse_feed(hints.published) if hints.published else None
    day = _day(stamp)
    if stamp is None or day is None:
        return None
    if hints.fetched_at is not None and day > hints.fetched_at.date() + _ZONES:
        return None
    return stamp


def _day(stamp: Stamp | None) -> date | None:
    if stamp is None:
        return None
    return stamp.on or (stamp.at.date() if stamp.at else None)
