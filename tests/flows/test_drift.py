"""A publisher's redesign is held on its first night, told of, and let in by one command."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from extractors import profiles
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
        assert "tank: share of briefs with developments fell from 1 to 0 (least 0.28)" in message
        assert "statements per brief fell from 2 to 0 (least 1)" in message

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


MENDED = (Path(profiles.__path__[0]) / "fdd.toml").read_text("utf-8")
for _old, _new in (
    ("version = 1\n", "version = 2\n"),
    ("Latest Developments", "What Happened Today"),
    ("FDD Expert Response", "Our Take"),
):
    assert _old in MENDED
    MENDED = MENDED.replace(_old, _new)


def _retitled(page):
    """The page after a redesign that changed headings alone: a profile can be mended for it."""
    for old, new in ((b"Latest Developments", b"What Happened Today"), (b"FDD Expert Response",
                     b"Our Take")):  # fmt: skip
        assert old in page
        page = page.replace(old, new)
    return page


@pytest.mark.slow
def test_a_release_accepts_what_the_pages_give_when_a_mended_profile_reads_them(
    usual, new_warehouse, cli, tmp_path, draft, clock
):
    path = shutil.copytree(usual.path, tmp_path / "data", symlinks=True)
    warehouse = new_warehouse(path, nth=usual.nth)
    pages = _pages(draft, clock, NIGHTS + 1, change=_retitled)
    assert {a.outcome for a in warehouse.night(*pages, sources=[SOURCE])} == {"held"}
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "fdd.toml").write_text(MENDED, "utf-8")
    cli("release", "tank", data=path, env={"BRIEFHOUSE_PROFILES": str(tmp_path / "mine")})
    found = warehouse.query(
        "SELECT name, value, message FROM checks WHERE released_at IS NOT NULL AND source = subject"
    )
    values = {name: value for name, value, _ in found}
    assert values["developments per brief"] == 3
    assert values["developments"] == 1
    assert "developments fell from 1 to 0" in {name: m for name, _, m in found}["developments"]
    # the next redesign is held as if there had been none before it
    pages = _pages(draft, clock, NIGHTS + 2, change=_redesigned)
    assert {a.outcome for a in warehouse.night(*pages, sources=[SOURCE])} == {"held"}


@pytest.mark.slow
def test_a_source_of_one_brief_a_night_is_held_in_its_second_redesigned_night(
    new_warehouse, cli, tmp_path, draft, clock
):
    warehouse = new_warehouse(tmp_path / "data")
    for night in range(1, NIGHTS + 1):
        warehouse.night(*_pages(draft, clock, night, number=1), sources=[SOURCE])
    outcomes = []
    for night in range(NIGHTS + 1, NIGHTS + 4):
        pages = _pages(draft, clock, night, number=1, change=_redesigned)
        outcomes += [a.outcome for a in warehouse.night(*pages, sources=[SOURCE])]
    assert outcomes == ["new", "held", "held"]
    shown = cli("status", data=warehouse.path, status=1).stdout
    assert "tank: held" in shown
    assert "fell from 3 to 0 (least 0.75) in the last 2 nights taken together" in shown
    assert "`briefhouse reprocess` reads it anew" in shown
    pages = _pages(draft, clock, NIGHTS + 4, number=1)
    assert [a.outcome for a in warehouse.night(*pages, sources=[SOURCE])] == ["new"]


@pytest.fixture
def unreadable(usual, new_warehouse, tmp_path, draft, clock):
    """A night whose pages show nothing without a browser, and the attempts at them."""
    path = shutil.copytree(usual.path, tmp_path / "data", symlinks=True)
    warehouse = new_warehouse(path, nth=usual.nth)
    empty = b"<html><body><div id=app></div></body></html>"
    attempts = warehouse.night(
        *_pages(draft, clock, NIGHTS + 1, change=lambda page: empty), sources=[SOURCE]
    )
    assert {a.outcome for a in attempts} == {"rejected"}
    return warehouse, [replace(a, capture_id=None, at=clock(NIGHTS + 2)) for a in attempts]


@pytest.mark.slow
class TestPagesWithoutBriefs:
    def _shown(self, warehouse, cli, amiss=1):
        return cli("status", data=warehouse.path, status=amiss).stdout

    def test_they_are_a_failure_of_the_extractor_not_silence(self, unreadable, cli):
        shown = self._shown(unreadable[0], cli)
        assert "tank: unreadable (pages come and give no briefs: its profile no longer " in shown
        assert "ALERT: tank: share of the pages that gave a brief fell from 1 to 0" in shown

    def test_they_are_told_of_for_as_long_as_they_are_there(self, unreadable, cli, draft, clock):
        warehouse, again = unreadable
        warehouse.night(others=again, sources=[SOURCE])
        shown = self._shown(warehouse, cli)
        assert "tank: unreadable" in shown
        assert shown.count("ALERT: tank: share of the pages that gave a brief fell") == 1
        warehouse.night(*_pages(draft, clock, NIGHTS + 3), others=again, sources=[SOURCE])
        assert "tank: well" in self._shown(warehouse, cli, amiss=0)

    def test_files_that_were_taken_away_are_told_of_no_more(self, unreadable, cli):
        warehouse, _ = unreadable
        warehouse.night(sources=[SOURCE])
        assert "tank: well" in self._shown(warehouse, cli, amiss=0)

    def test_a_later_capture_that_is_read_ends_it(self, unreadable, cli, draft, clock):
        warehouse, _ = unreadable
        same = [
            replace(page, fetched_at=clock(NIGHTS + 2, nth))
            for nth, page in enumerate(_pages(draft, clock, NIGHTS + 1))
        ]
        warehouse.night(*same, sources=[SOURCE])
        assert "tank: well" in self._shown(warehouse, cli, amiss=0)


@pytest.mark.slow
def test_silence_is_told_apart_from_both(usual, new_warehouse, cli, tmp_path):
    path = shutil.copytree(usual.path, tmp_path / "data", symlinks=True)
    warehouse = new_warehouse(path, nth=usual.nth)
    for _ in range(8):
        warehouse.night(sources=[SOURCE])
    shown = cli("status", data=path, status=1).stdout
    assert "tank: silent (it answers, and nothing comes" in shown
    assert "ALERT: tank: nights in a row in which nothing came rose from 0 to 8 (most 7)" in shown
