"""A publisher's redesign is held on its first night, told of, and let in by one command."""

from __future__ import annotations

import shutil

import pytest

from warehouse.landing import Capture
from warehouse.ledger import SourceState

NIGHTS = 12
SOURCE = SourceState("tank", "folder", "/in")
OTHER = SourceState("gazette", "folder", "/gazette")


def _brief(draft, night, nth):
    made = draft(title=f"Harbor Pilots, Night {night}, Part {nth}")
    return made.html().replace(b"Forty harbor", f"{night * 10 + nth} harbor".encode())


def _redesigned(page):
    """The same publisher's page after its redesign: other headings, no lists, no attributions."""
    text = page.decode()
    for old, new in (
        ("Latest Developments", "What Happened Today"),
        ("FDD Expert Response", "Our Take"),
        ("FDD Background and Analysis", "Read More From Us"),
        ("<ul>", "<div>"), ("</ul>", "</div>"), ("<li><strong>", "<p>"), (":</strong>", "."),
        ("</li>", "</p>"), ("“", ""), ("”", ""), (" — ", " "),
    ):  # fmt: skip
        text = text.replace(old, new)
    return text.encode()


def _pages(draft, clock, night, source="tank", number=3, change=lambda page: page):
    """Return a night's pages of a source, through ``change``."""
    seed = night if source == "tank" else night + 500
    return [
        Capture(
            source,
            f"https://www.fdd.org/{source}/{night}/{nth}",
            clock(night, nth),
            change(_brief(draft, seed, nth)),
            content_type="text/html; charset=utf-8",
        )
        for nth in range(number)
    ]


@pytest.fixture(scope="module")
def usual(new_warehouse, tmp_path_factory, draft, clock):
    """Twelve nights of three briefs of one publisher, and of two from another source."""
    warehouse = new_warehouse(tmp_path_factory.mktemp("usual") / "data")
    for night in range(1, NIGHTS + 1):
        warehouse.night(
            *_pages(draft, clock, night), *_pages(draft, clock, night, "gazette", 2),
            sources=[SOURCE, OTHER],
        )  # fmt: skip
    return warehouse


@pytest.fixture(scope="module")
def redesign(usual, new_warehouse, tmp_path_factory, draft, clock):
    """The night after: the pages of one source are redesigned, those of the other as ever."""
    path = tmp_path_factory.mktemp("redesign") / "data"
    shutil.copytree(usual.path, path, symlinks=True)
    warehouse = new_warehouse(path, nth=usual.nth)
    night = NIGHTS + 1
    attempts = warehouse.night(
        *_pages(draft, clock, night, change=_redesigned),
        *_pages(draft, clock, night, "gazette", 2),
        sources=[SOURCE, OTHER],
    )
    return warehouse, attempts


@pytest.mark.slow
def test_usual_nights_hold_nothing(usual):
    assert usual.value("SELECT count(*) FROM attempts WHERE outcome = 'held'") == 0
    assert usual.query("SELECT name, value, message FROM checks WHERE NOT passed") == []
    assert usual.value("SELECT count(*) FROM briefs") == 5 * NIGHTS


