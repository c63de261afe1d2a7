"""Authors below a label of their own, and lines that name kind, day and authors side by side.

Authors            Policy Brief · 3 May 2025 · Ada Vance
 - Ada Vance
 - Ole Brandt, Senior Fellow
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from extractors.bylines import Byline, is_short_post, posted_name
from extractors.dates import PRINTED_DATE
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.people import all_linked, read_people, with_posts
from extractors.profile import Profile
from extractors.prose import begins_prose
from extractors.text import fold

_LABELS = frozenset(
    (
        "author;authors;by;written by;contributor;contributors;the author;the authors;author(s);"
        "about the author;about the authors;lead author;lead authors;contributing authors"
    ).split(";")
)
_WINDOW = 20  # lines among which such a label stands above a text
_PARTS_BEGIN = ("|", "\n", " -", " –", " —", " /", " ·", " •")
_PARTED = re.compile(r"\s+[|•·/–—-]\s+|\s*\|\s*")
_BY = re.compile(r"(?:written )?by:?\s+", re.I)
_DAY = re.compile(rf"(?:published:? )?(?:on )?(?P<date>{PRINTED_DATE})", re.I)
_DIGIT = re.compile(r"\d")
_BEHIND_NAMES = re.compile(
    rf"[\s,]+(?:published |posted )?(?:on )?(?P<date>{PRINTED_DATE})"
    r"(?:[\s,]+\d{1,2}[- ]min(?:ute)?s?(?: reads?)?)?$",
    re.I,
)
_READ_IN = re.compile(r"\d{1,2}[- ]min(?:ute)?s?(?: read)?", re.I)
_CLOSING = re.compile(
    r"(?:(?:written|prepared) by|(?:about the |lead )?authors?(?: and contributors?)?|"
    r"contributors?|contributing authors?|"
    r"(?:this )?(?:memo|paper|report|brief|summary|update|article) (?:was |is )?"
    r"(?:written|prepared|compiled) by):?\s+(?=[^\W\d_])",
    re.I,
)
_MAX_PARTS = 6
_MAX_LINE = 300


def listed_authors(lines: Sequence[Line], profile: Profile, known: set[str]) -> dict[int, Byline]:
    """Return, by its place, each line of a list of authors: the label, names, and their posts.

    Bullets need no label where the profile says that bare names are the authors, or the page
    declares them. Names that come again below are a list to jump from.
    """
    found: dict[int, Byline] = {}
    for at, line in enumerate(lines[:_WINDOW]):
        if at in found or len(line.text) > _MAX_LINE:
            continue
        if line.block.kind == "item":
            names = _bullets(lines[at:], profile, known)
            found |= {at + n: Byline(printed) for n, printed in enumerate(names)}
        if fold(line.text) not in _LABELS:
            continue
        named = names_listed(lines[at + 1 :])
        if named:
            found[at] = Byline()
            found |= {at + 1 + below: byline for below, byline in named.items()}
    return found


def labels_authors(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line heads the names of the authors above the text, and no section."""
    if fold(lines[at].text) not in _LABELS or any(begins_prose(line.text) for line in lines[:at]):
        return False
    named = names_listed(lines[at + 1 :])
    return bool(named) and any(begins_prose(line.text) for line in lines[at + 1 + len(named) :])


def closing_authors(lines: Sequence[Line], profile: Profile) -> tuple[Printed, ...]:
    """Return the authors whom the last line that says "Authors: A and B" names.

    A line "By A" at the end of a page is a teaser's.
    """
    known = lines if profile.publisher is not None else ()
    for line in reversed(known[-_WINDOW:]):
        m = _CLOSING.match(line.text) if len(line.text) <= _MAX_LINE else None
        if m is None or line.block.marginal:
            continue
        end = len(line.text.rstrip("."))
        if names := read_people(line, m.end(), end) or with_posts(line, m.end(), end):
            return names
    return ()


