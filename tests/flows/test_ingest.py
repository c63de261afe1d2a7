"""``briefhouse ingest``: files, folders, pages and feeds; and again, which changes nothing."""

from __future__ import annotations

import json
import shutil

import pytest

TOTALS = """SELECT (SELECT count(*) FROM briefs) briefs, (SELECT count(*) FROM captures) captures,
    (SELECT count(*) FROM attempts) attempts, (SELECT count(*) FROM runs) runs"""


def _ask(cli, data, query):
    return json.loads(cli("sql", query, "--format", "json", data=data).stdout)


def _files(data, below):
    return sorted(str(p.relative_to(data)) for p in (data / below).rglob("*") if p.is_file())


@pytest.fixture(scope="module")
def inbox(tmp_path_factory, draft):
    """A folder with briefs at several depths, hidden files and links to folders beside them."""
    folder = tmp_path_factory.mktemp("inbox")
    (folder / "2025" / "03").mkdir(parents=True)
    (folder / "walkout.txt").write_bytes(draft().text())
    (folder / "2025" / "mills.html").write_bytes(draft(title="Mills Close").html())
    (folder / "2025" / "03" / "ümläut “x”.txt").write_bytes(draft(title="Tugs Return").text())
    (folder / "copy-of-walkout.html").write_bytes(draft().html())
    (folder / ".hidden.txt").write_bytes(b"\x00")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("not a brief")
    (folder / "loop").symlink_to(folder)
    return folder


@pytest.fixture(scope="module")
def ingested(inbox, tmp_path_factory, cli):
    """The inbox, taken in once."""
    data = tmp_path_factory.mktemp("ingested") / "data"
    return data, cli("ingest", inbox, data=data)


class TestAFolder:
    def test_counts(self, ingested):
        _, done = ingested
        assert done.stdout.splitlines()[0] == "4 documents: 3 new, 1 duplicate"

    def test_progress_goes_to_stderr_in_plain_lines(self, ingested):
        _, done = ingested
        stages = [line.split(":")[0] for line in done.stderr.splitlines()]
        assert list(dict.fromkeys(stages)) == ["Collecting", "Extracting", "Publishing"]
        assert "\x1b" not in done.stderr + done.stdout
        assert "\r" not in done.stderr + done.stdout

    def test_the_briefs_are_in(self, ingested, cli, draft):
        data, _ = ingested
        rows = _ask(cli, data, "SELECT title, publisher, published_on FROM briefs ORDER BY title")
        assert rows == [
            {"title": title, "publisher": "fdd", "published_on": "2025-03-03"}
            for title in (draft().title, "Mills Close", "Tugs Return")
        ]

    def test_every_document_is_one_attempt(self, ingested, cli, inbox):
        data, _ = ingested
        rows = _ask(cli, data, "SELECT uri, outcome FROM attempts ORDER BY uri")
        assert [row["uri"] for row in rows] == sorted(
            str(inbox / name)
            for name in (
                "walkout.txt", "copy-of-walkout.html", "2025/mills.html", "2025/03/ümläut “x”.txt",
            )
        )  # fmt: skip

    def test_the_run_and_its_source_are_booked(self, ingested, cli, inbox):
        data, _ = ingested
        (run,) = _ask(cli, data, "SELECT * FROM runs")
        assert (run["command"], run["tried"], run["new"], run["duplicate"]) == ("ingest", 4, 3, 1)
        assert run["published"] is True
        (source,) = _ask(cli, data, "SELECT * FROM sources")
        assert (source["source"], source["kind"]) == (str(inbox), "folder")
        assert source["failures_in_row"] == 0
        assert source["last_success_at"].endswith("Z")

    def test_staging_is_empty_behind_it(self, ingested):
        data, _ = ingested
        assert _files(data, "staging") == []


UNDER_WATCH = """
import sys
from flows.cli import run
sys.argv = ["briefhouse", *sys.argv[1:]]
try:
    run()
finally:
    print("parsing:", "flows.workers" in sys.modules)
"""


def test_the_second_time_nothing_changes(ingested, inbox, cli, tmp_path):
    data = shutil.copytree(ingested[0], tmp_path / "data", symlinks=True)
    landed, night = _files(data, "landing"), (data / "published" / "current").readlink()
    rows = _ask(cli, data, TOTALS)
    done = cli.python(UNDER_WATCH, "ingest", inbox, "--data", data)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "4 documents: 4 unchanged"
    assert "Nothing new to publish" in lines[1]
    assert lines[-1] == "parsing: False"  # not even the pool's code was loaded
    assert "Extracting" not in done.stderr
    assert _files(data, "landing") == landed
    assert (data / "published" / "current").readlink() == night
    assert _ask(cli, data, TOTALS) == rows
    assert _files(data, "staging") == []


