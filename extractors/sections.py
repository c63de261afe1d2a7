"""Sections: from the heading that opens one to the rows in it, and the prose that follows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from extractors.manuscript import Line, Manuscript
from extractors.part import Found, Part
from extractors.profile import BY_EXPERTS, Profile, SectionRule
from extractors.prose import read_prose
from extractors.shapes.abstract import read_abstract
from extractors.shapes.citations import read_links, read_printed_links, read_teasers
from extractors.shapes.entries import is_capitals, opens_in_capitals, read_asked, read_capitals
from extractors.shapes.experts import (
    read_contributors,
    read_named,
    read_questions,
    read_signed,
)
from extractors.shapes.footnotes import is_footnote, plain_links
from extractors.shapes.headed import read_headed
from extractors.shapes.insets import without_insets
from extractors.shapes.items import read_run_in, read_summary
from extractors.shapes.labelled import read_labelled
from extractors.shapes.link_lines import read_pointer
from extractors.shapes.listed import read_listed
from extractors.shapes.quotations import read_quotations
from extractors.shapes.reported import read_reported, read_told


def _read_plain(part: Part) -> Sequence[Line]:
    part.place(part.lines)
    return ()


READERS: Mapping[str, Callable[[Part], Sequence[Line]]] = MappingProxyType(
    {
        "labelled": read_labelled,
        "summary": read_summary,
        "abstract": read_abstract,
        "run_in": read_run_in,
        "headed": read_headed,
        "quotations": read_quotations,
        "named": read_named,
        "signed": read_signed,
        "questions": read_questions,
        "asked": read_asked,
        "capitals": read_capitals,
        "contributors": read_contributors,
        "listed": read_listed,
        "bios": _read_plain,
        "link_lines": read_links,
        "printed_links": read_printed_links,
        "prose": _read_plain,
        "teasers": read_teasers,
    }
)
"""Each shape's reader: it places the lines it understands and returns those behind them."""

_SUMMING = ("abstract", "labelled")
_LISTING = (*_SUMMING, "summary")


def read_section(
    manuscript: Manuscript, lines: Sequence[Line], rule: SectionRule, profile: Profile, found: Found
) -> None:
    """Read the section that the heading ``lines[0]`` opens, up to the next section's heading."""
    lines[0].section = rule.name
    body = [line for line in lines[1:] if not set_aside(line, profile)]
    body = take_singles(manuscript, body, profile, found)
    listed = without_insets(body) if rule.shape in _LISTING else body
    rest = READERS[rule.shape](Part(manuscript, lines[0], listed, rule, profile, found))
    if rule.shape in _SUMMING:
        rest = _read_experts(manuscript, rest, profile, found)
    read_prose(rest, found)


def _read_experts(
    manuscript: Manuscript, lines: Sequence[Line], profile: Profile, found: Found
) -> Sequence[Line]:
    """Read the experts' words below a summary, which need no heading; return what is left."""
    for rule in profile.sections:
        if rule.shape in BY_EXPERTS and rule.opens_itself and lines:
            begin = read_self_opening(manuscript, lines, rule, profile, found)
            lines = lines if begin is None else lines[:begin]
    return lines


def read_self_opening(
    manuscript: Manuscript, lines: Sequence[Line], rule: SectionRule, profile: Profile, found: Found
) -> int | None:
    """Read a section that no heading opens, where its shape begins in ``lines``.

    Returns the index of its first line, or None if there is none.
    """
    body = [line for line in lines if not set_aside(line, profile)]
    body = take_singles(manuscript, body, profile, found)
    rest = READERS[rule.shape](Part(manuscript, None, body, rule, profile, found))
    begin = next((i for i, line in enumerate(lines) if line.section == rule.name), None)
    if begin is not None:
        behind = [line for line in rest if line.start > lines[begin].start]
        read_prose([line for line in behind if line.section in ("lead", "other")], found)
    return begin


def set_aside(line: Line, profile: Profile) -> bool:
    """Mark ``line`` as boilerplate if it is furniture, or the publisher's name alone."""
    if line.block.marginal or profile.names_house(line.text):
        line.section = "boilerplate"
        return True
    return False


def take_singles(
    manuscript: Manuscript, lines: Sequence[Line], profile: Profile, found: Found
) -> list[Line]:
    """Take out the lines that are something by themselves: reported statements and citations."""
    rest = []
    entries = any(rule.shape == "capitals" for rule in profile.sections)
    for above, line in zip((None, *lines), lines, strict=False):
        if entries and (opens_in_capitals(line) or (above and is_capitals(above))):
            rest.append(line)  # whoever is reported to say something in it is read with it
        elif profile.is_citation(line.text) or is_footnote(line):
            found.cite(line, plain_links(line))
        elif (link := read_pointer(line)) is not None:
            found.cite(line, [link])
        elif (
            profile.reported and (said := read_reported(manuscript, line, profile.organisations))
        ) or (profile.told and (said := read_told(manuscript, line, profile.organisations))):
            line.section = "statements"
            found.statements += said
        else:
            rest.append(line)
    return rest
