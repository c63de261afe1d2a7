"""One writer at a time; the lock dies with its process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from warehouse.errors import LockedError
from warehouse.root import DataRoot, writing

HOLDER = """
import sys, time
from pathlib import Path
from warehouse.root import DataRoot, writing
with writing(DataRoot(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(120)
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline() == "held\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_second_writer_is_told_who_holds_it(tmp_path, holder):
    started = time.monotonic()
    with (
        pytest.raises(LockedError, match=f"process {holder.pid}") as caught,
        writing(DataRoot(tmp_path), wait=0.2),
    ):
        pytest.fail("two writers")
    assert time.monotonic() - started < 5
    assert str(tmp_path) in str(caught.value)
    assert "run again later" in str(caught.value)


def test_the_lock_dies_with_its_process(tmp_path, holder):
    os.kill(holder.pid, signal.SIGKILL)
    with writing(DataRoot(tmp_path), wait=5):
        pass


def test_a_writer_waits_for_one_that_ends_soon(tmp_path, holder):
    os.kill(holder.pid, signal.SIGSTOP)
    with pytest.raises(LockedError), writing(DataRoot(tmp_path), wait=0.1):
        pytest.fail("a stopped process still holds it")
    os.kill(holder.pid, signal.SIGCONT)
    os.kill(holder.pid, signal.SIGTERM)
    with writing(DataRoot(tmp_path), wait=5):
        pass


def test_it_is_free_behind_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError), writing(DataRoot(tmp_path)):
        raise ZeroDivisionError
    with writing(DataRoot(tmp_path), wait=0):
        pass


def test_two_writers_in_one_process_exclude_each_other_too(tmp_path):
    with (
        writing(DataRoot(tmp_path)),
        pytest.raises(LockedError),
        writing(DataRoot(tmp_path), wait=0),
    ):
        pytest.fail("two writers")


def test_other_roots_are_not_concerned(tmp_path, holder):
    (tmp_path / "other").mkdir()
    with writing(DataRoot(tmp_path / "other"), wait=0):
        pass
