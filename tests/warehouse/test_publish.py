"""A published night: one folder that never changes, and one link that moves."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import duckdb
import pyarrow.dataset as ds
import pytest

from warehouse import publish as publishing
from warehouse.errors import NothingPublishedError, StorageError
from warehouse.publish import nights, prune, read_manifest
from warehouse.reader import current_night, open_published
from warehouse.schema import PUBLISHED, SCHEMA_VERSION
from warehouse.store import open_store


def _nth(draft, n):
    return draft(title=f"Brief Number {n} of Port Vessa").text()


@pytest.fixture(scope="module")
def two_nights(new_warehouse, tmp_path_factory, draft, page, clock):
    made = new_warehouse(tmp_path_factory.mktemp("nights") / "data")
    made.night(page("/in/1.txt", _nth(draft, 1), clock(1)))
    made.night(page("/in/2.txt", _nth(draft, 2), clock(2)))
    return made


class TestTheFolder:
    def test_each_run_with_news_has_one(self, two_nights):
        assert len(nights(two_nights.root)) == 2
        assert two_nights.night_path.name == nights(two_nights.root)[-1]

    def test_it_holds_database_parquet_and_manifest_and_nothing_else(self, two_nights):
        found = {
            str(path.relative_to(two_nights.night_path))
            for path in two_nights.night_path.rglob("*")
            if path.is_file()
        }
        tables = {f"parquet/{t.name}/{t.name}.parquet" for t in PUBLISHED}
        assert found == {"warehouse.duckdb", "manifest.json", *tables}

    def test_every_file_is_read_only(self, two_nights):
        for name in nights(two_nights.root):
            for path in (two_nights.root.published / name).rglob("*"):
                if path.is_file():
                    assert stat.S_IMODE(path.stat().st_mode) == 0o444, path

    def test_the_manifest_tells_the_truth(self, two_nights):
        for name in nights(two_nights.root):
            night = two_nights.root.published / name
            manifest = read_manifest(night)
            assert manifest["run_id"] == name
            assert manifest["schema_version"] == SCHEMA_VERSION
            assert set(manifest["rows"]) == {table.name for table in PUBLISHED}
            for table, rows in manifest["rows"].items():
                assert ds.dataset(night / "parquet" / table).count_rows() == rows
            on_disk = {
                str(path.relative_to(night))
                for path in night.rglob("*")
                if path.is_file() and path.name != "manifest.json"
            }
            assert set(manifest["files"]) == on_disk
            for file, facts in manifest["files"].items():
                body = (night / file).read_bytes()
                assert {name: facts[name] for name in ("bytes", "sha256")} == {
                    "bytes": len(body),
                    "sha256": hashlib.sha256(body).hexdigest(),
                }

    def test_the_old_night_reads_as_it_did(self, two_nights):
        old = two_nights.root.published / nights(two_nights.root)[0]
        with duckdb.connect(str(old / "warehouse.duckdb"), read_only=True) as connection:
            titles = connection.execute("SELECT title FROM briefs").fetchall()
        assert titles == [("Brief Number 1 of Port Vessa",)]

    def test_the_run_that_made_it_is_in_it(self, two_nights):
        assert two_nights.query("SELECT run_id, published FROM runs ORDER BY run_id") == [
            (name, True) for name in nights(two_nights.root)
        ]


class TestTheLinks:
    def test_current_is_a_relative_link_to_the_last_night(self, two_nights):
        target = two_nights.root.current.readlink()
        assert str(target) == nights(two_nights.root)[-1]

    def test_fixed_links_lead_through_it(self, two_nights):
        for name in ("warehouse.duckdb", "parquet"):
            link = two_nights.path / name
            assert str(link.readlink()) == f"published/current/{name}"
            assert link.resolve() == two_nights.night_path / name

    def test_a_moved_root_still_works(self, warehouse, new_warehouse, tmp_path, draft, page, clock):
        warehouse.merge(page("/in/1.txt", _nth(draft, 1), clock(1)))
        warehouse.path.rename(tmp_path / "moved")
        moved = new_warehouse(tmp_path / "moved", nth=1)
        attempts = moved.night(page("/in/2.txt", _nth(draft, 2), clock(2)))
        assert [a.outcome for a in attempts] == ["new"]
        assert moved.value("SELECT count(*) FROM briefs") == 2

    def test_before_the_first_night_readers_are_told_what_to_do(self, warehouse):
        with pytest.raises(NothingPublishedError, match="briefhouse ingest PATH"):
            open_published(warehouse.root)

    def test_open_published_is_read_only(self, two_nights):
        with open_published(two_nights.root) as connection:
            assert connection.execute("SELECT count(*) FROM briefs").fetchone() == (2,)
            with pytest.raises(duckdb.InvalidInputException, match="read-only"):
                connection.execute("DELETE FROM briefs")


PLAIN_CLIENT = """
import sys, duckdb
c = duckdb.connect(sys.argv[1], read_only=True, config={
    "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
    "extension_directory": "/nonexistent"})
