"""Entries under fixed questions or under names in capitals, without a heading for them all.

asked:  What’s new? The army ...       capitals:  MERIDIA
        Why does it matter? ...                   The army ...
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line
from extractors.model import Development, Printed
from extractors.part import Part
from extractors.prose import is_subheading
from extractors.shapes.reported import read_told
from extractors.text import fold

_CAPITALS = re.compile(r"(?=.*[^\W\d_]{3})[^\W\d_a-z][^a-z]{2,60}")
_CAPITAL_WORD = r"(?:(?:(?!\d)[^\Wa-z_])+(?:[’'-](?:(?!\d)[^\Wa-z_])+)*|&)"
_ACRONYMS = r"(?:UN|US|EU|UK|AU|NATO|IAEA)"
_LEADING = re.compile(
    rf"(?!(?:A|I)\b){_CAPITAL_WORD}(?:[ ,/-]+{_CAPITAL_WORD}){{0,4}}(?<!\bA)(?<!\bI)"
    r"(?:[:,.]? *[–—-])?[:,.]? +"
    rf"(?=[“\"‘'(]?(?:\d|[^\W\d_a-z](?:[a-z]|['’. ])|{_ACRONYMS}\b))"
)
_BEHIND = " :,.–—-"  # what parts a headline from the text behind it
_DASHED = re.compile(r"[:–—]|\s-")
_ACRONYM = re.compile(rf"(?<=\S) +{_ACRONYMS}\s+$")


def read_asked(part: Part) -> Sequence[Line]:
    """Read one entry for each of the rule's headings: above its text, or run into it."""
    lines = part.lines
    found: list[tuple[Printed, int, int]] = []  # the question, and the text below it
    if part.heading is not None and lines and not is_subheading(lines[0]):
        question = part.heading.printed(0, len(part.heading.text))
        found.append((question, lines[0].start, lines[0].end))
    at = 0
    while at < len(lines):
        line = lines[at]
        end = _question_end(line, part.rule.headings)
        if found and is_subheading(line):
            break
        if end is not None:
            found.append((line.printed(0, end), line.start + end, line.end))
        elif found:
            found[-1] = (*found[-1][:2], line.end)
        if found:
            part.place([line])
        at += 1
    part.found.developments += [
        Development(question, part.manuscript.printed(start, end)) for question, start, end in found
    ]
    return lines[at:] if found else lines


def _question_end(line: Line, questions: frozenset[str]) -> int | None:
    end = line.text.find("?") + 1
    if not end or end == len(line.text) or line.block.kind == "heading":
        return None
    return end if fold(line.text[:end]) in questions else None


def read_capitals(part: Part) -> Sequence[Line]:
    """Read entries whose headline stands in capitals, alone or before the text."""
    lines = part.lines
    headline: Printed | None = None
    begin: int | None = None
    for line in lines:
        end = _capitals_end(line)
        if end is not None:
            headline, begin = line.printed(0, len(line.text[:end].rstrip(_BEHIND))), None
            part.place([line])
        elif headline is None:
            continue
        elif is_subheading(line):
            headline = None
            continue
        if end == len(line.text):
            continue
        if headline is not None:
            start = line.start + (end or 0)
            text = part.manuscript.printed(start if begin is None else begin, line.end)
            opens = begin is None
            if not opens:
                part.found.developments.pop()
            begin = text.start
            part.found.developments.append(Development(headline, text))
            part.place([line])
            if part.profile.told and opens:
                part.found.statements += read_told(
                    part.manuscript, line, part.profile.organisations
                )
    return [line for line in lines if line.section not in (part.rule.name, "boilerplate")]


def opens_in_capitals(line: Line) -> bool:
    """Tell whether ``line`` is an entry whose headline in capitals stands before the text."""
    end = _capitals_end(line)
    return end is not None and end < len(line.text)


def is_capitals(line: Line) -> bool:
    """Tell whether ``line`` is a headline in capitals alone, with the text of its entry below."""
    return _capitals_end(line) == len(line.text)


def _capitals_end(line: Line) -> int | None:
    """Return where a headline in capitals ends in ``line``, or None."""
    if line.block.kind not in ("paragraph", "heading"):
        return None
    text = line.text
    if _CAPITALS.fullmatch(text):
        return len(text)
    bold = text[: line.block.bold].rstrip()
    if bold.isupper() and len(bold) > 3 and len(bold) < len(text):
        return len(text) - len(text[line.block.bold :].lstrip(_BEHIND))
    m = _LEADING.match(text)
    least = 3 if m is not None and _DASHED.search(m[0]) else 4
    if m is None or len(m[0].strip(_BEHIND + ",/&")) < least:
        return None
    # "MERIDIA UN envoys ...": the last capitals begin the text
    acronym = _ACRONYM.search(m[0]) if " " in m[0].strip() else None
    return acronym.start() + 1 if acronym else m.end()
