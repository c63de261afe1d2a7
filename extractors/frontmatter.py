"""What stands above the first section: dateline, title, byline, dek, and their repetitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extractors.dates import PRINTED_DATE, parse_printed
from extractors.manuscript import Line
from extractors.model import Document, Printed, Stamp
from extractors.names import is_person, split_names
from extractors.profile import Profile
from extractors.text import declares, fold

_WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?"
_TIME = r"(?:,?\s+(?:[•·]\s+)?(?:at\s+)?\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?(?:\s[A-Z]{2,4})?)?"
_DATELINE = re.compile(
    rf"^(?:(?:published|posted|updated)(?: on)?:?\s+)?(?:{_WEEKDAY},?\s+)?(?P<date>{PRINTED_DATE})"
    rf"{_TIME}"
    r"(?:\s*[|•·]\s*(?P<kind>\S.{0,80}))?$",
    re.I,
)
_ANY_DATE = re.compile(PRINTED_DATE, re.I)
_YEAR = re.compile(r"\d{4}")
_KIND_AND_DAY = re.compile(rf"^(?P<kind>\S.{{2,60}}?),?\s+(?P<date>{PRINTED_DATE}){_TIME}$", re.I)
_BYLINE = re.compile(
    r"^(?:(?P<kind>[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3}) )?"
    r"(?:(?i:written )?(?i:by):?|(?i:authors?|contributors?)\s?:)\s+(?P<names>\S.{2,400}?)"
    rf"(?:\s+[—–|•·-]\s+(?P<date>(?i:{PRINTED_DATE})))?$",
)
_HANDLE = re.compile(r"\(?@\w+\)?$")
_MAX_TITLE = 300
_MAX_DATELINE = 130
_MAX_BYLINE = 500
# A line ending so is a sentence; a title may end with "U.S.", a question or exclamation mark.
_SENTENCE = re.compile(r"(?<!\.[A-Z])[.;:,…]$|\.[”’\"]$")
# Where no section follows, only so many lines can be front matter; the rest is the piece itself.
_WINDOW = 8
_PROSE_WORDS = 30


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values that a brief prints above its first section."""

    title: Printed | None = None
    kind: Printed | None = None
    published: Stamp | None = None
    published_printed: Printed | None = None
    authors: tuple[Printed, ...] = ()


def read_dateline(text: str) -> re.Match[str] | None:
    """Match ``Month D, YYYY | Kind``: groups ``date`` and ``kind`` (None where none is printed)."""
    if len(text) > _MAX_DATELINE or _YEAR.search(text) is None:
        return None  # most lines: spare the long expression
    return _DATELINE.match(text)


def read_front_matter(
    lines: Sequence[Line], document: Document, profile: Profile, *, sections_follow: bool
) -> FrontMatter:
    """Read the lines above the first section and settle their sections."""
    seen: set[str] = set()
    title = kind = date_printed = None
    published: Stamp | None = None
    authors: tuple[Printed, ...] = ()
    prose = False
    titled = explicit_title(lines, document) or _printed_title(lines, profile)
    known = {fold(name) for name in document.authors}
    for i, line in enumerate(lines):
        folded = fold(line.text)
        if line.block.marginal or profile.is_boilerplate(line.text):
            line.section = "boilerplate"
        elif folded in seen and not (prose and line is not titled):
            line.section = "repeat"
        elif published is None and (dateline := read_dateline(line.text)):
            line.section = "title"
            if day := parse_printed(dateline["date"]):
                published = Stamp(day)
                date_printed = line.printed(*dateline.span("date"))
            if dateline["kind"]:
                kind = line.printed(*dateline.span("kind"))
        elif kind is None and (end := profile.kind_end(line.text)) is not None:
            line.section = "title"
            kind = line.printed(0, end)
        elif published is None and (parts := _kind_and_day(line, profile)) is not None:
            line.section = "title"
            kind, date_printed = parts
            published = Stamp(parse_printed(date_printed.text))
        elif title is None and (line is titled or (titled is None and _may_be_title(line))):
            line.section = "title"
            title = line.printed(0, len(line.text))
        elif not prose and (byline := _byline(line, profile, known)) is not None:
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
        prose = prose or (
            line.section in ("lead", "context") and len(line.text.split()) >= _PROSE_WORDS
        )
    if published is None and profile.title_date and title is not None:
        date_printed = _date_in(title)
        published = Stamp(parse_printed(date_printed.text)) if date_printed else None
    return FrontMatter(title, kind, published, date_printed, authors)


