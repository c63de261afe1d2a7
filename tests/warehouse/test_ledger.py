"""The ledger of collecting comes back as it was written, and rows are replaced, not added."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from warehouse.ledger import Ledger, Page, Robots, SourceState
from warehouse.store import open_store


@pytest.fixture
def booked(warehouse):
    """Book a run that changed the ledger so; return what the next one reads."""

    def book(ledger, sources):
        run = warehouse.run()
        with open_store(warehouse.root) as store:
            with store.writing():
                store.finish(run, run.started_at, (), (), ledger)
            return store.ledger(sources)

    return book


def test_it_comes_back(booked, clock):
    state = SourceState(
        "tank", "feed", "https://tank.example/feed", "", clock(1), None, 2, "no answer",
        clock(2), clock(3), date(2025, 4, 1), 1.5, (date(2025, 3, 31), date(2025, 4, 1)),
    )  # fmt: skip
    page = Page(
        "https://tank.example/1", "tank", "page", clock(1), clock(2), clock(2), clock(4),
        3, 0, '"v"', "Tue, 01 Apr 2025 00:00:00 GMT", "ab", clock(1), None,
    )  # fmt: skip
    other = replace(page, uri="https://other.example/1", source="other")
    robots = [
        Robots("https://tank.example", clock(1), "User-agent: *\n"),
        Robots("https://other.example", clock(1), None),
    ]
    found = booked(Ledger([state], [page, other], robots), ["tank"])
    assert [replace(s, last_run_id="") for s in found.sources] == [state]
    assert found.sources[0].last_run_id
    assert found.pages == [page]
    assert sorted(found.robots, key=lambda r: r.origin, reverse=True) == robots


def test_what_changed_is_replaced(booked, clock):
    pages = [Page(f"https://tank.example/{n}", "tank", "page", clock(1)) for n in range(3)]
    booked(Ledger([SourceState("tank", "feed", "x")], pages), ["tank"])
    changed = replace(pages[1], checks=7)
    found = booked(Ledger([SourceState("tank", "feed", "y")], [changed]), ["tank"])
    assert sorted(found.pages, key=lambda p: p.uri) == [pages[0], changed, pages[2]]
    assert [s.location for s in found.sources] == ["y"]


def test_a_host_is_closed_until_its_time(booked, clock):
    from datetime import UTC, datetime, timedelta

    later = datetime.now(UTC) + timedelta(hours=3)
    found = booked(Ledger(closed={"a.example": clock(1), "b.example": later}), [])
    assert found.closed == {"b.example": later}
