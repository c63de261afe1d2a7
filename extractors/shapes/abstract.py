"""Abstracts: what sums a piece up, in paragraphs or bullets below a heading that says so."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from extractors.manuscript import Line
from extractors.model import Development
from extractors.part import Part
from extractors.prose import is_subheading
from extractors.shapes.labelled import read_developments
from extractors.shapes.numbered import as_items
from extractors.text import fold

_MAX_CLOSING = 20  # characters
_KEYS = ("keywords:", "key words:", "keywords –", "keywords —", "jel codes:", "jel classification")
_MAX_PARAGRAPHS = 6
_MAX_LEAD = 120  # characters
_PAPER = re.compile(
    r"\b(?:full|complete|entire) (?:\w+ )?(?:report|paper|study|memorandum|text|brief|version|"
    r"article|assessment|publication)\b|\bread the (?:report|paper|study|memorandum)\b",
    re.I,
)
_CLOSING = frozenset(("introduction", "keywords", "key words"))


def read_abstract(part: Part) -> Sequence[Line]:
    """Read a summary up to the next heading, or to the prose behind its bullets.

    Where no heading follows, in it or right behind it, nothing tells the summary from the piece:
    then its first paragraph alone is certain.
    """
    lines = as_items(part.lines)
    tagged = next((n for n, x in enumerate(lines) if x.text.lower().startswith(_KEYS)), None)
    closed = len(lines) > 1 and (tagged is not None or _is_closed(part))
    end = _end(lines[:tagged], closed=closed)
    part.place(part.lines[:end])
    items = [line for line in lines[:end] if line.block.level > 0]
    found = read_developments(part.manuscript, items, labels=part.rule.labels) if items else []
    found += [
        Development(None, line.printed(0, len(line.text)))
        for line in lines[:end]
        if line.block.level == 0
    ]
    part.found.developments += sorted(found, key=lambda row: row.text.start or 0)
    return part.lines[end:]


def _is_closed(part: Part) -> bool:
    """Tell whether the section is the summary as a whole.

    A heading follows that stands below an abstract only, or the page leads to the paper itself, so
    that it holds no more than a few paragraphs of it.
    """
    last = part.lines[-1].start
    lines = part.manuscript.lines
    behind = range(bisect_right(lines, last, key=lambda line: line.start), len(lines))
    below = next((lines[at] for at in behind if not lines[at].block.marginal), None)
    if below is not None and len(below.text) < _MAX_CLOSING and fold(below.text) in _CLOSING:
        return True
    return len(part.lines) <= _MAX_PARAGRAPHS and any(
        line.section in ("background", "boilerplate", "other") for line in _papers(part)
    )


def _papers(part: Part) -> Sequence[Line]:
    """Return the lines that may lead to the paper itself, looked for once in a brief."""
    if part.found.papers is None:
        part.found.papers = [
            line
            for line in part.manuscript.lines
            if len(line.text) <= _MAX_LEAD and _PAPER.search(line.text) is not None
        ]
    return part.found.papers


def _end(lines: Sequence[Line], *, closed: bool) -> int:
    """Return how many of ``lines`` are the summary."""
    heading = next((at for at, line in enumerate(lines) if is_subheading(line)), None)
    end = len(lines) if heading is None else heading
    if lines and lines[0].block.kind == "quotation":  # set apart from the piece by its markup
        return next((at for at in range(end) if lines[at].block.kind != "quotation"), end)
    items = [at for at in range(end) if lines[at].block.level > 0]
    if items and ((heading is None and not closed) or items[0] == 0):
        # prose behind the bullets is the piece itself; what leads to them is not
        return next((at for at in range(items[0], end) if lines[at].block.level == 0), end)
    return end if closed or heading is not None else min(end, 1)
