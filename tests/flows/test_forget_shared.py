"""``forget`` takes what is one brief's alone: what other briefs have too, they keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.forgetting import forget
from flows.settings import Settings
from warehouse.proof import occurrences

TANK = "https://tank.example"
ROLLING = f"{TANK}/latest"
SECRET = "The zebra committee hid seventeen purple lanterns beneath the stairs."


def _came(cli, tmp_path, warehouse, **pages):
    """Ingest files; return the outcome of each by name."""
    for name, body in pages.items():
        (tmp_path / f"{name}.html").write_bytes(body)
    cli("ingest", *(tmp_path / f"{name}.html" for name in pages), data=warehouse.path, status=None)
    rows = warehouse.query("SELECT uri, outcome, reason FROM attempts")
    outcomes = {uri.rsplit("/")[-1].removesuffix(".html"): rest for uri, *rest in rows}
    # the books don't name what was forgotten
    return {name: tuple(outcomes.get(name, ("rejected", "forgotten"))) for name in pages}


def test_an_address_that_a_template_declares_for_all_pages(
    warehouse, pilots, mills, draft, page, clock, cli, tmp_path, forget_titled
):
    declared = f"{TANK}/briefs"
    warehouse.night(page(f"{TANK}/a", pilots.html(canonical=declared), clock(1)))
    warehouse.night(page(f"{TANK}/b", mills.html(canonical=declared), clock(8)))
    assert forget_titled(pilots.title).done
    edited = replace(mills, title="Mills Close for Good").html(canonical=declared)
    other = draft(title="Salt Tax Doubles", day=date(2025, 5, 15)).reworded(0, "Forty", "Ninety")
    assert _came(cli, tmp_path, warehouse, edited=edited) == {"edited": ("revised", None)}
    came = _came(
        cli, tmp_path, warehouse, other=other.html(canonical=declared),
        again=pilots.html(canonical=declared),
    )  # fmt: skip
    assert came == {"other": ("new", None), "again": ("rejected", "forgotten")}


def _episode(title, day):
    return (
        f"<html><head><title>{title}</title><meta property='article:published_time' "
        f"content='{day}T08:00:00Z'></head><body><article><h1>{title}</h1>"
        "<p>The weekly podcast of our institute is out. Listen wherever you like.</p>"
        "</article></body></html>"
    ).encode()


@pytest.mark.parametrize("several", [True, False])
def test_a_stock_body_keeps_no_later_brief_out(
    several, warehouse, page, clock, cli, tmp_path, draft, forget_titled
):
    episodes = [("Pilots on Strike", date(2025, 5, 1)), ("Mills and Bread", date(2025, 5, 8))]
    for nth, (title, day) in enumerate(episodes[: 2 if several else 1]):
        warehouse.night(
            page(f"https://pod.example/{nth}", _episode(title, day), clock(nth + 1)),
            page(f"{TANK}/{nth}", draft(title=f"Beside {nth}").html(), clock(nth + 1, 1)),
        )
    assert forget_titled("Pilots on Strike").done
    came = _came(cli, tmp_path, warehouse, third=_episode("Salt and Taxes", date(2025, 5, 15)))
    assert came == {"third": ("new", None)}


def test_the_original_of_a_forgotten_mirror_may_take_an_edit_back(
    warehouse, pilots, page, clock, cli, tmp_path, forget_titled
):
    mirror = replace(pilots, day=None, title="Pilots Walk Out (copy)").html(note="wire")
    warehouse.night(page(f"{TANK}/a", pilots.html(), clock(1)))
    warehouse.night(page("https://wire.example/a", mirror, clock(2)))
    assert forget_titled("Pilots Walk Out (copy)").done
    edited = pilots.reworded(0, "Forty", "Fifty").html(canonical=f"{TANK}/a")
    assert _came(cli, tmp_path, warehouse, e=edited) == {"e": ("revised", None)}
    taken_back = pilots.html(canonical=f"{TANK}/a", note="again")
    assert _came(cli, tmp_path, warehouse, t=taken_back) == {"t": ("revised", None)}
    again = _came(cli, tmp_path, warehouse, m=mirror.replace(b"</html>", b"<!-- x --></html>"))
    assert again["m"][0] in ("new", "duplicate")  # its words are the original's, and may be shown


def test_a_held_page_of_another_brief_at_the_same_address_stays(
    warehouse, pilots, mills, page, clock, cli, forget_titled
):
    warehouse.night(page(ROLLING, pilots.html(), clock(1)))
    warehouse.hold(page(ROLLING, mills.html(), clock(8)))
    report = forget_titled(pilots.title)
    assert report.done
    assert warehouse.query("SELECT outcome FROM attempts") == [("held",)]
    assert occurrences(warehouse.root, ["flour0 grain0 sack0 oven0 wheat0"])
    cli("release", "test", data=warehouse.path, status=None)
    assert warehouse.query("SELECT title FROM briefs") == [(mills.title,)]


def test_a_held_edit_of_the_brief_goes_with_it(
    warehouse, pilots, mills, page, clock, forget_titled
):
    warehouse.night(
        page(ROLLING, pilots.html(), clock(1)), page(f"{TANK}/mills", mills.html(), clock(1, 1))
    )
    words = pilots.developments[0][1].split()[1]
    edited = pilots.reworded(0, words, f"{words}. {SECRET}")
    warehouse.hold(page(ROLLING, edited.html(), clock(2)))
    assert occurrences(warehouse.root, [SECRET])
    assert forget_titled(pilots.title).done
    assert occurrences(warehouse.root, [SECRET]) == {}
    assert warehouse.query("SELECT title FROM briefs") == [(mills.title,)]
    assert warehouse.value("SELECT count(*) FROM captures") == 1


def test_a_rejected_page_of_the_address_goes_with_it(
    warehouse, pilots, mills, page, clock, forget_titled
):
    warehouse.night(
        page(f"{TANK}/a", pilots.html(), clock(1)), page(f"{TANK}/mills", mills.html(), clock(1, 1))
    )
    warehouse.night(page(f"{TANK}/a", b"", clock(2)))
    assert warehouse.value("SELECT count(*) FROM captures") == 3
    assert forget_titled(pilots.title).done
    assert warehouse.query("SELECT uri FROM captures") == [(f"{TANK}/mills",)]


NOBODYS = "https://nobody.example/latest"


HARBOR = "pilots boats harbor tugs ropes quay tide mast keel"
SALT = "salt tax crown coin scales brine pans vats gauge"


@pytest.mark.slow
@pytest.mark.parametrize("then", ["another", "an edit"])
def test_an_address_leads_again_to_the_brief_before(
    then, warehouse, nobodys, page, clock, cli, forget_titled
):
    """The last of a rolling page's briefs is forgotten; the page goes on."""
    first = nobodys("Pilots Walk Out", date(2025, 5, 1), HARBOR)
    warehouse.night(page(NOBODYS, first, clock(1)))
    bread = "mills flour grain sacks bread ovens wheat rye yeast"
    warehouse.night(page(NOBODYS, nobodys("Mills Close", date(2025, 5, 8), bread), clock(8)))
    assert forget_titled("Mills Close").done
    if then == "another":
        later = nobodys("Salt Tax Doubles", date(2025, 5, 15), SALT)
        wanted = [("Pilots Walk Out", 1), ("Salt Tax Doubles", 1)]
    else:
        later = nobodys("Pilots Walk Out for Good", date(2025, 5, 1), HARBOR)
        wanted = [("Pilots Walk Out for Good", 2)]
    warehouse.night(page(NOBODYS, later, clock(15)))
    assert warehouse.query("SELECT title, revision FROM briefs ORDER BY title") == wanted
    assert "Equal: " in cli("rebuild", "--check", data=warehouse.path).stdout


