"""What is usual at a source, learned from its own nights; decided without any I/O."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.bounds import (
    CONDITIONS,
    LEARNED_FROM,
    WINDOW,
    Past,
    Standing,
    broken,
    condition,
    in_words,
    judge,
    judge_night,
    reason_to_hold,
)
from warehouse.figures import FIGURES, Figure, Tally, figures, subject_of

SHARES = st.floats(0, 1, allow_nan=False)
COUNTS = st.integers(1, 200)
NAMES = st.sampled_from(sorted(set(FIGURES) - {"captures", "future dates", "silent nights"}))
PASTS = st.lists(st.builds(Past, SHARES, COUNTS, st.booleans()), max_size=WINDOW + 5)


def _tally(briefs=5, profile="fdd", **changed):
    whole = {
        "captures": briefs, "briefs": briefs, "titles": briefs, "dates": briefs, "authors": 0,
        "with_developments": briefs, "with_statements": briefs, "developments": 4 * briefs,
        "statements": 3 * briefs, "covered": 0.98 * briefs,
    }  # fmt: skip
    return Tally("tank", profile, **{**whole, **changed})


def _past_of(nights):
    """Return the past that ``nights`` of tallies make, the latest first."""
    found = {}
    for night in reversed(nights):
        for v in judge_night(night, {}):
            key = (v.figure.name, v.figure.subject)
            found.setdefault(key, []).append(Past(v.figure.value, v.figure.of))
    return found


USUAL = [[_tally(briefs)] for briefs in (5, 4, 6, 5, 3, 7, 5, 4, 5, 6, 5, 4)]


def _broken(tonight, nights=USUAL):
    return {v.figure.name for v in broken(judge_night(tonight, _past_of(nights)))}


def test_a_night_like_the_others_breaks_nothing():
    assert _broken([_tally()]) == set()


@pytest.mark.parametrize(
    ("changed", "figure"),
    [
        ({"with_developments": 0, "developments": 0}, "developments"),
        ({"with_statements": 0, "statements": 0}, "statements"),
        ({"titles": 0}, "titles"),
        ({"dates": 0}, "dates"),
        ({"developments": 6}, "developments per brief"),
        ({"covered": 2.0}, "coverage"),
        ({"captures": 30}, "read"),
    ],
)
def test_what_falls_holds_the_captures_of_its_source(changed, figure):
    verdicts = judge_night([_tally(**changed)], _past_of(USUAL))
    assert figure in {v.figure.name for v in broken(verdicts)}
    reason = reason_to_hold(verdicts, "tank", "fdd")
    assert FIGURES[figure] in reason
    assert " fell from " in reason
    assert reason_to_hold(verdicts, "another", "fdd") is None


@pytest.mark.parametrize(
    ("changed", "figure"),
    [({"unknown_headings": 20}, "unknown headings"), ({"future": 1}, "future dates")],
)
def test_what_rises_warns_and_holds_nothing(changed, figure):
    verdicts = judge_night([_tally(**changed)], _past_of(USUAL))
    assert [v.figure.name for v in broken(verdicts)] == [figure]
    assert " rose from " in in_words(broken(verdicts)[0])
    assert reason_to_hold(verdicts, "tank", "fdd") is None


def test_a_redesign_that_no_profile_recognises_any_more():
    """The figures of the old profile are not there at all: those of the source tell."""
    assert "recognised" in _broken([_tally(profile="generic", with_developments=0)])


def test_of_two_publishers_of_a_source_only_the_one_that_broke_is_held():
    nights = [[_tally(), _tally(20, profile="isw")] for _ in range(12)]
    tonight = [_tally(with_developments=0, developments=0), _tally(20, profile="isw")]
    verdicts = judge_night(tonight, _past_of(nights))
    assert reason_to_hold(verdicts, "tank", "fdd")
    assert reason_to_hold(verdicts, "tank", "isw") is None


def test_volume_of_a_large_source_and_of_a_small_one():
    large = [[_tally(n)] for n in (40, 38, 44, 41, 39, 42, 37, 45, 40, 41, 43, 40)]
    assert "briefs" in _broken([_tally(2)], large)
    assert "briefs" not in _broken([_tally(20)], large)
    assert "briefs" in _broken([_tally(400)], large)
    assert "briefs" not in _broken([_tally(1)])  # five a night are too few to miss any


def test_one_odd_page_is_no_redesign_but_two_are():
    ones = [[_tally(1)] for _ in range(30)]
    assert "developments" not in _broken([_tally(1, with_developments=0)], ones)
    assert "developments" in _broken([_tally(2, with_developments=0)], ones)


def test_silence_is_remarked_when_it_is_longer_than_ever():
    quiet = Figure("silent nights", "tank", "tank", 8)
    streak = [Past(n) for n in range(7, 0, -1)]
    assert judge(quiet, [*streak, *[Past(0)] * 12]).high
    assert not judge(quiet, [*streak, *[Past(0)] * 12, Past(4)]).high  # half as long before


def test_what_a_person_let_pass_is_usual_from_then_on():
    figure = Figure("coverage", "tank", "tank", 0.5, 5)
    usual = [Past(0.98, 5)] * 12
    assert judge(figure, usual).holds
    let_pass = [Past(0.5, 5, accepted=True), *usual]
    assert judge(figure, let_pass).passed
    assert judge(Figure("coverage", "tank", "tank", 0.2, 5), let_pass).holds


@given(NAMES, SHARES, COUNTS, PASTS)
def test_no_bounds_before_there_are_nights_to_learn_from(name, value, of, past):
    verdict = judge(Figure(name, "s", "s", value, of), past[: LEARNED_FROM - 1])
    assert verdict.passed
    assert verdict.lower is None
    assert verdict.upper is None


@given(NAMES, COUNTS, PASTS)
def test_the_usual_value_always_passes(name, of, past):
    learned = judge(Figure(name, "s", "s", 0.0, of), past)
    if learned.usual is not None:
        assert judge(Figure(name, "s", "s", learned.usual, of), past).passed


@given(NAMES, SHARES, SHARES, COUNTS, PASTS)
def test_what_is_worse_than_what_breaks_breaks_too(name, value, other, of, past):
    worse, better = sorted((value, other))
    if judge(Figure(name, "s", "s", better, of), past).holds:
        assert judge(Figure(name, "s", "s", worse, of), past).holds


@given(NAMES, SHARES, COUNTS, PASTS)
def test_only_the_last_nights_count(name, value, of, past):
    figure = Figure(name, "s", "s", value, of)
    assert judge(figure, past) == judge(figure, past[:WINDOW])


@given(st.lists(st.tuples(st.sampled_from(["fdd", "isw", "generic"]), COUNTS), max_size=4))
def test_the_figures_of_a_source_add_up_those_of_its_profiles(parts):
    tallies = {p: Tally("tank", p, captures=n, briefs=n, titles=n // 2) for p, n in parts}
    found = {(f.name, f.subject): f for f in figures(tallies.values())}
    if tallies:
        total = sum(t.briefs for t in tallies.values())
        assert found["briefs", "tank"].value == total
        assert found["titles", "tank"].value == sum(t.titles for t in tallies.values()) / total
        for profile, t in tallies.items():
            assert found["briefs", subject_of("tank", profile)].value == t.briefs


def test_silence_failure_to_fetch_and_failure_of_the_extractor_are_told_apart():
    usual = {"nights": 30, "captures": 5}
    assert condition(Standing(**usual)) == "well"
    assert condition(Standing(nights=3)) == "learning"
    assert condition(Standing(failures_in_row=2, **usual)) == "unreachable"
    assert condition(Standing(broken=frozenset({"read", "coverage"}), **usual)) == "unreadable"
    assert condition(Standing(broken=frozenset({"coverage"}), held=5, **usual)) == "held"
    assert condition(Standing(broken=frozenset({"silent nights"}), nights=30)) == "silent"
    assert condition(Standing(broken=frozenset({"unknown headings"}), **usual)) == "unusual"
    assert {"well", "learning", "unreachable", "unreadable", "held", "silent", "unusual"} == set(
        CONDITIONS
    )
