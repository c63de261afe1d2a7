"""``briefhouse sql``: answers for people and for programs, and no way to write."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import duckdb
import pytest

from flows.query import plain, write_answer

PARIS = timezone(timedelta(hours=2))


@pytest.fixture(scope="module")
def sql(cli, published):
    def ask(query, form=None, status=0, **more):
        given = ["--format", form] if form else []
        return cli("sql", query, *given, data=published, status=status, **more)

    return ask


def _written(query, form):
    out = io.StringIO()
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        write_answer(connection.execute(query), form, out)
    return out.getvalue()


class TestJson:
    def test_one_array_of_objects(self, sql):
        rows = json.loads(sql("SELECT title, revision FROM briefs ORDER BY title", "json").stdout)
        assert len(rows) > 10
        assert all(set(row) == {"title", "revision"} for row in rows)

    def test_lists_are_arrays_and_null_is_null(self, sql):
        rows = json.loads(
            sql("SELECT authors, outlet FROM links ORDER BY len(authors) DESC", "json").stdout
        )
        assert len(rows[0]["authors"]) > 1
        assert rows[-1]["authors"] == []
        assert None in {row["outlet"] for row in rows}

    def test_instants_are_iso_with_z_and_days_are_days(self, sql):
        (row,) = json.loads(
            sql("SELECT min(first_seen_at) i, min(published_on) d FROM briefs", "json").stdout
        )
        assert row["i"].endswith("Z")
        datetime.fromisoformat(row["i"])
        assert date.fromisoformat(row["d"]).year > 2000

    def test_instants_are_in_utc_wherever_it_runs(self, sql):
        query = "SELECT TIMESTAMPTZ '2025-03-03 12:00:00+02' AS i"
        for zone in ("America/New_York", "Asia/Tokyo"):
            found = json.loads(sql(query, "json", env={"TZ": zone}).stdout)
            assert found == [{"i": "2025-03-03T10:00:00Z"}]

    def test_no_limit_on_rows(self):
        rows = json.loads(_written("SELECT range AS n FROM range(12345)", "json"))
        assert [row["n"] for row in rows] == list(range(12345))

    def test_no_rows_are_an_empty_array(self):
        assert json.loads(_written("SELECT 1 AS a WHERE false", "json")) == []

    def test_letters_stay_letters(self):
        written = _written("SELECT '“Ærø” 🚢' AS a", "json")
        assert "“Ærø” 🚢" in written
        assert json.loads(written) == [{"a": "“Ærø” 🚢"}]

    def test_structs_and_their_lists(self):
        written = _written(
            "SELECT [{'a': 1, 'b': [TIMESTAMPTZ '2025-03-03 00:00:00+00']}] AS s", "json"
        )
        assert json.loads(written) == [{"s": [{"a": 1, "b": ["2025-03-03T00:00:00Z"]}]}]

    def test_what_json_has_no_number_for_is_null(self):
        written = _written("SELECT 'nan'::DOUBLE AS n, 'inf'::DOUBLE AS i", "json")
        assert json.loads(written) == [{"n": None, "i": None}]

    def test_columns_of_one_name_are_not_lost(self):
        """Two columns may bear one name in SQL; an object has room for one."""
        written = _written("SELECT 1 AS a, 2 AS a", "json")
        assert sorted(json.loads(written)[0].values()) == [1, 2]


class TestPlainValues:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (datetime(2025, 3, 3, 1, 2, tzinfo=PARIS), "2025-03-02T23:02:00Z"),
            (datetime(2025, 3, 3, 1, 2, 3, 4, tzinfo=UTC), "2025-03-03T01:02:03.000004Z"),
            (datetime(2025, 3, 3), "2025-03-03T00:00:00"),
            (date(2025, 3, 3), "2025-03-03"),
            (time(1, 2), "01:02:00"),
            (timedelta(minutes=1), 60.0),
            (Decimal("1.5"), 1.5),
            (b"\x00\xff", "AP8="),
            ({1: {"a": (None, True)}}, {"1": {"a": [None, True]}}),
            (2**80, 2**80),
        ],
    )  # fmt: skip
    def test_each_kind(self, value, expected):
        found = plain(value)
        assert found == expected
        assert json.loads(json.dumps(found)) == json.loads(json.dumps(expected))


class TestCsv:
    def test_a_header_and_rows(self, sql):
        out = sql("SELECT title, published_on, duplicate_of FROM briefs", "csv").stdout
        rows = list(csv.DictReader(io.StringIO(out)))
        assert len(rows) > 10
        assert {row["duplicate_of"] for row in rows} == {""}
        assert any("," in row["title"] for row in rows)

    def test_texts_with_line_breaks_come_back_whole(self, sql):
        query = "SELECT text FROM briefs ORDER BY brief_id"
        texts = [row["text"] for row in csv.DictReader(io.StringIO(sql(query, "csv").stdout))]
        assert texts == [row["text"] for row in json.loads(sql(query, "json").stdout)]

    def test_lists_are_json(self):
        out = _written("SELECT ['“a”', 'b'] AS l, true AS t", "csv")
        (row,) = csv.DictReader(io.StringIO(out))
        assert json.loads(row["l"]) == ["“a”", "b"]

    def test_no_rows_are_a_header(self):
        assert _written("SELECT 1 AS a WHERE false", "csv") == "a\n"


class TestTable:
    def test_it_is_the_default(self, sql):
        out = sql("SELECT title FROM briefs WHERE title LIKE 'Harbor Pilots%'").stdout
        assert "title" in out
        assert "Harbor Pilots Walk Out in Port Vessa" in out
        assert "\x1b" not in out

    def test_it_ends_after_forty_rows_and_says_so(self):
        out = _written("SELECT range AS n FROM range(41)", "table")
        assert "first 40 rows" in out
        assert "\n40" not in out
        assert "first" not in _written("SELECT range AS n FROM range(40)", "table")

    def test_no_rows(self):
        assert "(no rows)" in _written("SELECT 1 AS a WHERE false", "table")

    def test_brackets_are_no_markup(self):
        assert "[bold]x[/bold]" in _written("SELECT '[bold]x[/bold]' AS a", "table")


class TestNoWayToWrite:
    @pytest.mark.parametrize(
        "query",
        [
            "INSERT INTO brief_keys VALUES ('x', 'y')",
            "CREATE TABLE mine (a INTEGER)",
            "DELETE FROM brief_keys",
        ],
    )
    def test_changes_are_refused(self, sql, query):
        done = sql(query, status=1)
        assert "read-only" in done.stderr
        assert done.stdout == ""
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize(
        "query",
        [
            "COPY briefs TO '{out}'",
            "SELECT 1; COPY (SELECT 1 AS a) TO '{out}'",
            "/* a look */ EXPLAIN ANALYZE COPY (SELECT 1 AS a) TO '{out}'",
            "EXPORT DATABASE '{out}'",
            "ATTACH '{out}' AS mine",
            "SET log_query_path = '{out}'",
        ],
    )
    @pytest.mark.parametrize("as_of", [(), ("--as-of", "2025-06-01")])
    def test_no_file_is_written(self, cli, published, tmp_path, query, as_of):
        out = tmp_path / "out"
        done = cli("sql", query.format(out=out), *as_of, data=published, status=1)
        assert done.stderr.startswith("briefhouse: ")
        assert done.stdout == ""
        assert not out.exists()

    def test_what_to_do_instead_is_told(self, sql):
        assert "--format csv > FILE" in sql("COPY briefs TO 'x.csv'", status=1).stderr

    @pytest.mark.parametrize(
        "query",
        [
            "FROM '{mine}'",
            "SHOW TABLES",
            "DESCRIBE briefs",
            "PRAGMA table_info('briefs')",
            "EXPLAIN ANALYZE SELECT count(*) FROM briefs",
            "PIVOT (SELECT publisher, kind FROM briefs) ON kind USING count(*)",
        ],
    )
    def test_all_that_reads_is_answered_one_s_own_files_too(self, sql, tmp_path, query):
        mine = tmp_path / "mine.parquet"
        duckdb.sql("SELECT 1 AS a").write_parquet(str(mine))
        assert sql(query.format(mine=mine), "csv").stdout.count("\n") > 1

    def test_the_night_is_as_it_was(self, sql):
        assert json.loads(
            sql("SELECT count(*) n FROM brief_keys WHERE key = 'x'", "json").stdout
        ) == [{"n": 0}]


class TestErrors:
    def test_a_mistake_is_told_as_duckdb_tells_it(self, sql):
        done = sql("SELECT nothing FROM briefs", status=1)
        assert done.stderr.startswith("briefhouse: ")
        assert "nothing" in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize(
        "query",
        [
            "SELECT nothing FROM developments",
            "SELECT d.nothing FROM Developments d JOIN briefs USING (brief_id)",
            "WITH found AS (SELECT nothing FROM developments) FROM found",
        ],
    )
    def test_who_misses_a_column_is_told_which_there_are(self, sql, query):
        told = sql(query, status=1).stderr
        (line,) = [line for line in told.splitlines() if line.startswith("developments has ")]
        assert line.startswith("developments has development_id, brief_id, position, headline")

    def test_a_mistake_that_shows_only_at_a_later_row(self, sql):
        done = sql("SELECT CAST(title AS INTEGER) FROM briefs", "json", status=1)
        assert "Traceback" not in done.stderr
        assert "Could not convert" in done.stderr

    def test_a_format_that_is_none(self, sql):
        done = sql("SELECT 1", "xml", status=2)
        assert "table, csv and json" in done.stderr.replace(", json", " and json") or (
            "xml" in done.stderr
        )

    def test_an_empty_query(self, sql):
        done = sql("", status=None)
        assert "Traceback" not in done.stderr

    def test_before_the_first_night(self, cli, tmp_path):
        done = cli("sql", "SELECT 1", data=tmp_path / "none", status=1)
        assert "briefhouse ingest" in done.stderr
        assert not (tmp_path / "none").exists()

    def test_a_reader_that_goes_away_is_no_defect(self, cli, published):
        """``briefhouse sql ... | head -1``"""
        query = "SELECT text FROM briefs, range(2000)"
        process = cli.start("sql", query, "--format", "csv", data=published)
        try:
            process.stdout.readline()
            process.stdout.close()
            process.wait(timeout=60)
            assert "Traceback" not in process.stderr.read()
        finally:
            process.kill()
            process.wait()
            process.stderr.close()

    def test_it_asks_the_data_root_of_the_environment(self, cli, published):
        env = {"BRIEFHOUSE_DATA": str(published)}
        done = cli("sql", "SELECT count(*) > 0 AS some FROM briefs", "--format", "csv", env=env)
        assert done.stdout == "some\nTrue\n"


def test_a_log_of_the_c_locale_gets_letters_all_the_same(cli, published):
    environment = cli.environment(LC_ALL="C")
    del environment["PYTHONUTF8"]
    for form in ("csv", "json", "table"):
        done = subprocess.run(
            [cli.command, "sql", "SELECT '“Ærø” 🚢' AS a", "--format", form, "--data", published],
            env=environment, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "“Ærø” 🚢" in done.stdout.decode()


def test_as_of_a_day_the_plain_names_mean_that_day(cli, sampled):
    count = "SELECT count(*) AS n, max(revision) AS last FROM briefs WHERE title LIKE 'Harbor P%'"
    for day, last in (("2025-04-01", 1), ("2025-04-02", 2), ("2025-04-02T12:00Z", 2)):
        out = cli("sql", count, "--format", "json", "--as-of", day, data=sampled.path).stdout
        assert json.loads(out)[0]["last"] == last
    out = cli("sql", count, "--format", "json", "--as-of", "2024-01-01", data=sampled.path).stdout
    assert json.loads(out) == [{"n": 0, "last": None}]


def test_as_of_a_day_what_has_no_past_is_told(cli, sampled):
    given = ("sql", "FROM blocks JOIN sources ON true", "--as-of", "2025-04-01")
    told = cli(*given, data=sampled.path, status=1).stderr
    assert "--as-of leaves blocks out: blocks are kept of the versions that stand now" in told
    assert "--as-of leaves sources out: " in told
    missed = ("sql", "FROM nowhere", "--as-of", "2025-04-01")
    assert "leaves" not in cli(*missed, data=sampled.path, status=1).stderr


def test_as_of_no_day_is_refused(cli, sampled):
    refused = cli("sql", "SELECT 1", "--as-of", "soon", data=sampled.path, status=2)
    assert "--as-of soon: not a day or time" in refused.stderr
