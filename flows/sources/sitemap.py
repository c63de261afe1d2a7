"""Sitemaps: XML, indexes of them, text, gzip, those of news, and feeds in their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extractors.dates import parse_metadata
from extractors.readers.encoding import decode
from extractors.readers.errors import Unreadable
from extractors.readers.unpack import gunzip
from flows.sources.feeds.characters import xml_text
from flows.sources.feeds.mend import mend
from flows.sources.feeds.model import NotAFeed
from flows.sources.feeds.names import Element, children, name
from flows.sources.feeds.read import MAX_TAGS, looks_like_feed, read_feed
from flows.sources.feeds.tree import parse
from flows.sources.feeds.values import address, text_of

MAX_PAGES = 50_000
"""Addresses of one sitemap; the standard allows no more."""


@dataclass(frozen=True, slots=True)
class Located:
    """An address in a sitemap: when it was edited last, and when it came out, if that is told."""

    url: str
    changed: date | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The pages of a sitemap, or the sitemaps of an index, in its order, each once."""

    pages: tuple[Located, ...] = ()
    sitemaps: tuple[Located, ...] = ()


class NotASitemap(ValueError):
    """Bytes that are no sitemap, or none that is safe to read; ``reason`` is a fixed word."""

    def __init__(self, message: str, reason: str = "not-a-sitemap") -> None:
        super().__init__(message)
        self.reason = reason


def read_sitemap(body: bytes, base_url: str, content_type: str = "") -> Sitemap:
    """Read a sitemap; addresses that are not http or https are left out.

    One that is cut off gives what is whole. Raises :class:`NotASitemap`.
    """
    try:
        if body.startswith(b"\x1f\x8b"):
            body = gunzip(body)
        if looks_like_feed(body, content_type):
            feed = read_feed(body, base_url, content_type, max_entries=MAX_PAGES)
            days = ((e.url, _day(e.updated), _day(e.published)) for e in feed.entries)
            return Sitemap(_unique(Located(url, *rest) for url, *rest in days if url))
        text = xml_text(body, content_type)
    except (Unreadable, NotAFeed) as error:
        raise NotASitemap(str(error), error.reason) from None
    if not text.startswith("<"):
        return _from_lines(decode(body, content_type), base_url)
    if text.count("<") > MAX_TAGS:
        raise NotASitemap(f"it has more than {MAX_TAGS:,} tags", "too-large")
    root = parse(text)
    if root is None:
        root = parse(mend(text))
    if root is None or name(root.tag, "").rpartition(":")[2] not in ("urlset", "sitemapindex"):
        raise NotASitemap("it is no sitemap; its address may show a page instead")
    pages: list[Located] = []
    sitemaps: list[Located] = []
    for element in children(root):
        kind = name(element.tag, "").rpartition(":")[2]
        if kind in ("url", "sitemap") and (located := _located(element, base_url)):
            (pages if kind == "url" else sitemaps).append(located)
    return Sitemap(_unique(pages), _unique(sitemaps))


def _located(element: Element, base_url: str) -> Located | None:
    found: dict[str, str] = {}
    for inner in element.iter():
        if isinstance(inner.tag, str):
            found.setdefault(name(inner.tag, "").rpartition(":")[2], text_of(inner))
    url = address(base_url, found.get("loc"))
    if url is None:
        return None
    return Located(url, _day(found.get("lastmod")), _day(found.get("publication_date")))


def _from_lines(text: str, base_url: str) -> Sitemap:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    pages = [
        Located(url)
        for line in lines
        if line.lower().startswith(("http://", "https://")) and (url := address(base_url, line))
    ]
    if 2 * len(pages) <= len(lines):
        raise NotASitemap("it is neither XML nor a list of addresses, one a line")
    return Sitemap(_unique(pages))


def _day(text: str | None) -> date | None:
    """Return the day of a time, in the zone that it states; of one in UTC, the day there."""
    stamp = parse_metadata(text) if text else None
    if stamp is None:
        return None
    return stamp.on or (stamp.at.date() if stamp.at else None)


def _unique(found: Iterable[Located]) -> tuple[Located, ...]:
    once: dict[str, Located] = {}
    for page in found:
        once.setdefault(page.url, page)
    return tuple(once.values())[:MAX_PAGES]