def test_an_address_is_shared_however_it_is_written(
    warehouse, nobodys, page, clock, cli, forget_titled
):
    first = nobodys("Pilots Walk Out", date(2025, 5, 1), HARBOR)
    other = nobodys("Salt Tax Doubles", date(2025, 5, 8), SALT)
    place = "http://www.nobody.example/latest/"
    warehouse.night(page(NOBODYS, first, clock(1)))
    warehouse.night(page(place, other, clock(8)))
    assert forget_titled("Pilots Walk Out").done
    edited = nobodys("Salt Tax Doubles for Good", date(2025, 5, 8), SALT)
    assert [a.outcome for a in warehouse.night(page(place, edited, clock(9)))] == ["revised"]
    assert warehouse.query("SELECT title FROM briefs") == [("Salt Tax Doubles for Good",)]


def test_a_held_copy_elsewhere_goes_with_it(warehouse, pilots, mills, page, clock, forget_titled):
    warehouse.night(
        page(f"{TANK}/a", pilots.html(), clock(1)), page(f"{TANK}/mills", mills.html(), clock(1, 1))
    )
    words = pilots.developments[0][1].split()[1]
    printed = pilots.reworded(0, words, f"{words}. {SECRET}").html(canonical=f"{TANK}/print/a")
    warehouse.hold(page(f"{TANK}/print/a", printed, clock(2)))
    assert forget_titled(pilots.title).done
    assert occurrences(warehouse.root, [SECRET]) == {}
    assert warehouse.query("SELECT uri FROM captures") == [(f"{TANK}/mills",)]