def test_an_edited_file_is_a_revision_and_a_new_one_is_new(ingested, inbox, cli, draft, tmp_path):
    data = shutil.copytree(ingested[0], tmp_path / "data", symlinks=True)
    box = shutil.copytree(inbox, tmp_path / "box", symlinks=True)
    # the same paths as before are what makes it an edit, so work on a copy that takes their place
    edited = draft().reworded(0, "Forty", "Fifty")
    (box / "walkout.txt").write_bytes(edited.text())
    (box / "later.txt").write_bytes(draft(title="Strike Over").text())
    done = cli("ingest", box / "walkout.txt", box / "later.txt", data=data)
    assert done.stdout.splitlines()[0] == "2 documents: 1 new, 1 revised"
    rows = _ask(cli, data, "SELECT change, new_text FROM changes")
    assert [row["change"] for row in rows] == ["reworded"]
    assert "Fifty" in rows[0]["new_text"]


def test_files_and_folders_together_and_one_named_twice(cli, draft, tmp_path):
    (tmp_path / "box").mkdir()
    (tmp_path / "none").mkdir()
    (tmp_path / "box" / "a.txt").write_bytes(draft().text())
    (tmp_path / "b.txt").write_bytes(draft(title="Mills Close").text())
    data = tmp_path / "data"
    given = ("box", "b.txt", "./b.txt", tmp_path / "b.txt", "none")
    done = cli("ingest", *given, data=data, cwd=tmp_path)
    assert done.stdout.startswith("2 documents: 2 new\n")
    rows = _ask(cli, data, "SELECT source, failures_in_row n FROM sources ORDER BY source")
    assert rows == [{"source": str(tmp_path / name), "n": 0} for name in ("b.txt", "box", "none")]


def test_the_folder_that_holds_the_data_root(cli, draft, tmp_path):
    """``briefhouse ingest .`` with the default root below it takes in briefs, not the lake."""
    (tmp_path / "a.txt").write_bytes(draft().text())
    first = cli("ingest", ".", cwd=tmp_path, status=None)
    assert first.stdout.splitlines()[0] == "1 documents: 1 new"
    assert first.returncode == 0
    second = cli("ingest", ".", cwd=tmp_path, status=None)
    assert second.stdout.splitlines()[0] == "1 documents: 1 unchanged"


def test_the_seed_brief_if_it_is_here(cli, tmp_path, samples):
    seeds = samples.parent.parent / "shared" / "seeds"
    if not seeds.exists():
        pytest.skip("no seeds beside the repository")
    done = cli("ingest", seeds, data=tmp_path / "data")
    assert "rejected" not in done.stdout
    rows = _ask(cli, tmp_path / "data", "SELECT publisher, coverage FROM briefs")
    assert {row["publisher"] for row in rows} == {"fdd"}
    assert all(row["coverage"] == 1.0 for row in rows)


class TestAddresses:
    @pytest.mark.slow
    def test_a_page_that_moved(self, cli, site, draft, tmp_path):
        url = site.put("/new", draft().html())
        site.pages["/old"] = (302, "text/html", b"")
        site.moved["/old"] = "/new"
        data = tmp_path / "data"
        asked = {"BRIEFHOUSE_CONTACT": "ops@tank.example"}
        done = cli("ingest", site.base + "/old", data=data, env=asked)
        assert done.stdout.startswith("1 documents: 1 new\n")
        (brief,) = _ask(cli, data, "SELECT title, url, canonical_url FROM briefs")
        assert brief == {
            "title": draft().title,
            "url": url,
            "canonical_url": url.replace("http:", "https:"),
        }
        (capture,) = _ask(cli, data, "SELECT * FROM captures")
        assert (capture["uri"], capture["final_uri"]) == (site.base + "/old", url)
        assert (capture["status"], capture["content_type"]) == (200, "text/html; charset=utf-8")
        assert {"name": "Content-Type", "value": "text/html; charset=utf-8"} in capture["headers"]
        # the server is told who asks, and whom to write to
        (agent,) = {headers["User-Agent"] for headers in site.headers}
        assert agent.startswith("Briefhouse/")
        assert "ops@tank.example" in agent
        # a comment that no reader sees makes another capture of the same brief
        site.put("/new", draft().html(note="rebuilt"))
        done = cli("ingest", site.base + "/old", data=data)
        assert done.stdout.startswith("1 documents: 1 duplicate\n")

    @pytest.mark.slow
    def test_a_feed(self, cli, site, draft, tmp_path):
        pages = [
            site.put("/1", draft().html()),
            site.put("/2", draft(title="Mills Close").html()),
        ]
        feed = site.feed("/feed", *pages, "/gone", pages[0])
        data = tmp_path / "data"
        done = cli("ingest", feed, data=data, status=1)
        assert done.stdout.splitlines()[0] == "3 documents: 2 new, 1 rejected"
        assert "404" in done.stdout
        (gone,) = _ask(cli, data, "SELECT uri, reason FROM rejects")
        assert gone == {"uri": site.base + "/gone", "reason": "gone"}
        assert sorted(site.asked) == ["/1", "/2", "/feed", "/gone", "/robots.txt"]
        again = cli("ingest", feed, data=data, status=1)
        assert "Traceback" not in again.stderr
        assert again.stdout.splitlines()[0] == "3 documents: 2 unchanged, 1 rejected"
        assert "Nothing new to publish" in again.stdout
