"""How often a source publishes, when it is asked next, and what that looks like. Pure.

A source that fails is asked ever less often, and never given up: hosts come back after months.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from flows.sources.model import Collected
from warehouse.ledger import SourceState

KEPT_DAYS = 40
"""Days of publication that are remembered: two months of a daily source, forty of a monthly one."""
_ENOUGH = 4
"""Days from which a cadence is learned; three gaps are the least that have a middle one."""
_BACK_OFF = tuple(timedelta(hours=n) for n in (0, 1, 6, 24, 48, 96, 168))
"""How long a source is left alone after so many failures in a row; the last one holds from then."""
_EARLY = 0.95
"""The share of a wait after which it is over: a night may start earlier than the one before."""


def is_due(state: SourceState | None, now: datetime) -> bool:
    """Tell whether a source is asked now."""
    return state is None or state.next_ask_at is None or state.next_ask_at <= now


def after(
    before: SourceState | None, found: Collected, at: datetime, *, fresh: bool
) -> SourceState:
    """Return how a source does after a run; ``fresh`` tells whether it brought a new brief."""
    source = found.source
    state = before or SourceState(source.name, source.kind, source.location)
    state = replace(state, kind=source.kind, location=source.location)
    if not found.asked:
        return state
    if found.error is not None:
        return failed(state, at, found.error, found.retry_at)
    # where nobody tells the days, those on which something came are as good
    days = found.days or ([at.date()] if fresh else [])
    state = answered(state, at, days, source.every)
    return replace(state, last_new_at=at) if fresh else state


def answered(
    state: SourceState, at: datetime, days: Iterable[date], every: timedelta | None = None
) -> SourceState:
    """Return ``state`` after the source answered; ``days`` are those on which it published.

    ``every`` is how long it is left alone from now on.
    """
    recent = merged_days(state.recent_days, days, at.date())
    return replace(
        state,
        last_asked_at=at,
        last_success_at=at,
        next_ask_at=at + every * _EARLY if every else None,
        failures_in_row=0,
        recent_days=recent,
        newest_on=recent[-1] if recent else None,
        cadence_days=cadence(recent),
    )


def failed(state: SourceState, at: datetime, error: str, retry_at: datetime | None) -> SourceState:
    """Return ``state`` after the source did not answer; ``retry_at`` is when it wants to be."""
    failures = state.failures_in_row + 1
    again = at + _BACK_OFF[min(failures, len(_BACK_OFF)) - 1] * _EARLY
    return replace(
        state,
        last_asked_at=at,
        next_ask_at=max(again, retry_at or again),
        failures_in_row=failures,
        last_error=error,
    )


def merged_days(known: Iterable[date], found: Iterable[date], today: date) -> tuple[date, ...]:
    """Return the latest days of publication; those to come are a mistake of the source's."""
    days = {day for day in (*known, *found) if day <= today}
    return tuple(sorted(days)[-KEPT_DAYS:])


def cadence(days: tuple[date, ...]) -> float | None:
    """Return the days from one publication to the next, or None if too few are known."""
    if len(days) < _ENOUGH:
        return None
    return median((b - a).days for a, b in pairwise(days))


def silent_days(state: SourceState, today: date) -> int | None:
    """Return for how many days a source is silent, if that is longer than is its habit.

    A weekend is no silence of a daily source, nor is one issue left out of any.
    """
    if state.cadence_days is None or state.newest_on is None:
        return None
    silent = (today - state.newest_on).days
    return silent if silent > 3 * state.cadence_days + 1 else None


def in_words(state: SourceState, today: date) -> str:
    """Return what is known of a source's habit: "publishes about daily, silent for 5 days"."""
    if state.cadence_days is None:
        return ""
    habit = f"publishes about {_often(state.cadence_days)}"
    silent = silent_days(state, today)
    return f"{habit}, silent for {silent} days" if silent else habit


def _often(days: float) -> str:
    if days <= 1.5:
        return "daily"
    for about, word in ((7, "weekly"), (14, "every two weeks"), (30.5, "monthly")):
        if abs(days - about) <= about / 6:
            return word
    return f"every {days:.0f} days"
