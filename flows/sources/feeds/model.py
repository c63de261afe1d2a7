"""What a feed says, whatever its dialect."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    ``url`` is absolute, http or https, or None where the feed gives no such address; then
    ``refused_link`` is the link that it gives instead, if any.
    ``published`` and ``updated`` stand as the feed prints them, with their zone. ``content`` is
    the full text and ``summary`` the short one, both HTML as it stands in the feed; ``base`` is
    the address that the feed declares for relative links in them (xml:base), if it does.
    """

    url: str | None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    authors: tuple[str, ...] = ()
    content: str | None = None
    summary: str | None = None
    guid: str | None = None
    base: str | None = None
    refused_link: str | None = None

    def page(self) -> bytes:
        """Return the text that the feed itself carries as a page: UTF-8, text/html.

        Empty if the entry has none. Relative links are led by a ``<base>`` where the feed
        declares one.
        """
        text = self.content or self.summary
        if not text or not text.strip():
            return b""
        lead = f'<base href="{escape(self.base)}">' if self.base else ""
        return (lead + text).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries in its order, each address once.

    ``left_out`` counts those beyond the limit. ``self_url`` is the address the feed gives as its
    own, ``home_url`` its site, ``hub_url`` its WebSub hub, ``next_url`` the page of older entries
    (RFC 5005).
    """

    dialect: str
    entries: tuple[Entry, ...]
    title: str | None = None
    home_url: str | None = None
    self_url: str | None = None
    hub_url: str | None = None
    next_url: str | None = None
    left_out: int = 0


class NotAFeed(ValueError):
    """Bytes that are no feed, or none that is safe to read; ``reason`` is a fixed word."""

    def __init__(self, message: str, reason: str = "not-a-feed") -> None:
        super().__init__(message)
        self.reason = reason
