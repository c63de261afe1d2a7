"""Datelines: the lines that print when a piece was published, and what kind of piece it is."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.dates import NUMERIC_DATE, PRINTED_DATE
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.profile import Profile

WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?"
_HOURS = r"\s?(?:hrs?|hours?|h)"
CLOCK = rf"\d{{1,2}}(?:(?::\d\d)?\s?[ap]\.?m\.?|[:h]\d\d(?:{_HOURS})?|\d\d{_HOURS})"
"""Regular expressions (IGNORECASE) for a day of the week and an hour, as datelines have them."""
_ZONE = r"(?:,?\s\(?(?:[A-Z]{2,4}(?:\s?[+-]\d{1,2})?|(?:local|[a-z]{4,12}) time)\)?)?"
TIME = rf"(?i:,?\s+(?:[|•·–—-]\s+)?(?:at\s+)?{CLOCK}{_ZONE})?"
_READ_IN = r"(?:(?:\s*[|•·]\s*|\s+(?:[—–-]\s+)?)\d{1,2}[- ]min(?:ute)?s?(?: read)?)?"
_SAID = (
    "(?:(?:originally|first|date) )?published(?: online)?|posted|issued|released|dated|as of|"
    "(?:publication|release|publish(?:ing)?|posting) date|date of publication"
)
_DATELINE = re.compile(
    rf"^(?:\((?=as of ))?(?:(?:{_SAID}|(?P<updated>(?:last )?(?:updated|revised)))(?: on)?:?\s+)?"
    rf"(?:(?<=as of ){CLOCK}{_ZONE},?\s+(?:on\s+)?)?"
    rf"(?:{WEEKDAY},?\s+)?(?P<date>{PRINTED_DATE}|{NUMERIC_DATE})"
    rf"{TIME}{_READ_IN}"
    r"(?:\s*[|•·]\s*(?P<kind>(?!(?:last )?updated\b)[^\s|•·].{0,80}?))?"
    r"(?:\s*\((?:last )?updated\b[^()]{0,40}\)|[\s|•·,]+(?:last )?updated\b[^()|]{0,40}|"
    r"\s*[|•·])?\)?$",
    re.I,
)
_KIND_AND_FIGURES = re.compile(
    rf"(?P<kind>\S.{{2,60}}?)(?:,\s+|\s*[|•·]\s*|\s+[—–-]\s+)(?P<date>{NUMERIC_DATE})", re.I
)
_PROPER = r"(?!(?:Photo|Image|Picture)\b)[A-Z][\w’.-]*"
_YEAR = re.compile(r"\d{4}")
_KIND_AND_DAY = re.compile(
    rf"^(?P<kind>\S.{{2,60}}?)(?:,?\s+|\s*[|•·]\s*|\s+[—–-]\s+)(?P<date>{PRINTED_DATE})"
    rf"{TIME}{_READ_IN}$",
    re.I,
)
_BEHIND = re.compile(
    rf"(?:[^|•·]{{2,60}}?\s*[|•·]\s*|(?:(?:Issue|Volume|Vol\.|Number|No\.|Edition) \d+,? ){{1,2}}|"
    rf"(?:{_PROPER}[ /]){{0,3}}{_PROPER}, )(?P<date>(?i:{PRINTED_DATE}))"
)
_ORIGIN = re.compile(
    rf"(?:this \w+ )?(?:was |has )?(?:(?:originally|first|previously|also|as) )?"
    rf"(?:published|appeared|printed) (?:in|by|on|with|at) [^.]{{2,70}}?(?:,? on |,? |\s*[(|•·]\s*)"
    rf"(?P<date>{PRINTED_DATE})\)?\.?",
    re.I,
)
_LABELLED = re.compile(rf"Date:\s+(?:{WEEKDAY},?\s+)?(?P<date>{PRINTED_DATE}|{NUMERIC_DATE})", re.I)
_DAY_AND_KIND = re.compile(
    rf"^(?P<date>{PRINTED_DATE}){TIME}\s+(?:[—–-]\s+)?(?P<kind>\S.{{2,60}})$", re.I
)
_SEPARATORS = " |•·"
_BETWEEN_BARS = re.compile(r"[^|•·]+")
_KIND_LABEL = re.compile(
    r"(?:type|kind|category|format|series|(?:filed|published|posted) (?:under|in))\s*:\s+", re.I
)
_MAX_LABEL = 20
_MAX_DATELINE = 130


def read_dateline(text: str) -> re.Match[str] | None:
    """Match ``Month D, YYYY | Kind``: groups ``date`` and ``kind`` (None where none is printed)."""
    return _read_line(text) if len(text) <= _MAX_DATELINE else None


@lru_cache(maxsize=1024)  # a short line is asked for by many a rule
def _read_line(text: str) -> re.Match[str] | None:
    if _YEAR.search(text) is None:
        return None  # most lines: spare the long expression
    return _DATELINE.match(text)


def read_labelled_day(line: Line) -> Printed | None:
    """Read "Date: May 4, 2025": a day of something, if only below a known publisher's title."""
    m = _LABELLED.fullmatch(line.text) if len(line.text) <= _MAX_DATELINE else None
    return line.printed(*m.span("date")) if m else None


