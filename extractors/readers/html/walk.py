"""Markup to blocks: one walk over BeautifulSoup's tree of what :mod:`slim` leaves of an article."""

from __future__ import annotations

import re

from bs4.element import NavigableString, Tag
from selectolax.lexbor import LexborHTMLParser

from extractors.model import Block, BlockKind
from extractors.readers.blocks import BlockBuilder, part_typed_bullets
from extractors.readers.bullets import behind_bullets
from extractors.readers.html.addresses import target
from extractors.readers.html.limits import harmless
from extractors.readers.html.slim import (
    BEYOND,
    BOLD,
    BORDER,
    BREAK,
    MARGIN,
    MARKS,
    PLAIN,
    POINTS,
    TEXT,
    slim,
)
from extractors.readers.html.soup import read_soup, untie
from extractors.readers.html.tables import data_cells
from extractors.text import clean

_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_BREAKS_PARAGRAPH = 2  # two <br> in a row are how old pages write a paragraph
_MARK = re.compile(f"([{MARKS}])")
_MARKS = frozenset(("", *MARKS))  # and nothing, which splitting leaves between two
_CONTEXTS: dict[str, tuple[BlockKind, int]] = {
    **{f"h{rank}": ("heading", rank) for rank in range(1, 7)},
    "blockquote": ("quotation", 0),
    "pre": ("preformatted", 0),
}


def walk(fragment: str, base_url: str = "") -> list[Block]:
    """Take the markup of one article apart into blocks, in document order."""
    body = LexborHTMLParser(harmless(fragment)).body
    return blocks_of(slim(body), base_url) if body is not None else []


def blocks_of(slimmed: str, base_url: str = "") -> list[Block]:
    """Take slimmed markup (see :func:`~extractors.readers.html.slim.slim`) apart into blocks."""
    soup = read_soup(slimmed)
    walker = _Walker(base_url)
    walker.visit(soup)
    untie(soup)
    blocks = behind_bullets(walker.builder.blocks)
    return [part for block in blocks for part in part_typed_bullets(block)]


class _Walker:
    """Where the walk stands: the kind of block that it is in, and how deep in what."""

    def __init__(self, base_url: str) -> None:
        self.builder = BlockBuilder()
        self._base_url = base_url
        self._contexts: list[tuple[BlockKind, int]] = [("paragraph", 0)]
        self._bold = self._lists = self._margins = self._points = 0
        self._cells: set[int] = set()  # ids of the cells of data tables

    def visit(self, node: Tag) -> None:
        """Visit the children of ``node``. The markup is slimmed: its depth is bounded."""
        for child in node.contents:
            if isinstance(child, NavigableString):
                self._text(child)
            elif isinstance(child, Tag):
                self._element(child, child.name)
        if node.name == "[document]":
            self._end()

    def _element(self, node: Tag, name: str) -> None:
        if name == "a":
            href = node.get("href")
            url = target(self._base_url, clean(href).strip()) if isinstance(href, str) else None
            if url is None:
                self.visit(node)
                return
            self.builder.open_anchor(clean(url))
            self.visit(node)
            self.builder.close_anchor()
        else:
            self._end()
            self._box(node, name)
            self._end()

    def _box(self, node: Tag, name: str) -> None:
        context = _CONTEXTS.get(name)
        if name in _LISTS:
            self._lists += 1
            self.visit(node)
            self._end()
            self._lists -= 1
            return
        if name == "li":
            context = ("item", max(1, self._lists))
        elif name == "table":
            self._cells.update(data_cells(node))
        elif name in ("td", "th"):
            context = ("cell" if id(node) in self._cells else "paragraph", 0)
        if context is None:
            self.visit(node)
            return
        self._contexts.append(context)
        self.visit(node)
        self._end()
        self._contexts.pop()

    def _text(self, text: str) -> None:
        builder = self.builder
        if text.isascii():  # the marks are not
            builder.text(text, self._bold > 0)
            return
        for piece in _MARK.split(text):
            if piece not in _MARKS:
                builder.text(piece, self._bold > 0)
            elif piece == BORDER:
                self._end()
            elif piece == BOLD:
                self._bold += 1
            elif piece == PLAIN:
                self._bold = max(0, self._bold - 1)
            elif piece == BREAK:
                builder.line_break()
                if builder.breaks >= _BREAKS_PARAGRAPH:
                    self._end()
            elif piece == MARGIN:
                self._end()
                self._margins += 1
            elif piece == TEXT:
                self._end()
                self._margins = max(0, self._margins - 1)
            elif piece in (POINTS, BEYOND):
                self._end()
                self._points += 1 if piece == POINTS else -1

    def _end(self) -> None:
        kind, level = self._contexts[-1]
        if self._points and kind == "paragraph" and not level:  # a point of its own
            self.builder.end("item", 1, marginal=self._margins > 0)
        elif self.builder.end(kind, level, marginal=self._margins > 0) and kind == "item":
            self._contexts[-1] = ("paragraph", level)  # an item's later paragraphs go on, below it