def _bullets(lines: Sequence[Line], profile: Profile, known: set[str]) -> list[tuple[Printed, ...]]:
    """Return the names that the bullets ``lines`` begin with hold, if all of them do."""
    items = list(takewhile(lambda line: line.block.kind == "item", lines))
    names = [read_people(item, 0, len(item.text)) for item in items]
    texts = {fold(name.text) for printed in names for name in printed}
    linked = all(all_linked(item, 0, len(item.text), profile) for item in items)
    declared = bool(texts) and (texts <= known or (linked and profile.publisher is not None))
    if not all(names) or not (declared or (profile.bare_byline and len(items) > 1)):
        return []
    return [] if any(fold(line.text) in texts for line in lines[len(items) :]) else names


def names_listed(lines: Sequence[Line]) -> dict[int, Byline]:
    """Return the names that ``lines`` begin with, one a line or several, and posts below names."""
    found: dict[int, Byline] = {}
    for at, line in enumerate(lines):
        if len(line.text) > _MAX_LINE:
            break
        names = read_people(line, 0, len(line.text)) or posted_name(line)
        if not names and not (at and found[at - 1].authors and is_short_post(line.text)):
            break
        found[at] = Byline(names)
    return found


def read_mixed(line: Line, profile: Profile, known: set[str]) -> Byline | None:
    """Read a line of kind, day and names, parted by marks: "Brief · 3 May 2025 · Ada Vance".

    Names are certain behind "by", where the page declares them, or beside both kind and day.
    """
    parts = _parts(line)
    if not 2 <= len(parts) <= _MAX_PARTS:
        return _names_and_day(line, profile, known)
    kind: Printed | None = None
    day: Printed | None = None
    groups: list[list[Printed]] = [[]]  # of names, parted by what is none
    sure: list[Printed] = []
    for start, end in parts:
        text = line.text[start:end]
        size = profile.kind_end(text) if kind is None else None
        dated = text[-1:].isdigit() and "@" not in text  # so no name ends
        if size is None and not dated and (people := read_people(line, start + _by_end(text), end)):
            groups[-1] += people
            certain = _by_end(text) or all(fold(name.text) in known for name in people)
            if certain or (line.block.anchors and all_linked(line, start, end, profile)):
                sure = groups[-1]
            continue
        groups.append([])
        if day is None and (m := _DAY.fullmatch(text)):
            day = line.printed(start + m.start("date"), start + m.end("date"))
        elif size is not None:
            kind = line.printed(start, start + size)
        elif not _READ_IN.fullmatch(text):
            return None
    named = [group for group in groups if group]
    if not named or (kind is None and day is None):
        return None
    beside = profile.publisher is not None and kind is not None and day is not None
    if not sure and len(named) == 1 and (beside or profile.bare_byline):
        sure = named[0]  # a second would be a topic, and nothing tells which
    return Byline(tuple(sure), kind, day) if sure else None


def _names_and_day(line: Line, profile: Profile, known: set[str]) -> Byline | None:
    """Read names with a day right behind them, and the time that reading takes.

    Names are certain if they are links to people, or the page declares them.
    """
    if not _DIGIT.search(line.text, 0, _MAX_LINE):
        return None  # most titles: spare the longer expression
    short = len(line.text) <= _MAX_LINE and line.text[-1:].isalnum()
    dated = _BEHIND_NAMES.search(line.text) if short and line.block.kind != "item" else None
    if dated is None:
        return None
    start, end = _by_end(line.text), dated.start()
    if profile.kind_end(line.text[start:end].strip()) is not None:
        return None
    names = read_people(line, start, end)
    sure = start > 0 or all(fold(name.text) in known for name in names)
    sure = sure or all_linked(line, start, end, profile)
    return Byline(names, None, line.printed(*dated.span("date"))) if names and sure else None


def _parts(line: Line) -> list[tuple[int, int]]:
    if len(line.text) > _MAX_LINE or line.block.kind == "item":
        return []
    text = line.text
    for begin in _PARTS_BEGIN:
        if begin in text:
            break
    else:
        return []  # most lines: spare the expression
    spans = []
    at = 0
    for m in _PARTED.finditer(line.text):
        spans.append((at, m.start()))
        at = m.end()
    return [*spans, (at, len(line.text))]


def _by_end(text: str) -> int:
    by = _BY.match(text)
    return by.end() if by else 0
