"""What a page tells about people: cards below a heading, and bios wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.manuscript import Line
from extractors.profile import Profile
from extractors.shapes.bios import read_bios, told_in
from extractors.shapes.name_lines import read_name_line
from extractors.shapes.speakers import Speaker
from extractors.text import has_more_words

_PROSE_WORDS = 30


def read_cards(lines: Sequence[Line]) -> Iterator[Speaker]:
    """Yield the people on cards: a name, and the role behind it or on the line below."""
    at = 0
    while at < len(lines):
        card = read_name_line(lines, at, frozenset())
        if card is not None and card.run_in is None:
            yield from card.speakers
        at += card.lines if card is not None else 1


def tell(lines: Sequence[Line], profile: Profile) -> Iterator[Speaker]:
    """Yield whom the page tells about: on cards below their heading, and in sentences."""
    for at, line in enumerate(lines):
        if _heads_bios(line, profile):
            yield from read_cards(lines[at + 1 : _next_heading(lines, at + 1, profile)])
    for line in lines:
        yield from told_in(line)


def without_bios(lines: Sequence[Line], profile: Profile) -> list[Line]:
    """Set bios apart that stand above the text, with their heading; return the other lines."""
    for at, line in enumerate(lines):
        if _heads_bios(line, profile):
            end = at + 1
            while end < len(lines) and next(read_bios(lines[end]), None) is not None:
                end += 1
            rule = profile.section_of(line.text)
            if rule is None or end == at + 1:
                return list(lines)
            for told in lines[at:end]:
                told.section = rule.name
            return [*lines[:at], *lines[end:]]
        if has_more_words(line.text, _PROSE_WORDS - 1):
            break
    return list(lines)


def _heads_bios(line: Line, profile: Profile) -> bool:
    rule = profile.section_of(line.text)
    return rule is not None and rule.shape == "bios"


def _next_heading(lines: Sequence[Line], begin: int, profile: Profile) -> int:
    return next(
        (at for at in range(begin, len(lines)) if profile.section_of(lines[at].text)), len(lines)
    )
