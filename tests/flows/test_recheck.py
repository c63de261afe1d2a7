"""Which known page is asked again, and what is remembered of its answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.sources import recheck
from warehouse.ledger import Page

FIRST = datetime(2025, 4, 1, 3, 15, tzinfo=UTC)
BELIEVED = timedelta(days=7)


def _day(n, **more):
    return FIRST + timedelta(days=n, **more)


def _new(role="page"):
    return Page("https://tank.example/1", "tank", role, FIRST)


def _known():
    return recheck.came(_new(), FIRST, "ab", '"v1"', None)


def test_an_unknown_address_is_asked():
    assert recheck.is_due(None, None, FIRST)


def test_a_page_is_asked_again_after_1_3_7_and_30_days():
    page, asked = _known(), []
    for n in range(1, 100):
        if recheck.is_due(page, None, _day(n)):
            asked.append(n)
            page = recheck.stands(page, _day(n), None, None)
    assert asked == [1, 3, 7, 30]
    assert page.next_check_at is None
    assert page.checks == 5


def test_a_night_that_starts_earlier_still_asks():
    assert recheck.is_due(_known(), None, _day(1, hours=-5))
    assert not recheck.is_due(_known(), None, _day(0, hours=1))


def test_a_check_that_was_missed_is_done_once_and_not_made_up_for():
    page = recheck.stands(_known(), _day(5), None, None)
    assert page.next_check_at == _day(7)
    assert recheck.stands(_known(), _day(31), None, None).next_check_at is None


def test_the_feed_s_word_that_it_changed_is_taken_once():
    page = _known()
    assert not recheck.is_due(page, FIRST - timedelta(days=2), _day(0, hours=2))
    told = _day(0, hours=2)
    assert recheck.is_due(page, told, _day(0, hours=3))
    page = recheck.stands(page, _day(0, hours=3), None, None)
    page = Page(**{**{f: getattr(page, f) for f in Page.__slots__}, "told_at": told})
    assert not recheck.is_due(page, told, _day(0, hours=9))
    assert recheck.is_due(page, told + timedelta(minutes=1), _day(0, hours=9))


def test_a_server_is_believed_for_a_week_that_nothing_changed():
    page = _known()
    assert recheck.is_conditional(page, _day(1), BELIEVED)
    assert recheck.is_conditional(page, _day(3), BELIEVED)
    assert not recheck.is_conditional(page, _day(7), BELIEVED)
    again = recheck.came(page, _day(7), "ab", '"v1"', None)
    assert recheck.is_conditional(again, _day(8), BELIEVED)
    assert not recheck.is_conditional(None, FIRST, BELIEVED)


def test_a_page_that_is_gone_is_asked_in_full_and_may_come_back():
    page = recheck.went(_known(), _day(1))
    page = recheck.went(page, _day(3))
    assert page.gone_at == _day(1)
    assert not recheck.is_conditional(page, _day(4), BELIEVED)
    assert recheck.came(page, _day(7), "cd", None, None).gone_at is None


@pytest.mark.parametrize("times", [1, 2, 3, 10])
def test_a_page_that_fails_is_asked_less_and_less_often_but_always_again(times):
    page = _known()
    for _ in range(times):
        page = recheck.failed(page, FIRST, None, for_good=False)
    waits = [1, 2, 4, 8, 16, 30]
    assert page.next_check_at == _day(waits[min(times, 6) - 1])
    assert not recheck.is_due(page, _day(0, hours=1), _day(0, hours=2))  # whatever the feed says


def test_retry_after_holds_across_nights():
    page = recheck.failed(_known(), FIRST, _day(2), for_good=False)
    assert page.next_check_at == _day(2)
    assert recheck.failed(_known(), FIRST, None, for_good=True).next_check_at is None


def test_what_first_failed_is_checked_from_the_day_it_came():
    page = recheck.failed(_new(), FIRST, None, for_good=False)
    page = recheck.came(page, _day(4), "ab", None, None)
    assert page.first_seen_at == _day(4)
    assert page.next_check_at == _day(5)


def test_an_index_is_asked_when_its_source_is():
    index = recheck.came(_new("index"), FIRST, "ab", None, None)
    assert index.next_check_at is None
    assert recheck.failed(index, FIRST, _day(2), for_good=False).next_check_at is None


@given(st.lists(st.tuples(st.sampled_from(["came", "stands", "went", "failed"]),
                          st.integers(1, 400)), max_size=30))  # fmt: skip
def test_a_page_is_due_in_the_future_or_never(steps):
    page, hours = _new(), 0
    for what, later in steps:
        hours += later
        at = _day(0, hours=hours)
        if what == "came":
            page = recheck.came(page, at, "ab", None, None)
        elif what == "stands":
            page = recheck.stands(page, at, None, None)
        elif what == "went":
            page = recheck.went(page, at)
        else:
            page = recheck.failed(page, at, None, for_good=False)
        assert page.next_check_at is None or page.next_check_at > at
        assert not recheck.is_due(page, page.told_at, at)
