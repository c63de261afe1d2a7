"""Ways through several documents to the pages of briefs: indexes of sitemaps, pages of a listing,
older pages of a feed.

They are given what fetches, so that they can be followed without a network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from flows.sources.feeds.model import Feed, NotAFeed
from flows.sources.feeds.read import read_feed
from flows.sources.listing import read_listing
from flows.sources.model import Failure
from flows.sources.selection import Selection
from flows.sources.sitemap import Located, NotASitemap, read_sitemap
from warehouse.landing import Capture
from warehouse.urls import canonical

MAX_SITEMAPS = 2_000
"""Sitemaps read of one source: a hundred million addresses by the standard's limits."""

Get = Callable[[str], Capture | Failure]
"""Fetches one address."""

Known = Callable[[str], bool]
"""Tells whether an address was collected before."""


def sitemap_pages(
    get: Get, locations: Iterable[str], selection: Selection
) -> Iterator[Located | Failure]:
    """Yield the wanted pages of sitemaps and all that these lead to, each once.

    A sitemap that names one that was read already is no circle, it is skipped; one that was last
    changed before the first wanted day is not read.
    """
    waiting = [Located(url) for url in reversed(list(locations))]
    roots = {located.url for located in waiting}
    asked: set[str | None] = set()
    seen: set[str | None] = set()
    while waiting:
        here = waiting.pop()
        if canonical(here.url) in asked:
            continue
        if len(asked) >= MAX_SITEMAPS:
            message = f"more than {MAX_SITEMAPS:,} sitemaps; {here.url} and later ones are left out"
            yield Failure(here.url, "too-large", message)
            return
        asked.add(canonical(here.url))
        answer = get(here.url)
        if isinstance(answer, Failure):
            whole = here.url in roots
            yield Failure(answer.uri, answer.reason, answer.message, whole=whole)
            continue
        address = answer.final_uri or answer.uri
        try:
            sitemap = read_sitemap(answer.body, address, answer.content_type or "")
        except NotASitemap as error:
            yield Failure(here.url, error.reason, f"{here.url}: {error}", whole=here.url in roots)
            continue
        since = selection.since
        fresh = (s for s in sitemap.sitemaps if not (since and s.changed and s.changed < since))
        waiting += reversed(list(fresh))
        for page in sitemap.pages:
            key = canonical(page.url)
            if key not in seen and selection.takes_url(page.url, page.published, page.changed):
                seen.add(key)
                yield page


def listing_links(
    get: Get, location: str, selection: Selection, pages: int, known: Known
) -> Iterator[str | Failure]:
    """Yield the links of a listing, page after page, each once.

    It ends after ``pages``, where there is no next page, or behind a page all of whose links are
    known or were on pages before.
    """
    seen: set[str | None] = set()
    asked: set[str | None] = set()
    url: str | None = location
    while url is not None and len(asked) < pages and canonical(url) not in asked:
        asked.add(canonical(url))
        answer = get(url)
        if isinstance(answer, Failure):
            yield Failure(answer.uri, answer.reason, answer.message, whole=len(asked) == 1)
            return
        address = answer.final_uri or answer.uri
        found = read_listing(answer.body, address, answer.content_type or "", selection=selection)
        if not found.links and len(asked) == 1:
            message = f"{url} shows no links to briefs; name them with `include`"
            yield Failure(url, "no-links", message, whole=True)
            return
        fresh = [link for link in found.links if canonical(link) not in seen]
        seen |= {canonical(link) for link in fresh}
        yield from fresh
        if all(known(link) for link in fresh):
            return
        url = found.next_page


def feed_pages(
    get: Get, feed: Feed, pages: int, known: Known, *, max_entries: int
) -> Iterator[Feed | Failure]:
    """Yield ``feed`` and the pages of older entries that it leads to (RFC 5005).

    It ends after ``pages`` pages, or behind one that has no entry that is not known.
    """
    asked: set[str | None] = set()
    entries = 0
    while True:
        yield feed
        entries += len(feed.entries)
        fresh = any(entry.url and not known(entry.url) for entry in feed.entries)
        url = feed.next_url
        if not fresh or url is None or canonical(url) in asked or len(asked) >= pages - 1:
            return
        if entries >= max_entries:
            return
        asked.add(canonical(url))
        answer = get(url)
        if isinstance(answer, Failure):
            yield Failure(answer.uri, answer.reason, answer.message)
            return
        try:
            feed = read_feed(
                answer.body,
                answer.final_uri or answer.uri,
                answer.content_type or "",
                max_entries=max_entries - entries,
            )
        except NotAFeed as error:
            yield Failure(answer.uri, error.reason, f"{answer.uri}: {error}")
            return