print(c.execute("SELECT count(*) FROM briefs").fetchone()[0])
print(c.execute("SELECT count(*) FROM rejects").fetchone()[0])
print(c.execute("SELECT min(length(text)) > 0 FROM block_texts").fetchone()[0])
"""


def test_a_plain_client_needs_no_extension(two_nights):
    done = subprocess.run(
        [sys.executable, "-I", "-c", PLAIN_CLIENT, two_nights.path / "warehouse.duckdb"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.split() == ["2", "0", "True"]


ANALYST = """
import sys, duckdb
c = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "read-only")
titles = lambda: [r[0] for r in c.execute("SELECT title FROM briefs").fetchall()]
print(titles(), flush=True)
for _ in sys.stdin:
    print(titles(), flush=True)
"""


@pytest.mark.parametrize("mode", ["read-only", "read-write"])
def test_an_analyst_in_the_old_night_neither_blocks_nor_harms_the_next(
    warehouse, draft, page, clock, mode
):
    """Whoever keeps the database open sees the old night to the end, and the new one is whole."""
    warehouse.night(page("/in/1.txt", _nth(draft, 1), clock(1)))
    analyst = subprocess.Popen(
        [sys.executable, "-c", ANALYST, warehouse.path / "warehouse.duckdb", mode],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        first = analyst.stdout.readline()
        if mode == "read-write" and not first:
            # files are read-only; only root can open them for writing all the same
            assert "ermission" in analyst.stderr.read()
            return
        warehouse.night(page("/in/2.txt", _nth(draft, 2), clock(2)))
        analyst.stdin.write("again\n")
        analyst.stdin.flush()
        assert analyst.stdout.readline() == first
        assert warehouse.value("SELECT count(*) FROM briefs") == 2
    finally:
        analyst.kill()
        analyst.communicate()
    assert [p.name for p in warehouse.night_path.iterdir() if p.suffix == ".wal"] == []


def test_a_stale_wal_beside_the_old_database_does_not_reach_the_new_night(
    warehouse, draft, page, clock
):
    warehouse.night(page("/in/1.txt", _nth(draft, 1), clock(1)))
    (warehouse.night_path / "warehouse.duckdb.wal").write_bytes(b"left by a killed analyst")
    warehouse.night(page("/in/2.txt", _nth(draft, 2), clock(2)))
    assert warehouse.value("SELECT count(*) FROM briefs") == 2
    assert not (warehouse.night_path / "warehouse.duckdb.wal").exists()


class TestPruning:
    """Nights are kept if they are among the last three or younger than a day."""

    NOW = datetime(2025, 6, 1, tzinfo=UTC)

    def _root(self, new_warehouse, tmp_path, ages):
        made = new_warehouse(tmp_path / "data").root
        made.make()
        for i, hours in enumerate(ages):
            folder = made.published / f"2025060{i}T000000Z-00000{i}"
            folder.mkdir()
            (folder / "manifest.json").write_text("{}")
            (folder / "manifest.json").chmod(0o444)
            then = (self.NOW - timedelta(hours=hours)).timestamp()
            os.utime(folder, (then, then))
        made.current.symlink_to(folder.name)
        return made

    def test_the_last_three_stay_however_old(self, new_warehouse, tmp_path):
        root = self._root(new_warehouse, tmp_path, [900, 800, 700, 600, 500])
        before = nights(root)
        assert prune(root, self.NOW) == before[:2]
        assert nights(root) == before[2:]

    def test_nights_of_the_last_day_stay(self, new_warehouse, tmp_path):
        root = self._root(new_warehouse, tmp_path, [30, 23, 20, 10, 5, 1])
        before = nights(root)
        assert prune(root, self.NOW) == before[:1]
        assert nights(root) == before[1:]

    def test_the_current_night_stays_in_any_case(self, new_warehouse, tmp_path):
        root = self._root(new_warehouse, tmp_path, [900, 800, 700, 600, 500])
        root.current.unlink()
        root.current.symlink_to(nights(root)[0])
        assert nights(root)[0] not in prune(root, self.NOW)


def _fail_with_no_space(*_):
    raise OSError(28, "No space left on device")


class TestAFailedPublication:
    def test_the_old_night_stands_and_the_next_run_publishes(
        self, warehouse, draft, page, clock, monkeypatch
    ):
        warehouse.night(page("/in/1.txt", _nth(draft, 1), clock(1)))
        old = warehouse.night_path
        with monkeypatch.context() as broken:
            broken.setattr(publishing, "_write_manifest", _fail_with_no_space)
            with pytest.raises(StorageError, match="No space left"):
                warehouse.night(page("/in/2.txt", _nth(draft, 2), clock(2)))
        assert warehouse.night_path == old
        assert warehouse.value("SELECT count(*) FROM briefs") == 1
        assert [p.name for p in warehouse.root.published.iterdir() if ".tmp" in p.name] == []
        # what was merged is safe: a run without news brings it to the readers
        warehouse.night()
        assert warehouse.value("SELECT count(*) FROM briefs") == 2
        # and no run says that it published what it did not
        said = warehouse.query("SELECT run_id FROM runs WHERE published ORDER BY run_id")
        assert [run for (run,) in said] == nights(warehouse.root)

    def test_a_kill_in_the_midst_leaves_the_old_night_and_no_litter(
        self, warehouse, draft, page, clock
    ):
        warehouse.night(page("/in/1.txt", _nth(draft, 1), clock(1)))
        old = warehouse.night_path
        # what a process that was killed while it wrote a night leaves behind
        litter = warehouse.root.published / ".20250101T000000Z-dead00.tmp"
        (litter / "parquet").mkdir(parents=True)
        (litter / "warehouse.duckdb").write_bytes(b"half")
        long_ago = time.time() - 3 * 86_400
        os.utime(litter, (long_ago, long_ago))
        assert current_night(warehouse.root) == old
        assert nights(warehouse.root) == [old.name]
        warehouse.night(page("/in/2.txt", _nth(draft, 2), clock(2)))
        assert warehouse.value("SELECT count(*) FROM briefs") == 2
        assert not litter.exists()


class TestNoNews:
    def test_a_run_without_news_publishes_nothing_and_is_in_the_books_all_the_same(
        self, warehouse, draft, page, clock
    ):
        warehouse.night(page("/in/1.txt", _nth(draft, 1), clock(1)))
        before = nights(warehouse.root)
        warehouse.night()
        assert nights(warehouse.root) == before
        assert not warehouse.root.unpublished.exists()
        warehouse.night(page("/in/2.txt", _nth(draft, 2), clock(2)))
        said = warehouse.query("SELECT published, tried FROM runs ORDER BY started_at")
        assert said == [(True, 1), (False, 0), (True, 1)]


def test_two_publications_of_the_same_lake_hold_the_same_rows(warehouse, draft, page, clock):
    warehouse.night(page("/in/1.txt", _nth(draft, 1), clock(1)))
    first = read_manifest(warehouse.night_path)
    with open_store(warehouse.root) as store:
        run = warehouse.run()
        publishing.publish(store.connection, warehouse.root, run.run_id)
    again = read_manifest(warehouse.night_path)
    assert again["run_id"] != first["run_id"]
    assert _record(again["files"]) == _record(first["files"])
    assert json.dumps(again["rows"]) == json.dumps(first["rows"])


def _record(files):
    """Return the Parquet files but that of the table which says which night it is."""
    return {n: f for n, f in files.items() if n.startswith("parquet/") and "publication" not in n}