def read_day_behind(line: Line) -> Printed | None:
    """Read the day behind a desk ("Business | May 4, 2025"), a place or an outlet."""
    if len(line.text) > _MAX_DATELINE or _YEAR.search(line.text) is None:
        return None
    m = _BEHIND.fullmatch(line.text)
    return line.printed(*m.span("date")) if m else None


def read_origin(text: str) -> re.Match[str] | None:
    """Match "Originally published in The Outlet, May 4, 2025": group ``date``."""
    if len(text) > _MAX_DATELINE or "p" not in text or _YEAR.search(text) is None:
        return None
    return _ORIGIN.fullmatch(text)


def read_origin_day(line: Line) -> Printed | None:
    """Return the day of a line that names the outlet a piece was published in, and nothing else."""
    m = read_origin(line.text)
    return line.printed(*m.span("date")) if m else None


def is_separator(text: str) -> bool:
    """Tell whether nothing but the mark between date and kind is left of a line."""
    return not text.strip(_SEPARATORS)


def read_kind(line: Line, profile: Profile) -> Printed | None:
    """Return the kind of piece, if that is all that a line names: "FDD Flash Brief", "Type: Memo".

    The publisher may stand before it, or what it is.
    """
    if len(line.text) > _MAX_DATELINE:
        return None
    labelled = _KIND_LABEL.match(line.text) if ":" in line.text[:_MAX_LABEL] else None
    return kind_within(line, labelled.end() if labelled else 0, len(line.text), profile)


def read_kind_beside(line: Line, begin: int, end: int, profile: Profile) -> Printed:
    """Return the kind that a dateline names: what is between its bars, if that is known as one."""
    for m in _BETWEEN_BARS.finditer(line.text, begin, end):
        known = kind_within(line, *m.span(), profile)
        if known is not None:
            return known
    return line.printed(begin, end)


def kind_within(line: Line, begin: int, end: int, profile: Profile) -> Printed | None:
    """Return the kind of piece, if a part of a line names that, or the publisher before it."""
    text = line.text[begin:end].rstrip(_SEPARATORS)
    bare = text.lstrip(_SEPARATORS)
    size = profile.kind_end(bare)
    if size is None and bare.startswith(profile.organisations or ("\n",)):
        house = next(name for name in profile.organisations if bare.startswith(name))
        bare = bare.removeprefix(house).removeprefix("’s").lstrip(" ,:|•·–—")
        size = profile.kind_end(bare)
    begin += len(text) - len(bare)
    return line.printed(begin, begin + len(bare[:size].rstrip(":"))) if size is not None else None


def read_dated_kind(line: Line, profile: Profile) -> Printed | None:
    """Return the kind of a second dateline: a reprint has its own day above the first one's."""
    dateline = read_dateline(line.text)
    if dateline is None or not dateline["kind"]:
        return None
    end = profile.kind_end(dateline["kind"])
    begin = dateline.start("kind")
    return line.printed(begin, begin + end) if end is not None else None


def read_kind_and_day(line: Line, profile: Profile) -> tuple[Printed, Printed] | None:
    """Read "Insight No. 1942, February 6, 2025" or "New Atlanticist March 6, 2025"."""
    if len(line.text) > _MAX_DATELINE:
        return None
    m = read_both(line.text)
    if m is None and line.text[-4:].isdigit():  # figures tell less: the kind must be all else
        m = _KIND_AND_FIGURES.fullmatch(line.text)
    kind = kind_within(line, *m.span("kind"), profile) if m else None
    if m is None or kind is None:
        return None
    return kind, line.printed(*m.span("date"))


@lru_cache(maxsize=1024)
def read_both(text: str) -> re.Match[str] | None:
    """Match a few words and a day: groups ``kind``, whatever the words are, and ``date``."""
    if _YEAR.search(text) is None:
        return None
    return _KIND_AND_DAY.match(text) or _DAY_AND_KIND.match(text)
