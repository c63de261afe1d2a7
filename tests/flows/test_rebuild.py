"""``rebuild``: from landing alone comes the record that the nights made one by one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from flows.rebuild import rebuild
from flows.runner import DirectRunner
from flows.settings import Settings
from warehouse.compare import differences, night_differences
from warehouse.root import DataRoot
from warehouse.store import open_store


@pytest.fixture(scope="module")
def nights(new_warehouse, tmp_path_factory, draft, page, clock):
    """Three nights: new briefs, a duplicate, an edit, a reject, and one page that is gone."""
    made = new_warehouse(tmp_path_factory.mktemp("nights") / "data")
    url = "https://tank.example/walkout"
    made.night(page(url, draft().html(), clock(1)), page("/in/bad.txt", b"", clock(1, 1)))
    made.merge(page("/in/a.txt", draft().text(), clock(2)))
    made.night(
        page(url, draft().reworded(0, "Forty", "Fifty").html(), clock(3)),
        page("/in/mills.txt", draft(title="Mills Close").text(), clock(3, 1)),
    )
    return made


@pytest.fixture
def copy(nights, tmp_path):
    return DataRoot(shutil.copytree(nights.path, tmp_path / "data", symlinks=True))


def _files(root):
    return {
        str(p.relative_to(root.path)): p.read_bytes()
        for p in root.path.rglob("*")
        if p.is_file() and "lock" not in p.name
    }


def test_check_changes_nothing_and_says_equal(copy, cli):
    before = _files(copy)
    done = cli("rebuild", "--check", data=copy.path)
    assert "5 stored pages were merged anew.\nEqual: " in done.stdout
    assert set(_files(copy)) == set(before)
    assert (copy.path / "lake" / "catalog.sqlite").exists()


def test_what_one_batch_brought_the_next_one_knows(nights, copy, monkeypatch):
    monkeypatch.setattr("warehouse.replay._PER_MERGE", 2)  # of 5 captures, three of one brief
    done = rebuild(Settings(data=copy.path), DirectRunner())
    assert done.differences == []
    assert differences(nights.root, copy) == []


def test_the_rebuilt_lake_equals_the_old_one_and_keeps_its_books(nights, copy, cli, new_warehouse):
    done = cli("rebuild", data=copy.path)
    assert "Equal: " in done.stdout
    assert differences(nights.root, copy) == []
    warehouse = new_warehouse(copy.path)
    assert warehouse.query("SELECT * FROM attempts ORDER BY ALL") == nights.query(
        "SELECT * FROM attempts ORDER BY ALL"
    )
    commands = warehouse.query("SELECT command FROM runs ORDER BY started_at")
    assert commands == [("test",), ("test",), ("test",), ("rebuild",)]
    again = cli("rebuild", "--check", data=copy.path)
    assert "Equal: " in again.stdout


def test_a_lost_lake_comes_back_from_landing(nights, copy, cli):
    shutil.rmtree(copy.path / "lake")
    done = cli("rebuild", data=copy.path)
    assert "Equal: " in done.stdout
    assert differences(nights.root, copy) == []


def test_a_record_that_was_tampered_with_is_told(copy, cli, new_warehouse):
    with open_store(copy) as store:
        store.connection.execute(
            "UPDATE lake.briefs_history SET title = 'Other' WHERE revision = 2"
        )
        store.root.unpublished.touch()
    new_warehouse(copy.path, nth=9).night()
    done = cli("rebuild", "--check", data=copy.path, status=1)
    assert "briefs.title: 1 rows differ" in done.stdout


def test_missing_landing_files_are_told_and_nothing_is_changed(copy, cli):
    before = (copy.path / "lake" / "catalog.sqlite").read_bytes()
    next(copy.landing.rglob("*.parquet")).unlink()
    done = cli("rebuild", data=copy.path, status=3)
    assert "1 landing files that the lake refers to are not below" in done.stderr
    assert (copy.path / "lake" / "catalog.sqlite").read_bytes() == before


def test_a_run_that_has_the_old_lake_open_is_told_and_loses_nothing(copy, draft, page, clock, cli):
    from warehouse.errors import LakeReplacedError

    with open_store(copy) as store:
        cli("rebuild", data=copy.path)
        with pytest.raises(LakeReplacedError, match="run again"), store.writing():
            pass


KILLED = """
import os, signal, sys
import flows.rebuild as module
from pathlib import Path
from flows.runner import DirectRunner
from flows.settings import Settings

where = sys.argv[2]
before = getattr(module, where)

def cut_off(*arguments, **more):
    if where == "open_store" and not (Path(sys.argv[1]) / "lake" / "unpublished").exists():
        return before(*arguments, **more)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(module, where, cut_off)
if __name__ == "__main__":
    module.rebuild(Settings(data=Path(sys.argv[1])), DirectRunner())
"""


@pytest.mark.slow
@pytest.mark.parametrize("where", ["take_the_place", "open_store"])
def test_killed_before_and_after_the_swap(where, nights, copy, new_warehouse, tmp_path):
    script = tmp_path / "killed.py"
    script.write_text(KILLED)
    done = subprocess.run(
        [sys.executable, script, copy.path, where], env=dict(os.environ), check=False
    )
    assert done.returncode == -9
    assert night_differences(nights.night_path, copy.current.resolve()) == []
    new_warehouse(copy.path, nth=20).night()  # the next run, whatever it finds
    assert differences(nights.root, copy) == []
    assert not copy.unpublished.exists()


@pytest.mark.parametrize("command", [("rebuild",), ("rebuild", "--check"), ("reprocess",)])
def test_a_mistyped_root_is_refused_and_nothing_is_made(tmp_path, cli, command):
    (tmp_path / "documents").mkdir()
    for path in (tmp_path / "documents", tmp_path / "dtaa"):
        refused = cli(*command, data=path, status=None)
        assert refused.returncode not in (0, 1)
        assert f"{path} is no data root" in refused.stderr
    assert [p.name for p in tmp_path.rglob("*")] == ["documents"]
