"""Pages that are gone: noted, derived again from what is stored, and nothing is taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from warehouse.landing import Capture, documents, landing_files, read_landing

A, B = "https://tank.example/walkout", "https://mirror.example/walkout"


@pytest.fixture
def good(draft, page):
    """Make the capture of a page that is there."""
    return lambda uri, at, **more: replace(page(uri, draft(**more).html(), at), status=200)


@pytest.fixture
def lost():
    """Make the capture of an answer that says that the page is gone."""
    return lambda uri, at, status=404: Capture(
        "test", uri, at, b"<html>nothing here</html>", status=status, content_type="text/html"
    )


GONE_AT = "SELECT gone_at FROM briefs"


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_noted_and_keeps_its_rows(warehouse, good, lost, clock, status):
    (found,) = warehouse.night(good(A, clock(1)))
    before = warehouse.dicts("SELECT * EXCLUDE gone_at FROM briefs")
    (gone,) = warehouse.night(lost(A, clock(2), status))
    assert (gone.outcome, gone.reason, gone.brief_id) == ("rejected", "gone", found.brief_id)
    assert gone.capture_id and str(status) in gone.message
    assert warehouse.value(GONE_AT) == clock(2)
    assert warehouse.dicts("SELECT * EXCLUDE gone_at FROM briefs") == before
    assert warehouse.value("SELECT count(*) FROM revisions") == 0
    assert warehouse.value("SELECT count(*) FROM statements") == 2


def test_it_is_gone_since_the_first_such_answer(warehouse, good, lost, clock):
    warehouse.night(good(A, clock(1)), lost(A, clock(2)), lost(A, clock(3), 410))
    assert warehouse.value(GONE_AT) == clock(2)


def test_a_page_that_came_back_is_not_gone(warehouse, good, lost, clock):
    warehouse.night(good(A, clock(1)))
    warehouse.night(lost(A, clock(2)))
    warehouse.night(good(A, clock(3)))
    assert warehouse.value(GONE_AT) is None
    warehouse.night(lost(A, clock(4)))
    assert warehouse.value(GONE_AT) == clock(4)


def test_a_page_that_was_there_before_may_come_later(warehouse, good, lost, clock, cli):
    """A crawl of last year is taken in after the site has answered that the page is gone."""
    (gone,) = warehouse.night(lost(A, clock(9)))
    assert gone.brief_id is None
    warehouse.night(lost(A, clock(3)))
    (found,) = warehouse.night(good(A, clock(5)))
    asked = """SELECT "at", brief_id FROM attempts WHERE reason = 'gone' ORDER BY "at\""""
    assert warehouse.query(asked) == [(clock(3), None), (clock(9), found.brief_id)]
    assert warehouse.value(GONE_AT) == clock(9)
    assert "Equal: " in cli("rebuild", "--check", data=warehouse.path).stdout


def test_a_brief_is_there_as_long_as_one_of_its_addresses_is(warehouse, good, lost, clock):
    warehouse.night(good(A, clock(1)), good(B, clock(1, 1)), lost(A, clock(2)))
    assert warehouse.query("SELECT count(*), count(gone_at) FROM briefs") == [(1, 0)]
    warehouse.night(lost(B, clock(3)))
    assert warehouse.value(GONE_AT) == clock(3)


def test_a_page_nobody_ever_saw_is_a_refused_attempt(warehouse, good, lost, clock):
    attempts = warehouse.night(good(A, clock(1)), lost("https://tank.example/none", clock(1)))
    assert [(a.outcome, a.reason, a.brief_id) for a in attempts if a.reason] == [
        ("rejected", "gone", None)
    ]
    assert warehouse.value(GONE_AT) is None


def test_one_merge_and_many_nights_end_alike(tmp_path, new_warehouse, good, lost, clock):
    captures = [
        good(A, clock(1)), lost(A, clock(2)), good(A, clock(3)), lost(A, clock(4)),
        good(B, clock(1), title="Mills Close"), lost(B, clock(5), 410),
    ]  # fmt: skip
    one, many = new_warehouse(tmp_path / "one"), new_warehouse(tmp_path / "many")
    one.night(*reversed(captures))
    for capture in sorted(captures, key=lambda c: c.fetched_at):
        many.night(capture)
    query = "SELECT * FROM briefs ORDER BY brief_id"
    assert one.dicts(query) == many.dicts(query)
    assert [row["gone_at"] for row in one.dicts("SELECT gone_at FROM briefs ORDER BY title")] == [
        clock(4), clock(5),
    ]  # fmt: skip


def test_what_is_gone_is_not_read(warehouse, good, lost, clock):
    run = warehouse.run()
    warehouse.land(run, good(A, clock(1)), lost(A, clock(2)))
    (name,) = landing_files(warehouse.root)
    assert [d.uri for d in documents(read_landing(warehouse.root, name))] == [A]
