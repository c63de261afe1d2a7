"""News items whose headline runs in before the first full stop, and points that sum up.

Bank closes its doors. The savings bank ...
The terms.
- Tolls stay frozen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from extractors.manuscript import Line, Manuscript
from extractors.model import BLOCK_SEPARATOR, Development
from extractors.part import Part
from extractors.prose import is_subheading
from extractors.shapes.headed import read_headed
from extractors.shapes.labels import headline_end, run_in_label
from extractors.shapes.numbered import as_items
from extractors.text import fold, is_title_case, sentence_end

_MIN_HEADED = 2  # headings, if the last one has lost what stood below it
_MIN_POINTS, _MAX_POINTS = 3, 5
_MAX_POINT_WORDS = 75
_LONGER = 2.5  # times the longest point: the prose below them
_MAX_CAPTION_WORDS = 20
_SAME_WORDS = 6
# A quotation, and who said it, in one paragraph or in two.
_QUOTED = re.compile(r"[“\"].{2,600}[”\"]", re.S)
_SIGNS = re.compile(r"(?:[—–―]|--?)\s?[^\W\d_][^.“”\n]{2,150}\.?")
_SIGNED = re.compile(rf"{_QUOTED.pattern}\s*{_SIGNS.pattern}", re.S)


def read_run_in(part: Part) -> Sequence[Line]:
    """Read items whose headline runs in: it ends with the first full stop, which is dropped.

    Bullets below a paragraph belong to its item, and so do paragraphs without a headline. Above the
    first headline each is an item; where the page marks headlines, they are one together: the lead.
    A quotation with a line that signs it is none. Where no heading opens them, several paragraphs
    with a headline each must follow one another.
    """
    lines = part.lines if part.heading is not None else _from_first_run_in(part.lines)
    part.place(lines)
    for line in lines:
        if _SIGNED.fullmatch(line.text):
            line.section = "context"
    for line, below in pairwise(lines):
        if _QUOTED.fullmatch(line.text) and _SIGNS.fullmatch(below.text):
            line.section = below.section = "context"
    items = [line for line in lines if line.section != "context"]
    if _is_headed(items) or _is_plain(items, below=part.heading is not None):
        return read_headed(replace(part, lines=items))
    part.found.developments += _run_in(part.manuscript, items, part.rule.groups)
    return ()


def _is_headed(lines: Sequence[Line]) -> bool:
    """Tell whether the headlines are headings: each has text below it, and nothing runs in."""
    heads = [at for at, line in enumerate(lines) if line.block.kind == "heading"]
    if not heads or heads[0] != 0 or heads[-1] == 0 == len(lines) - 1:
        return False
    runs = any(
        line.block.bold and (headline_end(line) or len(line.text)) < len(line.text)
        for line in lines
        if line.block.kind != "heading"
    )
    return not runs and (lines[-1].block.kind != "heading" or len(heads) > _MIN_HEADED)


def _is_plain(lines: Sequence[Line], *, below: bool) -> bool:
    """Tell whether headlines of plain text stand on lines of their own, each above its text."""
    if len(lines) < _MIN_HEADED or not is_subheading(lines[0]) or is_subheading(lines[-1]):
        return False
    if any(line.block.bold or line.block.kind != "paragraph" for line in lines):
        return False  # it is marked: then the marks tell
    heads = [is_subheading(line) for line in lines]
    return (below or sum(heads) > 1) and not any(a and b for a, b in pairwise(heads))


def _from_first_run_in(lines: Sequence[Line]) -> Sequence[Line]:
    titled = [_has_run_in_title(line) for line in lines]
    for at in range(len(lines)):
        if all(titled[at : at + _MIN_POINTS]) and len(titled) >= at + _MIN_POINTS:
            return lines[at:]
    return ()


def _has_run_in_title(line: Line) -> bool:
    end = run_in_label(line)
    if end is None or end == len(line.text):
        return False
    return line.block.bold > 0 or is_title_case(line.text[:end])


def _run_in(
    manuscript: Manuscript, lines: Sequence[Line], groups: frozenset[str]
) -> list[Development]:
    items: list[tuple[int | None, list[Line]]] = []
    marked = any(line.block.bold and headline_end(line) for line in lines)
    above: Line | None = None
    for line in lines:
        begins = above is None or line.start - above.end > len(BLOCK_SEPARATOR)
        above = line
        if fold(line.text) in groups or line.block.kind == "heading":
            above = None
            continue
        label = headline_end(line)
        if marked and not line.block.bold and label and not is_title_case(line.text[:label]):
            label = None  # the page marks headlines, and this is the first sentence
        goes_on = label is None and not begins and bool(items) and items[-1][0] is not None
        below = line.block.level > 0 and label is None
        alone = bool(items) and items[-1][0] == len(items[-1][1][-1].text)
        leads = marked and label is None and not begins and len(items) == 1
        if items and (below or alone or goes_on or leads):
            items[-1][1].append(line)
        else:
            items.append((label, [line]))
    found = []
    for label, group in items:
        head, end = group[0], group[-1].end
        if label is None or (label == len(head.text) and len(group) == 1):
            found.append(Development(None, manuscript.printed(head.start, end)))
        else:
            headline = head.printed(0, len(head.text[:label].rstrip(".: –—")))
            found.append(Development(headline, manuscript.printed(head.start + label, end)))
    return found


def read_summary(part: Part) -> Sequence[Line]:
    """Read the points that sum a brief up, each a development without label.

    Where no heading says that they do, only a list of the usual length does, above all prose.
    """
    lines = part.lines if part.heading is not None else _from_first_list(part.lines)
    points = as_items(lines)
    end = _summary_end(points)
    part.place(lines[:end])
    part.found.developments += [
        Development(None, line.printed(0, len(line.text))) for line in points[:end]
    ]
    return lines[end:]


def _from_first_list(lines: Sequence[Line]) -> Sequence[Line]:
    at = next((i for i, line in enumerate(lines) if line.block.kind == "item"), len(lines))
    if any(len(line.text.split()) > _MAX_CAPTION_WORDS for line in lines[:at]):
        return ()
    size = sum(1 for _ in takewhile(lambda line: line.block.kind == "item", lines[at:]))
    return lines[at:] if _MIN_POINTS <= size <= _MAX_POINTS + 1 else ()


def _summary_end(lines: Sequence[Line]) -> int:
    """Return how many of ``lines`` sum the brief up: its bullets, or short paragraphs that were.

    Without bullets the prose below shows by its length, alone or beside theirs, because it is the
    first of two sentences, or because it takes the first point up again in the same words.
    """
    items = 0
    while items < len(lines) and lines[items].block.kind == "item":
        items += 1
    if items:
        return items
    openings: set[str] = set()
    longest = 0
    terse = True  # each point is one sentence
    for at, line in enumerate(lines):
        words = line.text.split()
        opening = fold(" ".join(words[:_SAME_WORDS]))
        if (
            at >= _MAX_POINTS
            or len(words) > _MAX_POINT_WORDS
            or opening in openings
            or (at >= _MIN_POINTS and len(words) > _LONGER * longest)
            or (at >= _MIN_POINTS and terse and sentence_end(line.text) is not None)
            or line.block.kind == "heading"
        ):
            return at
        openings.add(opening)
        longest = max(longest, len(words))
        terse = terse and sentence_end(line.text) is None
    return len(lines)
