"""Bylines: the lines above a text that name who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.dates import PRINTED_DATE
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.names import is_person, is_post, split_names
from extractors.profile import Profile
from extractors.text import fold

_BYLINE = re.compile(
    r"^(?:(?P<kind>[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3}) )?"
    r"(?:(?i:written )?(?i:by):?|(?i:authors?|contributors?)\s?:)\s+(?P<names>\S.{2,400}?)"
    rf"(?:\s+[—–|•·-]\s+(?P<date>(?i:{PRINTED_DATE})))?$",
)
_BY = re.compile(r"by:?\s+", re.I)
_HANDLE = re.compile(r"\(?@\w+\)?$")
_MAX_BYLINE = 500
_MAX_POST_WORDS = 12
_SENTENCE_WORDS = 10


class Byline(NamedTuple):
    """Who wrote a brief, and what else the line of their names says."""

    authors: tuple[Printed, ...] = ()
    kind: Printed | None = None
    day: Printed | None = None


def names_authors(line: Line) -> bool:
    """Tell whether ``line`` is "By" and names of people."""
    m = _BYLINE.match(line.text)
    return m is not None and bool(_people(line, m.start("names"), m.end("names")))


def read_byline(line: Line, profile: Profile, known: set[str]) -> Byline | None:
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
        return Byline(names, kind, line.printed(*m.span("date")) if m["date"] else None)
    names = _people(line, 0, len(line.text))
    several = len(names) > 1 and "," in line.text
    sure = several or profile.bare_byline or all(fold(name.text) in known for name in names)
    return Byline(names) if names and sure else None


def read_names_below(lines: Sequence[Line], at: int) -> Byline | None:
    """Read bare names right below the title: several, or one with a post on the next line.

    A second author with a post stands below the first one's.
    """
    above = lines[at - 1]
    if above.section not in ("title", "repeat") and not (
        at > 1 and _is_authors_post(lines, at - 1)
    ):
        return None
    names = _people(lines[at], 0, len(lines[at].text))
    posted = at + 1 < len(lines) and _is_short_post(lines[at + 1].text)
    return Byline(names) if len(names) > 1 or (names and posted) else None


def _is_authors_post(lines: Sequence[Line], at: int) -> bool:
    """Tell whether the post of the author who is named one line further up stands here."""
    author = lines[at - 1]
    named = author.section == "title" and bool(_people(author, 0, len(author.text)))
    return named and _is_short_post(lines[at].text)


def _is_short_post(text: str) -> bool:
    return len(text.split()) <= _MAX_POST_WORDS and is_post(text)


def speaker_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the places of names that head an expert's words: again and again amid the prose.

    Prose stands above them, and right below them or below a headline. A byline stands above it all.
    """
    prose = [at for at, line in enumerate(lines) if _is_sentence(line)]
    if not prose:
        return frozenset()
    below = {at for n in prose for at in (n - 1, n - 2)}
    found = frozenset(
        at for at in below if at > prose[0] and at not in prose and _is_names(lines[at])
    )
    return found if len(found) > 1 else frozenset()


def _is_sentence(line: Line) -> bool:
    text = line.text
    return len(text.split()) >= _SENTENCE_WORDS and text.endswith((".", ".”", ".’", "…"))


def _is_names(line: Line) -> bool:
    if len(line.text) > _MAX_BYLINE:
        return False
    by = _BY.match(line.text)
    start = by.end() if by else 0
    comma = line.text.find(",", start) if by else -1  # behind it may be a post
    return any(_people(line, start, end) for end in {len(line.text), comma} if end > start)


def _people(line: Line, start: int, end: int) -> tuple[Printed, ...]:
    """Return the names in a list, or () unless all of its parts are people's."""
    end = start + len(_HANDLE.sub("", line.text[start:end].rstrip(" ,")).rstrip())
    spans = [(start + a, start + b) for a, b in split_names(line.text[start:end])]
    parts = [line.text[a:b] for a, b in spans]
    if not parts or not all(is_person(part) and not _ends_in_post(part) for part in parts):
        return ()  # "A, Senior Fellow" is one person, and begins that person's part
    return tuple(line.printed(a, b) for a, b in spans)


def _ends_in_post(text: str) -> bool:
    return is_post(text.split()[-1])
