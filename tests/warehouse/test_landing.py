"""Landing: every byte as it came, in files that appear whole, taken up by whoever runs next."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse import landing
from warehouse.errors import StorageError
from warehouse.landing import (
    Capture,
    LandingWriter,
    documents,
    find_body,
    landing_files,
    read_landing,
)
from warehouse.root import DataRoot
from warehouse.store import open_store

AT = datetime(2025, 4, 1, 23, 59, 59, 123456, tzinfo=UTC)


def _bodies(root: DataRoot, name: str) -> list[bytes]:
    return [d.body for d in documents(read_landing(root, name))]


def test_a_capture_comes_back_as_it_was(tmp_path):
    root = DataRoot(tmp_path)
    capture = Capture(
        "tank",
        "http://tank.example/a?b=c",
        AT,
        bytes(range(256)),
        final_uri="http://tank.example/final",
        status=200,
        headers=(("Content-Type", "text/html"), ("X-Twice", "1"), ("X-Twice", "2")),
        content_type="text/html",
        robots_allowed=True,
    )
    with LandingWriter(root, "run", "3") as writer:
        writer.add(capture)
    assert writer.files == ["2025/04/01/run-3.00000.parquet"]
    (row,) = read_landing(root, writer.files[0]).to_pylist()
    assert row.pop("landing_file") == writer.files[0]
    assert row == capture.row()
    assert row["bytes"] == 256
    assert find_body(root, writer.files[0], capture.capture_id) == capture.body
    assert find_body(root, writer.files[0], "unknown") is None


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.binary(max_size=200), min_size=1, max_size=5))
def test_any_bytes_come_back_exactly_and_in_order(tmp_path, bodies):
    root = DataRoot(tmp_path / os.urandom(8).hex())
    with LandingWriter(root, "run") as writer:
        for i, body in enumerate(bodies):
            writer.add(Capture("tank", f"/in/{i}", AT, body))
    assert _bodies(root, writer.files[0]) == bodies


def test_the_id_of_a_capture_hangs_on_address_time_and_bytes():
    one = Capture("tank", "/in/a", AT, b"x")
    assert Capture("other", "/in/a", AT, b"x").capture_id == one.capture_id
    others = (
        Capture("tank", "/in/b", AT, b"x"),
        Capture("tank", "/in/a", AT.replace(microsecond=0), b"x"),
        Capture("tank", "/in/a", AT, b"y"),
    )
    assert len({one.capture_id, *(other.capture_id for other in others)}) == 4


def test_a_full_file_is_followed_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(landing, "MAX_CAPTURES", 2)
    root = DataRoot(tmp_path)
    with LandingWriter(root, "run") as writer:
        for i in range(5):
            writer.add(Capture("tank", f"/in/{i}", AT, b"%d" % i))
    assert len(writer.files) == 3
    assert landing_files(root) == writer.files
    assert [b for name in writer.files for b in _bodies(root, name)] == [
        b"%d" % i for i in range(5)
    ]


def test_a_file_is_full_by_bytes_too(tmp_path, monkeypatch):
    monkeypatch.setattr(landing, "MAX_BYTES", 100)
    with LandingWriter(DataRoot(tmp_path), "run") as writer:
        for i in range(3):
            writer.add(Capture("tank", f"/in/{i}", AT, b"x" * 60))
    assert len(writer.files) == 2


def test_what_came_a_while_ago_waits_no_longer(tmp_path, monkeypatch):
    monkeypatch.setattr(landing, "MAX_AGE", 0.0)
    with LandingWriter(DataRoot(tmp_path), "run") as writer:
        for i in range(2):
            writer.add(Capture("tank", f"/in/{i}", AT, b"%d" % i))
            assert len(landing_files(DataRoot(tmp_path))) == i + 1


def test_nothing_gathered_makes_no_file(tmp_path):
    with LandingWriter(DataRoot(tmp_path), "run") as writer:
        pass
    assert writer.files == []
    assert landing_files(DataRoot(tmp_path)) == []


def test_a_file_appears_only_whole(tmp_path, monkeypatch):
    """At the moment before it gets its name, it is complete and nobody lists it."""
    root = DataRoot(tmp_path)
    seen: list[int] = []
    replace = os.replace

    def watch(source, target):
        assert landing_files(root) == []
        assert not target.exists()
        seen.append(pq.read_table(source).num_rows)
        replace(source, target)

    monkeypatch.setattr(landing.os, "replace", watch)
    with LandingWriter(root, "run") as writer:
        writer.add(Capture("tank", "/in/a", AT, b"x"))
    assert seen == [1]
    assert landing_files(root) == writer.files


def test_a_write_cut_off_leaves_nothing_that_is_taken_up(tmp_path, monkeypatch):
    root = DataRoot(tmp_path)

    def no_space(source, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(landing.os, "replace", no_space)
    writer = LandingWriter(root, "run")
    writer.add(Capture("tank", "/in/a", AT, b"x"))
    with pytest.raises(StorageError, match="No space left on device"):
        writer.flush()
    assert landing_files(root) == []


def test_what_came_before_an_error_is_kept(tmp_path):
    root = DataRoot(tmp_path)
    with pytest.raises(KeyboardInterrupt), LandingWriter(root, "run") as writer:
        writer.add(Capture("tank", "/in/a", AT, b"x"))
        raise KeyboardInterrupt
    assert _bodies(root, landing_files(root)[0]) == [b"x"]


def test_captures_with_an_outcome_are_not_pending(warehouse, draft, page, clock):
    warehouse.night(page("/in/a.txt", draft().text(), clock(1)), page("/in/e", b"", clock(1)))
    with open_store(warehouse.root) as store:
        assert store.pending() == []


KILLED = """
import os, signal, sys
from pathlib import Path
import flows.pipeline as pipeline
from flows.runner import DirectRunner
from flows.settings import Settings
from flows.sources.declare import given_sources

def killed(work, files, **more):
    if files:
        os.kill(os.getpid(), signal.SIGKILL)
    return [], []

pipeline._Work.absorb = killed
settings = Settings(data=Path(sys.argv[2]))
pipeline.run("ingest", given_sources([sys.argv[1]]), settings, DirectRunner())
"""


def test_a_run_killed_behind_landing_is_taken_up_by_the_next(tmp_path, cli, draft):
    """The file is gone by then: its bytes are not, and they come before what is new."""
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_bytes(draft().text())
    data = tmp_path / "data"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, first, data], env=cli.environment(), check=False, timeout=60
    )
    assert killed.returncode == -9
    assert len(landing_files(DataRoot(data))) == 1
    first.unlink()
    second.write_bytes(draft(title="Mills Close for Want of Flour").text())
    done = cli("ingest", second, data=data)
    assert "2 documents: 2 new" in done.stdout
    rows = cli(
        "sql", "SELECT title FROM briefs ORDER BY first_seen_at", "--format", "csv", data=data
    )
    assert rows.stdout.splitlines()[1:] == [draft().title, "Mills Close for Want of Flour"]
