"""What stands above a page's title in one box with it: a day there is the piece's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.datelines import read_dateline
from extractors.model import Block
from extractors.readers.blocks import block_part
from extractors.readers.html.metadata import Metadata
from extractors.text import collapse, fold

_BARS = "|•·/–—-"
_MAX_BOX = 600
_MAX_HEAD = 600  # characters of a box with a title, its day and a dek


def _declared_head(tree: LexborHTMLParser, metadata: Metadata) -> LexborNode | None:
    """Return the heading that prints the title which the page declares."""
    declared = fold(metadata.title or "")
    heads = tree.css("h2,h3") if declared else ()
    return next((head for head in heads if fold(collapse(head.text())) == declared), None)


def beside_title(tree: LexborHTMLParser, node: LexborNode, metadata: Metadata) -> str | None:
    """Return what stands above the title, in one box with it.

    That box is the head of the piece, with little text; or it has the article in ``node`` too, and
    then it is what stands right above.
    """
    title = tree.css_first("h1") or _declared_head(tree, metadata)
    box = title.parent if title is not None else None
    if title is None or box is None or box.tag in ("body", "html"):
        return None
    above, at = title.prev, node.parent
    while above is not None and above.is_text_node and not above.text().strip():
        above = above.prev
    while at is not None and at.mem_id != box.mem_id:
        at = at.parent
    headed = box.tag in ("div", "header", "section") and len(collapse(box.text())) <= _MAX_HEAD
    if headed and at is None:
        return " ".join(reversed([*_texts_above(title)]))
    return collapse(above.text()) if above is not None and (headed or at is not None) else None


def _texts_above(node: LexborNode) -> Iterator[str]:
    above = node.prev
    while above is not None:
        yield collapse(above.text())
        above = above.prev


def by_lines(blocks: Sequence[Block]) -> list[Block]:
    """Part the blocks that have a day, or a day and a kind, in one of several lines.

    The bar that a list has between both is left out.
    """
    parted: list[Block] = []
    for block in blocks:
        if len(block.text) == 1 and block.text in _BARS:
            continue
        lines = block.text.split("\n") if len(block.text) <= _MAX_BOX else []
        if len(lines) < 2 or not any(read_dateline(line) for line in lines):
            parted.append(block)
            continue
        at = 0
        for line in lines:
            parted.append(block_part(block, at, at + len(line)))
            at += len(line) + 1
    return parted
