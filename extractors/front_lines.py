"""What a line above the text is, given the lines around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.bylines import is_sentence, names_authors
from extractors.datelines import (
    kind_within,
    read_dateline,
    read_day_behind,
    read_kind,
    read_kind_and_day,
    read_labelled_day,
)
from extractors.dates import PRINTED_DATE
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.names import is_person
from extractors.posted import label_end
from extractors.profile import Profile
from extractors.text import fold

_ORIGINAL = ("originally published", "original publication date", "date originally published")
_MAX_ORIGINAL = max(map(len, _ORIGINAL))
_DAY_LABELS = frozenset(
    "date published;publication date;date of publication;published;published on;publishing date;"
    "release date;first published;date released".split(";")
)
_MAX_DAY_LABEL, _MAX_DATED = 25, 40
_DAY_INITIALS = frozenset("DPRFdprf")
_FILED = ("Categor", "Filed", "Posted", "Published")
_FILED_UNDER = re.compile(
    r"(?:Categor(?:y|ies):?|(?:Filed|Posted|Published) (?:under|in):?)\s+", re.I
)
_FILED_PART = re.compile(r"[^\s,;|•·/][^,;|•·/]{0,80}")
_ANY_DATE = re.compile(PRINTED_DATE, re.I)
_MAX_LABEL = 22
_MAX_DEK = 300  # characters
_MENU_LINKS = 2
_MENU_MARKS = " |•·/»›>,-–\n"


def is_lone_name(line: Line, known: set[str]) -> bool:
    """Tell whether one name is all that a line holds: above a title, that is a topic's."""
    return fold(line.text) not in known and is_person(line.text)


def heads_prose(lines: Sequence[Line], at: int, known: set[str]) -> bool:
    """Tell whether a heading stands right above prose: two capitals in it make no name."""
    line, below = lines[at], lines[at + 1 : at + 2]
    heads = line.block.kind == "heading" and fold(line.text) not in known
    return heads and not names_authors(line) and any(map(is_sentence, below))


