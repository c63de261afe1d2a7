"""Running lines of a PDF: the head, the foot and the number that stand on its pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.pdf.lines import PageLines, PdfLine

_EDGE_LINES = 3  # lines at the top and at the bottom of a page among which running ones are
_EDGE = 0.15  # of the page's height
_LARGER = 1.15  # times the size of the text
_MAX_SHIFT = 40  # points by which a running line's height differs between pages
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?|[-–— ])*\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-–— ]*", re.I)
_ALONE = re.compile(rf"{_PAGE_NUMBER.pattern}|.{{0,80}}\bwww\.[\w.-]+\b.{{0,12}}", re.I)
_DIGITS = re.compile(r"\d+")


def running_lines(pages: Sequence[PageLines], body: float) -> set[int]:
    """Return the ids (``id()``) of page numbers, and of lines that most pages have at an edge.

    A number set larger than the text, of the size ``body``, is the last line of a heading.
    """
    found: dict[str, list[tuple[int, PdfLine]]] = {}
    for n, page in enumerate(pages):
        ordered = sorted(page.lines, key=lambda line: -line.base)
        edges = ordered[:_EDGE_LINES] + ordered[_EDGE_LINES:][-_EDGE_LINES:]
        for line in edges:
            if not _EDGE * page.height < line.base < (1 - _EDGE) * page.height:
                found.setdefault(_DIGITS.sub("#", line.text), []).append((n, line))
    marked: set[int] = set()
    for lines in found.values():
        heights = [line.base for _, line in lines]
        everywhere = len({n for n, _ in lines}) > max(len(pages) // 2, 1)
        repeated = everywhere and max(heights) - min(heights) <= _MAX_SHIFT
        if repeated or _ALONE.fullmatch(lines[0][1].text):
            large = (
                () if repeated else (id(line) for _, line in lines if line.size > _LARGER * body)
            )
            marked |= {id(line) for _, line in lines}.difference(large)
    return marked
