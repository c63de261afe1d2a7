"""A data root of an older schema opens, upgrades and loses nothing; one of a later is refused."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys

import duckdb
import pytest

from tests.warehouse.version_1 import DDL, LANDING, age
from warehouse.errors import LockedError, SchemaVersionError
from warehouse.lake import connect, open_lake, transaction
from warehouse.landing import SCHEMA, landing_files, read_landing
from warehouse.migrate import layout_of, missing, upgrade, version_of
from warehouse.root import DataRoot, writing
from warehouse.schema import PUBLISHED, SCHEMA_VERSION, STORED
from warehouse.store import open_store
from warehouse.table import INT, TEXT, TEXTS, Table, col, default_of, sql_type

TABLES = re.findall(r'TABLE lake."(\w+)"', DDL)[1:]


@pytest.fixture(scope="module")
def old(new_warehouse, tmp_path_factory, draft, page, clock):
    """A root that version 1 left."""
    made = new_warehouse(tmp_path_factory.mktemp("new") / "data")
    made.merge(page("/in/a.txt", draft().text(), clock(1)), page("/in/b.txt", b"", clock(1, 1)))
    made.night(page("/in/a.txt", draft().reworded(0, "Forty", "Fifty").text(), clock(2)))
    root = DataRoot(tmp_path_factory.mktemp("old") / "data")
    age(made.root, root)
    return root


@pytest.fixture
def aged(old, tmp_path):
    """The same, of the test's own."""
    return DataRoot(shutil.copytree(old.path, tmp_path / "aged"))


def _rows(connection, table):
    columns = [column[0] for column in connection.execute(f"DESCRIBE {table}").fetchall()]
    return connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall(), columns


def _old_rows(root):
    """Return the rows of a lake's version 1 tables, opened as version 1 would."""
    with duckdb.connect() as check:
        check.execute(DDL.replace("lake.", "memory."))
        columns = {
            table: ", ".join(f'"{column}"' for column in _rows(check, table)[1]) for table in TABLES
        }
    connection = connect()
    try:
        connection.execute(f"ATTACH 'ducklake:sqlite:{root.catalog}' AS lake (READ_ONLY)")
        return {
            table: connection.execute(
                f"SELECT {columns[table]} FROM lake.{table} ORDER BY ALL"
            ).fetchall()
            for table in TABLES
        }
    finally:
        connection.close()


def test_nothing_is_lost_and_the_upgrade_is_recorded(aged):
    before = _old_rows(aged)
    assert len(before["briefs_history"]) == 2
    with open_lake(aged) as connection:
        layout = layout_of(connection)
        assert missing(layout) == []
        rows = connection.execute("SELECT version, done FROM lake.schema_versions").fetchall()
    assert rows[0] == (1, None)
    assert rows[1][0] == SCHEMA_VERSION
    assert "column schema_versions.done" in rows[1][1]
    assert _old_rows(aged) == before
    with open_lake(aged) as connection:  # and once is enough
        assert connection.execute("SELECT count(*) FROM lake.schema_versions").fetchone() == (2,)


def test_an_upgraded_root_goes_on_as_if_it_had_been_new(aged, new_warehouse, draft, page, clock):
    edited = draft(title="Pilots Return").text()
    aged_warehouse = new_warehouse(aged.path, nth=2)
    attempts = aged_warehouse.night(
        page("/in/a.txt", edited, clock(3)),
        page("/in/c.txt", draft(title="Mills Close").text(), clock(3, 1)),
    )
    assert [a.outcome for a in attempts] == ["new", "new"]
    assert aged_warehouse.value("SELECT count(*) FROM briefs") == 3
    assert aged_warehouse.value("SELECT count(*) FROM revisions") == 1
    for table in PUBLISHED:
        aged_warehouse.query(f"SELECT * FROM {table.name} LIMIT 1")


def test_the_next_run_publishes_an_upgraded_root_though_nothing_is_new(aged, new_warehouse):
    warehouse = new_warehouse(aged.path, nth=2)
    with open_store(aged):
        pass
    warehouse.night()
    assert warehouse.value("SELECT max(schema_version) FROM runs") == SCHEMA_VERSION
    assert warehouse.night_path.name.endswith("-000003")
    assert not aged.unpublished.exists()


def test_landing_files_that_lack_newer_columns_have_their_defaults(old):
    table = read_landing(old, landing_files(old)[0])
    assert table.column_names == [*SCHEMA.names, "landing_file"]
    for f in SCHEMA:
        if f.name not in LANDING:
            assert table[f.name].to_pylist() == [default_of(f)] * table.num_rows


