"""Lines of notes that say what a brief is and where it was found: kind, day, house and address.

(Harbor Institute Policy Brief, May 8, 2025)        May 8, 2025 | Policy Brief ([link](...))
"""

from __future__ import annotations

import re

from extractors.datelines import kind_within, read_dateline
from extractors.dates import PRINTED_DATE
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.profile import Profile

_MAX_LINE = 250
_DAY = re.compile(rf"{PRINTED_DATE}|\b\d{{4}}-\d\d-\d\d\b", re.I)
_ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+")
_PART = re.compile(r"[^|•·,;:()\[\]—–\n]+")
_LINKS = frozenset(
    (
        "link;url;source;original;web;website;page;permalink;pdf;here;read;read more;"
        "original link;source link;online;full text;via;from;at;on"
    ).split(";")
)


def read_note(line: Line, profile: Profile) -> tuple[Printed, Printed] | None:
    """Read a line of one kind and one day, and nothing else but the house and where it was found.

    A dateline that names a known kind is no note: :mod:`extractors.datelines` reads it.
    """
    text = line.text
    if not 0 < len(text) <= _MAX_LINE or profile.publisher is None or "20" not in text:
        return None  # most lines
    day = _DAY.search(text)
    if day is None:
        return None
    dateline = read_dateline(text)
    if dateline is not None and (
        not dateline["kind"] or profile.kind_end(dateline["kind"]) is not None
    ):
        return None
    rest = text[: day.start()] + "|" * (day.end() - day.start()) + text[day.end() :]
    rest = _ADDRESS.sub(lambda m: "|" * len(m[0]), rest)
    kind: Printed | None = None
    for part in _PART.finditer(rest):
        words = part[0].strip(" .*_-–")
        own = kind_within(line, *part.span(), profile) if kind is None else None
        kind = kind or own
        if words and own is None and not _is_around(words, profile):
            return None
    return (kind, line.printed(*day.span())) if kind is not None else None


def _is_around(words: str, profile: Profile) -> bool:
    """Tell whether words name the house, its site, or that there is a link."""
    if words.lower() in _LINKS or profile.names_house(words):
        return True
    return " " not in words and profile.serves(words.lower())
