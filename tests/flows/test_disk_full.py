"""A disk that takes no more, shown by a limit on the size of files: told, and nothing is lost."""

from __future__ import annotations

import hashlib
import json
import resource

import pytest

COUNT = "SELECT count(*) AS n FROM briefs"


def _limit(size):
    def set_limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return set_limit


def _hashes(night):
    return {
        str(path.relative_to(night)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in night.rglob("*")
        if path.is_file()
    }


# what no longer fits: a landing file, the catalog's log, the night's database
@pytest.mark.slow
@pytest.mark.parametrize("size", [2_000, 100_000, 1_000_000])
def test_the_old_night_stands_and_the_next_run_brings_the_rest(cli, draft, tmp_path, size):
    data = tmp_path / "data"
    (tmp_path / "a.txt").write_bytes(draft().text())
    (tmp_path / "b.txt").write_bytes(draft(title="Mills Close").text())
    cli("ingest", tmp_path / "a.txt", data=data)
    night = (data / "published" / "current").resolve()
    before = _hashes(night)
    done = cli("ingest", tmp_path / "b.txt", data=data, status=3, preexec_fn=_limit(size))
    assert "briefhouse: can't use " in done.stderr
    assert str(data) in done.stderr
    assert "Traceback" not in done.stderr
    assert (data / "published" / "current").resolve() == night
    assert _hashes(night) == before
    assert not list((data / "published").glob(".*.tmp"))
    cli("ingest", tmp_path / "b.txt", data=data)
    (row,) = json.loads(cli("sql", COUNT, "--format", "json", data=data).stdout)
    assert row == {"n": 2}
