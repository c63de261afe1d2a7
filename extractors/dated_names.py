"""Names with a day right behind them: "Ada Vance and Ole Brandt, May 4, 2025"."""

from __future__ import annotations

import re

from extractors.bylines import Byline
from extractors.datelines import WEEKDAY
from extractors.dates import PRINTED_DATE
from extractors.manuscript import Line
from extractors.people import all_linked, linked_people, read_people
from extractors.posted import label_end, labelled_people
from extractors.profile import Profile
from extractors.text import fold

_DIGIT = re.compile(r"\d")
_GLUED = r"(?=(?-i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )"
BEHIND_NAMES = re.compile(
    rf"(?:[\s,(]+|(?<=[^\W_]){_GLUED})(?:published |posted )?(?:on )?"
    rf"(?:{WEEKDAY},?\s+)?(?P<date>{PRINTED_DATE})\)?"
    r"(?:[\s,]+\d{1,2}[- ]min(?:ute)?s?(?: reads?)?)?$",
    re.I,
)
"""A day at the end of a line, in group ``date``, with what may stand around it."""

_MAX_LINE = 300


def read_names_and_day(line: Line, profile: Profile, known: set[str]) -> Byline | None:
    """Read names with a day right behind them, and the time that reading takes.

    Names are certain if they are links to people, or the page declares them, or if they are
    several on a page of a known publisher.
    """
    if not _DIGIT.search(line.text, 0, _MAX_LINE):
        return None  # most titles: spare the longer expression
    short = len(line.text) <= _MAX_LINE and line.text.rstrip(")")[-1:].isalnum()
    dated = BEHIND_NAMES.search(line.text) if short and line.block.kind != "item" else None
    if dated is None:
        return None
    start, end = label_end(line.text), dated.start()
    if profile.kind_end(line.text[start:end].strip()) is not None:
        return None
    linked = linked_people(line, start, end) if line.block.anchors else ()
    names = labelled_people(line, start, end) if start else linked or read_people(line, start, end)
    sure = start > 0 or all(fold(name.text) in known for name in names)
    sure = sure or (len(names) > 1 and profile.publisher is not None)
    sure = sure or all_linked(line, start, end, profile)
    return Byline(names, None, line.printed(*dated.span("date"))) if names and sure else None