def test_a_held_page_that_cannot_be_read_is_told_and_stays(
    warehouse, pilots, mills, page, clock, cli
):
    warehouse.night(page(f"{TANK}/a", pilots.html(), clock(1)))
    before = set(warehouse.root.landing.rglob("*.parquet"))
    warehouse.hold(page(f"{TANK}/mills", mills.html(), clock(8)))
    (landed,) = set(warehouse.root.landing.rglob("*.parquet")) - before
    landed.write_bytes(b"damaged")
    done = cli("forget", f"{TANK}/a", "--yes", data=warehouse.path, status=1)
    assert (
        f"NOT SEARCHED, because it is damaged: {landed.relative_to(warehouse.path)}" in done.stdout
    )
    assert "Traceback" not in done.stderr
    assert "1 held pages can't be read" in done.stdout
    assert landed.exists()
    assert warehouse.query("SELECT outcome FROM attempts") == [("held",)]


def test_a_brief_at_its_address_that_cannot_be_read_anew_is_told_and_stays(
    warehouse, nobodys, page, clock, cli
):
    first = nobodys("Pilots Walk Out", date(2025, 5, 1), HARBOR)
    warehouse.night(page(NOBODYS, first, clock(1)))
    before = set(warehouse.root.landing.rglob("*.parquet"))
    warehouse.night(page(NOBODYS, nobodys("Salt Tax Doubles", date(2025, 5, 8), SALT), clock(8)))
    (landed,) = set(warehouse.root.landing.rglob("*.parquet")) - before
    landed.write_bytes(b"damaged")
    asked = "SELECT brief_id FROM briefs WHERE title = 'Pilots Walk Out'"
    done = cli("forget", warehouse.value(asked), "--yes", data=warehouse.path, status=1)
    assert "Left as it was read, so that a rebuild may differ: briefs that share" in done.stdout
    assert landed.name in done.stdout
    assert "Traceback" not in done.stderr
    assert warehouse.query("SELECT title FROM briefs") == [("Salt Tax Doubles",)]


def test_the_bytes_of_a_rejected_page_may_come_from_elsewhere(
    warehouse, pilots, page, clock, cli, tmp_path, forget_titled
):
    """An empty page of another source is a failure there, and no page of the forgotten brief."""
    warehouse.night(page(f"{TANK}/a", pilots.html(), clock(1)))
    warehouse.night(page(f"{TANK}/a", b"", clock(2)))
    assert forget_titled(pilots.title).done
    assert _came(cli, tmp_path, warehouse, empty=b"") == {"empty": ("rejected", "empty")}


