"""The published schema is the declared one, in DuckDB and in Parquet."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from warehouse.schema import HISTORY, PUBLISHED, SCHEMA_VERSION, STORED, stored_as
from warehouse.search import SEARCH
from warehouse.table import Table, comments, ddl, describe, sql_type

TABLES = pytest.mark.parametrize("table", PUBLISHED, ids=lambda table: table.name)


@pytest.fixture(scope="module")
def night(sampled):
    """The published night, opened as any DuckDB client would."""
    with duckdb.connect(str(sampled.night_path / "warehouse.duckdb"), read_only=True) as opened:
        opened.execute("SET TimeZone = 'UTC'")
        yield opened


def _ordered(table: Table) -> str:
    order = ", ".join(f'"{name}"' for name in table.key)
    return f"SELECT * FROM {table.name} ORDER BY {order}"


@TABLES
def test_every_column_and_table_is_described(table):
    assert table.doc.strip().endswith(".")
    for column in table.fields:
        assert len(describe(column)) > 5, column.name
        assert describe(column).endswith((".", "...")), column.name


@TABLES
def test_the_key_consists_of_columns_that_must_have_a_value(table):
    nullable = {column.name: column.nullable for column in table.fields}
    assert table.key
    assert not any(nullable[name] for name in table.key)


def test_names_of_tables_are_unique():
    assert len({table.name for table in PUBLISHED}) == len(PUBLISHED)
    assert len({table.name for table in STORED}) == len(STORED)


@TABLES
def test_published_columns_are_the_declared_ones(night, table):
    declared = [
        (column.name, sql_type(column), "YES" if column.nullable else "NO")
        for column in table.fields
    ]
    published = night.execute(
        """SELECT column_name, replace(data_type, '"', ''), is_nullable
        FROM information_schema.columns WHERE table_name = ? ORDER BY ordinal_position""",
        [table.name],
    ).fetchall()
    assert published == declared


@TABLES
def test_published_comments_are_the_declared_ones(night, table):
    columns = night.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ? "
        "ORDER BY column_index",
        [table.name],
    ).fetchall()
    assert columns == [(column.name, describe(column)) for column in table.fields]
    found = night.execute("SELECT comment FROM duckdb_tables() WHERE table_name = ?", [table.name])
    assert found.fetchall() == [(table.doc,)]


def test_nothing_but_the_declared_tables_and_commented_views_is_published(night):
    tables = night.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    assert {name for (name,) in tables} == {table.name for table in (*PUBLISHED, *SEARCH)}
    views = night.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")
    found = dict(views.fetchall())
    assert {"rejects", "block_texts"} <= set(found)
    assert all(found.values())


def test_every_view_can_be_read(night):
    for (name,) in night.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal"
    ).fetchall():
        assert night.execute(f"SELECT count(*) FROM {name}").fetchone()[0] > 0


@TABLES
def test_keys_are_unique_in_the_published_night(night, table):
    keys = ", ".join(f'"{name}"' for name in table.key)
    repeated = night.execute(f"SELECT {keys} FROM {table.name} GROUP BY ALL HAVING count(*) > 1")
    assert repeated.fetchall() == []


@TABLES
def test_parquet_holds_the_rows_of_the_table(sampled, night, table):
    dataset = ds.dataset(sampled.night_path / "parquet" / table.name)
    found = dataset.to_table()
    assert found.column_names == table.columns
    expected = night.execute(_ordered(table)).to_arrow_table()
    # in the same order, too: a night is written ordered by its keys
    assert found.to_pylist() == expected.to_pylist()


@TABLES
def test_parquet_columns_have_the_declared_types(sampled, table):
    schema = ds.dataset(sampled.night_path / "parquet" / table.name).schema
    for column in table.fields:
        found = schema.field(column.name).type
        if pa.types.is_list(column.type):
            assert pa.types.is_list(found), column.name
            assert str(found.value_type) == str(column.type.value_type), column.name
        else:
            assert found == column.type, column.name


@TABLES
def test_parquet_names_the_schema_version(sampled, table):
    dataset = ds.dataset(sampled.night_path / "parquet" / table.name)
    for fragment in dataset.get_fragments():
        metadata = fragment.metadata.metadata
        assert metadata[b"schema_version"] == str(SCHEMA_VERSION).encode()


def test_an_empty_warehouse_publishes_every_table_too(warehouse):
    warehouse.night()
    for table in PUBLISHED:
        booked = {"runs": 1, "publication": len(PUBLISHED) - 1}.get(table.name, 0)
        assert warehouse.value(f"SELECT count(*) FROM {table.name}") == booked
        assert ds.dataset(warehouse.night_path / "parquet" / table.name).schema.names == (
            table.columns
        )


def test_history_tables_add_their_validity_and_the_lake_leaves_out_what_is_derived():
    for name, table in HISTORY.items():
        assert table.columns[-2:] == ["valid_from", "valid_to"]
        assert stored_as(next(t for t in PUBLISHED if t.name == name)) == table.name
    kept = {table.name: table.columns for table in STORED}
    assert "expert_id" not in kept["statements_history"]
    assert "target_brief_id" not in kept["links_history"]


def test_comments_with_quotation_marks_are_safe():
    column = pa.field("a", pa.string(), metadata={"description": "It's 'quoted'."})
    table = Table("odd", "A table's doc.", (column,), key=("a",))
    with duckdb.connect() as connection:
        for statement in (ddl(table), *comments(table)):
            connection.execute(statement)
        rows = connection.execute("SELECT comment FROM duckdb_columns() WHERE table_name = 'odd'")
        assert rows.fetchall() == [("It's 'quoted'.",)]
