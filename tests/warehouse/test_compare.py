"""Two records are equal if they have the same values, however and in whatever order they came."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.compare import compared, difference, differences
from warehouse.errors import NothingPublishedError
from warehouse.root import DataRoot
from warehouse.schema import CAPTURES, PUBLISHED
from warehouse.table import INT, TEXT, Table, col

TABLE = Table(
    "t",
    "A table.",
    (col("id", TEXT, "An id."), col("n", INT, "A number.", null=True), col("s", TEXT, "Words.")),
    key=("id",),
)


def _difference(left, right):
    with duckdb.connect() as connection:
        for name, rows in (("x", left), ("y", right)):
            connection.execute(f"CREATE TABLE {name} (id VARCHAR, n INTEGER, s VARCHAR)")
            for row in rows:
                connection.execute(f"INSERT INTO {name} VALUES (?, ?, ?)", list(row))
        return difference(connection, TABLE, "x", "y", TABLE.columns)


def test_equal_rows_in_another_order_do_not_differ():
    assert not _difference([("a", 1, "x"), ("b", None, "y")], [("b", None, "y"), ("a", 1, "x")])


def test_each_kind_of_difference_is_counted_and_shown():
    found = _difference(
        [("a", 1, "x"), ("b", None, "y"), ("c", 3, "z")],
        [("a", 1, "x"), ("b", 2, "y!"), ("d", 3, "z"), ("e", 3, "z")],
    )
    assert found
    assert (found.removed, found.removed_keys) == (1, ("c",))
    assert (found.added, found.added_keys) == (2, ("d", "e"))
    assert found.changed == {"n": (1, (("b", None, 2),)), "s": (1, (("b", "y", "y!"),))}


def test_a_row_that_is_there_twice_differs_from_one_that_is_there_once():
    found = _difference([("a", 1, "x")], [("a", 1, "x"), ("a", 1, "x")])
    assert (found.removed, found.added, found.changed) == (0, 1, {})


@pytest.fixture(scope="module")
def pair(new_warehouse, tmp_path_factory, draft, page, clock):
    """The same captures, merged in one night and in three."""
    edited = draft().reworded(0, "Forty", "Fifty")
    captures = [
        page("/in/a.txt", draft().text(), clock(1)),
        page("/in/b.txt", draft(title="Mills Close").text(), clock(1, 1)),
        page("/in/a.txt", edited.text(), clock(2)),
    ]
    at_once = new_warehouse(tmp_path_factory.mktemp("once") / "data")
    at_once.night(*captures)
    in_turn = new_warehouse(tmp_path_factory.mktemp("turn") / "data")
    for capture in captures[:2]:
        in_turn.merge(capture)
    in_turn.night(captures[2])
    return at_once, in_turn


def test_one_big_merge_equals_many_small_ones(pair):
    at_once, in_turn = pair
    assert differences(at_once.root, in_turn.root) == []


def test_a_record_that_lacks_something_is_told_by_table_and_column(
    pair, new_warehouse, tmp_path, draft, page, clock
):
    other = new_warehouse(tmp_path / "data")
    other.night(
        page("/in/a.txt", draft().text(), clock(1)),
        page("/in/b.txt", draft(title="Mills Close").text(), clock(1, 1)),
    )
    found = differences(pair[0].root, other.root)
    assert any(line.startswith("revisions: 1 rows only in a, as ") for line in found)
    assert any(line.startswith("briefs.revision: 1 rows differ, as ") for line in found)
    assert any(line.startswith("captures: 1 rows only in a") for line in found)


def test_the_pipelines_own_books_are_not_compared(pair):
    assert "landing_file" not in compared(CAPTURES)
    assert {t.name for t in PUBLISHED if t.ledger} >= {"runs", "attempts", "sources", "checks"}


def test_a_root_without_a_night_can_not_be_compared(pair, tmp_path):
    with pytest.raises(NothingPublishedError):
        differences(pair[0].root, DataRoot(tmp_path))
