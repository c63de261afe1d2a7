"""What no XML parser reads, even mended: feedparser takes it tag by tag."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flows.sources.feeds.model import Entry, Feed, NotAFeed
from flows.sources.feeds.values import address, first, names, plain

MAX_CHARACTERS = 250_000
"""Longer documents are not given to feedparser, whose time grows with the square of their size
where tags are not closed: 16 s were seen for 600,000 characters of nothing else."""


def read_loose(text: str, base_url: str) -> Feed:
    """Read a feed that is no XML; ``text`` has no DTD any more.

    Raises :class:`NotAFeed` if nothing in it is an entry.
    """
    import feedparser

    # bytes in a file, never str: feedparser would take a str for a path or an address
    body = BytesIO(text.encode("utf-8", "replace"))
    headers = {"content-type": "text/xml; charset=utf-8", "content-location": base_url}
    try:
        parsed = feedparser.parse(body, response_headers=headers, sanitize_html=False)
    except Exception as error:  # of many kinds, on what nobody foresaw; this document's alone
        raise NotAFeed(f"feedparser fails on it: {type(error).__name__}: {error}") from error
    if not parsed.entries:
        raise NotAFeed("it is neither XML nor anything like a feed")
    about = parsed.feed
    return Feed(
        "malformed",
        tuple(_entry(entry, base_url) for entry in parsed.entries),
        title=plain(about.get("title")),
        home_url=address(base_url, about.get("link")),
    )


def _entry(entry: Any, base_url: str) -> Entry:
    links = [entry.get("feedburner_origlink")]
    guid = first(entry.get("id"))
    if not entry.get("guidislink") or (guid or "").lower().startswith("http"):
        links.append(entry.get("link"))
    # its loose parser leaves references in a guid that serves as the link
    links = [link.replace("&amp;", "&") if link else link for link in links]
    contents = (content.get("value") for content in entry.get("content", ()))
    url = next((url for link in links if (url := address(base_url, link))), None)
    return Entry(
        url=url,
        title=plain(entry.get("title")),
        published=first(entry.get("published"), entry.get("created")),
        updated=first(entry.get("updated") if "updated" in entry else None),
        authors=names(author.get("name") for author in entry.get("authors", ())),
        content=first(*contents),
        summary=first(entry.get("summary")),
        guid=guid,
        refused_link=None if url else first(*links),
    )
