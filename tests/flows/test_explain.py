"""``briefhouse explain``: where a row comes from, down to the bytes."""

from __future__ import annotations

import json

import pytest

from warehouse.landing import find_body
from warehouse.reader import open_published
from warehouse.root import DataRoot


@pytest.fixture(scope="module")
def night(published):
    with open_published(DataRoot(published)) as connection:
        yield connection


def _one(night, query):
    found = night.execute(query)
    names = [column[0] for column in found.description]
    return dict(zip(names, found.fetchone(), strict=True))


@pytest.mark.parametrize("table", ["briefs", "developments", "statements", "links"])
def test_every_kind_of_row_is_explained(cli, published, night, table):
    key = f"{table.removesuffix('s')}_id"
    row = _one(
        night,
        f"""SELECT t.{key} AS id, b.brief_id, b.title, c.* FROM {table} t
        JOIN briefs b USING (brief_id) JOIN captures c ON c.capture_id = b.capture_id
        WHERE b.title LIKE 'Harbor Pilots%' ORDER BY id LIMIT 1""",
    )
    out = cli("explain", row["id"], data=published).stdout
    assert out.startswith(f"{table.removesuffix('s')} {row['id']}\n")
    for part in (
        row["brief_id"], row["title"], row["uri"], row["capture_id"], row["sha256"],
        row["landing_file"], f"{row['fetched_at']:%Y-%m-%d %H:%M:%S}", "fdd, version 1",
    ):  # fmt: skip
        assert str(part) in out, part
    # what it names is there: the bytes of the page
    body = find_body(DataRoot(published), row["landing_file"], row["capture_id"])
    assert b"Harbor Pilots" in body


def test_the_passage_stands_between_marks(cli, published, night):
    row = _one(
        night,
        """SELECT statement_id, quote, speaker, role, quote_start, quote_end FROM statements
        WHERE speaker = 'Petra Lindqvist'""",
    )
    out = cli("explain", row["statement_id"], data=published).stdout
    passage = out.split(">>>")[1].split("<<<")[0]
    assert passage.startswith(row["quote"])
    assert passage.endswith(f"— {row['speaker']}, {row['role']}")
    assert "FDD Expert Response" in out.split(">>>")[0]
    assert f"[{row['quote_start']}:{row['quote_end']}]" in out


def test_every_id_of_the_samples_can_be_explained(night):
    from flows.explain import explain

    for table in ("briefs", "developments", "statements", "links"):
        key = f"{table.removesuffix('s')}_id"
        ids = night.execute(f"SELECT {key} FROM {table} USING SAMPLE 25 ROWS").fetchall()
        for (row_id,) in ids:
            assert row_id in explain(night, row_id)


def test_an_unknown_id(cli, published):
    done = cli("explain", "no-such-id", data=published, status=1)
    assert "no-such-id" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_before_the_first_night(cli, tmp_path):
    done = cli("explain", "x", data=tmp_path / "none", status=1)
    assert "briefhouse ingest" in done.stderr


def test_offsets_it_prints_are_those_of_the_published_text(cli, published):
    query = (
        "SELECT title, title_start, title_end, brief_id FROM briefs WHERE title LIKE 'Harbor P%'"
    )
    (row,) = json.loads(cli("sql", query, "--format", "json", data=published).stdout)
    out = cli("explain", row["brief_id"], data=published).stdout
    assert f"title: {row['title']}  [{row['title_start']}:{row['title_end']}]" in out
