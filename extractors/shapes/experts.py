"""Experts who write under their names: round-ups, questions and answers, lists of contributors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line
from extractors.model import Printed
from extractors.names import is_person
from extractors.part import Found, Part
from extractors.shapes import questions, unquoted
from extractors.shapes.name_lines import read_name_line
from extractors.text import fold

_MAX_HEADLINE = 200  # characters
_PERSON_PAGE = re.compile(
    r"/(?:experts?|people|our-people|authors?|staff|scholars?|person|profile)/[^/]", re.I
)


def read_named(part: Part) -> Sequence[Line]:
    """Read prose with the expert's name above it; the rest is what follows the last expert."""
    return _unquoted(part, unquoted.named_parts(part.lines, _people(part)))


def read_signed(part: Part) -> Sequence[Line]:
    """Read prose with the expert's name below it; the rest is what follows the last expert."""
    return _unquoted(part, unquoted.signed_parts(part.lines, _people(part)))


def _unquoted(part: Part, shares: Sequence[unquoted.Share]) -> Sequence[Line]:
    if not shares:
        return part.lines
    lines = part.lines
    part.found.statements += unquoted.statements_of(
        part.manuscript, lines, shares, part.profile.organisations
    )
    begin, end = shares[0].begin, shares[-1].end
    part.place(lines[begin:end])
    short = {fold(line.text) for line in lines[begin:end] if len(line.text) <= _MAX_HEADLINE}
    for line in lines[:begin]:
        words = fold(line.text)
        if words in short or words.partition(": ")[2] in short:
            line.section = "repeat"  # the list to jump from
    return lines[end:]


def read_questions(part: Part) -> Sequence[Line]:
    """Read questions and answers; the bios below tell the authors' roles."""
    lines = part.lines
    begin = questions.begins(lines)
    if begin is None:
        return lines
    bios = questions.bios(lines[begin:], _people(part))
    told = [speaker for speakers in bios.values() for speaker in speakers]
    end = begin + min(bios, default=len(lines) - begin)
    said, used = questions.read_answers(
        part.manuscript, lines[begin:end], part.found.authors, told, part.profile.organisations
    )
    part.found.statements += said
    own = {*range(begin, begin + used), *(begin + at for at in bios)}
    part.place(lines[at] for at in own)
    return [line for at, line in enumerate(lines) if at >= begin + used and at not in own]


def read_contributors(part: Part) -> Sequence[Line]:
    """Read a list of names with posts: they wrote the brief, whatever its byline says."""
    lines = part.lines
    at = 0
    names: list[Printed] = []
    while at < len(lines):
        listed = read_name_line(lines, at, frozenset())
        if listed is None:
            break
        names += [speaker.name for speaker in listed.speakers]
        part.place(lines[at : at + listed.lines])
        at += listed.lines
    known = {fold(author.text) for author in part.found.authors}
    part.found.authors += tuple(name for name in names if fold(name.text) not in known)
    return lines[at:]


def _people(part: Part) -> frozenset[str]:
    """Return the folded names that are known to speak: authors, those with bios or name links."""
    return frozenset(_named(part.lines, part.found))


def _named(lines: Sequence[Line], found: Found) -> set[str]:
    named = {fold(author.text) for author in found.authors}
    for line in lines:
        name, colon, _ = line.text.partition(": ")
        if colon and is_person(name):
            named.add(fold(name))
        named |= {
            fold(line.text[a.start : a.end])
            for a in line.block.anchors
            if _PERSON_PAGE.search(a.url) and is_person(line.text[a.start : a.end])
        }
    return named
