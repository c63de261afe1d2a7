"""The contract with whoever reads the night: columns are added, never removed, retyped, renamed."""

from __future__ import annotations

from pathlib import Path

import pyarrow.dataset as ds

from warehouse.schema import PUBLISHED, SCHEMA_VERSION
from warehouse.search import SEARCH
from warehouse.table import sql_type

PINNED = Path(__file__).with_name("published_columns.txt")


def _columns() -> list[str]:
    return [
        f"{table.name}.{f.name} {sql_type(f)}{'' if f.nullable else ' NOT NULL'}"
        for table in (*PUBLISHED, *SEARCH)
        for f in table.fields
    ]


def test_every_column_that_ever_was_is_there_with_its_type():
    """Whoever adds a column adds its line; whoever would delete one breaks somebody's dashboard."""
    pinned = PINNED.read_text("utf-8").splitlines()
    assert set(pinned) - set(_columns()) == set(), "removed or retyped: add another column instead"
    assert set(_columns()) - set(pinned) == set(), f"new: add these lines to {PINNED.name}"


def test_the_night_says_what_it_holds(sampled):
    rows = dict(sampled.query("SELECT table_name, rows FROM publication"))
    assert set(rows) == {table.name for table in PUBLISHED} - {"publication"}
    for name, count in rows.items():
        assert ds.dataset(sampled.night_path / "parquet" / name).count_rows() == count
    assert sampled.query("SELECT DISTINCT run_id, schema_version FROM publication") == [
        (sampled.night_path.name, SCHEMA_VERSION)
    ]
