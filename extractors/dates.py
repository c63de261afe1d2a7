"""Dates as briefs print them and as metadata gives them. What is not certain is None."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from extractors.model import Stamp

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTHS = "|".join(sorted(_MONTHS, key=len, reverse=True))
"""The names of the months, long and short, as one expression (IGNORECASE)."""

PRINTED_DATE = (
    rf"(?:(?:{MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})\.?,?\s+\d{{4}})"
)
"""A regular expression (to be compiled with IGNORECASE) for one printed calendar day."""

PRINTED_MONTH = rf"(?:{MONTHS})\.?,?\s+\d{{4}}"
"""The same for a month and its year."""

NUMERIC_DATE = (
    rf"(?:\d{{4}}[-/]\d\d[-/]\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}|\d{{1,2}}-(?:{MONTHS})-\d{{4}})"
)
"""The same for a day of figures and marks, which is one on a line of its own only."""

_MONTH_FIRST = re.compile(rf"({MONTHS})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.I)
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({MONTHS})\.?,?\s+(\d{{4}})", re.I
)
_DASHED = re.compile(rf"(\d{{1,2}})-({MONTHS})-(\d{{4}})", re.I)
_FIGURES = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})")
_MONTH_FIRST_ZONES = frozenset(
    f"America/{place}"
    for place in "New_York Detroit Chicago Denver Phoenix Los_Angeles Anchorage".split()
)
_DAY_FIRST_ZONES = ("Europe/", "Africa/", "Asia/Jerusalem", "Australia/")
_ANY_PRINTED = re.compile(PRINTED_DATE, re.I)
_SPACED_OFFSET = re.compile(r"(?<=\d)\s+([+-]\d{2}:?\d{2})$")
_URL_DAY = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?:/|$)")
_URL_MONTH_FIRST = re.compile(rf"[/_-]({MONTHS})-(\d{{1,2}})-((?:19|20)\d{{2}})/?(?:[?#]|$)", re.I)
_URL_YEAR_FIRST = re.compile(rf"[/_-]((?:19|20)\d{{2}})-({MONTHS})-(\d{{1,2}})/?(?:[?#]|$)", re.I)


def _day(year: str, month: int | str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_printed(text: str, *, month_first: bool | None = None) -> date | None:
    """Read one printed day: ``January 14, 2025``, ``14 Jan 2025``, ``2025-01-14``, ``14.01.2025``.

    ``month_first`` says what ``01/02/2025`` means where it was printed; None if nobody knows, and
    then that is no day. Points are never put between a month and its day.
    """
    text = text.strip()
    if m := _MONTH_FIRST.fullmatch(text):
        return _day(m[3], _MONTHS[m[1].lower()], m[2])
    if m := _DAY_FIRST.fullmatch(text):
        return _day(m[3], _MONTHS[m[2].lower()], m[1])
    if m := _ISO_DAY.fullmatch(text):
        return _day(m[1], m[2], m[3])
    if m := _DASHED.fullmatch(text):
        return _day(m[3], _MONTHS[m[2].lower()], m[1])
    if m := _FIGURES.fullmatch(text):
        return _of_figures(m, month_first)
    return None


def writes_month_first(zone: str | None) -> bool | None:
    """Tell whether figures of a day begin with the month where ``zone`` is; None if unknown.

    In the United States they do, in Europe, Africa, Israel and Australia they do not; elsewhere
    people do both.
    """
    if zone in _MONTH_FIRST_ZONES:
        return True
    return False if zone is not None and zone.startswith(_DAY_FIRST_ZONES) else None


def _of_figures(m: re.Match[str], month_first: bool | None) -> date | None:
    day, month = _day(m[4], m[3], m[1]), _day(m[4], m[1], m[3])
    if m[2] == "." or month is None or day == month:
        return day
    if day is None:
        return month
    return None if month_first is None else month if month_first else day


def from_url(url: str) -> date | None:
    """Read the day from an address like ``/2025/01/14/slug`` or ``/update-january-14-2025``.

    None unless exactly one day is there.
    """
    days = {_day(*m.groups()) for m in _URL_DAY.finditer(url)}
    if m := _URL_MONTH_FIRST.search(url):
        days.add(_day(m[3], _MONTHS[m[1].lower()], m[2]))
    if m := _URL_YEAR_FIRST.search(url):
        days.add(_day(m[1], _MONTHS[m[2].lower()], m[3]))
    return days.pop() if len(days) == 1 else None


def parse_metadata(text: str) -> Stamp | None:
    """Read a metadata time (ISO 8601), keeping the local day and the offset that it states.

    A time in UTC (``Z`` or ``+00:00``) gives the instant alone: see :func:`localise`.
    """
    text = text.strip()
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        day = parse_printed(text)
        return Stamp(day) if day else None
    if len(text) <= 10 or at.tzinfo is None:
        return Stamp(at.date())
    offset = at.utcoffset() or timedelta()
    try:
        instant = at.astimezone(UTC)
    except OverflowError:
        return Stamp(at.date())
    if not offset:
        return Stamp(None, instant, 0)
    return Stamp(at.date(), instant, int(offset.total_seconds() // 60))


def parse_feed(text: str) -> Stamp | None:
    """Read a time as feeds print it (RFC 822 or ISO 8601), as :func:`parse_metadata` does.

    Of what is in neither form, the day alone, if one is printed in it.
    """
    text = _SPACED_OFFSET.sub(r"\1", text.strip())
    if stamp := parse_metadata(text):
        return stamp
    from email.utils import parsedate_to_datetime  # only feeds need it, and it takes its time

    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        found = _ANY_PRINTED.search(text)
        day = parse_printed(found[0]) if found else None
        return Stamp(day) if day else None
    if at.tzinfo is None and text.endswith("-0000"):  # UTC, and nobody's local time
        at = at.replace(tzinfo=UTC)
    return parse_metadata(at.isoformat())


def localise(stamp: Stamp, zone: str) -> Stamp:
    """Give a UTC-only ``stamp`` the day and offset it had in ``zone`` (an IANA name)."""
    if stamp.on is not None or stamp.at is None:
        return stamp
    local = stamp.at.astimezone(ZoneInfo(zone))
    offset = local.utcoffset() or timedelta()
    return Stamp(local.date(), stamp.at, int(offset.total_seconds() // 60))
