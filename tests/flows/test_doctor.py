"""``briefhouse doctor``: what is there, what is amiss, and nothing made by looking."""

from __future__ import annotations

import shutil

import pytest

from warehouse.lake import open_lake
from warehouse.landing import Capture, LandingWriter
from warehouse.root import DataRoot


def _findings(out):
    found = {}
    for line in out.splitlines():
        state, rest = line[:3], line[4:]
        name, _, value = rest.partition(":")
        found[name.strip()] = (state.strip(), value.strip())
    return found


def test_all_is_well(cli, published):
    found = _findings(cli("doctor", data=published).stdout)
    assert {state for state, _ in found.values()} == {"ok"}
    assert found["data root"][1] == str(published)
    assert int(found["briefs"][1]) > 10
    assert found["pending"][1].startswith("0")
    assert found["nights kept"][1] == "1"
    assert "ingest" in found["last run"][1]
    for package in ("duckdb", "pyarrow", "prefect", "beautifulsoup4", "requests"):
        assert found[package][1][0].isdigit()
    assert found["extensions"][1] == "load without network"


def test_before_the_first_run_it_makes_nothing(cli, tmp_path):
    done = cli("doctor", data=tmp_path / "none")
    assert "briefhouse ingest" in done.stdout
    assert not (tmp_path / "none").exists()


def test_pending_captures_are_amiss(cli, published, tmp_path, clock):
    data = shutil.copytree(published, tmp_path / "data", symlinks=True)
    with LandingWriter(DataRoot(data), "20250401T000000Z-000000") as writer:
        writer.add(Capture("test", "/in/a.txt", clock(1), b"x"))
    found = _findings(cli("doctor", data=data, status=1).stdout)
    assert found["pending"] == ("NO", found["pending"][1])
    assert found["pending"][1].startswith("1")


def test_a_root_that_may_not_be_written_is_amiss(cli, humble, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    try:
        done = cli("doctor", data=closed / "data", status=1, preexec_fn=humble)
    finally:
        closed.chmod(0o755)
    assert _findings(done.stdout)["writable"][0] == "NO"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("broken", ["catalog", "published"])
def test_a_damaged_root_is_told_not_thrown(cli, published, tmp_path, broken):
    data = shutil.copytree(published, tmp_path / "data", symlinks=True)
    if broken == "catalog":
        root = DataRoot(data)
        for file in root.catalog.parent.glob("catalog.sqlite*"):
            file.write_bytes(b"this is no database" * 100)
    else:
        shutil.rmtree(data / "published")
    done = cli("doctor", data=data, status=1)
    assert "Traceback" not in done.stderr
    assert "NO " in done.stdout


def test_another_schema_version_is_told(cli, published, tmp_path):
    """A root that a later Briefhouse wrote is not touched."""
    from warehouse.lake import open_lake

    data = shutil.copytree(published, tmp_path / "data", symlinks=True)
    with open_lake(DataRoot(data)) as connection:
        connection.execute("INSERT INTO lake.schema_versions VALUES (99, now(), 'later')")
    done = cli("doctor", data=data, status=1)
    assert "schema version 99" in done.stdout
    refused = cli("ingest", tmp_path, data=data, status=3)
    assert "schema version 99" in refused.stderr


def test_headings_that_no_profile_knows_are_counted_by_publisher(
    warehouse, cli, page, draft, clock
):
    """What stands in many briefs of a publisher may open a section of theirs."""
    known = draft().html().decode()
    for n in range(3):
        extra = "<h2>What Comes Next</h2><p>Talks.</p>" + (
            "<h2>Only Once</h2><p>So.</p>" * (n == 0)
        )
        body = known.replace(draft().title, f"Brief {n}").replace("Forty", f"Forty-{n}")
        body = body.replace("</article>", f"{extra}</article>")
        warehouse.merge(page(f"https://www.fdd.org/{n}", body.encode(), clock(1, n)))
    warehouse.night()
    found = _findings(cli("doctor", data=warehouse.path).stdout)
    state, value = found["unknown headings, fdd"]
    assert (state, value) == ("ok", "4, as What Comes Next (3); Only Once (1)")


def test_briefs_of_before_texts_had_signatures_are_amiss_until_they_are_read_anew(
    cli, published, tmp_path, draft
):
    data = shutil.copytree(published, tmp_path / "data", symlinks=True)
    with open_lake(DataRoot(data)) as connection:
        connection.execute("UPDATE lake.briefs_history SET signature = []")
    (tmp_path / "new.txt").write_bytes(draft(title="Mills Close").text())
    cli("ingest", tmp_path / "new.txt", data=data)
    state, value = _findings(cli("doctor", data=data, status=1).stdout)["briefs without signature"]
    assert state == "NO"
    assert int(value.split(";")[0]) > 10
    assert "briefhouse rebuild" in value
    cli("rebuild", data=data)
    assert "briefs without signature" not in _findings(cli("doctor", data=data).stdout)
