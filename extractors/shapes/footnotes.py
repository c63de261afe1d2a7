"""Footnotes and other lines that only lead elsewhere: addresses without title or author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.manuscript import Line
from extractors.model import Link

_MARK = re.compile(r"\[(?:\d{1,4}|[ivxlc]{1,8})\]\s*\S")
_URL = re.compile(r"https?://[^\s;,<>“”\"]*[^\s;,<>“”\".)\]]")


def is_footnote(line: Line) -> bool:
    """Tell whether a line is a note: "[1] https://...", "[2] A, “Title,” https://..."."""
    text = line.text
    if _MARK.match(text) is None:
        return False
    return _URL.search(text) is not None or len(line.block.anchors) > 0


def plain_links(line: Line) -> Iterator[Link]:
    """Return what a line leads to: its anchors, else its addresses, else the line itself.

    An anchor whose text is but a note's mark, "[1]", leads back into the brief and is left out.
    """
    anchors = [a for a in line.block.anchors if not _is_mark(line.text[a.start : a.end])]
    if anchors:
        for anchor in anchors:
            yield Link("background", line.printed(anchor.start, anchor.end), url=anchor.url)
        return
    addresses = list(_URL.finditer(line.text))
    if len(addresses) > 1:
        for address in addresses:
            yield Link("background", line.printed(*address.span()), url=address[0])
    else:
        url = addresses[0][0] if addresses else None
        yield Link("background", line.printed(0, len(line.text)), url=url)


def _is_mark(text: str) -> bool:
    return re.fullmatch(r"\s*\[?\s*(?:\d{1,4}|[ivxlc]{1,8})\s*\]?\s*", text) is not None
