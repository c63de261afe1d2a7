"""Datelines of other pieces above the title: a rail of podcasts or of briefs stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from extractors.datelines import (
    is_separator,
    read_both,
    read_dateline,
    read_day_behind,
    read_kind,
)
from extractors.dates import from_url, localise, parse_printed, writes_month_first
from extractors.manuscript import Line
from extractors.model import Document
from extractors.profile import Profile

_BELOW = 4  # lines below the title among which its dateline stands
_MAX_LINE = 130


class _Dated(NamedTuple):
    at: int
    day: date | None
    kind: bool  # it names a kind of piece
    own: bool  # and that is one the publisher has


def stray_lines(
    lines: Sequence[Line], titled: Line | None, document: Document, profile: Profile
) -> int:
    """Return how many lines above the title end with the last dateline of another piece.

    The brief's own is the one of the day that the address or the page declares, or names one of
    the publisher's kinds, or is nearest to the title. Alone, one that names another kind is a
    stray if the address has another day.
    """
    if titled is None or profile.publisher is None:
        return 0
    head = next((at for at, line in enumerate(lines) if line is titled), 0)
    above = list(_dated(lines, range(head), profile))
    if not above:
        return 0
    declared = _declared(document, profile)
    below = _dated(lines, range(head + 1, min(head + 1 + _BELOW, len(lines))), profile)
    told = [*above, *(dated for dated in below if dated.own or dated.day in declared)]
    own = min(
        told,
        key=lambda dated: (
            dated.day not in declared,
            not dated.own,
            abs(head - dated.at),
            dated.at > head,
        ),
    )
    if declared and own.day not in declared and own.kind and not own.own:
        return own.at + 1
    strays = (dated.at + 1 for dated in above if dated.at < own.at and dated.day != own.day)
    return max(strays, default=0)


def _declared(document: Document, profile: Profile) -> frozenset[date]:
    days = {from_url(address) for address in (document.url, document.canonical_url) if address}
    stamp = document.published
    if stamp is not None and profile.timezone:
        days.add(localise(stamp, profile.timezone).on)
    return frozenset(day for day in days if day is not None)


def _dated(lines: Sequence[Line], places: range, profile: Profile) -> Iterator[_Dated]:
    month_first = writes_month_first(profile.timezone)
    for at in places:
        line = lines[at]
        if line.block.marginal or len(line.text) > _MAX_LINE:
            continue
        kind: str | None = None
        if m := read_dateline(line.text):
            if m["updated"]:
                continue
            kind, day = m["kind"] or _beside(lines, at, profile), m["date"]
        elif (m := read_both(line.text)) and profile.kind_end(m["kind"]):
            kind, day = m["kind"], m["date"]
        elif behind := read_day_behind(line):
            kind, day = line.text[: line.text.find(behind.text)], behind.text
        else:
            continue
        own = kind is not None and profile.kind_end(kind) is not None
        yield _Dated(at, parse_printed(day, month_first=month_first), kind is not None, own)


def _beside(lines: Sequence[Line], at: int, profile: Profile) -> str | None:
    """Return the kind that a line next to a bare day names."""
    below = at + 1
    if below < len(lines) and is_separator(lines[below].text):
        below += 1
    for near in (below, at - 1):
        kind = read_kind(lines[near], profile) if 0 <= near < len(lines) else None
        if kind is not None:
            return kind.text
    return None
