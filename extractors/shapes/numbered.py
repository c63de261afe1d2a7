"""Lists whose marks are typed, a paragraph each: "1. The port ...", "(a) Fares", "– Tugs ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line
from extractors.readers.blocks import block_part

_NUMBER = re.compile(r"\(?(?P<n>\d{1,2})(?:[.):]|\.\)| ?[–—])\s+(?=\S)")
_LETTER = re.compile(r"\(?(?P<n>[a-h])\)\s+(?=\S)")
_DASH = re.compile(r"[–—]\s+(?=\S)")
_MIN = 2  # numbers or dashes that make a list


def as_items(lines: Sequence[Line]) -> Sequence[Line]:
    """Return ``lines`` with items in place of the paragraphs that are numbered from 1 on, or (a).

    So are those that a dash opens. An item's text is what stands behind its number or dash.
    Paragraphs between two of them continue the one above. Lines the first of which no number
    opens, and no dash, are returned as they are.
    """
    if not lines or lines[0].block.kind not in ("paragraph", "item"):
        return lines
    mark = next((mark for mark in (_NUMBER, _DASH, _LETTER) if mark.match(lines[0].text)), None)
    if mark is None:
        return lines  # most sections
    behind: dict[int, int] = {}  # from a line's place to where its text begins
    for at, line in enumerate(lines):
        m = mark.match(line.text) if line.block.kind in ("paragraph", "item") else None
        if m is not None and (mark is _DASH or _nth(m["n"]) == len(behind) + 1):
            behind[at] = m.end()
        elif line.block.kind == "heading":
            break
    if len(behind) < _MIN or 0 not in behind:
        return lines
    last = max(behind)
    return [
        _item(line, behind[at]) if at in behind else _continued(line) if at < last else line
        for at, line in enumerate(lines)
    ]


def _nth(number: str) -> int:
    return int(number) if number.isdecimal() else ord(number) - ord("a") + 1


def _item(line: Line, start: int) -> Line:
    block = block_part(line.block, start, len(line.text))
    return Line(block._replace(kind="item", level=1), line.start + start)


def _continued(line: Line) -> Line:
    return Line(line.block._replace(level=1), line.start)
