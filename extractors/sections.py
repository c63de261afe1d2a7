"""Sections: from the heading that opens one to the rows in it, and the prose that follows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from extractors.frontmatter import read_dateline
from extractors.manuscript import Line, Manuscript
from extractors.model import Development, Link, Printed, Statement
from extractors.names import is_person
from extractors.profile import Profile, SectionRule
from extractors.shapes import questions
from extractors.shapes.footnotes import is_footnote, plain_links
from extractors.shapes.items import read_headed, read_run_in, summary_end
from extractors.shapes.labelled import read_developments
from extractors.shapes.link_lines import read_link_line, read_pointer
from extractors.shapes.name_lines import read_name_line
from extractors.shapes.quotations import read_statement
from extractors.shapes.reported import read_reported
from extractors.shapes.unquoted import named_parts, signed_parts, statements_of
from extractors.text import fold, is_title_case, opens_quotation

_MAX_SUBHEADING_WORDS = 14
_SUBHEADING_END = re.compile(r"[.,;:…”\"]$")
_MAX_TEASER_WORDS = 30
_SUMMARY = (3, 6)  # so many items sum a brief up where no heading says that they do
_MAX_HEADLINE = 200
_YEAR = re.compile(r"\d{4}")
_PERSON_PAGE = re.compile(
    r"/(?:experts?|people|our-people|authors?|staff|scholars?|person)/[^/]", re.I
)
# An editor's sentence may introduce the experts; more than that is no section of statements.
_MAX_INTRODUCTION = 2


@dataclass(slots=True)
class Found:
    """What the sections give, in printed order."""

    developments: list[Development] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    authors: tuple[Printed, ...] = ()  # who wrote the brief, as far as its front says
    cited: set[int] = field(default_factory=set)  # starts of the lines that are citations
    listed: bool = False  # a heading with citations below it has been read


def read_section(
    manuscript: Manuscript, lines: Sequence[Line], rule: SectionRule, profile: Profile, found: Found
) -> None:
    """Read the section that the heading ``lines[0]`` opens, up to the next section's heading."""
    lines[0].section = rule.name
    body = [line for line in lines[1:] if not set_aside(line, profile)]
    body = take_singles(manuscript, body, profile, found)
    if rule.shape in ("link_lines", "printed_links"):
        rest = _link_lines(lines[0], body, rule, found)
    else:
        rest = _read_shape(manuscript, body, rule, profile, found)
    _free_prose(rest, found)


def read_self_opening(
    manuscript: Manuscript, lines: Sequence[Line], rule: SectionRule, profile: Profile, found: Found
) -> int | None:
    """Read a section that no heading opens, where its shape begins in ``lines``.

    Returns the index of its first line, or None if there is none.
    """
    kept = [line for line in lines if not set_aside(line, profile)]
    body: Sequence[Line] = take_singles(manuscript, kept, profile, found)
    if rule.shape == "summary":
        body = _from_first_item(body)
    _read_shape(manuscript, body, rule, profile, found)
    read = [i for i, line in enumerate(lines) if line.section == rule.name]
    if not read:
        return None
    _free_prose([line for line in lines[read[-1] + 1 :] if line.section == "lead"], found)
    return read[0]


