"""What stands above the first section: dateline, title, byline, dek, and their repetitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.bylines import names_authors, read_byline, read_names_below, speaker_lines
from extractors.datelines import is_separator, read_dateline, read_kind, read_kind_and_day
from extractors.dates import PRINTED_DATE, parse_printed
from extractors.manuscript import Line
from extractors.model import Document, Printed, Stamp
from extractors.names import is_person
from extractors.profile import Profile
from extractors.text import declares, fold, has_more_words, is_title_case, sentence_end

_ANY_DATE = re.compile(PRINTED_DATE, re.I)
_SITE_MARK = re.compile(r"\s+[-|–—·•:»]\s+|\s*\|\s*")
_MAX_TITLE = 300
# A line ending so is a sentence; a title may end with "U.S.", a question or exclamation mark.
_SENTENCE = re.compile(r"(?<!\.[A-Z])[.;:,…]$")
_QUOTED_END = re.compile(r"\.[”’\"']$")
_MAX_QUOTED_TITLE = 20  # words
# Where no section follows, only so many lines can be front matter; the rest is the piece itself.
_WINDOW = 8
_PROSE_WORDS = 30
_HEADLINE_WORDS = 4
_TITLE_WORDS = 3
_SENTENCES_WORDS = 20


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values that a brief prints above its first section."""

    title: Printed | None = None
    kind: Printed | None = None
    published: Stamp | None = None
    published_printed: Printed | None = None
    authors: tuple[Printed, ...] = ()


def read_front_matter(
    lines: Sequence[Line], document: Document, profile: Profile, *, sections_follow: bool
) -> FrontMatter:
    """Read the lines above the first section and settle their sections."""
    seen: set[str] = set()
    title = kind = date_printed = None
    published: Stamp | None = None
    authors: tuple[Printed, ...] = ()
    prose = False
    titled = explicit_title(lines, document, profile) or _printed_title(lines, profile)
    known = {fold(name) for name in document.authors}
    by_name = any(rule.shape == "named" for rule in profile.sections)
    speakers = speaker_lines(lines) if by_name else frozenset()
    for i, line in enumerate(lines):
        folded = fold(line.text)
        if line.block.marginal or profile.is_boilerplate(line.text):
            line.section = "boilerplate"
        elif folded in seen and not (prose and line is not titled):
            line.section = "repeat"
        elif is_separator(line.text) or _only_updates(line, lines):
            line.section = "title"
        elif published is None and (dateline := read_dateline(line.text)):
            line.section = "title"
            if day := parse_printed(dateline["date"]):
                published = Stamp(day)
                date_printed = line.printed(*dateline.span("date"))
            if dateline["kind"]:
                kind = line.printed(*dateline.span("kind"))
        elif kind is None and (named := read_kind(line, profile)) is not None:
            line.section = "title"
            kind = named
        elif published is None and (parts := read_kind_and_day(line, profile)) is not None:
            line.section = "title"
            kind, date_printed = parts
            published = Stamp(parse_printed(date_printed.text))
        elif title is None and (line is titled or (titled is None and _may_be_title(line))):
            line.section = "title"
            title = line.printed(0, len(line.text))
        elif ((not prose and i not in speakers) or _beside_dateline(lines, i, profile)) and (
            byline := read_byline(line, profile, known)
            or (None if sections_follow or title is None else read_names_below(lines, i))
        ):
            line.section = "title"
            authors += byline.authors
            kind = kind or byline.kind
            if published is None and byline.day is not None:
                date_printed = byline.day
                published = Stamp(parse_printed(byline.day.text))
        elif not sections_follow and i >= _WINDOW:
            line.section = "context"
        else:
            line.section = "lead" if sections_follow else "context"
            if titled is None and not sections_follow:
                titled = line  # prose has begun: no later line is taken for the title
        seen.add(folded)
        # the names of a list to jump from come again below: no repetition, and no byline either
        prose = prose or (line.section in ("lead", "context") and _is_prose(line.text))
    if published is None and profile.title_date and title is not None:
        date_printed = _date_in(title)
        published = Stamp(parse_printed(date_printed.text)) if date_printed else None
    return FrontMatter(title, kind, published, date_printed, authors)


