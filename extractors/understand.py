"""From a document to a brief: which section each block belongs to, and what its rows are.

    blocks -> manuscript -> front matter | sections by heading -> shapes -> Brief

Every block ends in exactly one section, so that what no rule understood shows as ``other``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractors.dates import from_url, localise
from extractors.frontmatter import FrontMatter, read_front_matter
from extractors.manuscript import Line, Manuscript
from extractors.model import (
    Anchor,
    Block,
    Brief,
    Development,
    Document,
    Link,
    Printed,
    Stamp,
    Statement,
)
from extractors.profile import Profile, SectionRule
from extractors.shapes.labelled import is_title_case, read_developments
from extractors.shapes.link_lines import read_link_line
from extractors.shapes.quotations import read_statement

_MAX_SUBHEADING_WORDS = 14
_SUBHEADING_END = re.compile(r"[.,;:…”\"]$")


@dataclass(slots=True)
class _Found:
    """What the sections give, in printed order."""

    developments: list[Development] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    cited: set[int] = field(default_factory=set)  # starts of the lines that are citations


def understand(document: Document, profile: Profile) -> Brief:
    """Take ``document`` apart by ``profile``. Never fails: what it can't place is ``other``."""
    manuscript = Manuscript(_split_headings(document.blocks, profile))
    lines = manuscript.lines
    opens = [i for i, line in enumerate(lines) if _opens(line, profile)]
    first = opens[0] if opens else len(lines)
    front = read_front_matter(lines[:first], document, profile, sections_follow=bool(opens))
    found = _Found()
    _note_unknown(lines[:first], found)
    for begin, end in pairwise([*opens, len(lines)]):
        rule = profile.section_of(lines[begin].text)
        assert rule is not None
        lines[begin].section = rule.name
        _read_section(manuscript, lines[begin + 1 : end], rule, profile, found)
    _read_prose_links(lines, found)
    return _brief(document, profile, manuscript, front, found)


def _split_headings(blocks: Iterable[Block], profile: Profile) -> Iterable[Block]:
    """Split off a section heading that shares its block with text, before a line break."""
    for block in blocks:
        at = block.text.find("\n")
        if at == -1 or profile.section_of(block.text[:at]) is None:
            yield block
            continue
        yield replace(
            block,
            text=block.text[:at],
            anchors=tuple(a for a in block.anchors if a.end <= at),
            bold=min(block.bold, at),
        )
        below = at + 1
        yield replace(
            block,
            text=block.text[below:],
            anchors=tuple(
                Anchor(max(a.start - below, 0), a.end - below, a.url)
                for a in block.anchors
                if a.end > below
            ),
            bold=max(block.bold - below, 0),
        )


def _opens(line: Line, profile: Profile) -> bool:
    block = line.block
    return (
        block.kind != "item" and not block.marginal and profile.section_of(block.text) is not None
    )


def _is_subheading(line: Line) -> bool:
    """Tell whether a line heads a stretch of free prose: marked as such, or by its looks."""
    block = line.block
    if block.kind == "heading":
        return True
    text = block.text
    short = len(text.split()) <= _MAX_SUBHEADING_WORDS and not _SUBHEADING_END.search(text)
    if block.kind != "paragraph" or not short or "\n" in text:
        return False
    return block.bold == len(text) or is_title_case(text)


def _note_unknown(lines: Sequence[Line], found: _Found) -> None:
    found.unknown_headings += [
        line.text
        for line in lines
        if line.block.kind == "heading" and line.section in ("lead", "context", "other")
    ]


def _read_section(
    manuscript: Manuscript,
    lines: Sequence[Line],
    rule: SectionRule,
    profile: Profile,
    found: _Found,
) -> None:
    body = [line for line in lines if not _set_aside(line, profile)]
    if rule.shape == "labelled":
        rest = _labelled(manuscript, body, rule, found)
    elif rule.shape == "quotations":
        rest = _quotations(manuscript, body, rule, profile, found)
    elif rule.shape == "link_lines":
        rest = _link_lines(body, rule, found)
    else:
        for line in body:
            line.section = rule.name
        rest = []
    _free_prose(rest, found)


