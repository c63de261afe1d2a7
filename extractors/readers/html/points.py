"""Boxes that open with "Abstract", "Key Points" or the like: where they end, the summary does."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from extractors.summaries import SUMMARIES
from extractors.text import collapse, fold

_HEADS = (
    "h2,h3,h4,h5,h6,p>strong:only-child,p>b:only-child,div>p:first-child,section>p:first-child,"
    "div>span:first-child,section>span:first-child,div>b:first-child,div>strong:first-child,dt"
)
_MAX_HEAD = 40  # characters
_MOST_HEADS = 100
_SMALL = 0.5  # of the text: what holds more is no box but the piece


def summing_boxes(node: LexborNode) -> Iterator[tuple[LexborNode, LexborNode]]:
    """Yield the headings that open a box of the page by saying that it sums up, and the boxes."""
    for head in node.css(_HEADS)[:_MOST_HEADS]:
        text = head.text()
        if len(text) > _MAX_HEAD or fold(text) not in SUMMARIES:
            continue
        if head.tag == "dt":
            if (last := _told_below(head)) is not None:
                yield head, last
            continue
        bold = head.tag in ("strong", "b")
        line = head.parent if bold and head.parent and head.parent.tag == "p" else head
        box = line.parent if line is not None else None
        if line is None or box is None or box.tag not in ("div", "section"):
            continue
        if box.mem_id == node.mem_id or collapse(line.text()) != collapse(text):
            continue
        if _opens(line) and len(collapse(box.text())) < _SMALL * len(collapse(node.text())):
            yield line, box


def _told_below(term: LexborNode) -> LexborNode | None:
    """Return the last ``<dd>`` that tells what stands under a ``<dt>``, None if there is none."""
    last: LexborNode | None = None
    at = term.next
    while at is not None and at.tag != "dt":
        last = at if at.tag == "dd" else last
        at = at.next
    return last


def _opens(line: LexborNode) -> bool:
    """Tell whether nothing stands before ``line`` in its parent."""
    at = line.prev
    while at is not None and (at.is_comment_node or (at.is_text_node and not at.text().strip())):
        at = at.prev
    return at is None