def is_value(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a heading of a word or two labels a line: "Project", "Topics and Regions"."""
    above = lines[at - 1] if at else None
    if above is None or above.section not in ("lead", "context") or len(above.text) > _MAX_LABEL:
        return False
    if label_end(lines[at].text):
        return False  # "By Ada Vance" below a subheading
    heads = above.block.kind == "heading" or above.text.endswith(":")
    return heads and not label_end(f"{above.text.rstrip(':')}: x")


def names_authors_alone(lines: Sequence[Line], at: int) -> bool:
    """Tell whether no other line than this begins with "By": several head experts' words."""
    return _begins_with_by(lines[at]) and not any(
        _begins_with_by(lines[below]) for below in range(at + 1, len(lines))
    )


def _begins_with_by(line: Line) -> bool:
    by = line.text[:3].lower() == "by " and len(line.text) <= _MAX_DEK
    return (by and not line.text.endswith(".")) or names_authors(line)


def is_dek(lines: Sequence[Line], at: int, profile: Profile) -> bool:
    """Tell whether a paragraph stands between the title and the dateline.

    The kind of piece may stand above the day.
    """
    above, line, below = lines[at - 1], lines[at], lines[at + 1 : at + 3]
    if above.section not in ("title", "repeat", "boilerplate") or len(line.text) > _MAX_DEK:
        return False
    if below and read_kind(below[0], profile) is not None:
        below = below[1:]
    if not below or below[0].block.marginal:
        return False
    dateline = read_dateline(below[0].text)
    return dateline is not None and not dateline["updated"]


def is_original(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a day's line, or the one above, says that it is the first: "Originally ..."."""
    own = lines[at].text[:_MAX_ORIGINAL].lower().startswith(_ORIGINAL)
    return own or (at > 0 and fold(lines[at - 1].text) in _ORIGINAL)


def follows_head(lines: Sequence[Line], at: int) -> bool:
    return at > 0 and lines[at - 1].section == "title"


def beside_dateline(lines: Sequence[Line], at: int, profile: Profile) -> bool:
    """Tell whether a line stands next to the kind and the day, as authors below an abstract do."""
    beside = (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])
    return any(read_kind_and_day(line, profile) is not None for line in beside)


def before_title(line: Line, begin: int, end: int, titled: Line | None) -> int:
    """Return where a dateline's part ends: before the title that a bar has in the same line."""
    at = line.text.rfind(titled.text, begin, end) if titled is not None else -1
    return len(line.text[:at].rstrip(_MENU_MARKS)) if at > begin else end


def update_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the places of lines that print the day of an update, beside a dateline of another."""
    updates = frozenset(at for at, line in enumerate(lines) if _is_update(line))
    if not updates:
        return updates  # most documents
    dated = any(at not in updates and read_dateline(line.text) for at, line in enumerate(lines))
    return updates if dated else frozenset()


def _is_update(line: Line) -> bool:
    if not line.text[:12].lower().startswith(("updated", "last updated")):
        return False  # most lines: spare the long expression
    return read_dateline(line.text) is not None


def is_menu(line: Line) -> bool:
    """Tell whether a line above the title is links alone, and they are no people's."""
    anchors = line.block.anchors
    if len(anchors) < _MENU_LINKS:
        return False
    at, between = 0, ""
    for anchor in anchors:
        between += line.text[at : anchor.start]
        at = anchor.end
    named = any(is_person(line.text[anchor.start : anchor.end]) for anchor in anchors)
    return not named and not (between + line.text[at:]).strip(_MENU_MARKS)


def date_in(title: Printed) -> Printed | None:
    """Return the one day that a title names: "Weekly Update, August 12, 2024"."""
    found = list(_ANY_DATE.finditer(title.text))
    if len(found) != 1 or title.start is None:
        return None
    return Printed(found[0][0], title.start + found[0].start(), title.start + found[0].end())


def day_below_head(line: Line, profile: Profile) -> Printed | None:
    """Read a day behind a label or behind a desk, a place or an outlet."""
    labelled = read_labelled_day(line) if profile.publisher is not None else None
    return labelled or read_day_behind(line)


def closing_day(lines: Sequence[Line], profile: Profile) -> Printed | None:
    """Return the day behind or below a label in what a page prints of a paper beside its text."""
    if profile.publisher is None:
        return None
    for line, below in pairwise(lines):
        if len(line.text) > _MAX_DATED or line.text[:1] not in _DAY_INITIALS:
            continue  # most lines
        if line.text.startswith("Published ") and line.text[-4:].isdigit():
            dateline = read_dateline(line.text)
            if dateline is not None and dateline.end() == len(line.text):
                return line.printed(*dateline.span("date"))
        if len(line.text) > _MAX_DAY_LABEL or fold(line.text) not in _DAY_LABELS:
            continue
        dateline = read_dateline(below.text)
        if dateline is not None and not line.block.marginal:
            return below.printed(*dateline.span("date"))
    return None


def filed_kind(lines: Sequence[Line], profile: Profile) -> Printed | None:
    """Return the one kind of piece that the one line names which says what a piece is filed under.

    Several kinds, and several such lines, as lists of other pieces have them, tell nothing.
    """
    filed = [
        (line, label.end())
        for line in lines
        if line.text.startswith(_FILED) and (label := _FILED_UNDER.match(line.text))
    ]
    if len(filed) != 1:
        return None
    line, start = filed[0]
    named = [
        kind
        for part in _FILED_PART.finditer(line.text, start)
        if (kind := kind_within(line, *part.span(), profile)) is not None
    ]
    return named[0] if len(named) == 1 else None


def day_on_top(lines: Sequence[Line], at: int, profile: Profile) -> Printed | None:
    """Read a place and the day above the title, where nothing but furniture is above them."""
    if profile.publisher is None or any(line.section != "boilerplate" for line in lines[:at]):
        return None
    return read_day_behind(lines[at])