def _set_aside(line: Line, profile: Profile) -> bool:
    if line.block.marginal or profile.is_boilerplate(line.text):
        line.section = "boilerplate"
        return True
    return False


def _labelled(
    manuscript: Manuscript, lines: Sequence[Line], rule: SectionRule, found: _Found
) -> Sequence[Line]:
    """Read developments up to a subheading, or to prose that follows a list."""
    end = 0
    for line in lines:
        listed = any(above.block.kind == "item" for above in lines[:end])
        prose_below = listed and line.block.kind != "item" and line.block.level == 0
        if prose_below or (end and _is_subheading(line)):
            break
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
    found: _Found,
) -> Sequence[Line]:
    """Read statements one behind the other; the first line that starts none ends them."""
    at = 0
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


def _link_lines(lines: Sequence[Line], rule: SectionRule, found: _Found) -> Sequence[Line]:
    for i, line in enumerate(lines):
        link = read_link_line(line, under_heading=True)
        if link is None:
            return lines[i:]
        _cite(line, link, found)
    return ()


def _free_prose(lines: Sequence[Line], found: _Found) -> None:
    """Place what follows the understood part of a section: subheadings, prose, link lines."""
    for line in lines:
        link = read_link_line(line, under_heading=False)
        if link is not None:
            _cite(line, link, found)
            continue
        line.section = "context"
        if line.block.kind == "heading":
            found.unknown_headings.append(line.text)


def _cite(line: Line, link: Link, found: _Found) -> None:
    line.section = "background"
    found.links.append(link)
    found.cited.add(line.start)


def _read_prose_links(lines: Sequence[Line], found: _Found) -> None:
    """Add the anchors of all lines that are no citations, and put all links in printed order."""
    for line in lines:
        if line.start in found.cited or line.section in ("repeat", "boilerplate"):
            continue
        found.links += [
            Link(line.section, line.printed(anchor.start, anchor.end), url=anchor.url)
            for anchor in line.block.anchors
        ]
    found.links.sort(key=lambda link: link.text.start or 0)


def _brief(
    document: Document,
    profile: Profile,
    manuscript: Manuscript,
    front: FrontMatter,
    found: _Found,
) -> Brief:
    return Brief(
        text=manuscript.text,
        blocks=manuscript.placed(),
        profile=profile.name,
        profile_version=profile.version,
        publisher=profile.publisher,
        kind=front.kind,
        title=front.title or (Printed(document.title) if document.title else None),
        published=_published(document, profile, front),
        published_printed=front.published_printed,
        authors=front.authors or tuple(_locate(manuscript, name) for name in document.authors),
        developments=tuple(found.developments),
        statements=tuple(found.statements),
        links=tuple(found.links),
        url=document.url,
        canonical_url=document.canonical_url,
        language=document.language,
        license_url=document.license_url,
        noai=document.noai,
        unknown_headings=tuple(found.unknown_headings),
    )


def _published(document: Document, profile: Profile, front: FrontMatter) -> Stamp | None:
    """Choose the publisher's calendar day: printed, else metadata in local time, else the URL.

    The instant, where metadata gives one, stays beside a printed day.
    """
    stated = document.published
    if stated is not None and profile.timezone:
        stated = localise(stated, profile.timezone)
    on = front.published.on if front.published else None
    if on is None and stated is not None:
        on = stated.on
    if on is None:
        addresses = [a for a in (document.url, document.canonical_url) if a]
        on = next((day for a in addresses if (day := from_url(a))), None)
    if on is None and stated is None:
        return None
    return Stamp(on, stated.at if stated else None, stated.utc_offset_min if stated else None)


def _locate(manuscript: Manuscript, name: str) -> Printed:
    at = manuscript.text.find(name)
    return Printed(name, at, at + len(name)) if at != -1 else Printed(name)
