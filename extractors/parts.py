"""Lines that name a part of a piece and not the piece: headings of low rank, links to jump by."""

from __future__ import annotations

from extractors.manuscript import Line
from extractors.model import Document

_MINOR = 3  # the rank of headings that are no titles


def is_minor(line: Line, document: Document) -> bool:
    """Tell whether a line is a heading of a part, by its rank, and the title is declared."""
    block = line.block
    return block.kind == "heading" and block.level >= _MINOR and bool(document.title)


def jumps(line: Line) -> bool:
    """Tell whether a line is but a link to a place further down the page."""
    block = line.block
    if len(block.anchors) != 1 or block.kind != "paragraph" or "#" not in block.anchors[0].url:
        return False
    return block.anchors[0].start == 0 and block.anchors[0].end == len(block.text)
