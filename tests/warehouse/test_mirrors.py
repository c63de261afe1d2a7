"""Which briefs are mirrors of which: a pure function of all briefs that share their words."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from warehouse.mirrors import Candidate, originals

START = datetime(2025, 4, 1, tzinfo=UTC)


def _brief(nth: int, body: str = "body", title: str | None = "Pilots Walk Out") -> Candidate:
    return Candidate(body, START + timedelta(hours=nth), f"b{nth}", title)


def test_the_brief_seen_first_is_the_original_of_the_others():
    assert originals([_brief(2), _brief(1), _brief(3)]) == {"b2": "b1", "b3": "b1"}


def test_a_copy_without_a_title_is_a_mirror():
    assert originals([_brief(1), _brief(2, title=None)]) == {"b2": "b1"}


def test_marks_and_case_make_no_other_title():
    assert originals([_brief(1), _brief(2, title="PILOTS walk  out")]) == {"b2": "b1"}


def test_a_stock_body_under_other_titles_mirrors_nothing():
    assert originals([_brief(1, title="Episode 1"), _brief(2, title="Episode 2")]) == {}


def test_other_words_are_no_mirror():
    assert originals([_brief(1, "one"), _brief(2, "two")]) == {}


_CANDIDATES = st.lists(
    st.tuples(st.sampled_from(["one", "two"]), st.sampled_from(["A", "B", None])), max_size=8
).map(lambda drawn: [_brief(n, body, title) for n, (body, title) in enumerate(drawn)])


@given(_CANDIDATES, st.randoms())
def test_an_original_is_no_mirror_itself_and_order_makes_no_difference(
    candidates: list[Candidate], chance: random.Random
) -> None:
    found = originals(candidates)
    assert not set(found) & set(found.values())
    assert originals(chance.sample(candidates, len(candidates))) == found
