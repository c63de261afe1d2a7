"""``forget``: erased everywhere, proved by a search of every file, and it does not come back."""

from __future__ import annotations

import os
import random
import shutil

import pytest

from flows.forgetting import forget, look_up
from flows.settings import Settings
from warehouse.lake import append, transaction
from warehouse.landing import landing_files
from warehouse.proof import occurrences
from warehouse.root import DataRoot
from warehouse.schema import ROBOTS
from warehouse.status import status
from warehouse.store import open_store, read_store
from warehouse.target import needles

URL = "https://www.fdd.org/analysis/walkout"
SECRET = "the ninth lighthouse keeper kept a heron"


def _edited(draft):
    return draft().reworded(0, "night tugs", SECRET)


@pytest.fixture(scope="module")
def nights(new_warehouse, tmp_path_factory, draft, page, clock):
    """A brief as page and as text, edited later; another that cites it; and one beside them."""
    made = new_warehouse(tmp_path_factory.mktemp("nights") / "data")
    other = draft(
        title="Mills Close",
        developments=[("Mills Close", "Three mills on the northern quay shut their gates early.")],
        experts=[("Flour is patient, and bakers are not.", "Odile Marsh", "Fellow")],
        background=[("Harbor Pilots Walk Out", "Petra Lindqvist", URL)],
    )
    made.night(
        page(URL, draft().html(), clock(1)),
        page("https://www.fdd.org/mills", other.html(), clock(1, 1)),
    )
    made.night(page("/in/walkout.txt", draft().text(), clock(2)))
    made.night(page(URL, _edited(draft).html(), clock(3)))
    return made


@pytest.fixture
def copy(nights, tmp_path):
    return DataRoot(shutil.copytree(nights.path, tmp_path / "data", symlinks=True))


@pytest.fixture
def settings(copy):
    return Settings(data=copy.path)


def test_the_search_finds_what_is_there(copy):
    found = occurrences(copy, [SECRET])
    kinds = {name.split("/")[0] for name in found}
    assert kinds >= {"landing", "published"}
    assert any(name.endswith("warehouse.duckdb") for name in found)
    assert occurrences(copy, ["words that nobody wrote anywhere"]) == {}


def test_nothing_of_it_is_left_in_any_file(nights, copy, settings, new_warehouse):
    passages = [SECRET, "Forty harbor pilots left their boats", "Grain Ships Wait Outside the Bar"]
    assert occurrences(copy, passages)
    report = forget(settings, URL)
    assert report.passages > 5
    assert report.left == {}
    assert report.vacuumed
    assert occurrences(copy, passages) == {}
    warehouse = new_warehouse(copy.path)
    assert warehouse.query("SELECT title FROM briefs") == [("Mills Close",)]
    for table in ("briefs_history", "developments_history", "revisions", "changes", "blocks"):
        ids = warehouse.query(f"SELECT DISTINCT brief_id FROM {table}")
        assert (report.target.brief_ids[0],) not in ids
    assert warehouse.value("SELECT count(*) FROM captures") == 1
    assert warehouse.value("SELECT count(*) FROM attempts") == 1
    assert len(list(copy.published.glob("2*"))) == 1
    assert len(landing_files(copy)) == 1


def test_its_address_is_left_only_where_another_brief_cites_it(copy, settings):
    target = look_up(settings, URL)
    assert len(target.cited_by) == 1
    report = forget(settings, URL)
    names = {name.split("/")[0] for name in report.addresses_left}
    assert names <= {"landing", "published", "lake"}  # the words of the brief that cites it
    with open_store(copy) as store:
        for table in ("captures", "attempts", "briefs_history", "brief_keys"):
            rows = store.connection.execute(f"SELECT t::VARCHAR FROM lake.{table} t").fetchall()
            assert not any("walkout" in row for (row,) in rows)


