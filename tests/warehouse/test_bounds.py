"""What is usual at a source, learned from its own nights; decided without any I/O."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.bounds import (
    WINDOW,
    broken,
    in_words,
    judge,
    judge_night,
    reason_to_hold,
)
from warehouse.figures import FIGURES, Figure, Tally, figures, subject_of
from warehouse.standing import CONDITIONS, Standing, condition
from warehouse.usual import LEARNED_FROM, TOGETHER, Past

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


def test_pages_that_give_no_brief_are_told_of_where_all_gave_one():
    past = [Past(1.0, 2)] * LEARNED_FROM
    assert judge(Figure("read", "tank", "tank", 0.0, 2), past).low
    assert judge(Figure("read", "tank", "tank", 0.5, 2), past).passed


def test_silence_is_remarked_when_it_is_longer_than_ever():
    quiet = Figure("silent nights", "tank", "tank", 8)
    streak = [Past(n) for n in range(7, 0, -1)]
    assert judge(quiet, [*streak, *[Past(0)] * 12]).high
    assert not judge(quiet, [*streak, *[Past(0)] * 12, Past(4)]).high  # half as long before


def _nights(good, bad, learned=12, more=8):
    """Return on which of ``more`` bad nights after good ones a source is held; the past as stored.

    A bad night that passes is part of the past, as it is in a record.
    """
    nights = [good] * learned
    for nth in range(1, more + 1):
        verdicts = judge_night([bad], _past_of([[night] for night in nights]))
        if reason := reason_to_hold(verdicts, "tank", "fdd"):
            return nth, reason
        nights.append(bad)
    return None, None


NOTHING = {"with_developments": 0, "with_statements": 0, "developments": 0, "statements": 0}


@pytest.mark.parametrize(
    ("briefs", "usual", "fallen", "night"),
    [
        (1, {"developments": 4}, NOTHING, 2),  # no page alone is a redesign
        (2, {"developments": 8}, NOTHING, 1),
        (3, {"developments": 9}, {"developments": 3}, 1),
        (2, {"developments": 8}, {"developments": 4}, 2),
        (10, {"developments": 60}, {"developments": 30}, 1),
        (1, {"developments": 4}, {"developments": 2}, 4),
    ],
)
def test_a_fall_that_lasts_is_held_as_soon_as_the_briefs_suffice(briefs, usual, fallen, night):
    found, _ = _nights(_tally(briefs, **usual), _tally(briefs, **fallen))
    assert found == night


def test_nights_that_are_judged_together_are_told_and_what_to_do():
    _, reason = _nights(_tally(1), _tally(1, **NOTHING))
    assert "developments per brief fell from 4 to 0 (least 1)" in reason
    assert "in the last 2 nights taken together" in reason
    assert reason.count("`briefhouse reprocess` reads it anew") == 1


def test_a_good_night_is_not_held_for_those_before_it():
    past = _past_of([[_tally(1)]] * 12 + [[_tally(1, **NOTHING)]] * 3)
    assert reason_to_hold(judge_night([_tally(1, **NOTHING)], past), "tank", "fdd")
    assert broken(judge_night([_tally(1)], past)) == []


def test_what_some_briefs_never_had_is_not_missed():
    some = [Past(float(nth % 3 > 0), 1) for nth in range(WINDOW)]
    assert judge(Figure("developments", "tank", "tank", 0.0, 1), [Past(0.0), *some]).passed
    lost = [Past(0.0)] * TOGETHER
    assert judge(Figure("developments", "tank", "tank", 0.0, 2), [*lost, *some]).holds


def _coverage(value):
    return Figure("coverage", "tank", "tank", value, 5)


def test_what_a_person_let_pass_is_usual_from_then_on():
    usual = [Past(0.98, 5)] * 12
    assert judge(_coverage(0.5), usual).holds
    let_pass = [Past(0.5, 5, accepted=True), *usual]
    assert judge(_coverage(0.5), let_pass).passed
    assert judge(_coverage(0.1), let_pass).holds
    after = [*[Past(0.52, 5)] * 5, *let_pass]
    assert judge(_coverage(0.5), after).passed
    assert judge(_coverage(0.2), after).holds


def test_what_a_person_let_pass_counts_no_more_once_the_source_is_back_to_its_ways():
    back = [Past(0.98, 5), Past(0.5, 5, accepted=True), *[Past(0.98, 5)] * 12]
    assert judge(_coverage(0.5), back).holds
    let_pass_again = [Past(0.5, 5, accepted=True), *back]
    assert judge(_coverage(0.5), let_pass_again).passed


def test_nights_before_a_release_are_not_held_against_those_after_it():
    """One bad night was merged before the next was held and let in."""
    past = [Past(0.0, 1, accepted=True), Past(0.0, 1), *[Past(4.0, 1)] * 12]
    assert judge(Figure("developments per brief", "tank", "tank", 0.0, 1), past).passed


def test_few_briefs_that_were_let_pass_are_usual_until_there_are_as_many_again():
    few = Figure("briefs", "tank", "tank", 3)
    usual = [Past(40)] * 12
    assert judge(few, usual).holds
    assert judge(few, [Past(3, accepted=True), *usual]).passed
    assert judge(few, [Past(41), Past(3, accepted=True), *usual]).holds


@settings(deadline=None)
@given(NAMES, SHARES, COUNTS, PASTS)
def test_no_bounds_before_there_are_nights_to_learn_from(name, value, of, past):
    verdict = judge(Figure(name, "s", "s", value, of), past[: LEARNED_FROM - 1])
    assert verdict.passed
    assert verdict.lower is None
    assert verdict.upper is None


@settings(deadline=None)
@given(NAMES, COUNTS, PASTS)
def test_a_night_as_good_as_the_best_before_always_passes(name, of, past):
    best = max((night.value for night in past[:WINDOW]), default=0.0)
    if name != "unknown headings":
        assert not judge(Figure(name, "s", "s", best, of), past).low


@settings(deadline=None)
@given(NAMES, COUNTS, SHARES, COUNTS)
def test_what_is_ever_the_same_passes(name, of, value, nights):
    past = [Past(value, of)] * nights
    assert judge(Figure(name, "s", "s", value, of), past).passed


@settings(deadline=None)
@given(NAMES, SHARES, SHARES, COUNTS, PASTS)
def test_what_is_worse_than_what_breaks_breaks_too(name, value, other, of, past):
    worse, better = sorted((value, other))
    if judge(Figure(name, "s", "s", better, of), past).holds:
        assert judge(Figure(name, "s", "s", worse, of), past).holds


@settings(deadline=None)
@given(NAMES, SHARES, COUNTS, PASTS)
def test_only_the_last_nights_count(name, value, of, past):
    figure = Figure(name, "s", "s", value, of)
    assert judge(figure, past) == judge(figure, past[:WINDOW])


@settings(deadline=None)
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
