"""``maintain``: fewer files, the same record; and whole again after a kill at any point."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.maintaining import maintain
from flows.settings import Settings
from warehouse import compaction
from warehouse.compaction import LandingFile, groups
from warehouse.compare import differences
from warehouse.landing import MAX_BYTES, MAX_CAPTURES, find_body, landing_files
from warehouse.maintain import compact_lake, count_files
from warehouse.root import DataRoot
from warehouse.schema import STORED
from warehouse.store import open_store

NOW = timedelta(0)


@pytest.fixture(scope="module")
def nights(new_warehouse, tmp_path_factory, draft, page, clock):
    """Eight small merges on two days, an edit among them."""
    made = new_warehouse(tmp_path_factory.mktemp("nights") / "data")
    for n in range(6):
        made.merge(page(f"/in/{n}.txt", draft(title=f"Part {n}").text(), clock(1 + n // 3, n)))
    edited = draft(title="Part 0").reworded(0, "Forty", "Fifty").text()
    made.merge(page("/in/0.txt", edited, clock(2, 8)))
    made.night(page("/in/bad.txt", b"", clock(2, 9)))
    return made


@pytest.fixture
def copy(nights, tmp_path):
    return DataRoot(shutil.copytree(nights.path, tmp_path / "data", symlinks=True))


def _settings(root, **more):
    return Settings(data=root.path, snapshot_days=0, **more)


def test_the_lake_is_compacted_on_one_thread(copy):
    """On two, DuckLake damages the heap now and then: see docs/crash-safety.md."""
    threads = "SELECT current_setting('threads')"
    with open_store(copy) as store:
        seen = []

        class Watched:
            def execute(self, statement):
                seen.append((statement, store.connection.execute(threads).fetchone()[0]))
                return store.connection.execute(statement)

        before = store.connection.execute(threads).fetchone()
        compact_lake(Watched(), NOW, NOW)
        assert store.connection.execute(threads).fetchone() == before
    calls = [number for statement, number in seen if statement.startswith("CALL")]
    assert len(calls) >= 5
    assert set(calls) == {1}


def test_files_become_few_and_the_record_stays_the_same(nights, copy, new_warehouse, cli):
    before = count_files(copy)
    report = maintain(_settings(copy), orphaned=NOW)
    after = count_files(copy)
    assert report.before == before
    assert report.after == after
    assert (before["landing files"], after["landing files"]) == (8, 2)
    assert after["lake files"] <= len(STORED)  # one a table; small rows were in the catalog
    assert differences(nights.root, copy) == []
    # each page is found where its capture says
    warehouse = new_warehouse(copy.path, nth=20)
    for capture_id, name in warehouse.query("SELECT capture_id, landing_file FROM captures"):
        assert find_body(copy, name, capture_id) is not None
    with open_store(copy) as store:
        assert store.pending() == []
    assert "Equal: " in cli("rebuild", "--check", data=copy.path).stdout


def test_again_it_finds_nothing_to_do(copy):
    maintain(_settings(copy), orphaned=NOW)
    night = copy.current.readlink()
    again = maintain(_settings(copy), orphaned=NOW)
    assert again.before["landing files"] == again.after["landing files"] == 2
    assert again.night is None
    assert copy.current.readlink() == night


def test_a_merge_after_it_goes_on_as_before(copy, new_warehouse, draft, page, clock):
    maintain(_settings(copy), orphaned=NOW)
    warehouse = new_warehouse(copy.path, nth=20)
    attempts = warehouse.night(page("/in/1.txt", draft(title="Part 1").html(), clock(3)))
    assert [a.outcome for a in attempts] == ["duplicate"]


class _Killed(Exception):
    pass


@pytest.mark.parametrize("after", ["write_landing", "compact", "delete_files"])
def test_cut_off_at_any_point_nothing_is_lost_or_pending(after, nights, copy, monkeypatch):
    """Right after the new file, after the captures point at it, and after one old file went."""
    import flows.maintaining as module

    with monkeypatch.context() as patched:
        place = compaction if after == "write_landing" else module
        whole = getattr(place, after)

        def cut_off(*arguments):
            if after == "delete_files" and not arguments[1]:
                return whole(*arguments)
            whole(*(arguments if after != "delete_files" else (arguments[0], arguments[1][:1])))
            raise _Killed

        patched.setattr(place, after, cut_off)
        with pytest.raises(_Killed):
            maintain(_settings(copy), orphaned=NOW)
    with open_store(copy) as store:
        assert store.pending() == []
        named = store.connection.execute("SELECT DISTINCT landing_file FROM lake.captures")
        assert {name for (name,) in named.fetchall()} <= set(landing_files(copy))
    maintain(_settings(copy), orphaned=NOW)
    assert len(landing_files(copy)) == 2
    assert differences(nights.root, copy) == []


def test_retention_is_off_unless_it_is_asked_for(copy, new_warehouse, cli):
    maintain(_settings(copy, landing_keep_days=30), orphaned=NOW)
    assert landing_files(copy) == []
    warehouse = new_warehouse(copy.path)
    assert warehouse.value("SELECT count(*) FROM briefs") == 6
    assert warehouse.query("SELECT DISTINCT landing_file FROM captures") == [("",)]
    refused = cli("rebuild", data=copy.path, status=3)
    assert "those that retention deleted" in refused.stderr
    assert "0 stored pages were read anew." in cli("reprocess", data=copy.path).stdout


def test_the_command_says_what_it_did(copy, cli):
    done = cli("maintain", data=copy.path)
    assert "landing files:" in done.stdout
    assert "8 -> 2" in done.stdout
    assert "8 small landing files became few." in done.stdout


TODAY = date(2025, 6, 1)
FILES = st.lists(
    st.builds(
        lambda n, day, captures, size: LandingFile(
            f"{TODAY - timedelta(days=day):%Y/%m/%d}/{n:05}.parquet", captures, size
        ),
        st.integers(0, 99999),
        st.integers(0, 12),
        st.integers(1, MAX_CAPTURES),
        st.integers(1, MAX_BYTES),
    ),
    max_size=30,
    unique_by=lambda f: f.name,
)


@given(FILES)
def test_only_files_of_one_past_day_become_one_within_the_limits(files):
    found = groups(files, TODAY, 7)
    assert all(len(group) > 1 for group in found)
    for group in found:
        assert len({f.day for f in group}) == 1
        assert TODAY - group[0].day >= timedelta(days=7)
        assert sum(f.captures for f in group) <= MAX_CAPTURES
        assert sum(f.bytes for f in group) <= MAX_BYTES
    several = [f.name for group in found for f in group]
    assert len(several) == len(set(several))