@pytest.mark.slow
def test_it_does_not_come_back_in_any_way(copy, settings, cli, new_warehouse, draft, tmp_path):
    forget(settings, URL)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, body in {
        "same-address.html": draft(title="Quite Other Words").html(canonical=URL),
        "file.txt": draft().text(),
        "mirror.html": draft(day=None).html(note="copied"),
        "edited.txt": draft().reworded(1, "Eleven", "Twelve").text(),
        "same-bytes.html": draft().html(),
    }.items():
        (inbox / name).write_bytes(body)
    before = landing_files(copy)
    done = cli("ingest", inbox, data=copy.path)  # refused as it should be: exit 0
    assert "5 documents: 5 rejected" in done.stdout
    assert done.stdout.count("(forgotten):") == 5
    warehouse = new_warehouse(copy.path)
    assert warehouse.value("SELECT count(*) FROM briefs") == 1
    assert warehouse.value("SELECT count(*) FROM attempts WHERE reason = 'forgotten'") == 5
    assert landing_files(copy) == before
    assert occurrences(copy, ["Grain Ships Wait Outside the Bar"]) == {}
    with open_store(copy) as store:
        assert store.pending() == []
    assert "Equal: " in cli("rebuild", "--check", data=copy.path).stdout


def test_the_command_shows_first_and_erases_with_yes(copy, cli, nights):
    shown = cli("forget", URL, data=copy.path, status=2)
    assert "Brief: Harbor Pilots Walk Out in Port Vessa" in shown.stdout
    assert "stored pages: 3, versions: 2" in shown.stdout
    assert "Cited by " in shown.stdout
    assert "nothing was erased" in shown.stderr
    assert copy.current.readlink() == nights.root.current.readlink()
    done = cli("forget", URL, "--yes", data=copy.path)
    assert "passages that no other brief has: 0 found." in done.stdout
    gone = cli("forget", URL, "--yes", data=copy.path, status=1)
    assert "no brief or stored page has the id or address" in gone.stderr


def test_mirrors_are_named_and_stay(warehouse, draft, page, clock, cli):
    mirror = draft().html().replace(b"March 3, 2025 | Flash Brief", b"")
    warehouse.night(
        page(URL, draft().html(), clock(1)),
        page("https://mirror.example/copy", mirror, clock(2)),
    )
    assert warehouse.value("SELECT count(*) FROM briefs") == 2
    shown = cli("forget", URL, data=warehouse.path, status=2)
    (line,) = [line for line in shown.stdout.splitlines() if line.startswith("A mirror")]
    assert "https://mirror.example/copy" in line
    done = cli("forget", URL, "--yes", data=warehouse.path)
    assert "Nothing was searched: it has no passage" in done.stdout
    other = line.split("briefhouse forget ")[1].split()[0]
    done = cli("forget", other, "--yes", data=warehouse.path)
    assert ": 0 found." in done.stdout
    assert warehouse.value("SELECT count(*) FROM briefs") == 0


def test_a_near_mirror_is_named_too(warehouse, draft, page, clock, cli):
    """By the rule that the night goes by: its text has another hash."""
    words = random.Random(1).choices(
        "tug quay crew bar mill toll fog rope lamp guild".split(), k=300
    )
    body = [("Item", " ".join(words[n : n + 50])) for n in range(0, 300, 50)]
    near = [*body[:-1], ("Item", body[-1][1].replace("fog", "mist", 1))]
    warehouse.night(
        page(URL, draft(developments=body).html(), clock(1)),
        page("https://other.example/copy", draft(developments=near, day=None).html(), clock(2)),
    )
    copy, own = warehouse.dicts("SELECT * FROM briefs ORDER BY url")
    assert copy["duplicate_of"] == own["brief_id"] and copy["text_sha256"] != own["text_sha256"]
    shown = cli("forget", URL, data=warehouse.path, status=2).stdout
    (line,) = [line for line in shown.splitlines() if line.startswith("A mirror")]
    assert "https://other.example/copy" in line


@pytest.mark.parametrize("given", ["file", "folder", "address"])
def test_a_source_that_is_the_brief_goes_with_it_and_stays_away(cli, tmp_path, draft, site, given):
    inbox = tmp_path / "in"
    inbox.mkdir()
    file = inbox / "walkout.html"
    file.write_bytes(draft().html())
    os.utime(file, (1_700_000_000, 1_700_000_000))  # long ago: its look is remembered
    (inbox / "mills.txt").write_bytes(draft(title="Mills Close").text())
    address = site.put("/walkout.html", draft().html()) if given == "address" else str(file)
    source = str(inbox) if given == "folder" else address
    env = {"BRIEFHOUSE_ALLOW_HOSTS": "127.0.0.1", "BRIEFHOUSE_DELAY": "0"}
    root = DataRoot(tmp_path / "data")
    cli("ingest", source, data=root.path, env=env)
    assert occurrences(root, [address])
    done = cli("forget", address, "--yes", data=root.path)
    assert "for its addresses: 0 found." in done.stdout
    assert "LEFT" not in done.stdout
    assert occurrences(root, [address]) == {}
    again = cli("ingest", source, data=root.path, env=env, status=None)
    assert again.returncode == 0
    assert "forgotten" in again.stdout
    assert occurrences(root, [address]) == {}


