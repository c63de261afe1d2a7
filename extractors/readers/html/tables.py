"""Tables of data and tables of layout: only the former have cells, the latter hold the page."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import NavigableString, Tag

from extractors.readers.html.slim import BOLD, BORDER, MARGIN, PLAIN, TEXT

_LONGEST = 400  # characters: a cell with more is a column of text
_BLOCKS = frozenset("ul ol menu dir li blockquote pre h1 h2 h3 h4 h5 h6 table".split())
_PARTED = (BORDER, MARGIN, TEXT)


def data_cells(table: Tag) -> set[int]:
    """Return the ids of the cells of ``table`` if it is one of data, else nothing.

    A table of data has no other table in it, a row of two cells at least, and no long cell. A cell
    that holds blocks of its own is none.
    """
    if table.get("role") in ("presentation", "none"):
        return set()
    widest = 0
    simple = set()
    for row in _rows(table):
        cells = [part for part in row if isinstance(part, Tag) and part.name in ("td", "th")]
        widest = max(widest, len(cells))
        for cell in cells:
            size, blocks = _measure(cell)
            if size > _LONGEST or "table" in blocks:
                return set()
            if not blocks:
                simple.add(id(cell))
    return simple if widest > 1 else set()


def _rows(table: Tag) -> Iterator[Tag]:
    return (part for part in table.contents if isinstance(part, Tag) and part.name == "tr")


def _measure(cell: Tag) -> tuple[int, set[str]]:
    """Return how many characters a cell has and which blocks are in it ("p" for paragraphs)."""
    size = 0
    blocks: set[str] = set()
    text: list[str] = []
    for part in cell.descendants:
        if isinstance(part, Tag):
            if part.name in _BLOCKS:
                blocks.add(part.name)
                if part.name == "table":
                    break
        elif isinstance(part, NavigableString):
            text.append(part)
            size += len(part)
            if size > 2 * _LONGEST:
                break
    inner = "".join(text).strip(f" \n\t{BORDER}{BOLD}{PLAIN}")
    if any(mark in inner for mark in _PARTED):
        blocks.add("p")
    return len(inner) - inner.count(BOLD) - inner.count(PLAIN), blocks
