"""Which lines are headings that open sections of the brief."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractors.author_lists import labels_authors
from extractors.headings import heading_key
from extractors.manuscript import Line, Manuscript
from extractors.model import Document
from extractors.profile import Profile, SectionRule
from extractors.shapes.labelled import next_labelled
from extractors.shapes.link_lines import read_link_line
from extractors.shapes.quotations import goes_on_below
from extractors.text import fold
from extractors.titles import explicit_title

_FRONT = 20
"""Among so many lines at the start a page's title is looked for."""
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"')
_WINDOW = 24  # lines around a box that tell whether its section goes on
_BOXES = ("teasers", "printed_links")


def openings(lines: Sequence[Line], document: Document, profile: Profile) -> list[int]:
    """Return the places of the headings that open sections.

    None stands above the title ("Expert Comment" there is the kind of piece), and links for further
    reading never come first: a side column does.
    """
    titled = explicit_title(lines[:_FRONT], document, profile)
    opens = [
        (i, rule)
        for i, line in enumerate(lines)
        if line.block.kind != "item"
        and not line.block.marginal
        and (rule := profile.section_of(line.text)) is not None
    ]
    if titled is not None:
        below = [(i, rule) for i, rule in opens if lines[i].start > titled.start]
        opens = below or [
            (i, rule)
            for i, rule in opens
            if rule.shape != "teasers" and fold(lines[i].text) not in profile.kinds
        ]
    while opens and labels_authors(lines, *opens[0]):
        del opens[0]
    opens = _without_contents(opens, lines)
    behind: tuple[str, ...] = ("background", "boilerplate")
    if any(rule.opens_itself for rule in profile.sections):
        behind = ()  # what needs no heading may stand above them
    main = next((n for n, (_, rule) in enumerate(opens) if rule.name not in behind), 0)
    return [i for i, _ in opens[main:]]


def _without_contents(
    opens: list[tuple[int, SectionRule]], lines: Sequence[Line]
) -> list[tuple[int, SectionRule]]:
    """Return ``opens`` without the entries of a table of contents.

    Such an entry comes again as a heading, and nothing is told or cited between the two.
    """
    last = {heading_key(lines[at].text): at for at, _ in opens}
    if len(last) == len(opens):
        return opens

    told = [i for i, line in enumerate(lines) if line.text.endswith(_SENTENCE_ENDS)]

    def tells(begin: int, end: int) -> bool:
        if bisect_right(told, begin) < bisect_left(told, end):
            return True
        return read_link_line(lines[begin + 1], under_heading=False) is not None

    again = ((at, rule, last[heading_key(lines[at].text)]) for at, rule in opens)
    return [(at, rule) for at, rule, end in again if at == end or tells(at, end)]


def first_headline(lines: Sequence[Line]) -> Line | None:
    """Return the line that repeats the title as the headline of the first item: others are alike.

    It stands right above the first line of the text.
    """
    first = next((at for at, line in enumerate(lines) if line.section == "lead"), 0)
    above = lines[first - 1] if first else None
    if above is None or above.section != "repeat" or not _heads(above):
        return None
    rank = (above.block.kind, above.block.level)
    alike = any(
        _heads(line) and (line.block.kind, line.block.level) == rank for line in lines[first + 1 :]
    )
    return above if alike and not _heads(lines[first]) else None


def _heads(line: Line) -> bool:
    return line.block.kind == "heading" or line.block.bold == len(line.text)


def without_boxes(
    opens: Sequence[int], manuscript: Manuscript, lines: Sequence[Line], profile: Profile
) -> list[int]:
    """Return ``opens`` without the headings of boxes that stand within a section.

    Behind such a box come another expert's words, or another bullet with a label.
    """
    kept: list[int] = []
    for at, end in pairwise((*opens, len(lines))):
        rule = profile.section_of(lines[at].text)
        above = profile.section_of(lines[kept[-1]].text) if kept else None
        goes_on = False
        if rule is not None and rule.shape in _BOXES and above is not None and at + 1 < end:
            cites = read_link_line(lines[at + 1], under_heading=False) is not None
            if above.shape == "quotations" and not cites:
                window = lines[at : min(end, at + _WINDOW)]
                goes_on = goes_on_below(manuscript, window, 0, profile.organisations)
            elif above.shape == "labelled" and not cites:
                begin = max(kept[-1] + 1, at - _WINDOW)
                window = lines[begin : min(end, at + _WINDOW)]
                goes_on = next_labelled(window, at - begin) is not None
        if not goes_on:
            kept.append(at)
    return kept
