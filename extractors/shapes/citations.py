"""Sections of citations: link lines under a heading, up to prose or to a side column."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.datelines import read_dateline
from extractors.manuscript import Line
from extractors.part import Part
from extractors.shapes.link_lines import read_link_line
from extractors.teasers import is_teaser, set_teasers_aside


def read_links(part: Part) -> Sequence[Line]:
    """Read link lines; one list of them is all that a brief has, another is a side column."""
    lines = part.lines
    if part.found.listed or not lines or is_teaser(lines, 0):
        return read_teasers(part)
    for i, line in enumerate(lines):
        if i and _dates_what_is_above(lines, i):
            line.section = "boilerplate"
            continue
        if is_teaser(lines, i):
            return set_teasers_aside(lines[i:])
        link = read_link_line(line, under_heading=True)
        if link is None:
            return lines[i:]
        part.found.cite(line, [link])
        part.found.listed = True
    return ()


def _dates_what_is_above(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is but a day, of the link above it or of the page, not of a teaser."""
    if read_dateline(lines[at].text) is None:
        return False
    return at + 1 == len(lines) or read_link_line(lines[at + 1], under_heading=False) is not None


def read_printed_links(part: Part) -> Sequence[Line]:
    """Read link lines where the first one has a citation's form: side columns have headings too."""
    if part.lines and not read_link_line(part.lines[0], under_heading=False):
        return read_teasers(part)
    return read_links(part)


def read_teasers(part: Part) -> Sequence[Line]:
    """Set a side column apart with its heading."""
    heading = [part.heading] if part.heading is not None else []
    return set_teasers_aside([*heading, *part.lines])
