"""The line that a blog's program prints for a post: who put it up, when, and under what.

Posted by Ada Vance on Mar 3, 2025 in Memos | 0 comments
Posted on March 3, 2025 by Ada Vance
Posted By Harbor Institute On March 3, 2025 @ 11:04 am In Dispatches | Comments Disabled
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.datelines import CLOCK, WEEKDAY
from extractors.dates import PRINTED_DATE
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.people import read_people
from extractors.posted import with_posts
from extractors.profile import Profile

_DAY = rf"(?:{WEEKDAY},?\s+)?(?P<date>{PRINTED_DATE})(?:,?\s+(?:(?:@|at|-)\s*)?{CLOCK})?"
_BEHIND = (
    r"(?:[\s|•·,–—-]+(?:filed )?(?:in|under):?\s+(?P<under>[^|•·]{2,80}?))?"
    r"(?:[\s|•·,–—-]+(?:(?:\d+|no|leave an?|add an?) )?(?:comments?|replies|reply)\b.{0,30})?"
)
_POST = re.compile(
    rf"(?:posted|published|submitted) by:?\s+(?P<names>\S.{{1,120}}?)(?:,? on |\s*[|•·]\s*|, )"
    rf"{_DAY}{_BEHIND}",
    re.I,
)
_DATED = re.compile(
    rf"(?:posted|published|submitted) on:?\s+{_DAY}"
    rf"(?:,? by:?\s+(?P<names>\S.{{1,120}}?))?{_BEHIND}",
    re.I,
)
_MAX_LINE = 250
_BEGINS = frozenset("pPsS")


class PostLine(NamedTuple):
    """Who put a post up, when, and the kind of piece that it was put under."""

    authors: tuple[Printed, ...]
    kind: Printed | None
    day: Printed


def read_post_line(line: Line, profile: Profile) -> PostLine | None:
    """Read a blog's line on a post. An account or a house that put it up is nobody's name."""
    text = line.text
    if text[:1] not in _BEGINS or len(text) > _MAX_LINE or text[6:12].find(" ") == -1:
        return None
    m = _POST.fullmatch(text) or _DATED.fullmatch(text)
    if m is None:
        return None
    start, end = m.span("names")
    own = start == end or profile.names_house(m["names"])
    names = () if own else read_people(line, start, end) or with_posts(line, start, end)
    size = profile.kind_end(m["under"]) if m["under"] else None
    kind = None if size is None else line.printed(m.start("under"), m.start("under") + size)
    return PostLine(names, kind, line.printed(*m.span("date")))
