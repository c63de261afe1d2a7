"""Plain text: blank lines between all blocks, between none, or anyhow; bullets of three kinds."""

from __future__ import annotations

import re
import textwrap

from benchmarks.quality.formats import Rendered
from benchmarks.quality.page import Page, Piece, plain
from benchmarks.quality.writer import Writer


def render(page: Page, w: Writer) -> Rendered:
    """Print ``page`` as a text file."""
    text = lines(page, w)
    encoding = "utf-8"
    if w.chance(0.06):
        encoding = w.pick("utf-8-sig", "utf-16")
    elif w.chance(0.08) and _fits(text, "cp1252"):
        encoding = "cp1252"
    elif w.chance(0.06) and _fits(text, "utf-8"):
        text = w.pick(_garble, _garble_more)(text)
    if w.chance(0.1):
        text = text.replace("\n", "\r\n")
    slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    uri = page.url if page.extra.get("fetched") else f"{slug}.txt"
    return Rendered(text.encode(encoding), uri, links=False, head=False)


def lines(page: Page, w: Writer, *, width: int = 0) -> str:
    """Return ``page`` as lines of text; with a ``width``, blocks are wrapped and stand apart."""
    blank = "all" if width else w.pick("all", "none", "mixed")
    bullet = w.pick("- ", "- ", "• ", "  • ", "* ")
    parts: list[str] = []
    items = 0
    for nth, piece in enumerate(p for p in page.pieces if p.role != "rule"):
        if nth:
            wide = blank == "all" or (blank == "mixed" and w.chance(0.5))
            parts.append("\n\n" if wide else "\n")
        items += piece.role == "item"
        line = _line(piece, f"{items}. " if page.ordered else bullet)
        parts.append(_wrapped(line, width, piece.role == "item") if width else line)
        if piece.role == "title" and w.chance(0.2):
            parts.append(" ")
    return "".join(parts) + ("" if page.extra.get("cut") or w.chance(0.3) else "\n")


def _wrapped(line: str, width: int, item: bool) -> str:
    return textwrap.fill(
        line,
        width,
        subsequent_indent="  " if item else "",
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )


def _line(piece: Piece, bullet: str) -> str:
    text = plain(piece.inline)
    if piece.role != "item" or (piece.citation and bullet != "- "):
        return text
    return "  " * (piece.level - 1) + bullet + text


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _garble(text: str) -> str:
    """Return ``text`` as copies sometimes hold it: UTF-8 that somebody read as Windows-1252."""
    found = text.encode("utf-8")
    return "".join(_cp1252(byte) for byte in found)


def _garble_more(text: str) -> str:
    """Return ``text`` with its apostrophes as an old Chinese system shows them."""
    return re.sub("’[a-z]", lambda found: found[0].encode().decode("gb18030"), text)


def _cp1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)
