"""From a document to a brief: which section each block belongs to, and what its rows are.

    blocks -> manuscript -> front matter | sections by heading -> shapes -> Brief

Every block ends in exactly one section, so that what no rule understood shows as ``other``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from extractors.author_lists import closing_authors
from extractors.boxes import with_points
from extractors.dates import from_url, localise
from extractors.declared import declared_authors
from extractors.front_values import FrontMatter, completed
from extractors.frontmatter import read_front_matter
from extractors.furniture import set_apart
from extractors.letters import authors_in_letter
from extractors.line_breaks import part_lines
from extractors.manuscript import Line, Manuscript
from extractors.model import Brief, Development, Document, Link, Printed, Stamp
from extractors.openings import first_headline, openings, without_boxes
from extractors.part import Found
from extractors.profile import BY_EXPERTS, Profile, SectionRule
from extractors.prose import tells
from extractors.sections import read_section, read_self_opening, set_aside, take_singles
from extractors.shapes.cards import tell, without_bios
from extractors.shapes.footnotes import cite_notes, part_notes
from extractors.shapes.speakers import Roles
from extractors.teasers import without_teasers
from extractors.text import fold
from extractors.titles import declared_title
from extractors.truncation import is_truncated

_AROUND = ("background", "boilerplate", "other")


def understand(document: Document, profile: Profile) -> Brief:
    """Take ``document`` apart by ``profile``. Never fails: what it can't place is ``other``."""
    blocks = part_lines(with_points(document.blocks, profile), profile)
    manuscript = Manuscript(set_apart(blocks, profile))
    lines = without_bios(without_teasers(manuscript.lines, profile), profile)
    lines, notes = part_notes(lines, profile)
    opens = openings(lines, document, profile)
    opens = without_boxes(opens, manuscript, lines, profile)
    first = opens[0] if opens else len(lines)
    follow = bool(opens) or any(rule.opens_itself or rule.titles for rule in profile.sections)
    front = read_front_matter(lines[:first], document, profile, sections_follow=follow)
    front = completed(front, lines, first, document, profile)
    title = front.title or declared_title(document, profile, lines)
    told = authors_in_letter(lines[:first])
    authors = told or declared_authors(front.authors, document.authors, manuscript)
    found = Found(authors=authors or closing_authors(lines, profile))
    if any(rule.shape in BY_EXPERTS for rule in profile.sections):
        found.roles = Roles(tell(manuscript.lines, profile))
    cite_notes(notes, found)
    rules = profile.sections_of([lines[at].text for at in opens])
    other = front.kind is not None and title is not None and _is_other(front.kind, title, profile)
    named = title.text if title is not None else None
    bare = [
        rule
        for rule in profile.sections
        if rule.opens_below(
            front.kind.text if other and front.kind and rule.shape == "headed" else named
        )
    ]
    _read_lead(manuscript, lines[:first], bare, rules, profile, found)
    _note_unknown(lines[:first], found)
    for rule, (begin, end) in zip(rules, pairwise([*opens, len(lines)]), strict=True):
        read_section(manuscript, lines[begin:end], rule, profile, found)
    _read_prose_links(lines, found)
    return _brief(document, profile, manuscript, front, title, found)


def _is_other(kind: Printed, title: Printed, profile: Profile) -> bool:
    """Tell whether the piece is of a kind that its title does not name: a commentary on it."""
    return fold(kind.text) in profile.kinds and fold(kind.text) not in fold(title.text)


def _read_lead(
    manuscript: Manuscript,
    lines: Sequence[Line],
    bare: Sequence[SectionRule],
    headed: Sequence[SectionRule],
    profile: Profile,
    found: Found,
) -> None:
    """Read what stands above the first heading: sections without one, and an introduction.

    The introduction tells what happened if the profile says so, and no abstract below does. Where
    no section follows it is no introduction but the piece itself.
    """
    opened = any(rule.name not in _AROUND for rule in headed)  # more than stands around any piece
    lead = [line for line in lines if line.section == "lead"]
    lead = take_singles(manuscript, lead, profile, found)
    for rule in bare:
        if rule.titles is not None and opened:
            continue
        if rule.shape == "headed" and (again := first_headline(lines)) is not None:
            lead = [again, *lead]  # an item of it is what the brief is called by
        begin = read_self_opening(manuscript, lead, rule, profile, found)
        if begin is not None:
            lead, opened = lead[:begin], True
    lead = [line for line in lead if line.section == "lead" and not set_aside(line, profile)]
    leads = profile.lead == "developments" and all(rule.shape != "abstract" for rule in headed)
    for line in lead:
        if not opened:
            line.section = "context"
        elif leads and tells(line):
            line.section = "developments"
            found.developments.append(Development(None, line.printed(0, len(line.text))))


def _note_unknown(lines: Sequence[Line], found: Found) -> None:
    found.unknown_headings += [
        line.text
        for line in lines
        if line.block.kind == "heading" and line.section in ("lead", "context", "other")
    ]


def _read_prose_links(lines: Sequence[Line], found: Found) -> None:
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
    title: Printed | None,
    found: Found,
) -> Brief:
    return Brief(
        text=manuscript.text,
        blocks=manuscript.placed(),
        profile=profile.name,
        profile_version=profile.version,
        publisher=profile.publisher,
        kind=front.kind,
        title=title,
        published=_published(document, profile, front),
        published_printed=front.published_printed,
        authors=found.authors,
        developments=tuple(found.developments),
        statements=tuple(found.statements),
        links=tuple(found.links),
        url=document.url,
        canonical_url=document.canonical_url,
        language=document.language,
        license_url=document.license_url,
        noai=document.noai,
        truncated=is_truncated(manuscript.lines, found.statements, profile),
        unknown_headings=tuple(found.unknown_headings),
    )


def _published(document: Document, profile: Profile, front: FrontMatter) -> Stamp | None:
    """Choose the publisher's calendar day: printed, else metadata in local time, URL, feed.

    The instant, where metadata (or else the feed) gives one, stays beside the day.
    """
    stated, announced = (
        localise(stamp, profile.timezone) if stamp and profile.timezone else stamp
        for stamp in (document.published, document.announced)
    )
    on = front.published.on if front.published else None
    if on is None and stated is not None:
        on = stated.on
    if on is None:
        addresses = [a for a in (document.url, document.canonical_url) if a]
        on = next((day for a in addresses if (day := from_url(a))), None)
    if on is None and announced is not None:
        on = announced.on
    if stated is None and announced is not None and _agree(on, announced):
        stated = announced
    if on is None and stated is None:
        return None
    return Stamp(on, stated.at if stated else None, stated.utc_offset_min if stated else None)


def _agree(on: date | None, announced: Stamp) -> bool:
    """Tell whether a feed's instant can be that of the day ``on``, wherever that is."""
    if on is None or announced.at is None:
        return True
    return abs(on - announced.at.date()) <= timedelta(days=1)
