"""As it stood on a day: the macros of a published night, and a night opened as of a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.past import NO_PAST, past_rows
from warehouse.reader import open_published
from warehouse.schema import PUBLISHED
from warehouse.table import ddl

TABLES = ("briefs", "developments", "statements", "links")


@pytest.fixture(scope="module")
def edited(new_warehouse, tmp_path_factory, draft, page, clock):
    """A brief of day 1, edited on days 3 and 5, and another brief of day 4."""
    made = new_warehouse(tmp_path_factory.mktemp("past") / "data")
    first = draft()
    second = first.reworded(0, "Forty", "Forty-two")
    third = draft(
        developments=second.developments[:2],
        experts=[*second.experts[:1], ("They sail at dawn.", "Ida Brook", "Fellow")],
    )
    other = draft(title="The Osk Rises", developments=second.developments[1:])
    made.merge(page("/in/a.txt", first.text(), clock(1)))
    made.merge(page("/in/a.txt", second.text(), clock(3)))
    made.merge(page("/in/b.txt", other.text(), clock(4)))
    made.night(page("/in/a.txt", third.text(), clock(5)))
    return made


def _past(warehouse, day, query):
    return warehouse.query(query.replace("$", f"'{day}'"))


def test_before_the_first_capture_there_is_nothing(edited):
    for table in (*TABLES, "experts", "captures", "attempts", "revisions"):
        assert _past(edited, "2025-03-31", f"FROM {table}_as_of($)") == []


def test_a_day_is_asked_at_its_end_and_a_time_at_that_time(edited):
    """The second version came in on April 3 at midnight, UTC."""
    words = "SELECT DISTINCT split_part(text, ' ', 1) FROM developments_as_of($) WHERE position = 1"
    assert _past(edited, "2025-04-02", words) == [("Forty",)]
    assert _past(edited, "2025-04-03", words) == [("Forty-two",)]
    assert _past(edited, "2025-04-02 23:59:59+00", words) == [("Forty",)]
    assert edited.query(words.replace("$", "DATE '2025-04-02'")) == [("Forty",)]
    assert edited.query(words.replace("$", "TIMESTAMPTZ '2025-04-03 00:00:00+00'")) == [
        ("Forty-two",)
    ]


def test_people_of_then(edited):
    names = "SELECT name FROM experts_as_of($) ORDER BY name"
    assert _past(edited, "2025-04-01", names) == [("Amos Tregear",), ("Petra Lindqvist",)]
    assert ("Ida Brook",) in edited.query("SELECT name FROM experts")
    roles = "SELECT count(*) FROM expert_roles_as_of($) JOIN experts_as_of($) USING (expert_id)"
    assert _past(edited, "2025-04-01", roles) == [(2,)]


def test_today_is_what_the_tables_hold(edited):
    for table in (*TABLES, "experts", "expert_roles", "expert_aliases"):
        for one, other in ((table, f"{table}_as_of(now())"), (f"{table}_as_of(now())", table)):
            columns = ", ".join(
                name for name, *_ in edited.query(f"DESCRIBE {table}") if name != "gone_at"
            )
            assert (
                edited.query(
                    f"SELECT {columns} FROM {one} EXCEPT ALL SELECT {columns} FROM {other}"
                )
                == []
            )


@pytest.mark.parametrize("day", ["2025-04-01", "2025-04-03", "2025-04-04", "2025-04-09"])
def test_plain_names_mean_that_day_when_it_is_opened_as_of(edited, day):
    end = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1, microseconds=-1)
    with open_published(edited.root, end) as then:
        for table in (*TABLES, "experts", "expert_roles", "captures", "revisions", "changes"):
            (found,) = then.execute(f"SELECT count(*) FROM {table}").fetchone()
            assert found == _past(edited, day, f"SELECT count(*) FROM {table}_as_of($)")[0][0]
        assert (
            then.execute(
                "SELECT count(*) FROM statements JOIN experts USING (expert_id)"
            ).fetchone()
            == then.execute("SELECT count(*) FROM statements").fetchone()
        )
        # views too are over the rows of then
        (views,) = then.execute("SELECT count(*) FROM latest_developments").fetchone()
        assert (views,) == then.execute("SELECT count(*) FROM developments").fetchone()


@pytest.mark.parametrize("name", NO_PAST)
def test_what_has_no_past_is_not_taken_from_today(edited, name):
    with (
        open_published(edited.root, datetime(2025, 4, 2, tzinfo=UTC)) as then,
        pytest.raises(duckdb.CatalogException, match=name),
    ):
        then.execute(f"FROM {name}")


def test_every_other_table_and_view_has_one(edited):
    """What a night has without a past is told, with the reason."""
    named = "SELECT table_name FROM information_schema.tables WHERE table_catalog = "
    tables = {name for (name,) in edited.query(f"{named} 'warehouse'")}
    assert set(NO_PAST) < tables
    with open_published(edited.root, datetime(2025, 4, 9, tzinfo=UTC)) as then:
        found = {name for (name,) in then.execute(f"{named} 'memory'").fetchall()}
        assert tables - set(NO_PAST) <= found
        for name in tables - set(NO_PAST):  # all of a later day is what is there now
            count = f"SELECT count(*) FROM {name}"
            assert then.execute(count).fetchone() == edited.query(count)[0], name
    with open_published(edited.root, datetime(2025, 3, 1, tzinfo=UTC)) as then:
        for name in tables - set(NO_PAST):
            assert then.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,), name


def test_the_books_of_a_day():
    """A run is there once it has ended, with its checks; what a person let pass since is not."""
    with duckdb.connect() as night:
        night.execute("SET TimeZone = 'UTC'")
        for table in PUBLISHED:
            night.execute(ddl(table))
        rows = {
            "runs": [("r1", "2025-04-01", "2025-04-02"), ("r2", "2025-04-03", "2025-04-05")],
            "checks": [("r1", "2025-04-04"), ("r2", None)],
            "releases": [("c1", "2025-04-04")],
            "tombstones": [("k1", "2025-04-02"), ("k2", "2025-04-04")],
        }
        named = {
            "runs": "run_id, started_at, finished_at",
            "checks": "run_id, released_at",
            "releases": "capture_id, released_at",
            "tombstones": "key_sha256, forgotten_at",
        }
        for name, values in rows.items():
            for column, kind, null, *_ in night.execute(f"DESCRIBE {name}").fetchall():
                if null == "NO" and column not in named[name]:
                    empty = "''" if kind == "VARCHAR" else "false" if kind == "BOOLEAN" else "0"
                    night.execute(f"ALTER TABLE {name} ALTER {column} SET DEFAULT {empty}")
            marks = ", ".join("?" * len(values[0]))
            night.executemany(f"INSERT INTO {name} ({named[name]}) VALUES ({marks})", values)

        def then(name, day):
            query = past_rows("", f"TIMESTAMPTZ '2025-04-{day:02} 12:00:00+00'")[name]
            return night.execute(f"SELECT {named[name]} FROM ({query}) ORDER BY 1").fetchall()

        assert [row[0] for row in then("runs", 4)] == ["r1"]
        assert then("checks", 1) == []
        assert then("checks", 3) == [("r1", None)]
        assert [(run, at is None) for run, at in then("checks", 6)] == [("r1", False), ("r2", True)]
        assert [len(then("releases", day)) for day in (3, 4)] == [0, 1]
        assert [len(then("tombstones", day)) for day in (1, 3, 4)] == [0, 1, 2]


@settings(max_examples=20, deadline=None)
@given(hours=st.integers(-24, 24 * 8))
def test_at_any_moment_each_brief_has_one_version_and_each_row_its_brief(edited, hours):
    moment = datetime(2025, 4, 1, tzinfo=UTC) + timedelta(hours=hours)
    with open_published(edited.root, moment) as then:
        versions = then.execute("SELECT count(*), count(DISTINCT brief_id) FROM briefs").fetchone()
        assert versions[0] == versions[1]
        for table in TABLES[1:]:
            rows = then.execute(f"SELECT count(*) FROM {table} ANTI JOIN briefs USING (brief_id)")
            assert rows.fetchone() == (0,)
            wrong = then.execute(
                f"""SELECT count(*) FROM {table} r JOIN briefs b USING (brief_id) WHERE
                substring(b.text, {"quote" if table == "statements" else "r.text"}_start + 1, 5)
                <> {"quote" if table == "statements" else "r.text"}[:5]"""
            )
            assert wrong.fetchone() == (0,)


@pytest.fixture(scope="module")
def copied(new_warehouse, tmp_path_factory, draft, page, clock):
    """Copies of days 1 and 2 whose original came on day 4; a brief they cite, of day 5."""
    made = new_warehouse(tmp_path_factory.mktemp("copied") / "data")
    cited = draft(title="Who Steers the Osk", day=date(2025, 2, 10), background=[],
                  developments=[("Pilots Split", "The pilots of the Osk left the guild.")],
                  experts=[("A river is a road.", "Petra Lindqvist", "Analyst")])  # fmt: skip
    made.merge(page("https://mirror.example/a", draft(day=None).html(), clock(1)))
    made.merge(page("https://other.example/b", draft(day=None).html(note="b"), clock(2)))
    made.merge(page("https://tank.example/original", draft().html(), clock(4)))
    made.night(page("/in/osk.txt", cited.text(), clock(5)))
    return made


COPIES = """SELECT b.url, o.url FROM $ b LEFT JOIN $ o ON o.brief_id = b.duplicate_of
    WHERE b.title LIKE 'Harbor%' ORDER BY b.url"""
FIRST, SECOND = "https://mirror.example/a", "https://other.example/b"
ORIGINAL = "https://tank.example/original"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-04-01", {FIRST: None}),
        ("2025-04-02", {FIRST: None, SECOND: FIRST}),
        ("2025-04-04", {FIRST: ORIGINAL, SECOND: ORIGINAL, ORIGINAL: None}),
    ],
)
def test_a_copy_is_the_original_until_a_better_known_one_comes(copied, day, expected):
    end = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(days=1, microseconds=-1)
    assert dict(_past(copied, day, COPIES.replace("$", "briefs_as_of($)"))) == expected
    with open_published(copied.root, end) as then:
        for name in ("briefs", "briefs_history"):
            assert dict(then.execute(COPIES.replace("$", name)).fetchall()) == expected
        for view, count in (("originals", 1), ("latest_developments", 3), ("experts", 2)):
            assert then.execute(f"SELECT count(*) FROM {view}").fetchone() == (count,), view
    assert len(_past(copied, day, "FROM experts_as_of($)")) == 2


def test_a_link_leads_nowhere_before_its_brief_comes(copied):
    led = """SELECT count(target_brief_id), count(resolved_by), count(*) FILTER (
        target_brief_id NOT IN (SELECT brief_id FROM briefs_as_of($))) FROM links_as_of($)"""
    assert _past(copied, "2025-04-04", led) == [(0, 0, 0)]
    assert _past(copied, "2025-04-05", led) == [(3, 3, 0)]
    with open_published(copied.root, datetime(2025, 4, 4, 12, tzinfo=UTC)) as then:
        for query in ("FROM citations", "FROM links_history WHERE target_brief_id IS NOT NULL"):
            assert then.execute(query).fetchall() == []


@settings(max_examples=20, deadline=None)
@given(hours=st.integers(-24, 24 * 8))
def test_at_any_moment_whatever_names_a_brief_names_one_that_is_there(copied, hours):
    moment = datetime(2025, 4, 1, tzinfo=UTC) + timedelta(hours=hours)
    with open_published(copied.root, moment) as then:
        for table, column in (("briefs", "duplicate_of"), ("links", "target_brief_id")):
            for rows in (table, f"{table}_history"):
                dangling = f"""SELECT count(*) FROM {rows} r
                    WHERE {column} IS NOT NULL AND {column} NOT IN (SELECT brief_id FROM briefs)"""
                assert then.execute(dangling).fetchone() == (0,)
        texts = "SELECT count(DISTINCT title) FROM"
        assert (
            then.execute(f"{texts} originals").fetchone()
            == then.execute(f"{texts} briefs").fetchone()
        )
