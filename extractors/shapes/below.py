"""Experts' shares whose name lines, of the kind that stands above prose, stand below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractors.manuscript import Line
from extractors.model import BLOCK_SEPARATOR
from extractors.shapes.alike import announces
from extractors.shapes.name_lines import NameLine
from extractors.shapes.unquoted import Share, is_headline
from extractors.text import fold

_FEW = 8  # words: hardly an expert says so little
_INTRODUCTION = 4  # lines that announce experts are among so many


def stand_below(lines: Sequence[Line], found: Mapping[int, NameLine]) -> bool | None:
    """Tell whether name lines stand below the words: prose above each, none below the last.

    More may follow the last one if the next one's headline follows the others. None if all that
    follows is a few words, which can be the last expert's as well as the page's.
    """
    places = [*found]
    names = {fold(name_line.speakers[0].name.text) for name_line in found.values()}
    if len(places) < 2 or len(names) < len(places):
        return False
    if any(line.run_in is not None for line in found.values()):
        return False
    if any(lines[at].text.endswith(":") for at in places):
        return False  # words follow
    ends = [0, *(at + found[at].lines for at in places)]
    if not all(_has_prose(lines[end:at]) for end, at in zip(ends, places, strict=False)):
        return False
    words = sum(len(line.text.split()) for line in lines[ends[-1] :] if not is_headline(line))
    if not words:
        return True
    if announces(lines[places[0] - 1].text):
        return False
    headed = [is_headline(lines[end]) for end in ends[1:]]
    if any(headed):
        return all(headed[:-1]) and not headed[-1] and _headline(lines, 0, places[0]) is not None
    return None if words < _FEW else False


def below_parts(lines: Sequence[Line], found: Mapping[int, NameLine]) -> list[Share]:
    """Return the shares of those whose names stand below their words."""
    places = [*found]
    begin = first_words(lines, 0, places[0])
    parts: list[Share] = []
    for at in places:
        words = begin
        while words < at and is_headline(lines[words]):
            words += 1
        end = at + found[at].lines
        if words < at:
            parts.append(Share(begin, end, (words, at), found[at].speakers, None, marked=False))
        begin = end
    return parts


def first_words(lines: Sequence[Line], begin: int, end: int) -> int:
    """Return where the first expert's words begin, which end at ``end``: behind the introduction.

    They have a headline, or stand behind the line that announces experts, behind a picture, or
    behind the first paragraph.
    """
    headline = _headline(lines, begin, end)
    if headline is not None:
        return headline
    front = range(begin, min(begin + _INTRODUCTION, end - 1))
    told = [at for at in front if announces(lines[at].text)]
    if told:
        return told[-1] + 1
    gaps = [
        at + 1
        for at, (line, below) in enumerate(pairwise(lines[begin:end]), begin)
        if below.start - line.end > len(BLOCK_SEPARATOR)
    ]
    return gaps[0] if gaps else min(begin + 1, end - 1)


def _headline(lines: Sequence[Line], begin: int, end: int) -> int | None:
    """Return the first headline behind prose, or any heading."""
    prose = False
    for at in range(begin, end):
        heading = lines[at].block.kind == "heading"
        if (heading or (prose and is_headline(lines[at]))) and _has_prose(lines[at:end]):
            return at
        prose = prose or not is_headline(lines[at])
    return None


def _has_prose(lines: Sequence[Line]) -> bool:
    return any(not is_headline(line) for line in lines)
