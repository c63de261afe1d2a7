"""How sources do, at a glance: what the ledger knows of each, as rows and as lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.sources.cadence import in_words, silent_days
from flows.sources.model import Source
from warehouse.ledger import SourceState


@dataclass(frozen=True, slots=True)
class Health:
    """One source at a glance. Times are in UTC; ``silent_days`` is set if that is not its habit.

    ``condition`` is one of :data:`warehouse.standing.CONDITIONS`, "off" for a source that is not
    enabled, or "never asked".
    """

    source: str
    kind: str
    location: str
    condition: str
    last_success_at: datetime | None
    last_new_at: datetime | None
    failures_in_row: int
    next_ask_at: datetime | None
    pending: int
    held: int
    cadence_days: float | None
    silent_days: int | None
    habit: str
    last_error: str | None


def healths(
    declared: Sequence[Source],
    states: Iterable[SourceState],
    conditions: Mapping[str, tuple[str, int]],
    pending: Mapping[str, int],
    now: datetime,
    *,
    others: bool,
) -> list[Health]:
    """Return how the declared sources do, in their order; with ``others``, all that were asked too.

    ``conditions`` holds condition and held captures of a source, ``pending`` its captures that wait
    for an outcome.
    """
    known = {state.source: state for state in states}
    found = []
    for source in declared:
        state = known.pop(source.name, None) or SourceState(
            source.name, source.kind, source.location
        )
        found.append(_health(state, conditions, pending, now, enabled=source.enabled))
    rest = [known[name] for name in sorted(known)] if others else []
    return found + [_health(state, conditions, pending, now, enabled=True) for state in rest]


def _health(
    state: SourceState,
    conditions: Mapping[str, tuple[str, int]],
    pending: Mapping[str, int],
    now: datetime,
    *,
    enabled: bool,
) -> Health:
    condition, held = conditions.get(state.source, ("never asked", 0))
    silent = silent_days(state, now.date())
    if condition in ("well", "learning") and silent:
        condition = "silent"
    return Health(
        state.source,
        state.kind,
        state.location,
        condition if enabled else "off",
        state.last_success_at,
        state.last_new_at,
        state.failures_in_row,
        state.next_ask_at if state.next_ask_at and state.next_ask_at > now else None,
        pending.get(state.source, 0),
        held,
        state.cadence_days,
        silent,
        in_words(state, now.date()),
        state.last_error if state.failures_in_row else None,
    )


HEADS = ("source", "kind", "condition", "last answered", "last new", "failures", "asked again",
          "pending", "held", "habit")  # fmt: skip


def lines(found: Sequence[Health], now: datetime) -> list[str]:
    """Return ``found`` as a table for people, the last error of a source that fails below it."""
    rows = [HEADS] + [cells(health, now) for health in found]
    widths = [max(len(row[nth]) for row in rows) for nth in range(len(HEADS))]
    shown = []
    for row, health in zip(rows, (None, *found), strict=True):
        shown.append("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())
        if health is not None and health.last_error:
            shown.append(f"    {health.last_error}")
    return shown


def cells(health: Health, now: datetime) -> tuple[str, ...]:
    """Return the values of :data:`HEADS` for a person."""
    off = health.condition == "off"
    again = f"in {_span(health.next_ask_at - now)}" if health.next_ask_at else "next run"
    return (
        health.source,
        health.kind,
        health.condition,
        _ago(health.last_success_at, now),
        _ago(health.last_new_at, now),
        str(health.failures_in_row),
        "never" if off else again,
        str(health.pending),
        str(health.held),
        health.habit,
    )


def _ago(at: datetime | None, now: datetime) -> str:
    return f"{_span(now - at)} ago" if at else "never"


def _span(time: timedelta) -> str:
    """Return a time in its largest unit that tells enough: 40 s, 5 min, 30 h, 12 d."""
    seconds = max(time.total_seconds(), 0)
    for unit, size, most in (("s", 1, 90), ("min", 60, 90), ("h", 3600, 48)):
        if seconds < most * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86400:.0f} d"
