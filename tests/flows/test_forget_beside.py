"""After ``forget`` the others are as if the forgotten brief had never been."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.forgetting import forget
from flows.settings import Settings
from warehouse.status import status
from warehouse.store import read_store

TANK = "https://tank.example"
HARBOR = "pilots boats harbor tugs ropes quay tide mast keel"


@pytest.fixture
def mills(mills):
    """The same with a title long enough to be searched for."""
    return replace(mills, title="Mills of the Northern Quay Close")


def test_a_title_that_both_had_leads_to_the_other(warehouse, pilots, mills, page, clock, cli):
    warehouse.night(page(f"{TANK}/a", pilots.html(), clock(1)))
    other = replace(mills, day=pilots.day)
    warehouse.night(page(f"{TANK}/b", other.html(), clock(2)))
    retitled = replace(pilots, title=other.title)
    warehouse.night(page(f"{TANK}/a", retitled.html(), clock(3)))
    (brief_id,) = warehouse.query("SELECT brief_id FROM briefs WHERE url = ?", f"{TANK}/b")[0]
    assert forget(Settings(data=warehouse.path), brief_id).done
    assert warehouse.query("SELECT title, revision FROM briefs") == [(other.title, 2)]
    assert warehouse.value("SELECT count(*) FROM brief_keys WHERE key LIKE 'title:%'") == 2
    assert "Equal: " in cli("rebuild", "--check", data=warehouse.path).stdout


def test_what_the_forgotten_brief_parted_is_one(
    warehouse, nobodys, page, clock, cli, forget_titled
):
    """A rolling page showed it between a brief and an edit of that, title and all."""
    latest = "https://nobody.example/latest"
    bread = "mills flour grain sacks bread ovens wheat rye yeast"
    shown = [
        ("Pilots Walk Out", date(2025, 5, 1), HARBOR),
        ("Mills Close", date(2025, 5, 8), bread),
        ("Pilots Walk Out for Good", date(2025, 5, 1), HARBOR),
    ]
    for nth, told in enumerate(shown):
        warehouse.night(page(latest, nobodys(*told), clock(nth + 1)))
    assert warehouse.value("SELECT count(*) FROM briefs") == 3
    assert forget_titled("Mills Close").done
    assert warehouse.query("SELECT title, revision FROM briefs") == [(shown[2][0], 2)]
    assert warehouse.query("SELECT outcome FROM attempts ORDER BY \"at\"") == [
        ("new",), ("revised",),
    ]  # fmt: skip
    assert "Equal: " in cli("rebuild", "--check", data=warehouse.path).stdout


def test_a_stored_page_that_cannot_be_read_leaves_the_others_as_they_are(
    warehouse, nobodys, page, clock, forget_titled
):
    latest = "https://nobody.example/latest"
    warehouse.night(page(latest, nobodys("Pilots Walk Out", date(2025, 5, 1), HARBOR), clock(1)))
    (landed,) = warehouse.root.landing.rglob("*.parquet")
    bread = "mills flour grain sacks bread ovens wheat rye yeast"
    warehouse.night(page(latest, nobodys("Mills Close", date(2025, 5, 8), bread), clock(8)))
    landed.write_bytes(b"damaged")
    report = forget_titled("Mills Close")
    assert (report.left, report.damaged) == ({}, (str(landed.relative_to(warehouse.path)),))
    assert warehouse.query("SELECT title FROM briefs") == [("Pilots Walk Out",)]


def test_a_list_of_further_reading_on_another_page_is_no_remainder(
    warehouse, pilots, mills, page, clock, cli, forget_titled
):
    more = f"<aside><a href='{TANK}/b'>{mills.title}</a></aside><footer>".encode()
    warehouse.night(page(f"{TANK}/b", mills.html(), clock(1)))
    other = pilots.html().replace(b"<footer>", more)
    warehouse.night(page(f"{TANK}/a", other, clock(2)))
    report = forget_titled(mills.title)
    assert report.passages and report.left == {}
    assert report.in_pages and report.done
    with read_store(warehouse.root) as store:
        assert status(store).erasures == ()


def test_a_late_page_that_waits_for_its_place_is_another_briefs(
    warehouse, pilots, mills, page, clock, cli, forget_titled
):
    """The run that took it in was cut off before it put it there."""
    latest = f"{TANK}/latest"
    warehouse.night(page(latest, mills.html(), clock(8)))
    (late,) = warehouse.merge(page(latest, pilots.html(), clock(5)))
    assert late.reason == "late"
    assert forget_titled(mills.title).done
    assert warehouse.query("SELECT title FROM briefs") == [(pilots.title,)]
    assert "Equal: " in cli("rebuild", "--check", data=warehouse.path).stdout
