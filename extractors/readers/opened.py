"""A file that is open for reading: whose it is can be asked before it is cut and taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from extractors.model import Document
from extractors.readers.encoding import decode, looks_binary
from extractors.readers.text import read_text

_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|h[1-6]|ul)\b", re.I)
_HTML_NAME = re.compile(r"\.(?:html?|xhtml|php|aspx?)$", re.I)


class Unreadable(ValueError):
    """Bytes that no reader can make blocks of; ``reason`` is a fixed word, the text tells why."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Opened(Protocol):
    """What a reader gives first: the hosts a file names, then its document."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names that tell whose file this is, the fetched address first."""

    def read(self, article: Sequence[str] = (), drop: Sequence[str] = ()) -> Document:
        """Take the file apart into blocks; CSS selectors say what of a page is the article."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A file all of which is the document: nothing is to be cut out of it."""

    document: Document

    @property
    def hosts(self) -> tuple[str, ...]:
        host = _host(self.document.url or "")
        return (host,) if host else ()

    def read(self, article: Sequence[str] = (), drop: Sequence[str] = ()) -> Document:
        return self.document


def open_document(body: bytes, *, uri: str = "", content_type: str = "") -> Opened:
    """Open one stored file with the reader of its format.

    Raises :class:`Unreadable` for what has no text in any format that is read here.
    """
    if not body.strip():
        raise Unreadable("empty", "the file has no content; nothing to extract")
    if looks_binary(body):
        raise Unreadable(
            "binary", "the content is binary, not HTML or text; convert it or leave it out"
        )
    text = decode(body, content_type)
    url = uri if _scheme(uri) in ("http", "https") else ""
    if _is_html(text, uri, content_type):
        # selectolax and BeautifulSoup cost a tenth of a second to import: text needs neither
        from extractors.readers.html import Page

        return Page(text, url=url)
    return Whole(read_text(text, url=url))


def _scheme(uri: str) -> str:
    """Return the scheme of ``uri`` in lower case, "" for a path or what is no address."""
    try:
        return urlsplit(uri).scheme.lower()
    except ValueError:
        return ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_html(text: str, uri: str, content_type: str) -> bool:
    if "html" in content_type.lower():
        return True
    if content_type.lower().startswith("text/plain"):
        return False
    path = uri.split("?", 1)[0]
    if _HTML_NAME.search(path):
        return True
    return len(_MARKUP.findall(text[:20_000])) >= 2