def _is_prose(text: str) -> bool:
    """Tell whether the piece itself has begun: a paragraph, or two sentences of one."""
    return has_more_words(text, _PROSE_WORDS - 1) or (
        has_more_words(text, _SENTENCES_WORDS - 1) and sentence_end(text) is not None
    )


def _beside_dateline(lines: Sequence[Line], at: int, profile: Profile) -> bool:
    """Tell whether a line stands next to the kind and the day, as authors below an abstract do."""
    beside = (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])
    return any(read_kind_and_day(line, profile) is not None for line in beside)


def _only_updates(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a line prints the day of an update beside a dateline of ``lines``."""
    return _is_update(line) and any(
        read_dateline(other.text) and not _is_update(other) for other in lines
    )


def _is_update(line: Line) -> bool:
    if not line.text[:12].lower().startswith(("updated", "last updated")):
        return False  # most lines: spare the long expression
    return read_dateline(line.text) is not None


def _date_in(title: Printed) -> Printed | None:
    """Return the one day that a title names: "Weekly Update, August 12, 2024"."""
    found = list(_ANY_DATE.finditer(title.text))
    if len(found) != 1 or title.start is None:
        return None
    return Printed(found[0][0], title.start + found[0].start(), title.start + found[0].end())


def explicit_title(lines: Sequence[Line], document: Document, profile: Profile) -> Line | None:
    """Return the line that the page itself marks as its title: no heading of a section."""
    declared = fold(document.title or "")
    for line in lines:
        if declared and declares(declared, line.text):
            return line
    for line in lines:
        if line.block.kind == "heading" and line.block.level == 1:
            if profile.section_of(line.text) is None:
                return line
            if profile.kind_end(line.text) is None:
                return None  # sections have this rank too, and the title stands above them
    return None


def declared_title(document: Document, profile: Profile) -> Printed | None:
    """Return the title that only the page's metadata gives, without the publisher's name."""
    title = document.title
    if not title:
        return None
    own = {fold(name) for name in (*profile.organisations, *profile.sites)}
    *_, mark = [None, *_SITE_MARK.finditer(title)]
    if mark is not None and fold(title[mark.end() :]) in own and mark.start():
        title = title[: mark.start()].rstrip()
    return Printed(title)


def _printed_title(lines: Sequence[Line], profile: Profile) -> Line | None:
    """Return the line that the place of the others shows to be the title, where no line is marked.

    It is printed twice, or it stands below a dateline that names the kind of piece.
    """
    candidates = [
        line
        for line in lines
        if _may_be_title(line)
        and not profile.is_boilerplate(line.text)
        and profile.kind_end(line.text) is None
    ]
    folded = [fold(line.text) for line in candidates]
    begun = next((line.start for line in lines if _is_prose(line.text)), None)
    twice = [
        line
        for i, line in enumerate(candidates)
        if folded[i] in folded[i + 1 :] and (begun is None or line.start < begun)
    ]
    people = {fold(line.text) for line in twice if is_person(line.text)}
    if len(people) > 1:  # a list of names to jump to is printed twice as well
        twice = [line for line in twice if fold(line.text) not in people]
    dated = {i for i, line in enumerate(lines) if read_dateline(line.text)}
    beside = {lines[at].start for i in dated for at in (i - 1, i + 1) if 0 <= at < len(lines)}
    for line in twice:
        if len(line.text.split()) >= _TITLE_WORDS or line.start in beside:
            return line  # a menu has its words twice too
    for above, line in pairwise(lines):
        dateline = read_dateline(above.text)
        if (dateline and dateline["kind"]) or (
            read_kind_and_day(above, profile)
            and len(line.text.split()) >= _HEADLINE_WORDS
            and not is_person(line.text)
        ):
            return line if any(line is candidate for candidate in candidates) else None
    return twice[0] if twice else None


def _may_be_title(line: Line) -> bool:
    text = line.text
    return (
        line.block.kind in ("paragraph", "heading")
        and len(text) <= _MAX_TITLE
        and "\n" not in text
        and not _SENTENCE.search(text)
        and not (_QUOTED_END.search(text) and not _is_headline(text))
        and not read_dateline(text)
        and not names_authors(line)
    )


def _is_headline(text: str) -> bool:
    """Tell whether a line that ends with somebody's sentence is a headline all the same."""
    return len(text.split()) <= _MAX_QUOTED_TITLE and is_title_case(text)
