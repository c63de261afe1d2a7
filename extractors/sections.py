"""Sections: from the heading that opens one to the rows in it, and the prose that follows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.frontmatter import read_dateline
from extractors.manuscript import Line, Manuscript
from extractors.model import Development, Link, Statement
from extractors.profile import Profile, SectionRule
from extractors.shapes.labelled import read_developments
from extractors.shapes.link_lines import read_link_line
from extractors.shapes.quotations import read_statement
from extractors.text import is_title_case, opens_quotation

_MAX_SUBHEADING_WORDS = 14
_SUBHEADING_END = re.compile(r"[.,;:…”\"]$")
_MAX_TEASER_WORDS = 30
# An editor's sentence may introduce the experts; more than that is no section of statements.
_MAX_INTRODUCTION = 2


@dataclass(slots=True)
class Found:
    """What the sections give, in printed order."""

    developments: list[Development] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    cited: set[int] = field(default_factory=set)  # starts of the lines that are citations
    listed: bool = False  # a heading with citations below it has been read


def read_section(
    manuscript: Manuscript, lines: Sequence[Line], rule: SectionRule, profile: Profile, found: Found
) -> None:
    """Read the section that the heading ``lines[0]`` opens, up to the next section's heading."""
    lines[0].section = rule.name
    body = [line for line in lines[1:] if not set_aside(line, profile)]
    if rule.shape == "labelled":
        rest = _labelled(manuscript, body, rule, found)
    elif rule.shape == "quotations":
        rest = _quotations(manuscript, body, rule, profile, found)
    elif rule.shape in ("link_lines", "printed_links"):
        rest = _link_lines(lines[0], body, rule, found)
    else:
        for line in body:
            line.section = rule.name
        rest = []
    _free_prose(rest, found)


def set_aside(line: Line, profile: Profile) -> bool:
    """Mark ``line`` as boilerplate if the page or the profile says that it is."""
    if line.block.marginal or profile.is_boilerplate(line.text):
        line.section = "boilerplate"
        return True
    return False


def _is_subheading(line: Line) -> bool:
    """Tell whether a line heads a stretch of free prose: marked as such, or by its looks."""
    block = line.block
    if block.kind == "heading":
        return True
    text = block.text
    short = len(text.split()) <= _MAX_SUBHEADING_WORDS and not _SUBHEADING_END.search(text)
    if block.kind != "paragraph" or not short or "\n" in text:
        return False
    return block.bold == len(text) or (is_title_case(text) and not opens_quotation(text))


def _labelled(
    manuscript: Manuscript, lines: Sequence[Line], rule: SectionRule, found: Found
) -> Sequence[Line]:
    """Read developments up to a subheading, or to prose that follows a list."""
    end = 0
    listed = False
    for line in lines:
        prose_below = listed and line.block.kind != "item" and line.block.level == 0
        if prose_below or (end and _is_subheading(line)):
            break
        listed = listed or line.block.kind == "item"
        end += 1
    for line in lines[:end]:
        line.section = rule.name
    found.developments += read_developments(manuscript, lines[:end])
    return lines[end:]


def _quotations(
    manuscript: Manuscript,
    lines: Sequence[Line],
    rule: SectionRule,
    profile: Profile,
    found: Found,
) -> Sequence[Line]:
    """Read statements one behind the other; the first line that starts none ends them."""
    at = _introduction(manuscript, lines, profile)
    for line in lines[:at]:
        line.section = "context"
    while at < len(lines):
        read = read_statement(manuscript, lines, at, profile.organisations)
        if read is None:
            break
        statement, behind = read
        found.statements.append(statement)
        for line in lines[at:behind]:
            line.section = rule.name
        at = behind
    return lines[at:]


def _introduction(manuscript: Manuscript, lines: Sequence[Line], profile: Profile) -> int:
    """Return how many lines stand between the heading and the first statement."""
    for at, line in enumerate(lines[: _MAX_INTRODUCTION + 1]):
        if read_statement(manuscript, lines, at, profile.organisations):
            return at
        if _is_subheading(line) or read_link_line(line, under_heading=False):
            break
    return 0


def _link_lines(
    heading: Line, lines: Sequence[Line], rule: SectionRule, found: Found
) -> Sequence[Line]:
    """Read citations, up to prose or to a side column; one list of them is all that a brief has."""
    bare = rule.shape == "link_lines"
    if found.listed or not lines or _is_teaser(lines, 0):
        return _teasers([heading, *lines])
    if not bare and not read_link_line(lines[0], under_heading=False):
        return _teasers([heading, *lines])
    for i, line in enumerate(lines):
        if _is_teaser(lines, i):
            return _teasers(lines[i:])
        link = read_link_line(line, under_heading=True)
        if link is None:
            return lines[i:]
        _cite(line, link, found)
        found.listed = True
    return ()


def _is_teaser(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line announces another piece with its dateline, as side columns do."""
    words = lines[at].text.split()
    if len(words) > _MAX_TEASER_WORDS:
        return False
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return any(read_dateline(" ".join(words[n:])) for n in range(len(words))) or (
        read_dateline(below) is not None
    )


def _teasers(lines: Sequence[Line]) -> Sequence[Line]:
    """Set a side column apart: its short lines; prose below it is the brief's again."""
    for i, line in enumerate(lines):
        if len(line.text.split()) > _MAX_TEASER_WORDS:
            return lines[i:]
        line.section = "boilerplate"
    return ()


def _free_prose(lines: Sequence[Line], found: Found) -> None:
    """Place what follows the understood part of a section: subheadings, prose, link lines."""
    for line in lines:
        link = read_link_line(line, under_heading=False)
        if link is not None:
            _cite(line, link, found)
            continue
        line.section = "context"
        if _is_subheading(line):
            found.unknown_headings.append(line.text)


def _cite(line: Line, link: Link, found: Found) -> None:
    line.section = "background"
    found.links.append(link)
    found.cited.add(line.start)
