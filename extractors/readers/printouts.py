"""Heads and feet of pages in text that was printed: addresses, page numbers, when it was printed.

3/5/25, 9:14 AM        Night Ferry Runs Aground
https://www.vessa.example/notes/ferry        1/2
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from extractors.text import is_title_case

_PRINTED = re.compile(
    r"\s*\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?\s+\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?\s+\S.*",
    re.I,
)
_COUNT = r"(?:\d{1,3}\s?/\s?\d{1,3}|(?:page\s+)?\d{1,3}\s+of\s+\d{1,3}|page\s+\d{1,3})"
_COUNTED = re.compile(
    rf"\s*(?:https?://\S+|(?:www\.)?[\w.-]+\.[a-z]{{2,4}}/\S*)?\s*[-–—|]?\s*{_COUNT}\s*[-–—|]?\s*"
    rf"|\s*{_COUNT}\s{{3,}}\S.{{0,100}}|\s*\S.{{0,100}}(?:\s{{3,}}|\s\|\s*)(?:{_COUNT}|\d{{1,3}})\s*"
    r"|\s*[-–—]\s?\d{1,3}\s?[-–—]\s*",
    re.I,
)
_HALVES = re.compile(r"\S\s{3,}\S|\s\|\s|https?://")
_DIGITS = re.compile(r"\d+")
_DASHES = "-–—"
_LONGEST = 400  # characters
_MIN = 2  # pages: such lines come again
_WIDEST = 100  # characters of a line that is wrapped
_FULL = 0.75  # of the width
_OPENING = '“"-•'
_SENTENCE_END = (".", "!", "?", ":", "…", "”", '"', ")")


def without_page_lines(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return ``lines`` without heads and feet of pages, and those.

    Such a line has a page's number or the time of printing, and comes again but for its figures; a
    line beside one that comes again is its other half. A sentence that goes on behind goes on.
    """
    places = [
        at
        for at, line in enumerate(lines)
        if line
        and not (
            (line[-1] in _SENTENCE_END or line[-1].isalpha())
            and (line[0] in _OPENING or line[0].isalpha())
        )
        and _may_be_page_line(line)
    ]  # most lines are sentences or titles: spare the call
    if len(places) < _MIN:
        return list(lines), []
    shapes = Counter(_shape(lines[at]) for at in places)
    found = {at for at in places if shapes[_shape(lines[at])] >= _MIN}
    if not found:
        return list(lines), []
    found |= _other_halves(lines, found)
    rest = (line for at, line in enumerate(lines) if at not in found)
    width = max((len(line) for line in rest if len(line) <= _WIDEST), default=0)
    kept: list[str] = []
    cut = False
    for at, line in enumerate(lines):
        if at in found:
            cut = True
        elif cut and not line.strip():
            continue
        else:
            if cut:
                alone = not "".join(lines[at + 1 : at + 2]).strip()
                _close(kept, line, width, heads=alone and _may_head(line))
            kept.append(line)
            cut = False
    return kept, [lines[at].strip() for at in sorted(found)]


def _may_be_page_line(line: str) -> bool:
    bare = line.strip()
    if not (bare[-1:].isdigit() or bare[:1].isdigit() or bare[-1:] in _DASHES):
        return False  # most lines: spare the expressions
    if not bare or len(bare) > _LONGEST:
        return False
    return _PRINTED.fullmatch(bare) is not None or _COUNTED.fullmatch(bare) is not None


def _shape(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split()))


def _other_halves(lines: Sequence[str], found: AbstractSet[int]) -> set[int]:
    """Return the places of lines that come again beside those that are ``found``: head and foot.

    What has two halves itself is none of the text elsewhere either; a title alone may be. What
    comes twice on one page, and on no other, is the text's own: a dateline above and below a title.
    """
    again = Counter(line.strip() for line in lines)
    beside: set[int] = set()
    for at in found:
        for step in (-1, 1):
            other = at + step
            while 0 <= other < len(lines) and not lines[other].strip():
                other += step
            if 0 <= other < len(lines) and again[lines[other].strip()] > 1:
                beside.add(other)
    wanted = {lines[at].strip() for at in beside}
    pages: dict[str, set[int]] = {}
    page = 0
    for at, line in enumerate(lines):
        page += at in found
        if (bare := line.strip()) in wanted:
            pages.setdefault(bare, set()).add(page)
    beside = {at for at in beside if len(pages[lines[at].strip()]) > 1}
    halves = {lines[at].strip() for at in beside if _HALVES.search(lines[at])}
    return beside | {at for at, line in enumerate(lines) if line.strip() in halves}


def _may_head(line: str) -> bool:
    return "," not in line and " " in line.strip() and is_title_case(line.strip())


def _close(kept: list[str], line: str, width: int, *, heads: bool) -> None:
    """Part what begins a page from the page before, unless it goes on there within a sentence.

    It does if it begins small, or behind a full line and does not head what is below it.
    """
    above = len(kept)
    while above and not kept[above - 1].strip():
        above -= 1
    last = kept[above - 1].rstrip() if above else "."
    full = _FULL * width <= len(last) <= _WIDEST and not heads
    if not last.endswith(_SENTENCE_END) and (full or line.lstrip()[:1].islower()):
        del kept[above:]
    elif above == len(kept) and kept:
        kept.append("")
