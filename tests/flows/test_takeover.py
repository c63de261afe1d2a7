"""A night that takes over from the one before is the night that writing it whole would give."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

import warehouse.refresh as refreshing
from extractors import profiles
from flows.forgetting import forget
from flows.maintaining import maintain
from flows.reprocessing import reprocess
from flows.runner import DirectRunner
from flows.settings import Settings
from warehouse import takeover
from warehouse.decisions import NONE, Decision, Decisions, Person
from warehouse.forget import erase_rows
from warehouse.lake import transaction
from warehouse.landing import Capture
from warehouse.night import write_database
from warehouse.publish import publish, read_manifest
from warehouse.schema import PUBLICATION, PUBLISHED
from warehouse.store import open_store
from warehouse.target import find

SPEAKERS = ("Petra Lindqvist", "P. Lindqvist", "Petra C. Lindqvist", "Amos Tregear", "Odile Marsh")
QUERIES = ("tugs nobody", 'Lindqvist "night tugs"')
DATABASE = "warehouse.duckdb"


def _whole(root, decisions=NONE):
    """Write the database of the lake as it stands whole; return its path."""
    folder = root.path.parent / "whole"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with open_store(root) as store:
        origin = write_database(store.connection, folder, "whole", decisions, None)
    assert origin.whole
    return folder / DATABASE


def differing(made, model):
    """Return what differs between two databases of nights: tables, definitions and search."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH '{made}' AS a (READ_ONLY); ATTACH '{model}' AS b (READ_ONLY)")
        relations = {
            table.name: f"SELECT * FROM %s.{table.name}"
            for table in PUBLISHED
            if table is not PUBLICATION
        } | {
            PUBLICATION.name: "SELECT table_name, rows, schema_version FROM %s.publication",
            "documents": "SELECT * EXCLUDE (document) FROM %s.search_documents",
            "postings": """SELECT kind, row_id, term, occurrences
                FROM %s.search_postings JOIN %s.search_documents USING (document)""",
            "columns": """SELECT table_name, column_index, column_name, data_type, is_nullable,
                comment FROM duckdb_columns() WHERE database_name = '%s'""",
            "views": "SELECT view_name, sql, comment FROM duckdb_views() "
            "WHERE database_name = '%s' AND NOT internal",
        }
        found = []
        for name, query in relations.items():
            for one, other in ("ab", "ba"):
                rows = connection.execute(
                    f"{query.replace('%s', one)} EXCEPT ALL {query.replace('%s', other)}"
                ).fetchall()
                if rows:
                    found.append((name, one, rows[:2]))
    if _found(made) != _found(model):
        found.append(("search", _found(made), _found(model)))
    return found


def _found(path):
    with duckdb.connect(str(path), read_only=True) as connection:
        return [connection.execute("FROM search(?)", [words]).fetchall() for words in QUERIES]


