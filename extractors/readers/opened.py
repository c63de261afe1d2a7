"""A file that is open for reading: whose it is can be asked before it is cut and taken apart.

Each format's library is imported when the first file of that format comes: text needs none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from extractors.model import Document
from extractors.mojibake import repair
from extractors.readers import formats
from extractors.readers.encoding import as_utf8, decode, looks_binary
from extractors.readers.entities import unescape_twice
from extractors.readers.errors import Unreadable
from extractors.readers.text import read_text

__all__ = ["Opened", "Unreadable", "Whole", "open_document"]


class Opened(Protocol):
    """What a reader gives first: the hosts a file names, then its document."""

    @property
    def hosts(self) -> Iterable[str]:
        """Host names that tell whose file this is, the fetched address first.

        Ask for no more of them than needed: they may cost a parse.
        """

    def read(
        self,
        article: Sequence[str] = (),
        drop: Sequence[str] = (),
        kinds: AbstractSet[str] = frozenset(),
    ) -> Document:
        """Take the file apart into blocks.

        CSS selectors say what of a page is the article; ``kinds`` (folded) name pieces, and may
        stand above it.
        """


@dataclass(frozen=True, slots=True)
class Whole:
    """A file all of which is the document: nothing is to be cut out of it."""

    document: Document

    @property
    def hosts(self) -> tuple[str, ...]:
        hosts = (_host(self.document.url), _host(self.document.canonical_url))
        return tuple(dict.fromkeys(host for host in hosts if host))

    def read(
        self,
        article: Sequence[str] = (),
        drop: Sequence[str] = (),
        kinds: AbstractSet[str] = frozenset(),
    ) -> Document:
        return self.document


def open_document(body: bytes, *, uri: str = "", content_type: str = "") -> Opened:
    """Open one stored file with the reader of its format.

    Raises :class:`Unreadable` for what has no text in any format that is read here.
    """
    if not body.strip():
        raise Unreadable("empty", "the file has no content; nothing to extract")
    form = formats.packed_format(body, uri, content_type)
    if form == "gzip":
        from extractors.readers.unpack import gunzip

        body, uri, content_type = gunzip(body), _unpacked(uri), _unpacked_type(content_type)
        if not body.strip():
            raise Unreadable("empty", "the gzip file has no content; nothing to extract")
        form = formats.packed_format(body, uri, content_type)
    url = uri if _scheme(uri) in ("http", "https") else ""
    match form:
        case None:
            return _open_text(body, uri, content_type, url)
        case "email":
            from extractors.readers.mail.message import open_mail

            return open_mail(body, url=url, read_file=_read_file)
        case "mhtml":
            from extractors.readers.mail.mhtml import open_saved_page

            return open_saved_page(body, url=url)
        case "pdf":
            from extractors.readers.pdf.document import read_pdf

            return Whole(read_pdf(body, url=url))
        case "zip":
            from extractors.readers.docx.document import read_docx

            return Whole(read_docx(body, url=url))
        case _:
            what = formats.alien(body) or "packed twice; unpack it and give the file in it"
            raise Unreadable("binary", f"the file is {what}")


def _read_file(body: bytes, name: str, content_type: str) -> Document:
    return open_document(body, uri=name, content_type=content_type).read()


def _open_text(body: bytes, uri: str, content_type: str, url: str) -> Opened:
    if looks_binary(body):
        raise Unreadable(
            "binary", "the content is binary, not HTML or text; convert it or leave it out"
        )
    utf8: bytes | None = body
    text = as_utf8(body, content_type)
    if text is None:
        text, utf8 = decode(body, content_type), None
    repaired = repair(text, utf8)
    if repaired is not text:
        text, utf8 = repaired, None
    match formats.text_format(text, uri, content_type):
        case "html":
            # selectolax and BeautifulSoup cost a tenth of a second to import: text needs neither
            from extractors.readers.html.page import Page

            once = unescape_twice(text, utf8)
            return Page(once, url=url, utf8=utf8 if once is text else None)
        case "markdown":
            from extractors.readers.markdown import read_markdown

            return Whole(read_markdown(text, url=url))
        case _:
            return Whole(read_text(text, url=url))


def _unpacked(uri: str) -> str:
    return uri[:-3] if formats.path_of(uri).lower().endswith(".gz") and uri[-3] == "." else uri


def _unpacked_type(content_type: str) -> str:
    return "" if "gzip" in content_type.lower() else content_type


def _scheme(uri: str) -> str:
    """Return the scheme of ``uri`` in lower case, "" for a path or what is no address."""
    try:
        return urlsplit(uri).scheme.lower()
    except ValueError:
        return ""


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""
