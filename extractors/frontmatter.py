"""What stands above the first section: dateline, title, byline, dek, and their repetitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.dates import PRINTED_DATE, parse_printed
from extractors.manuscript import Line
from extractors.model import Document, Printed, Stamp
from extractors.names import is_person, split_names
from extractors.profile import Profile
from extractors.text import fold

_DATELINE = re.compile(rf"^(?P<date>{PRINTED_DATE})(?:\s*[|•·]\s*(?P<kind>\S.{{0,80}}))?$", re.I)
_BYLINE = re.compile(r"^(?:written )?by:?\s+(?P<names>\S.{2,300})$", re.I)
_MAX_TITLE = 300
# A line ending so is a sentence; a title may end with a question or exclamation mark.
_SENTENCE = re.compile(r"[.;:,…]$|\.[”’\"]$")
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


def read_front_matter(
    lines: Sequence[Line], document: Document, profile: Profile, *, sections_follow: bool
) -> FrontMatter:
    """Read the lines above the first section and settle their sections."""
    seen: set[str] = set()
    title = kind = date_printed = None
    published: Stamp | None = None
    authors: tuple[Printed, ...] = ()
    titled = _explicit_title(lines, document)
    for i, line in enumerate(lines):
        folded = fold(line.text)
        if line.block.marginal or profile.is_boilerplate(line.text):
            line.section = "boilerplate"
        elif folded in seen:
            line.section = "repeat"
        elif (dateline := _DATELINE.match(line.text)) and published is None:
            line.section = "title"
            if day := parse_printed(dateline["date"]):
                published = Stamp(day)
                date_printed = line.printed(*dateline.span("date"))
            if dateline["kind"]:
                kind = line.printed(*dateline.span("kind"))
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


def _explicit_title(lines: Sequence[Line], document: Document) -> Line | None:
    """Return the line that the page itself marks as its title."""
    declared = fold(document.title or "")
    for line in lines:
        folded = fold(line.text)
        if (
            declared
            and len(folded) > 3
            and (folded == declared or declared.startswith(folded + " "))
        ):
            return line
    return next((ln for ln in lines if ln.block.kind == "heading" and ln.block.level == 1), None)


def _may_be_title(line: Line) -> bool:
    text = line.text
    return (
        line.block.kind in ("paragraph", "heading")
        and len(text) <= _MAX_TITLE
        and "\n" not in text
        and not _SENTENCE.search(text)
        and not _DATELINE.match(text)
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
