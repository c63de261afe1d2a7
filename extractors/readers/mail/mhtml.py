"""Pages that a browser saved as one file (MHTML): the page among its parts, with its address."""

from __future__ import annotations

from email.message import Message
from urllib.parse import urlsplit

from extractors.readers.errors import Unreadable
from extractors.readers.html.page import Page
from extractors.readers.mail.mime import content, header, leaves, parse


def open_saved_page(body: bytes, *, url: str = "") -> Page:
    """Open the page that the file was saved from; ``url`` is where the file itself came from.

    The page's own address counts before that. Raises :class:`Unreadable` if no part is a page.
    """
    message = parse(body)
    pages = [part for part in leaves(message) if part.get_content_type() in _PAGES]
    part = _start(message, pages) or next(iter(pages), None)
    if part is None:
        raise Unreadable("no-text", "the saved page has no HTML in it; save it again")
    saved = [
        header(message, "Snapshot-Content-Location"),
        header(part, "Content-Location"),
        header(message, "Content-Location"),
        url,
    ]
    return Page(content(part), url=next((a for a in saved if _is_web(a)), ""))


_PAGES = ("text/html", "application/xhtml+xml")


def _start(message: Message, pages: list[Message]) -> Message | None:
    """Return the page that the file names as its first: frames are pages, too."""
    start = message.get_param("start")
    saved_from = header(message, "Snapshot-Content-Location")
    for part in pages:
        if start and str(part.get("Content-ID", "")).strip() == start:
            return part
        if saved_from and header(part, "Content-Location") == saved_from:
            return part
    return None


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme.lower() in ("http", "https")
    except ValueError:
        return False
