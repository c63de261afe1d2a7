"""Pages and feeds over HTTP."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.fetch.model import Ask, Gone
from flows.settings import Settings
from flows.sources.feeds.captures import announced, carried
from flows.sources.feeds.model import NotAFeed
from flows.sources.feeds.read import looks_like_feed, read_feed
from flows.sources.model import Collected, Failure, Source
from warehouse.landing import Capture

if TYPE_CHECKING:
    from flows.fetch.fetcher import Fetcher


def collect_web(source: Source, settings: Settings, fetcher: Fetcher) -> Collected:
    """Yield the pages of a source: each address itself or, where it is a feed, what it links to."""
    for url in source.locations:
        answer = _page(fetcher, url, source)
        if isinstance(answer, Failure):
            yield replace(answer, whole=True)
        elif answer.status == 200 and looks_like_feed(answer.body, answer.content_type or ""):
            yield from _entries(source, answer, fetcher, settings)
        elif source.kind == "feed":
            what = "no feed" if answer.status == 200 else "gone"
            reason = "not-a-feed" if answer.status == 200 else "gone"
            yield Failure(url, reason, f"{url} is {what}; check the address", whole=True)
        else:
            yield answer


def _page(fetcher: Fetcher, url: str, source: Source) -> Capture | Failure:
    """Return a page, also the one that says that it is gone, or why there is none."""
    answer = fetcher.get(Ask(url, source.name))
    if isinstance(answer, Gone):
        return answer.capture
    assert isinstance(answer, (Capture, Failure)), "the ask was not conditional"
    return answer


def _entries(source: Source, feed: Capture, fetcher: Fetcher, settings: Settings) -> Collected:
    try:
        found = read_feed(
            feed.body,
            feed.final_uri or feed.uri,
            feed.content_type or "",
            max_entries=settings.max_entries,
        )
    except NotAFeed as error:
        yield Failure(feed.uri, error.reason, f"{feed.uri}: {error}", whole=True)
        return
    for entry in found.entries:
        if source.content == "feed" and (text := carried(feed, entry)):
            yield text
        elif link := entry.url or entry.refused_link:
            answer = _page(fetcher, link, source)
            yield answer if isinstance(answer, Failure) else announced(answer, entry)