def _parquet_differs(night):
    """Return the tables whose Parquet files have other rows, or another order, than the key's."""
    with duckdb.connect(str(night / DATABASE), read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        return [
            table.name
            for table in PUBLISHED
            if connection.execute(f"FROM '{night}/parquet/{table.name}/*.parquet'").fetchall()
            != connection.execute(
                f"FROM {table.name} ORDER BY " + ", ".join(f'"{name}"' for name in table.key)
            ).fetchall()
        ]


class Life:
    """What may happen to a warehouse in a night, drawn at random."""

    def __init__(self, warehouse, draft, page, clock, seed):
        self.warehouse, self.draft, self.page = warehouse, draft, page
        self.random, self.start, self.count, self.hours = random.Random(seed), clock(1), 0, 0
        self.briefs = {}

    def at(self):
        self.hours += self.random.randint(1, 5)
        late = self.random.choice([0, 0, 0, 7])  # another machine's capture comes late
        return self.start + timedelta(hours=self.hours - late, minutes=self.random.randint(0, 59))

    def _draft(self, n, edit=0):
        drawn = random.Random(f"{n}")
        text = (
            f"The registrar counted {n + edit} night tugs on the {n}th morning at Port Vessa, and "
            f"{' '.join(drawn.choices('fog ropes mills tolls buoys lamps'.split(), k=40))}."
        )  # fmt: skip
        experts = [(f"Whoever counts tugs {n} times knows the harbor pilots.",
                    drawn.choice(SPEAKERS), "Senior Fellow")]  # fmt: skip
        cited = [(f"Tugboat Register, Part {drawn.randint(1, 9)}", "Petra Lindqvist", None)]
        kept = self.draft().developments[edit % 2 : 2]
        return self.draft(
            title=f"Tugboat Register, Part {n}", developments=[("Tugs Counted", text), *kept],
            experts=experts, background=cited,
        )  # fmt: skip

    def new(self):
        self.count += 1
        uri = f"https://www.fdd.org/register/{self.count}"
        self.briefs[uri] = (self.count, 0)
        return self.page(uri, self._draft(self.count).html(), self.at())

    def _any(self):
        return self.random.choice(sorted(self.briefs))

    def edit(self):
        uri = self._any()
        n, edit = self.briefs[uri]
        self.briefs[uri] = (n, edit + 1)
        return self.page(uri, self._draft(n, edit + 1).html(), self.at())

    def duplicate(self):
        uri = self._any()
        return self.page(f"/in/{self.hours}.txt", self._draft(*self.briefs[uri]).text(), self.at())

    def mirror(self):
        uri = self._any()
        body = self._draft(*self.briefs[uri]).html().replace(b"FDD Expert Response", b"They Say")
        return self.page(f"https://wire.example/{self.hours}", body, self.at())

    def gone(self):
        return Capture("test", self._any(), self.at(), b"<html>nothing</html>", status=404,
                       content_type="text/html")  # fmt: skip

    def empty(self):
        return self.page(f"/in/{self.hours}.txt", b"", self.at())

    def night(self):
        verbs = [self.new, self.edit, self.edit, self.duplicate, self.mirror, self.gone, self.empty]
        drawn = [self.random.choice(verbs if self.briefs else verbs[:1]) for _ in range(3)]
        self.warehouse.night(*(verb() for verb in drawn))


@pytest.fixture(autouse=True)
def even_small(monkeypatch):
    """Let small databases be taken over too; for such, gaps weigh much."""
    monkeypatch.setattr(takeover, "LEAST_BYTES", 0)
    monkeypatch.setattr(takeover, "MOST_GROWTH", 100)


def _why_whole(warehouse):
    return read_manifest(warehouse.night_path)["whole"]


def _is_as_whole(warehouse, decisions=NONE):
    """Compare the night with one that is written whole of the same lake."""
    model = _whole(warehouse.root, decisions)
    assert differing(warehouse.night_path / DATABASE, model) == []
    assert _parquet_differs(warehouse.night_path) == []


@pytest.mark.slow
def test_a_random_life_gives_what_whole_nights_give(warehouse, draft, page, clock):
    life = Life(warehouse, draft, page, clock, seed=1)
    reasons = []
    for nth in range(6):
        if nth == 4:
            maintain(Settings(data=warehouse.path, snapshot_days=0), orphaned=timedelta(0))
        life.night()
        reasons.append(_why_whole(warehouse))
        _is_as_whole(warehouse)
    assert reasons == [
        "there is no night before to take over from",
        None,
        None,
        None,
        "the lake does not know any more what changed since",
        None,
    ]


@pytest.fixture(scope="module")
def made(new_warehouse, tmp_path_factory, draft, page, clock):
    """Two nights, of two briefs; the second took over from the first."""
    made = new_warehouse(tmp_path_factory.mktemp("two") / "data")
    first = draft(title="Mills Close", background=[("Ferries Return", "Amos Tregear", None)])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(takeover, "LEAST_BYTES", 0)
        patched.setattr(takeover, "MOST_GROWTH", 100)
        made.night(page("https://www.fdd.org/mills", first.html(), clock(1)))
        made.night(page("https://www.fdd.org/walkout", draft().html(), clock(2)))
    assert _why_whole(made) is None
    return made


@pytest.fixture
def two(made, new_warehouse, tmp_path):
    """The same, of the test's own."""
    shutil.copytree(made.path, tmp_path / "data", symlinks=True)
    return new_warehouse(tmp_path / "data", made.nth)


@pytest.mark.slow
def test_what_is_derived_is_derived_anew(two, draft, page, clock):
    assert two.value("SELECT count(*) FROM links WHERE target_brief_id IS NOT NULL") == 0
    cited = draft(title="Ferries Return", day=date(2025, 2, 1), experts=draft().experts[1:])
    two.night(page("https://www.fdd.org/ferries", cited.html(), clock(3)))
    assert two.value("SELECT count(*) FROM links WHERE resolved_by = 'title'") == 1
    _is_as_whole(two)
    # other decisions on people touch rows of old briefs
    both = (Person("fdd", "Petra Lindqvist"), Person("fdd", "Amos Tregear"))
    decisions = Decisions(merges=(Decision("merge", both, "one person", date(2025, 4, 9)),))
    with open_store(two.root) as store:
        publish(store.connection, two.root, two.run().run_id, decisions)
    assert _why_whole(two) is None
    assert two.value("SELECT count(*) FROM experts") == 1
    _is_as_whole(two, decisions)


@pytest.mark.slow
def test_what_was_read_anew_is_taken_in(two, draft, page, clock, tmp_path, monkeypatch):
    two.night(page("https://www.fdd.org/mills", draft(title="Mills Open").html(), clock(3)))
    profile = (Path(profiles.__path__[0]) / "fdd.toml").read_text("utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "fdd.toml").write_text(
        profile.replace("version = 1\n", "version = 2\n").replace("Latest Developments", "News")
    )
    monkeypatch.setenv("BRIEFHOUSE_PROFILES", str(tmp_path / "mine"))
    done = reprocess(Settings(data=two.path), DirectRunner(), accept=True)
    assert done.night == two.night_path
    assert _why_whole(two) is None
    assert two.query("SELECT DISTINCT profile_version FROM briefs_history") == [(2,)]
    _is_as_whole(two)


def test_forgetting_copies_no_file_that_held_the_brief(two, draft, page, clock):
    report = forget(Settings(data=two.path), "https://www.fdd.org/walkout")
    assert report.passages
    assert report.left == {}
    assert _why_whole(two) == "something was forgotten"
    two.night(page("https://www.fdd.org/ferries", draft(title="Ferries").html(), clock(4)))
    assert two.query("SELECT title FROM briefs ORDER BY title") == [("Ferries",), ("Mills Close",)]


def test_a_forgetting_that_was_killed_before_its_night_leaves_no_byte_either(
    two, draft, page, clock
):
    with open_store(two.root) as store, store.writing():
        target = find(store.connection, "https://www.fdd.org/walkout", lambda held: {})
        with transaction(store.connection):
            erase_rows(store.connection, target, clock(3))
    two.root.unpublished.touch()
    two.night(page("https://www.fdd.org/ferries", draft(title="Ferries").html(), clock(4)))
    assert _why_whole(two) == "something was forgotten"


def test_a_damaged_manifest_is_replaced_with_its_night(two):
    (two.night_path / "manifest.json").chmod(0o644)
    (two.night_path / "manifest.json").write_text('{"files": ')
    two.night()
    assert _why_whole(two) == "there is no night before to take over from"
    assert two.value("SELECT count(*) FROM briefs") == 2


@pytest.mark.parametrize("damage", ["missing", "other bytes"])
def test_a_damaged_night_before_is_not_taken_over(two, draft, page, clock, damage):
    file = two.night_path / DATABASE
    body = bytearray(file.read_bytes())
    file.unlink()
    if damage == "other bytes":
        body[len(body) // 2] ^= 1
        file.write_bytes(body)
    two.night(page("https://www.fdd.org/ferries", draft(title="Ferries").html(), clock(4)))
    assert _why_whole(two) == "the file of the night before is missing or damaged"
    assert two.value("SELECT count(*) FROM briefs") == 3


def test_rows_that_are_not_the_lakes_are_thrown_away(two, draft, page, clock, monkeypatch):
    """As if the lake had told of fewer changes than there were."""
    monkeypatch.setattr(refreshing, "_apply", lambda *_: None)
    two.night(page("https://www.fdd.org/ferries", draft(title="Ferries").html(), clock(4)))
    assert _why_whole(two).startswith("what was taken over is not the lake's: night.")
    assert two.value("SELECT count(*) FROM briefs") == 3


def test_a_reader_of_the_night_before_is_not_disturbed(two, draft, page, clock):
    before = two.night_path / DATABASE
    body = before.read_bytes()
    with duckdb.connect(str(before), read_only=True) as reader:
        two.night(page("https://www.fdd.org/ferries", draft(title="Ferries").html(), clock(4)))
        assert _why_whole(two) is None
        assert reader.execute("SELECT count(*) FROM briefs").fetchone() == (2,)
    assert before.read_bytes() == body
    assert before.stat().st_ino != (two.night_path / DATABASE).stat().st_ino
