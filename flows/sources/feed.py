"""Feeds: RSS, RDF and Atom, to the addresses that they link to."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

_FEED_ROOT = re.compile(
    rb"^\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*|<!DOCTYPE[^>]*>\s*)*"
    rb"<(?:rss|(?:\w+:)?RDF|(?:atom:)?feed)\b",
    re.S,
)


def looks_like_feed(body: bytes, content_type: str = "") -> bool:
    """Tell whether ``body`` is a feed, by its root element; HTML is not, whatever its type says."""
    return _FEED_ROOT.match(body[:4096]) is not None


def entry_links(body: bytes, base_url: str, content_type: str = "") -> list[str]:
    """Return the addresses of a feed's entries, in its order, each once.

    fastfeedparser reads nearly every feed, at a fraction of the time; feedparser what it can't.
    Raises ValueError if neither makes sense of it.
    """
    links: dict[str, None] = {}
    for entry in _entries(body, content_type):
        link = (entry.get("link") or "").strip()
        if link:
            links[_joined(base_url, link)] = None
    return list(links)


def _joined(base_url: str, link: str) -> str:
    """Resolve an entry's link; one that is no address stays as it is, to fail on its own."""
    try:
        return urljoin(base_url, link)
    except ValueError:
        return link


def _entries(body: bytes, content_type: str) -> list[Any]:
    import fastfeedparser

    try:
        return list(fastfeedparser.parse(body).entries)
    except Exception:  # it raises errors of many kinds; what matters is that it can't read this
        import feedparser

        # bytes, never str: feedparser would take a str for a path or an address
        parsed = feedparser.parse(body, response_headers={"content-type": content_type})
        if not parsed.entries and parsed.bozo:
            raise ValueError(f"the feed can't be read: {parsed.bozo_exception}") from None
        return list(parsed.entries)
