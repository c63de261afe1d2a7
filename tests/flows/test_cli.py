"""The command line as a whole: exit statuses, signals, help, and what it loads."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from pathlib import Path

import pytest

from warehouse.root import DataRoot, writing

COMMANDS = ("ingest", "nightly", "sql", "explain", "doctor")
HEAVY = (
    "duckdb",
    "pyarrow",
    "bs4",
    "prefect",
    "lxml",
    "requests",
    "rich",
    "docx",
    "ftfy",
    "pypdfium2",
    "yaml",
)

LOADED = """
import sys
from flows.cli import run
sys.argv = ["briefhouse", *sys.argv[1:]]
try:
    run()
finally:
    print("LOADED", *sorted({name.split(".")[0] for name in sys.modules}))
"""
IMPATIENT = """
import sys
from warehouse.root import writing
writing.__wrapped__.__kwdefaults__["wait"] = 0.2  # a person would wait half a minute
from flows.cli import run
sys.argv = ["briefhouse", *sys.argv[1:]]
run()
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("sql", "SELECT title, published_on FROM briefs ORDER BY ALL"),
        ("sql", "SELECT nothing"),
        ("sql", "--format"),
        ("search", "pilots"),
        ("explain", "nothing"),
        ("profiles", "show", "nothing"),
        ("experts",),
        ("status",),
    ],
    ids=" ".join,
)
def test_a_process_says_what_the_tests_see_without_one(cli, published, arguments):
    env = {"BRIEFHOUSE_DATA": str(published)}
    here, process = cli.here(*arguments, env=env), cli.process(*arguments, env=env)
    assert (here.returncode, here.stdout) == (process.returncode, process.stdout)
    assert here.stderr == process.stderr


class TestHelp:
    def test_it_lists_every_command_with_a_sentence(self, cli):
        out = cli("--help").stdout
        for command in COMMANDS:
            assert re.search(rf"^\s+{command}\s+[A-Z].{{15,}}", out, re.M), command

    @pytest.mark.parametrize("command", COMMANDS)
    def test_each_command_explains_itself(self, cli, command):
        out = cli(command, "--help").stdout
        assert "--data" in out
        assert "BRIEFHOUSE_DATA" in out

    @pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["ingest", "--help"]])
    def test_it_loads_nothing_heavy(self, cli, arguments):
        done = cli.python(LOADED, *arguments)
        assert done.returncode == 0
        loaded = done.stdout.split("LOADED")[1].split()
        assert not set(loaded) & set(HEAVY)

    def test_without_a_command_it_helps(self, cli):
        done = cli(status=None)
        assert "Usage:" in done.stdout + done.stderr
        assert done.returncode in (0, 2)

    def test_version(self, cli):
        from flows import __version__

        assert cli("--version").stdout == f"briefhouse {__version__}\n"


class TestExitStatus:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["no-such-command"],
            ["ingest"],
            ["ingest", "--no-such-option", "x"],
            ["sql"],
            ["sql", "SELECT 1", "more"],
            ["nightly", "--sources", "no-such-file.toml"],
        ],
    )
    def test_wrong_usage_is_2(self, cli, arguments, tmp_path):
        done = cli(*arguments, status=2, cwd=tmp_path)
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr
        assert list(tmp_path.iterdir()) == []  # no data root is made for a mistake

    def test_another_writer_is_75(self, cli, draft, tmp_path, empty_root):
        (tmp_path / "a.txt").write_bytes(draft().text())
        root = DataRoot(shutil.copytree(empty_root, tmp_path / "data"))
        with writing(root):
            done = cli.python(IMPATIENT, "ingest", tmp_path / "a.txt", "--data", root.path)
        assert done.returncode == 75, done.stderr
        assert f"process {os.getpid()}" in done.stderr
        assert "Traceback" not in done.stderr
        # its captures are safe, and the next run takes them
        (tmp_path / "a.txt").unlink()
        (tmp_path / "empty").mkdir()
        done = cli("ingest", tmp_path / "empty", data=root.path)
        assert done.stdout.startswith("1 documents: 1 new")

    def test_a_root_that_is_a_file_is_3(self, cli, draft, tmp_path):
        (tmp_path / "a.txt").write_bytes(draft().text())
        (tmp_path / "data").write_text("not a folder")
        done = cli("ingest", tmp_path / "a.txt", data=tmp_path / "data", status=3)
        assert str(tmp_path / "data") in done.stderr
        assert "Traceback" not in done.stderr


def _alive(pid):
    """Tell whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _children(pid):
    """Return the processes that a process's threads started, as /proc tells."""
    found = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(word) for word in listed.read_text().split()]
        except OSError:
            continue
    return found


class TestSignals:
    @pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
    @pytest.mark.parametrize("addresses", [1, 3])
    def test_a_run_that_waits_for_a_server_ends_at_once(
        self, cli, site, tmp_path, number, status, addresses
    ):
        urls = [f"{site.base}/hang/{n}" for n in range(addresses)]
        process = cli.start("ingest", *urls, data=tmp_path / "data")
        try:
            assert site.hanging.wait(30)
            started = time.monotonic()
            process.send_signal(number)
            _, err = process.communicate(timeout=20)
            assert time.monotonic() - started < 10
        finally:
            process.kill()
            process.communicate()
        assert process.returncode == status
        assert "Traceback" not in err

    @pytest.mark.slow
    @pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
    def test_a_run_that_parses_takes_its_workers_along(self, cli, draft, tmp_path, number, status):
        """And what it had collected is taken up by the next run."""
        box = tmp_path / "box"
        box.mkdir()
        for n in range(300):
            (box / f"{n}.txt").write_bytes(draft(title=f"Brief {n}").text())
        process = cli.start("ingest", box, data=tmp_path / "data")
        try:
            deadline = time.monotonic() + 40
            workers = []
            while not workers and time.monotonic() < deadline:
                time.sleep(0.02)
                workers = _children(process.pid)
                assert process.poll() is None
            process.send_signal(number)
            _, err = process.communicate(timeout=20)
        finally:
            process.kill()
            process.communicate()
        assert process.returncode == status
        assert "Traceback" not in err
        deadline = time.monotonic() + 5
        while any(map(_alive, workers)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert [pid for pid in workers if _alive(pid)] == []
        (box / "0.txt").unlink()
        done = cli("ingest", box, data=tmp_path / "data")
        assert "300 new" in done.stdout


@pytest.mark.slow
def test_two_first_runs_at_once_both_end_well(cli, draft, tmp_path):
    """They share a root that neither of them found; each brief is in once."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "shared.txt").write_bytes(draft().text())
        (tmp_path / name / "own.txt").write_bytes(draft(title=f"Only in {name}").text())
    data = tmp_path / "data"
    runs = [cli.start("ingest", tmp_path / name, data=data) for name in ("one", "two")]
    try:
        said = [run.communicate(timeout=90) for run in runs]
    finally:
        for run in runs:
            run.kill()
            run.communicate()
    assert [run.returncode for run in runs] == [0, 0], said
    out = cli("sql", "SELECT title FROM briefs ORDER BY title", "--format", "csv", data=data).stdout
    assert out.splitlines()[1:] == [draft().title, "Only in one", "Only in two"]


def test_running_as_a_module_is_the_same(cli):
    run = "runpy.run_module('flows', None, '__main__')"
    done = cli.python(f"import runpy, sys; sys.argv = ['x', '--version']; {run}")
    assert done.returncode == 0
    assert done.stdout.startswith("briefhouse ")
