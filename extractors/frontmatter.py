"""What stands above the first section: dateline, title, byline, dek, and their repetitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.dates import PRINTED_DATE, parse_printed
from extractors.manuscript import Line
from extractors.model import Document, Printed, Stamp
from extractors.names import is_person, split_names
from extractors.profile import Profile
from extractors.text import declares, fold

_DATELINE = re.compile(
    rf"^(?:(?:published|posted)(?: on)?:?\s+)?(?P<date>{PRINTED_DATE})"
    r"(?:,?\s+(?:at\s+)?\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?(?:\s[A-Z]{2,4})?)?"
    r"(?:\s*[|•·]\s*(?P<kind>\S.{0,80}))?$",
    re.I,
)
_BYLINE = re.compile(r"^(?:written )?by:?\s+(?P<names>\S.{2,300})$", re.I)
_MAX_TITLE = 300
_MAX_DATELINE = 130
# A line ending so is a sentence; a title may end with "U.S.", a question or exclamation mark.
_SENTENCE = re.compile(r"(?<!\.[A-Z])[.;:,…]$|\.[”’\"]$")
# Where no section follows, only so many lines can be front matter; the rest is the piece itself.
_WINDOW = 8


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
    return _DATELINE.match(text) if len(text) <= _MAX_DATELINE else None


def read_front_matter(
    lines: Sequence[Line], document: Document, profile: Profile, *, sections_follow: bool
) -> FrontMatter:
    """Read the lines above the first section and settle their sections."""
    seen: set[str] = set()
    title = kind = date_printed = None
    published: Stamp | None = None
    authors: tuple[Printed, ...] = ()
    titled = explicit_title(lines, document) or _printed_title(lines, profile)
    for i, line in enumerate(lines):
        folded = fold(line.text)
        if line.block.marginal or profile.is_boilerplate(line.text):
            line.section = "boilerplate"
        elif folded in seen:
            line.section = "repeat"
        elif published is None and (dateline := read_dateline(line.text)):
            line.section = "title"
            if day := parse_printed(dateline["date"]):
                published = Stamp(day)
                date_printed = line.printed(*dateline.span("date"))
            if dateline["kind"]:
                kind = line.printed(*dateline.span("kind"))
        elif kind is None and folded in profile.kinds:
            line.section = "title"
            kind = line.printed(0, len(line.text))
        elif title is None and (line is titled or (titled is None and _may_be_title(line))):
            line.section = "title"
            title = line.printed(0, len(line.text))
        elif not authors and (names := _byline(line)):
            line.section = "title"
            authors = names
        elif not sections_follow and i >= _WINDOW:
            line.section = "context"
        else:
            line.section = "lead" if sections_follow else "context"
            if titled is None and not sections_follow:
                titled = line  # prose has begun: no later line is taken for the title
        seen.add(folded)
    return FrontMatter(title, kind, published, date_printed, authors)


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
        and fold(line.text) not in profile.kinds
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


def _byline(line: Line) -> tuple[Printed, ...]:
    m = _BYLINE.match(line.text)
    if m is None:
        return ()
    start = m.start("names")
    names = [(start + a, start + b) for a, b in split_names(m["names"])]
    if not names or not all(is_person(line.text[a:b]) for a, b in names):
        return ()
    return tuple(line.printed(a, b) for a, b in names)