def test_a_later_version_is_refused_and_left_alone(aged):
    with open_lake(aged) as connection:
        connection.execute(
            f"INSERT INTO lake.schema_versions VALUES ({SCHEMA_VERSION + 1}, now(), '')"
        )
    before = _old_rows(aged)
    wanted = "install the version that wrote it"
    with pytest.raises(SchemaVersionError, match=wanted), open_lake(aged):
        pass
    assert _old_rows(aged) == before


def test_a_root_that_is_being_written_to_is_not_upgraded(aged):
    with writing(aged), pytest.raises(LockedError), open_lake(aged, wait=0.1):
        pass
    assert version_of_root(aged) == 1


def version_of_root(root):
    connection = connect()
    try:
        connection.execute(f"ATTACH 'ducklake:sqlite:{root.catalog}' AS lake (READ_ONLY)")
        return version_of(connection, layout_of(connection))
    finally:
        connection.close()


KILLED = """
import os, signal, sys
from pathlib import Path
import warehouse.lake as lake
from warehouse.migrate import upgrade
from warehouse.root import DataRoot

def cut_off(*arguments):
    upgrade(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)

lake.upgrade = cut_off
with lake.open_lake(DataRoot(Path(sys.argv[1]))):
    pass
"""


def test_a_kill_in_the_midst_leaves_the_old_version(aged):
    before = _old_rows(aged)
    done = subprocess.run([sys.executable, "-c", KILLED, str(aged.path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert version_of_root(aged) == 1
    assert _old_rows(aged) == before
    with open_lake(aged) as connection:
        assert version_of(connection, layout_of(connection)) == SCHEMA_VERSION
    assert _old_rows(aged) == before


FIRST = Table("t", "A table.", (col("id", TEXT, "An id."),), key=("id",))
LATER = Table(
    "t",
    "A table.",
    (
        col("id", TEXT, "An id."),
        col("why", TEXT, "A reason.", null=True),
        col("times", INT, "How often.", default=1),
        col("mark", TEXT, "A word.", default="it's"),
        col("names", TEXTS, "Names.", default=[]),
    ),
    key=("id",),
)
OTHER = Table("u", "Another.", (col("id", TEXT, "An id."),), key=("id",))


def test_what_is_missing_is_added_with_its_default(tmp_path):
    root = DataRoot(tmp_path / "data")
    with open_lake(root) as connection:
        connection.execute("CREATE TABLE lake.t (id VARCHAR NOT NULL)")
        connection.execute("INSERT INTO lake.t VALUES ('a'), ('b')")
        changes = missing(layout_of(connection), [LATER, OTHER])
        assert [change.what for change in changes] == [
            "column t.why", "column t.times", "column t.mark", "column t.names", "table u"
        ]  # fmt: skip
        with transaction(connection):
            for change in changes:
                for statement in change.statements:
                    connection.execute(statement)
        assert missing(layout_of(connection), [LATER, OTHER]) == []
        rows, columns = _rows(connection, "lake.t")
        assert rows == [("a", None, 1, "it's", []), ("b", None, 1, "it's", [])]
        assert columns == LATER.columns


def test_a_new_column_that_must_have_a_value_needs_a_default():
    wrong = Table("t", "A table.", (*FIRST.fields, col("n", INT, "A number.")), key=("id",))
    with pytest.raises(ValueError, match="column n is new and must have a value"):
        missing({"t": ["id"]}, [wrong])


def test_steps_beyond_what_is_added_are_run_once_and_recorded(aged):
    steps = {1: ("never",), SCHEMA_VERSION: ("UPDATE lake.runs SET command = 'old ' || command",)}
    connection = connect()
    try:
        connection.execute(
            f"ATTACH 'ducklake:sqlite:{aged.catalog}' AS lake "
            f"(DATA_PATH '{aged.lake_files}/', OVERRIDE_DATA_PATH true, META_JOURNAL_MODE 'WAL')"
        )
        with transaction(connection):
            upgrade(connection, 1, layout_of(connection), steps)
        assert connection.execute("SELECT DISTINCT command FROM lake.runs").fetchall() == [
            ("old test",)
        ]
        (done,) = connection.execute(
            "SELECT done FROM lake.schema_versions ORDER BY version DESC LIMIT 1"
        ).fetchone()
        assert done.endswith(f"step {SCHEMA_VERSION}")
    finally:
        connection.close()


def test_columns_are_only_ever_added():
    """Everything that version 1 had is published, if not stored, and of the same type."""
    with duckdb.connect() as check:
        check.execute(DDL.replace("lake.", "memory."))
        for name in TABLES:
            now = {
                f.name: sql_type(f)
                for t in (*STORED, *PUBLISHED)
                if t.name == name
                for f in t.fields
            }
            for column, kind, *_ in check.execute(f"DESCRIBE {name}").fetchall():
                assert now[column] == kind.replace('"', ""), (name, column)
    assert set(LANDING) <= set(SCHEMA.names)