def test_a_held_page_that_declares_the_address_alone_is_let_in(
    warehouse, pilots, mills, page, clock, cli, forget_titled
):
    """A template declares one address for all pages, and the other brief waits."""
    declared = f"{TANK}/briefs"
    warehouse.night(page(f"{TANK}/a", pilots.html(canonical=declared), clock(1)))
    warehouse.hold(page(f"{TANK}/b", mills.html(canonical=declared), clock(8)))
    assert forget_titled(pilots.title).done
    cli("release", "test", data=warehouse.path)
    assert warehouse.query("SELECT title FROM briefs") == [(mills.title,)]


def test_a_held_mirror_is_let_in(warehouse, pilots, page, clock, cli, forget_titled):
    mirror = replace(pilots, day=None, title="Pilots Walk Out (copy)").html(note="wire")
    warehouse.night(page(f"{TANK}/a", pilots.html(), clock(1)))
    warehouse.hold(page("https://wire.example/a", mirror, clock(2)))
    forget_titled(pilots.title)
    cli("release", "test", data=warehouse.path)
    assert warehouse.query("SELECT title FROM briefs") == [("Pilots Walk Out (copy)",)]


def test_a_held_page_is_forgotten_by_its_address(
    warehouse, pilots, mills, page, clock, cli, tmp_path
):
    warehouse.night(page(f"{TANK}/b", mills.html(), clock(1)))
    warehouse.hold(page(f"{TANK}/a", pilots.html(), clock(2)))
    assert forget(Settings(data=warehouse.path), f"{TANK}/a").done
    edited = pilots.html(canonical=f"{TANK}/a", note="again")
    assert _came(cli, tmp_path, warehouse, a=edited) == {"a": ("rejected", "forgotten")}


def test_a_title_that_another_brief_took_over_does_not_shut_it_out(
    warehouse, pilots, mills, page, clock, cli, tmp_path
):
    """It leads to the brief that had it first, and that one is forgotten."""
    first = replace(pilots, title="Boats Stay in Port")
    warehouse.night(page(f"{TANK}/a", first.html(), clock(1)))
    other = replace(mills, title=pilots.title, day=pilots.day)
    warehouse.night(page(f"{TANK}/b", other.html(), clock(2)))
    warehouse.night(page(f"{TANK}/a", pilots.html(), clock(3)))
    (brief_id,) = warehouse.query("SELECT brief_id FROM briefs WHERE url = ?", f"{TANK}/b")[0]
    assert forget(Settings(data=warehouse.path), brief_id).done
    edited = pilots.reworded(0, "Forty", "Fifty").html(canonical=f"{TANK}/a")
    assert _came(cli, tmp_path, warehouse, edited=edited) == {"edited": ("revised", None)}


def test_what_was_forgotten_while_it_was_held_leaves_the_books_at_its_release(
    warehouse, pilots, mills, page, clock, cli, tmp_path, forget_titled
):
    """Its landing file was damaged when the brief was forgotten, and has been restored since."""
    warehouse.night(
        page(f"{TANK}/a", pilots.html(), clock(1)), page(f"{TANK}/mills", mills.html(), clock(1, 1))
    )
    before = set(warehouse.root.landing.rglob("*.parquet"))
    edited = pilots.reworded(0, "Forty", "Fifty").html(canonical=f"{TANK}/a")
    warehouse.hold(page(f"{TANK}/print/a", edited, clock(2)))
    (landed,) = set(warehouse.root.landing.rglob("*.parquet")) - before
    whole = landed.read_bytes()
    landed.write_bytes(b"damaged")
    forget_titled(pilots.title)
    landed.write_bytes(whole)
    assert "1 rejected" in cli("release", "test", data=warehouse.path).stdout
    assert warehouse.query("SELECT uri FROM captures") == [(f"{TANK}/mills",)]
    assert not landed.exists()
    (tmp_path / "none").mkdir()
    cli("ingest", tmp_path / "none", data=warehouse.path)  # nothing is left that fails
    assert "Equal: " in cli("rebuild", "--check", data=warehouse.path).stdout