def _from_first_item(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines from the first list on, if it is short enough to sum a brief up."""
    at = next((i for i, line in enumerate(lines) if line.block.kind == "item"), len(lines))
    size = sum(1 for _ in takewhile(lambda line: line.block.kind == "item", lines[at:]))
    return lines[at:] if _SUMMARY[0] <= size <= _SUMMARY[1] else ()


def _read_shape(
    manuscript: Manuscript, body: Sequence[Line], rule: SectionRule, profile: Profile, found: Found
) -> Sequence[Line]:
    """Read ``body`` in its section's shape and return the lines that do not belong to it."""
    if rule.shape == "labelled":
        return _labelled(manuscript, body, rule, found)
    if rule.shape == "summary":
        end = summary_end(body)
        _items(read_developments(manuscript, body[:end], labels="none"), body[:end], rule, found)
        return body[end:]
    if rule.shape == "contributors":
        return _contributors(body, rule, found)
    if rule.shape == "headed":
        return _items(read_headed(manuscript, body, rule.groups), body, rule, found)
    if rule.shape == "run_in":
        return _items(read_run_in(manuscript, body, rule.groups), body, rule, found)
    if rule.shape == "quotations":
        return _quotations(manuscript, body, rule, profile, found)
    if rule.shape in ("named", "signed"):
        return _unquoted(manuscript, body, rule, profile, found)
    if rule.shape == "questions":
        return _questions(manuscript, body, rule, profile, found)
    for line in body:
        line.section = rule.name
    return ()


def take_singles(
    manuscript: Manuscript, lines: Sequence[Line], profile: Profile, found: Found
) -> list[Line]:
    """Take out the lines that are something by themselves: reported statements and citations."""
    rest = []
    for line in lines:
        if profile.is_citation(line.text) or is_footnote(line):
            _cite_plainly(line, found)
        elif (link := read_pointer(line)) is not None:
            _cite(line, link, found)
        elif profile.reported and (said := read_reported(manuscript, line, profile.organisations)):
            line.section = "statements"
            found.statements += said
        else:
            rest.append(line)
    return rest


def _items(
    developments: Sequence[Development], lines: Sequence[Line], rule: SectionRule, found: Found
) -> Sequence[Line]:
    found.developments += developments
    for line in lines:
        line.section = rule.name
    return ()


def _contributors(lines: Sequence[Line], rule: SectionRule, found: Found) -> Sequence[Line]:
    """Read a list of names with posts: they wrote the brief, whatever its byline says."""
    at = 0
    names: list[Printed] = []
    while at < len(lines):
        listed = read_name_line(lines, at, frozenset())
        if listed is None:
            break
        names += [speaker.name for speaker in listed.speakers]
        for line in lines[at : at + listed.lines]:
            line.section = rule.name
        at += listed.lines
    known = {fold(author.text) for author in found.authors}
    found.authors += tuple(name for name in names if fold(name.text) not in known)
    return lines[at:]


def _unquoted(
    manuscript: Manuscript, lines: Sequence[Line], rule: SectionRule, profile: Profile, found: Found
) -> Sequence[Line]:
    """Read experts' prose with their names above or below; the rest is what follows the last."""
    people = _people(lines, found)
    find = named_parts if rule.shape == "named" else signed_parts
    parts = find(lines, people)
    if not parts:
        return lines
    found.statements += statements_of(manuscript, lines, parts, profile.organisations)
    begin, end = parts[0].begin, parts[-1].end
    headed = {fold(line.text) for line in lines[begin:end] if len(line.text) <= _MAX_HEADLINE}
    for line in lines[begin:end]:
        line.section = rule.name
    for line in lines[:begin]:
        words = fold(line.text)
        if words in headed or words.partition(": ")[2] in headed or words in people:
            line.section = "repeat"  # the list to jump from
    return lines[end:]


def _people(lines: Sequence[Line], found: Found) -> frozenset[str]:
    """Return the folded names that are known to speak: authors, those with bios or name links."""
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
    return frozenset(named)


def _questions(
    manuscript: Manuscript, lines: Sequence[Line], rule: SectionRule, profile: Profile, found: Found
) -> Sequence[Line]:
    """Read questions and answers; the bios below tell the authors' roles."""
    begin = questions.begins(lines)
    if begin is None:
        return lines
    bios = questions.bios(lines[begin:], _people(lines, found))
    told = [speaker for speakers in bios.values() for speaker in speakers]
    end = begin + min(bios, default=len(lines) - begin)
    said, used = questions.read_answers(
        manuscript, lines[begin:end], found.authors, told, profile.organisations
    )
    found.statements += said
    for line in [*lines[begin : begin + used], *(lines[begin + at] for at in bios)]:
        line.section = rule.name
    return [line for line in lines[begin + used :] if line.section != rule.name]


def without_teasers(lines: Sequence[Line], profile: Profile) -> list[Line]:
    """Set side columns apart that announce other pieces, and return the lines that are left."""
    linked = any(line.block.anchors for line in lines)
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        if not _heads_teasers(lines, at, profile):
            kept.append(lines[at])
            at += 1
            continue
        end = at + 1
        while end < len(lines) and _announces(lines[end], profile, linked=linked):
            end += 1
        if linked or end == len(lines):
            for line in lines[at:end]:
                line.section = "boilerplate"
        else:  # without links nothing tells where a column in the midst of the text ends
            kept += lines[at:end]
        at = end
    return kept


def _heads_teasers(lines: Sequence[Line], at: int, profile: Profile) -> bool:
    rule = profile.section_of(lines[at].text)
    if rule is None or lines[at].block.kind == "item":
        return False
    if rule.shape == "printed_links" and profile.publisher is not None:
        below = lines[at + 1] if at + 1 < len(lines) else None
        return below is not None and read_link_line(below, under_heading=False) is None
    return rule.shape == "teasers"


def _announces(line: Line, profile: Profile, *, linked: bool) -> bool:
    """Tell whether a short line belongs to a side column."""
    text = line.text
    if len(text.split()) > _MAX_TEASER_WORDS:
        return False
    rule = profile.section_of(text)
    if rule is not None and rule.name != "boilerplate":
        return False
    return not linked or bool(line.block.anchors) or _YEAR.search(text) is not None


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
    found.developments += read_developments(
        manuscript, lines[:end], nested_own=rule.nested_own, labels=rule.labels
    )
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
    if _YEAR.search(lines[at].text) is None:
        return read_dateline(below) is not None
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
            line.heads = True
            found.unknown_headings.append(line.text)


def _cite_plainly(line: Line, found: Found) -> None:
    """Add a line that only leads elsewhere: its anchors, else its addresses, else itself."""
    line.section = "background"
    found.cited.add(line.start)
    found.links += plain_links(line)


def _cite(line: Line, link: Link, found: Found) -> None:
    line.section = "background"
    found.links.append(link)
    found.cited.add(line.start)