def test_a_declared_source_keeps_its_name_and_no_place_that_was_forgotten(
    cli, tmp_path, draft, site
):
    address = site.put("/walkout.html", draft().html())
    other = site.put("/mills.html", draft(title="Mills Close").html())
    (tmp_path / "sources.toml").write_text(
        f'[[source]]\nname = "mine"\nkind = "pages"\nurls = ["{address}", "{other}"]\n'
    )
    data = tmp_path / "data"
    given = ("--sources", tmp_path / "sources.toml")
    cli("nightly", *given, data=data)
    assert "LEFT" not in cli("forget", address, "--yes", data=data).stdout
    cli("nightly", *given, data=data, status=None)
    assert occurrences(DataRoot(data), [address]) == {}
    places = cli("sql", "SELECT location FROM sources", "--format", "csv", data=data).stdout
    assert other in places and "(forgotten " in places


def test_what_others_say_of_it_is_told_and_is_no_failure(copy, cli):
    done = cli("forget", URL, "--yes", data=copy.path)
    assert done.stdout.count(" names it in its own words or links, and keeps them.") == 1
    assert "Stored pages of others name it" in done.stdout
    assert "LEFT" not in done.stdout


def test_what_the_books_still_name_is_told_and_fails(copy, cli, clock):
    with open_store(copy) as store, store.writing(), transaction(store.connection):
        row = {"origin": "https://www.fdd.org", "fetched_at": clock(1), "text": f"Sitemap: {URL}"}
        longer = {**row, "origin": "https://fdd.org", "text": f"Sitemap: {URL}/map.xml"}
        append(store.connection, ROBOTS, [row, longer])
    done = cli("forget", URL, "--yes", data=copy.path, status=1)
    assert "LEFT in the table robots: 1 rows name it." in done.stdout
    assert "In 1 rows it is a part of a longer address" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("run", ["ingest", "rebuild"])
def test_cut_off_before_landing_was_written_the_next_run_erases_the_rest(
    run, copy, settings, cli, monkeypatch, tmp_path
):
    import flows.forgetting as module

    class Killed(Exception):
        pass

    def cut_off(*arguments):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(module, "erase_from_landing", cut_off)
        with pytest.raises(Killed):
            forget(settings, URL)
    assert any(name.startswith("landing") for name in occurrences(copy, [SECRET]))
    (tmp_path / "none").mkdir()
    cli(run, *([tmp_path / "none"] if run == "ingest" else []), data=copy.path)
    assert not any(name.startswith("landing") for name in occurrences(copy, [SECRET]))
    found = cli("sql", "SELECT title FROM briefs", "--format", "csv", data=copy.path).stdout
    assert "Harbor Pilots" not in found


@pytest.mark.parametrize(
    "step", ["erase_from_landing", "delete_other_nights", "compact_lake", "vacuum_catalog"]
)
def test_cut_off_anywhere_the_same_call_finishes_it(step, copy, settings, monkeypatch):
    import flows.forgetting as module

    class Killed(Exception):
        pass

    def cut_off(*arguments):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(module, step, cut_off)
        with pytest.raises(Killed):
            forget(settings, URL)
    assert occurrences(copy, [SECRET])
    with read_store(copy) as store:
        assert status(store).erasures == (URL,)
    found = look_up(settings, URL)
    assert found.titles == ("Harbor Pilots Walk Out in Port Vessa",)
    report = forget(settings, URL)
    assert report.passages > 5
    assert report.left == {}
    assert occurrences(copy, [SECRET]) == {}
    assert not list(copy.erasing.iterdir())
    assert look_up(settings, URL) is None


def test_passages_are_plain_and_of_this_brief_alone():
    from warehouse.target import Target

    target = Target((), (), frozenset(), frozenset(), frozenset(), (
        "Shared words that both of the briefs have. Only here the heron stood on one leg.",
    ), (), ())  # fmt: skip
    found = needles(target, ["Shared words that both of the briefs have."])
    assert found == ["Only here the heron stood on one leg"]
