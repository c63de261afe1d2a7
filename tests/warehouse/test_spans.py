"""Every row proves itself: what it prints is a slice of its brief's text, or is not stored."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
import pytest

from warehouse.errors import IntegrityError
from warehouse.integrity import span_check, span_pairs
from warehouse.schema import BRIEFS, CHILDREN, LINKS
from warehouse.store import open_store


def _broken(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {name: n for name, n in connection.execute(span_check()).fetchall() if n}


@pytest.fixture
def copy(sampled):
    """A copy of the published samples that a test may tamper with."""
    with duckdb.connect() as connection:
        connection.execute(
            f"ATTACH '{sampled.night_path / 'warehouse.duckdb'}' AS night (READ_ONLY)"
        )
        for table in (BRIEFS, *CHILDREN):
            connection.execute(f"CREATE TABLE {table.name} AS FROM night.{table.name}")
        connection.execute("CREATE TABLE blocks AS FROM night.blocks")
        connection.execute("DETACH night")
        yield connection


def test_every_span_of_the_samples_holds(copy):
    found = copy.execute(span_check()).fetchall()
    assert {name for name, _ in found} == {
        "briefs", "developments", "statements", "links", "blocks",
    }  # fmt: skip
    assert all(wrong == 0 for _, wrong in found)


def test_the_samples_have_spans_to_check(copy):
    for table, column in (
        ("briefs", "title"),
        ("developments", "headline"),
        ("statements", "quote"),
        ("links", "title"),
    ):
        query = f"SELECT count({column}_start) FROM {table}"
        assert copy.execute(query).fetchone()[0] > 5, (table, column)


def test_each_declared_span_is_checked_in_the_samples_text_by_python_slices_too(copy):
    for table in (BRIEFS, *CHILDREN):
        rows = (
            copy.execute(
                f"SELECT r.*, b.text AS whole FROM {table.name} r JOIN briefs b USING (brief_id)"
            )
            .to_arrow_table()
            .to_pylist()
        )
        for row in rows:
            for name, is_list in span_pairs(table):
                values = row[name] if is_list else [row[name]]
                starts = row[f"{name}_start"] if is_list else [row[f"{name}_start"]]
                ends = row[f"{name}_end"] if is_list else [row[f"{name}_end"]]
                for value, start, end in zip(values, starts, ends, strict=True):
                    assert start is None or row["whole"][start:end] == value


@pytest.mark.parametrize(
    ("table", "tampering"),
    [
        ("briefs", "title_start = title_start + 1"),
        ("developments", "text_end = text_end - 1"),
        ("developments", "headline_start = headline_start + 1"),
        ("statements", "quote = replace(quote, ' ', '  ')"),
        ("statements", "speaker_start = 0, speaker_end = 3"),
        ("statements", "role = NULL"),
        ("links", "title_end = title_end + 1"),
        ("blocks", "text_end = 10000000"),
        ("blocks", "text_end = text_start"),
    ],
)
def test_one_tampered_row_is_found(copy, table, tampering):
    column = tampering.split(" =")[0]
    spanned = column if column.endswith(("_start", "_end")) else f"{column}_start"
    copy.execute(
        f"UPDATE {table} SET {tampering} WHERE rowid = "
        f"(SELECT min(rowid) FROM {table} WHERE {spanned} IS NOT NULL)"
    )
    assert _broken(copy) == {table: 1}


def test_one_tampered_author_is_found(copy):
    copy.execute(
        """UPDATE links SET authors_start = list_transform(authors_start, x -> x + 1)
        WHERE link_id = (SELECT min(link_id) FROM links WHERE len(authors) > 0)"""
    )
    assert _broken(copy) == {"links": 1}


def test_a_tampered_text_is_found_in_all_that_point_into_it(copy):
    copy.execute("UPDATE briefs SET text = '☂' || text WHERE title LIKE 'Harbor Pilots%'")
    assert {"briefs", "developments", "statements", "links"} <= set(_broken(copy))


def _wrong_speaker(brief: dict[str, Any]) -> str:
    brief["statements"][0]["speaker_start"] += 1
    return "statements"


def _two_wrong_fields_of_a_row(brief: dict[str, Any]) -> str:
    brief["statements"][0]["speaker_start"] += 1
    brief["statements"][0]["role"] += "s"
    return "statements"


def _wrong_author(brief: dict[str, Any]) -> str:
    link = next(link for link in brief["links"] if link["authors"])
    link["authors_end"][0] -= 1
    return "links"


def _counted_from_the_end(brief: dict[str, Any]) -> str:
    size = len(brief["brief"]["text"])
    brief["developments"][0]["text_start"] -= size
    brief["developments"][0]["text_end"] -= size
    return "developments"


def _block_beyond_the_text(brief: dict[str, Any]) -> str:
    brief["blocks"][-1]["text_end"] += 1
    return "blocks"


@pytest.mark.parametrize(
    "tamper",
    [
        _wrong_speaker, _two_wrong_fields_of_a_row, _wrong_author, _counted_from_the_end,
        _block_beyond_the_text,
    ],
)  # fmt: skip
def test_the_merge_refuses_a_wrong_span_and_stores_nothing(warehouse, draft, page, clock, tamper):
    run = warehouse.run()
    files = warehouse.land(
        run,
        page("/in/a.txt", draft().text(), clock(1)),
        page("/in/b.txt", draft(title="Another Brief Altogether").text(), clock(1)),
    )
    staged = warehouse.stage(files)
    rows = staged.to_pylist()
    table = tamper(rows[-1])
    tampered = pa.Table.from_pylist(rows, schema=staged.schema)
    with open_store(warehouse.root) as store, store.writing():
        with pytest.raises(IntegrityError, match=rf"1 rows of {table} do not match") as caught:
            store.merge(run, tampered)
        assert caught.value.failures
        # nothing is stored, and the captures are pending still
        assert store.known() == {}
        assert store.pending() == files
        merged = store.merge(run, staged)
        assert {attempt.outcome for attempt in merged} == {"new"}
        assert store.pending() == []


def test_the_merge_refuses_values_that_must_not_be_null(warehouse, draft, page, clock):
    run = warehouse.run()
    staged = warehouse.stage(warehouse.land(run, page("/in/a.txt", draft().text(), clock(1))))
    rows = staged.to_pylist()
    rows[0]["developments"][0]["position"] = None
    with open_store(warehouse.root) as store, store.writing():
        with pytest.raises(IntegrityError, match="lack a value"):
            store.merge(run, pa.Table.from_pylist(rows, schema=staged.schema))
        assert store.pending()


def test_the_merge_refuses_two_items_of_one_id(warehouse, draft, page, clock):
    run = warehouse.run()
    staged = warehouse.stage(warehouse.land(run, page("/in/a.txt", draft().text(), clock(1))))
    rows = staged.to_pylist()
    items = rows[0][LINKS.name]
    items[1]["item_key"] = items[0]["item_key"]
    with open_store(warehouse.root) as store, store.writing():
        with pytest.raises(IntegrityError, match="1 rows of links have an id that is not unique"):
            store.merge(run, pa.Table.from_pylist(rows, schema=staged.schema))
        assert store.pending()


def test_spans_count_code_points(warehouse, draft, page, clock):
    """Letters beyond the basic plane and combining marks count one each, as Python counts."""
    odd = draft(
        title="𝔓ort Vessa 🚢 Reopens, Rene\u0301 Says",
        developments=[("Tug “Ærø” 🛳️ Returns", "She came in at dawn 🌅 with e\u0301clat.")],
    )
    warehouse.night(page("/in/odd.txt", odd.text(), clock(1)))
    row = warehouse.dicts(
        """SELECT b.title, b.text, headline, headline_start, headline_end,
        substring(b.text, headline_start + 1, headline_end - headline_start) AS cut
        FROM developments JOIN briefs b USING (brief_id)"""
    )[0]
    assert row["title"] == odd.title
    assert row["headline"] == row["cut"] == "Tug “Ærø” 🛳️ Returns"
    assert row["text"][row["headline_start"] : row["headline_end"]] == row["headline"]
