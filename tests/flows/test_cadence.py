"""How often a source publishes, and how one that fails is left alone for longer and longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from flows.sources import cadence
from warehouse.ledger import SourceState

NIGHT = datetime(2025, 4, 30, 3, 15, tzinfo=UTC)
NEW = SourceState("tank", "feed", "https://tank.example/feed")


def _state(*days):
    return cadence.answered(NEW, NIGHT, [date(2025, 4, day) for day in days])


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((), ""),
        ((1, 2, 3), ""),  # too few to tell
        ((22, 23, 24, 25, 28, 29), "publishes about daily"),
        ((21, 22, 23, 24, 25), "publishes about daily, silent for 5 days"),
        ((1, 8, 15, 22), "publishes about weekly"),
        ((1, 4, 7, 10), "publishes about every 3 days, silent for 20 days"),
        ((2, 3, 28, 29, 30), "publishes about daily"),
    ],
)
def test_the_habit_in_words(days, words):
    assert cadence.in_words(_state(*days), NIGHT.date()) == words


def test_days_are_learned_over_many_nights_and_those_to_come_are_not():
    state = NEW
    for n in range(60):
        at = NIGHT + timedelta(days=n)
        state = cadence.answered(state, at, [at.date(), date(2031, 1, 1)])
    assert len(state.recent_days) == cadence.KEPT_DAYS
    assert state.newest_on == (NIGHT + timedelta(days=59)).date()
    assert state.cadence_days == 1


def test_a_night_without_news_forgets_nothing():
    state = cadence.answered(_state(1, 8, 15, 22), NIGHT + timedelta(days=1), ())
    assert state.cadence_days == 7
    assert state.newest_on == date(2025, 4, 22)


def test_a_source_that_fails_is_asked_less_and_less_often_and_never_given_up():
    state, at, asked = NEW, NIGHT, []
    for _ in range(400):  # runs, every six hours
        if cadence.is_due(state, at):
            asked.append(at)
            state = cadence.failed(state, at, "does not answer", None)
        at += timedelta(hours=6)
    gaps = [(b - a).total_seconds() / 3600 for a, b in pairwise(asked)]
    assert gaps[:6] == [6, 6, 6, 24, 48, 96]
    assert set(gaps[6:]) == {162}  # the run before a week is over
    assert state.failures_in_row == len(asked)
    state = cadence.answered(state, at, ())
    assert (state.failures_in_row, state.next_ask_at) == (0, None)
    assert state.last_error == "does not answer"


def test_a_source_that_fails_is_asked_every_night_at_first():
    state = NEW
    for n in range(4):
        at = NIGHT + timedelta(days=n, minutes=-n)
        assert cadence.is_due(state, at)
        state = cadence.failed(state, at, "does not answer", None)


def test_retry_after_holds_across_runs():
    later = NIGHT + timedelta(hours=20)
    state = cadence.failed(NEW, NIGHT, "too many requests", later)
    assert state.next_ask_at == later
    assert not cadence.is_due(state, NIGHT + timedelta(hours=6))
    assert cadence.is_due(state, NIGHT + timedelta(hours=24))


def test_a_run_in_which_nothing_was_due_teaches_nothing():
    from flows.sources.model import Collected, Source

    source = Source("tank", "pages", ("https://tank.example/1",))
    failing = cadence.failed(NEW, NIGHT, "does not answer", None)
    later = NIGHT + timedelta(hours=2)
    kept = cadence.after(failing, Collected(source), later, fresh=False)
    assert (kept.failures_in_row, kept.last_asked_at) == (1, NIGHT)
    fine = cadence.after(failing, Collected(source, asked=True), later, fresh=False)
    assert (fine.failures_in_row, fine.last_success_at) == (0, later)
