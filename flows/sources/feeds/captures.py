"""What a feed adds to captures: its word on a page, and the text that it carries itself."""

from __future__ import annotations

from dataclasses import replace

from flows.sources.feeds.model import Entry
from warehouse.landing import Capture


def announced(capture: Capture, entry: Entry) -> Capture:
    """Return the capture of an entry's page with what the feed says of it."""
    return replace(
        capture,
        entry_title=entry.title,
        entry_published=entry.published or entry.updated,
        entry_authors=entry.authors or None,
    )


def carried(feed: Capture, entry: Entry) -> Capture | None:
    """Return the text that ``feed`` itself carries of an entry as a capture; None if it has none.

    Its uri is the entry's address; of an entry without one, the feed's with the entry's id.
    """
    body = entry.page()
    if not body:
        return None
    uri = entry.url or f"{feed.uri}#{entry.guid or entry.title or ''}"
    capture = replace(
        feed, uri=uri, final_uri=uri, body=body, content_type="text/html; charset=utf-8"
    )
    return announced(capture, entry)