@pytest.mark.slow
class TestTheNightOfTheRedesign:
    def test_it_is_held_and_the_other_source_goes_on(self, redesign):
        warehouse, attempts = redesign
        outcomes = {(a.source, a.outcome) for a in attempts}
        assert outcomes == {("tank", "held"), ("gazette", "new")}
        assert warehouse.value("SELECT count(*) FROM briefs") == 5 * NIGHTS + 2
        assert warehouse.value("SELECT count(*) FROM captures") == 5 * (NIGHTS + 1)

    def test_the_attempt_says_which_figure_fell_from_what_to_what(self, redesign):
        warehouse, _ = redesign
        message = warehouse.value("SELECT message FROM attempts WHERE outcome = 'held' LIMIT 1")
        assert "tank: share of briefs with developments fell from 1 to 0 (least 0.31)" in message
        assert "statements per brief fell from 2 to 0 (least 0.61)" in message

    def test_status_shows_it_and_how_to_let_it_in(self, redesign, cli):
        done = cli("status", data=redesign[0].path, status=1)
        assert "tank: held (what came is held back until it is released)" in done.stdout
        assert "ALERT: tank: share of briefs with developments fell from 1 to 0" in done.stdout
        assert "Held:\n  3 of tank, since 2025-04-13 00:00: tank: " in done.stdout
        assert "briefhouse release 'tank'" in done.stdout
        assert "gazette: well" in done.stdout
        assert "Pending: 0 landing files, all is in" in done.stdout

    def test_the_next_redesigned_night_is_held_too(
        self, redesign, new_warehouse, tmp_path, draft, clock
    ):
        path = shutil.copytree(redesign[0].path, tmp_path / "data", symlinks=True)
        warehouse = new_warehouse(path, nth=redesign[0].nth)
        pages = _pages(draft, clock, NIGHTS + 2, change=_redesigned)
        attempts = warehouse.night(*pages, sources=[SOURCE])
        assert {a.outcome for a in attempts} == {"held"}

    def test_release_lets_it_in_and_the_nights_after_it(
        self, redesign, new_warehouse, cli, tmp_path, draft, clock
    ):
        path = shutil.copytree(redesign[0].path, tmp_path / "data", symlinks=True)
        warehouse = new_warehouse(path, nth=redesign[0].nth)
        done = cli("release", "tank", data=path)
        assert "Released: 3 captures" in done.stdout
        assert "3 documents: 3 new" in done.stdout
        assert warehouse.value("SELECT count(*) FROM briefs") == 5 * (NIGHTS + 1)
        assert warehouse.value("SELECT count(*) FROM attempts WHERE outcome = 'held'") == 0
        assert warehouse.value("SELECT count(*) FROM releases") == 3
        assert cli("status", data=path).stdout.count("ALERT") == 0
        refused = cli("release", "tank", data=path, status=1)
        assert "nothing is held of 'tank'" in refused.stderr
        pages = _pages(draft, clock, NIGHTS + 2, change=_redesigned)
        attempts = warehouse.night(*pages, sources=[SOURCE])
        assert {a.outcome for a in attempts} == {"new"}

    def test_one_capture_can_be_released_alone(self, redesign, cli, tmp_path):
        path = shutil.copytree(redesign[0].path, tmp_path / "data", symlinks=True)
        held = redesign[0].query("SELECT capture_id FROM attempts WHERE outcome = 'held'")
        done = cli("release", held[0][0], data=path)
        assert "1 documents: 1 new" in done.stdout
        assert "  2 of tank, since " in cli("status", data=path, status=1).stdout


@pytest.mark.slow
def test_pages_without_briefs_are_a_failure_of_the_extractor_not_silence(
    usual, new_warehouse, cli, tmp_path, draft, clock
):
    path = shutil.copytree(usual.path, tmp_path / "data", symlinks=True)
    warehouse = new_warehouse(path, nth=usual.nth)
    night = NIGHTS + 1
    attempts = warehouse.night(
        *_pages(draft, clock, night, change=lambda page: b"<html><body></body></html>"),
        sources=[SOURCE],
    )
    assert {a.outcome for a in attempts} == {"rejected"}
    shown = cli("status", data=path, status=1).stdout
    assert "tank: unreadable (pages come and give no briefs: its profile no longer fits)" in shown
    assert "ALERT: tank: share of the pages that gave a brief fell from 1 to 0" in shown


@pytest.mark.slow
def test_silence_is_told_apart_from_both(usual, new_warehouse, cli, tmp_path):
    path = shutil.copytree(usual.path, tmp_path / "data", symlinks=True)
    warehouse = new_warehouse(path, nth=usual.nth)
    for _ in range(8):
        warehouse.night(sources=[SOURCE])
    shown = cli("status", data=path, status=1).stdout
    assert "tank: silent (it answers, and nothing comes" in shown
    assert "ALERT: tank: nights in a row in which nothing came rose from 0 to 8 (most 7)" in shown
