"""From a document to a brief: which section each block belongs to, and what its rows are.

    blocks -> manuscript -> front matter | sections by heading -> shapes -> Brief

Every block ends in exactly one section, so that what no rule understood shows as ``other``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from extractors.author_lists import closing_authors, labels_authors
from extractors.boxes import with_points
from extractors.dates import from_url, localise
from extractors.frontmatter import FrontMatter, read_front_matter
from extractors.furniture import set_apart
from extractors.line_breaks import part_lines
from extractors.manuscript import Line, Manuscript
from extractors.model import Brief, Development, Document, Link, Printed, Stamp
from extractors.part import Found
from extractors.profile import BY_EXPERTS, Profile, SectionRule, heading_key
from extractors.sections import read_section, read_self_opening, set_aside, take_singles
from extractors.shapes.cards import tell, without_bios
from extractors.shapes.footnotes import cite_notes, part_notes
from extractors.shapes.speakers import Roles
from extractors.teasers import without_teasers
from extractors.text import fold, has_more_words, sentence_end
from extractors.titles import declared_title, explicit_title
from extractors.truncation import is_truncated

_FRONT = 20
"""Among so many lines at the start a page's title is looked for."""
_AROUND = ("background", "boilerplate", "other")
_LEADING_WORDS = 3  # "Jump to:"
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"', ":", ")")


def understand(document: Document, profile: Profile) -> Brief:
    """Take ``document`` apart by ``profile``. Never fails: what it can't place is ``other``."""
    blocks = part_lines(with_points(document.blocks, profile), profile)
    manuscript = Manuscript(set_apart(blocks, profile))
    lines = without_bios(without_teasers(manuscript.lines, profile), profile)
    lines, notes = part_notes(lines)
    opens = _openings(lines, document, profile)
    first = opens[0] if opens else len(lines)
    follow = bool(opens) or any(rule.opens_itself for rule in profile.sections)
    front = read_front_matter(lines[:first], document, profile, sections_follow=follow)
    title = front.title or declared_title(document, profile)
    authors = front.authors or tuple(_locate(manuscript, n) for n in document.authors)
    authors = authors or closing_authors(lines, profile)
    found = Found(
        authors=tuple({fold(author.text): author for author in reversed(authors)}.values())[::-1]
    )
    if any(rule.shape in BY_EXPERTS for rule in profile.sections):
        found.roles = Roles(tell(manuscript.lines, profile))
    cite_notes(notes, found)
    rules = profile.sections_of([lines[at].text for at in opens])
    other = front.kind is not None and title is not None and _is_other(front.kind, title, profile)
    named = title.text if title is not None else None
    bare = [
        rule
        for rule in profile.sections
        if rule.opens_below(None if other and rule.shape == "headed" else named)
    ]
    _read_lead(manuscript, lines[:first], bare, rules, profile, found)
    _note_unknown(lines[:first], found)
    for rule, (begin, end) in zip(rules, pairwise([*opens, len(lines)]), strict=True):
        read_section(manuscript, lines[begin:end], rule, profile, found)
    _read_prose_links(lines, found)
    return _brief(document, profile, manuscript, front, title, found)


def _openings(lines: Sequence[Line], document: Document, profile: Profile) -> list[int]:
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
        opens = below or [(i, r) for i, r in opens if fold(lines[i].text) not in profile.kinds]
    while opens and labels_authors(lines, *opens[0]):
        del opens[0]
    opens = _without_contents(opens, lines)
    behind: tuple[str, ...] = ("background", "boilerplate")
    if any(rule.opens_itself for rule in profile.sections):
        behind = ()  # what needs no heading may stand above them
    main = next((n for n, (_, rule) in enumerate(opens) if rule.name not in behind), 0)
    return [i for i, _ in opens[main:]]


def _is_other(kind: Printed, title: Printed, profile: Profile) -> bool:
    """Tell whether the piece is of a kind that its title does not name: a commentary on it."""
    return fold(kind.text) in profile.kinds and fold(kind.text) not in fold(title.text)


def _without_contents(
    opens: list[tuple[int, SectionRule]], lines: Sequence[Line]
) -> list[tuple[int, SectionRule]]:
    """Return ``opens`` without the entries of a table of contents.

    Such an entry comes again as a heading, and nothing is told between the two.
    """
    last = {heading_key(lines[at].text): at for at, _ in opens}
    if len(last) == len(opens):
        return opens

    told = [i for i, line in enumerate(lines) if line.text.endswith(_SENTENCE_ENDS[:6])]

    def tells(begin: int, end: int) -> bool:
        return bisect_right(told, begin) < bisect_left(told, end)

    again = ((at, rule, last[heading_key(lines[at].text)]) for at, rule in opens)
    return [(at, rule) for at, rule, end in again if at == end or tells(at, end)]


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
        begin = read_self_opening(manuscript, lead, rule, profile, found)
        if begin is not None:
            lead, opened = lead[:begin], True
    lead = [line for line in lead if line.section == "lead" and not set_aside(line, profile)]
    tells = profile.lead == "developments" and all(rule.shape != "abstract" for rule in headed)
    for line in lead:
        if not opened:
            line.section = "context"
        elif tells and _is_prose(line):
            line.section = "developments"
            found.developments.append(Development(None, line.printed(0, len(line.text))))


def _is_prose(line: Line) -> bool:
    """Tell whether a line of an introduction tells something; a dek without a full stop does not.

    Nor does a question alone, unless it tells that it was asked: "So we asked: What ...?"
    """
    block = line.block
    if block.text.endswith("?") and sentence_end(block.text) is None:
        return " asked" in block.text
    if block.text.endswith(":") and not has_more_words(block.text, _LEADING_WORDS):
        return False
    marked = block.kind == "heading" or block.bold == len(block.text)
    return not marked and block.text.endswith(_SENTENCE_ENDS)


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


def _locate(manuscript: Manuscript, name: str) -> Printed:
    at = manuscript.text.find(name)
    return Printed(name, at, at + len(name)) if at != -1 else Printed(name)
