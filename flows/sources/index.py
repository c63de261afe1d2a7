"""What a feed, sitemap or listing names: the pages to ask for, and further indexes. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from extractors.dates import parse_feed
from flows.sources.feeds.captures import carried
from flows.sources.feeds.model import Entry, NotAFeed
from flows.sources.feeds.read import read_feed
from flows.sources.listing import read_listing
from flows.sources.model import Source
from flows.sources.sitemap import Located, NotASitemap, read_sitemap
from warehouse.landing import Capture


@dataclass(frozen=True, slots=True)
class Named:
    """An address that an index names; ``told_at`` is when it changed, as the index tells.

    ``entry`` is what a feed says of it; ``text`` is set where the text that the feed itself
    carries is taken in place of the page.
    """

    url: str
    told_at: datetime | None = None
    entry: Entry | None = None
    text: Capture | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """What an index names. ``further`` are its sitemaps, or the page that goes on where it ends.

    ``days`` are those on which something was published, as it tells.
    """

    pages: tuple[Named, ...] = ()
    further: tuple[Named, ...] = ()
    days: tuple[date, ...] = ()


class NotAnIndexError(ValueError):
    """An answer that is not what the source was declared to be; ``reason`` is a fixed word."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


def read_index(source: Source, kind: str, answer: Capture, max_entries: int) -> Index:
    """Read ``answer`` as an index of ``kind``: feed, sitemap or listing.

    Raises :class:`NotAnIndexError` if it is none.
    """
    base, stated = answer.final_uri or answer.uri, answer.content_type or ""
    try:
        if kind == "feed":
            return _feed(source, answer, base, max_entries)
        if kind == "sitemap":
            return _sitemap(source, answer.body, base, stated)
    except (NotAFeed, NotASitemap) as error:
        message = f"{answer.uri} can't be read as a {kind}: {error}"
        if error.reason == f"not-a-{kind}":
            message += "; `briefhouse sources discover` finds what a site has"
        raise NotAnIndexError(error.reason, message) from None
    return _listing(source, answer, base, stated)


def _feed(source: Source, answer: Capture, base: str, max_entries: int) -> Index:
    feed = read_feed(answer.body, base, answer.content_type or "", max_entries=max_entries)
    pages, days = [], []
    for entry in feed.entries:
        day, changed = day_of(entry.published), day_of(entry.updated)
        if named := _entry(source, answer, entry):
            if source.selection.takes_url(named.url, day or changed, changed):
                pages.append(named)
            days += [found for found in (day or changed,) if found]
    further = (Named(feed.next_url),) if feed.next_url else ()
    return Index(tuple(pages), further, tuple(days))


def _entry(source: Source, feed: Capture, entry: Entry) -> Named | None:
    """Return what an entry names, or None if it has neither an address nor a text."""
    link = entry.url or entry.refused_link
    text = carried(feed, entry) if source.content == "feed" or link is None else None
    if link is None and text is None:
        return None
    told_at = moment(entry.updated or entry.published)
    return Named(text.uri if text else link or "", told_at, entry, text)


def _sitemap(source: Source, body: bytes, base: str, stated: str) -> Index:
    found = read_sitemap(body, base, stated)
    wanted = source.selection
    pages = [p for p in found.pages if wanted.takes_url(p.url, p.published, p.changed)]
    further = [
        s for s in found.sitemaps if not (wanted.since and s.changed and s.changed < wanted.since)
    ]
    return Index(_named(pages), _named(further), tuple(p.published for p in pages if p.published))


def _named(found: Iterable[Located]) -> tuple[Named, ...]:
    return tuple(
        Named(p.url, datetime.combine(p.changed, time(), UTC) if p.changed else None) for p in found
    )


def _listing(source: Source, answer: Capture, base: str, stated: str) -> Index:
    found = read_listing(answer.body, base, stated, selection=source.selection)
    if not found.links:
        message = f"{answer.uri} shows no links to briefs; name them with `include`"
        raise NotAnIndexError("no-links", message)
    further = (Named(found.next_page),) if found.next_page else ()
    return Index(tuple(Named(link) for link in found.links), further)


def moment(text: str | None) -> datetime | None:
    """Return the instant (UTC) of a time as feeds print it; of a mere day, its beginning."""
    stamp = parse_feed(text) if text else None
    if stamp is None or stamp.at:
        return stamp.at if stamp else None
    return datetime.combine(stamp.on, time(), UTC) if stamp.on else None


def day_of(text: str | None) -> date | None:
    """Return the day of a time as feeds print it, in the zone that it states."""
    stamp = parse_feed(text) if text else None
    if stamp is None:
        return None
    return stamp.on or (stamp.at.date() if stamp.at else None)