def _kind_and_day(line: Line, profile: Profile) -> tuple[Printed, Printed] | None:
    """Read "Insight No. 1942, February 6, 2025" or "New Atlanticist March 6, 2025"."""
    m = _KIND_AND_DAY.match(line.text) if len(line.text) <= _MAX_DATELINE else None
    end = profile.kind_end(m["kind"]) if m else None
    if m is None or end is None:
        return None
    return line.printed(0, end), line.printed(*m.span("date"))


def _date_in(title: Printed) -> Printed | None:
    """Return the one day that a title names: "Weekly Update, August 12, 2024"."""
    found = list(_ANY_DATE.finditer(title.text))
    if len(found) != 1 or title.start is None:
        return None
    return Printed(found[0][0], title.start + found[0].start(), title.start + found[0].end())


def explicit_title(lines: Sequence[Line], document: Document) -> Line | None:
    """Return the line that the page itself marks as its title."""
    declared = fold(document.title or "")
    for line in lines:
        if declared and declares(declared, line.text):
            return line
    return next((ln for ln in lines if ln.block.kind == "heading" and ln.block.level == 1), None)


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
    for i, line in enumerate(candidates):
        if folded[i] in folded[i + 1 :]:
            return line
    for above, line in pairwise(lines):
        if (dateline := read_dateline(above.text)) and dateline["kind"]:
            return line if any(line is candidate for candidate in candidates) else None
    return None


def _may_be_title(line: Line) -> bool:
    text = line.text
    return (
        line.block.kind in ("paragraph", "heading")
        and len(text) <= _MAX_TITLE
        and "\n" not in text
        and not _SENTENCE.search(text)
        and not read_dateline(text)
        and not _BYLINE.match(text)
    )


class _Byline(NamedTuple):
    authors: tuple[Printed, ...] = ()
    kind: Printed | None = None
    day: Printed | None = None


def _byline(line: Line, profile: Profile, known: set[str]) -> _Byline | None:
    """Read "By A and B", "Critical Questions by A — May 5, 2025", or bare names.

    Bare names are certain where they are several, where the page's metadata has them, or where the
    profile says that they stand so. "By" and the publisher's own name is a byline of nobody.
    """
    if line.block.kind == "item" or len(line.text) > _MAX_BYLINE:
        return None
    m = _BYLINE.match(line.text)
    if m is not None:
        names = _people(line, m.start("names"), m.end("names"))
        own = any(fold(name) in fold(m["names"]) for name in profile.organisations)
        if not names and not own:
            return None
        kind = line.printed(*m.span("kind")) if m["kind"] else None
        if kind is not None and fold(kind.text) not in profile.kinds:
            return None
        return _Byline(names, kind, line.printed(*m.span("date")) if m["date"] else None)
    names = _people(line, 0, len(line.text))
    several = len(names) > 1 and "," in line.text
    sure = several or profile.bare_byline or all(fold(name.text) in known for name in names)
    return _Byline(names) if names and sure else None


def _people(line: Line, start: int, end: int) -> tuple[Printed, ...]:
    """Return the names in a list, or () unless all of its parts are people's."""
    end = start + len(_HANDLE.sub("", line.text[start:end].rstrip(" ,")).rstrip())
    spans = [(start + a, start + b) for a, b in split_names(line.text[start:end])]
    if not spans or not all(is_person(line.text[a:b]) for a, b in spans):
        return ()
    return tuple(line.printed(a, b) for a, b in spans)
