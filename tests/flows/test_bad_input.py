"""Bad input costs itself: one attempt with its reason, exit 1, and everything else is in."""

from __future__ import annotations

import json
import os
import socket

import pytest

from flows.fetch.fetcher import Fetcher
from flows.fetch.model import Ask
from flows.settings import Settings
from flows.sources import files as files_source
from flows.sources import folder as folder_source
from flows.sources.declare import given_sources
from flows.sources.folder import collect_folder
from flows.sources.model import Failure, Source
from warehouse.landing import Capture

REJECTS = "SELECT uri, reason, message, capture_id FROM rejects ORDER BY uri"


def _ask(cli, data, query):
    return json.loads(cli("sql", query, "--format", "json", data=data).stdout)


def _closed_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory, cli, draft):
    """One ingestion of good briefs and of everything that can be wrong with a file."""
    base = tmp_path_factory.mktemp("mixed")
    box = base / "box"
    box.mkdir()
    (box / "good.txt").write_bytes(draft().text())
    (box / "empty.txt").write_bytes(b"")
    (box / "spaces.txt").write_bytes(b" \n\t\n")
    (box / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (box / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    (box / "script.html").write_bytes(b"<html><body><script>go()</script></body></html>")
    (box / "dangling.txt").symlink_to(box / "nowhere.txt")
    (base / "also-good.txt").write_bytes(draft(title="Mills Close").text())
    silent = f"http://127.0.0.1:{_closed_port()}/brief"
    done = cli(
        "ingest", box, base / "missing", silent, base / "also-good.txt",
        data=base / "data", status=None,
    )  # fmt: skip
    return base, silent, done


class TestEverythingThatCanBeWrongAtOnce:
    def test_exit_status_and_counts(self, mixed):
        _, _, done = mixed
        assert done.returncode == 1
        assert done.stdout.splitlines()[0] == "10 documents: 2 new, 8 rejected"

    def test_each_has_its_reason(self, mixed, cli):
        base, silent, _ = mixed
        found = {row["uri"]: row["reason"] for row in _ask(cli, base / "data", REJECTS)}
        assert found == {
            str(base / "box" / "empty.txt"): "empty",
            str(base / "box" / "spaces.txt"): "empty",
            str(base / "box" / "binary.txt"): "binary",
            str(base / "box" / "picture.txt"): "binary",
            str(base / "box" / "script.html"): "no-text",
            str(base / "box" / "dangling.txt"): "vanished",
            str(base / "missing"): "missing",
            silent: "unreachable",
        }

    def test_each_says_what_happened_and_what_to_do(self, mixed, cli):
        base, _, _ = mixed
        for row in _ask(cli, base / "data", REJECTS):
            assert len(row["message"]) > 20, row
            assert "Traceback" not in row["message"]
            assert "0x" not in row["message"], row  # no repr of an object

    def test_each_is_shown_to_the_person_who_asked(self, mixed):
        base, silent, done = mixed
        for name in (str(base / "missing"), silent, "empty.txt", "binary.txt"):
            assert name in done.stdout
        assert "Traceback" not in done.stderr

    def test_the_rest_is_in(self, mixed, cli):
        base, _, _ = mixed
        rows = _ask(cli, base / "data", "SELECT title FROM briefs ORDER BY title")
        assert [row["title"] for row in rows] == [
            "Harbor Pilots Walk Out in Port Vessa",
            "Mills Close",
        ]

    def test_what_was_read_is_kept_though_rejected(self, mixed, cli):
        base, _, _ = mixed
        kept = {row["reason"] for row in _ask(cli, base / "data", REJECTS) if row["capture_id"]}
        assert kept == {"empty", "binary", "no-text"}

    def test_sources_that_did_not_answer_are_marked(self, mixed, cli):
        base, silent, _ = mixed
        rows = _ask(cli, base / "data", "SELECT source, failures_in_row n, last_error FROM sources")
        failed = {row["source"] for row in rows if row["n"]}
        assert failed == {silent, str(base / "missing")}
        assert all(row["last_error"] for row in rows if row["n"])

    def test_the_second_time_they_fail_again_and_nothing_is_published(self, mixed, cli):
        base, silent, _ = mixed
        night = (base / "data" / "published" / "current").readlink()
        again = cli("ingest", base / "box", base / "missing", silent, data=base / "data", status=1)
        assert "Traceback" not in again.stderr
        assert again.stdout.splitlines()[0] == "9 documents: 1 unchanged, 8 rejected"
        assert (base / "data" / "published" / "current").readlink() == night


class TestPermissions:
    """The command line runs without root's right to pass over permissions."""

    def test_each_place_that_may_not_be_entered_costs_itself(self, cli, humble, draft, tmp_path):
        body = draft().text()
        box, listed, shut, around = (tmp_path / n for n in ("box", "listed", "shut", "around"))
        for folder in (box / "closed", listed, shut, around / "inner"):
            folder.mkdir(parents=True)
            (folder / "secret.txt").write_bytes(body)
        (box / "good.txt").write_bytes(body)
        (box / "closed.txt").write_bytes(body)
        modes = {
            box / "closed": 0,
            box / "closed.txt": 0,
            listed: 0o444,  # its names can be listed, and nothing else
            shut: 0,
            around: 0,  # what is asked for lies below it
        }
        for path, mode in modes.items():
            path.chmod(mode)
        data = tmp_path / "data"
        try:
            done = cli(
                "ingest", box, listed, shut, around / "inner",
                data=data, status=None, preexec_fn=humble,
            )  # fmt: skip
        finally:
            for path in modes:
                path.chmod(0o755)
        assert "Traceback" not in done.stderr
        assert done.stdout.splitlines()[0] == "6 documents: 1 new, 5 rejected"
        assert done.returncode == 1
        assert "Permission denied" in done.stdout
        refused = _ask(cli, data, REJECTS)
        assert {row["reason"] for row in refused} == {"unreadable"}
        assert [row["uri"] for row in refused] == sorted(
            map(
                str,
                (box / "closed", box / "closed.txt", listed / "secret.txt", shut, around / "inner"),
            )
        )
        # a source is only marked where all of it is out of reach
        rows = _ask(cli, data, "SELECT source, failures_in_row n FROM sources ORDER BY source")
        failing = {row["source"] for row in rows if row["n"]}
        assert failing - {str(listed)} == {str(shut), str(around / "inner")}

    def test_a_data_root_that_may_not_be_written(self, cli, humble, draft, tmp_path):
        (tmp_path / "a.txt").write_bytes(draft().text())
        closed = tmp_path / "closed"
        closed.mkdir(mode=0o555)
        try:
            done = cli(
                "ingest", tmp_path / "a.txt", data=closed / "data", status=None, preexec_fn=humble
            )
        finally:
            closed.chmod(0o755)
        assert done.returncode == 3
        assert str(closed / "data") in done.stderr
        assert "Permission denied" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_name_that_is_too_long_for_the_file_system(tmp_path):
    (found,) = collect_folder(given_sources([str(tmp_path / ("x" * 300))])[0])
    assert isinstance(found, Failure)
    assert found.reason in ("missing", "unreadable")
    assert found.whole


def test_names_that_are_no_utf8_are_stored_safely(tmp_path, draft):
    box = tmp_path / "box"
    box.mkdir()
    path = box / os.fsdecode(b"caf\xe9.txt")
    path.write_bytes(draft().text())
    (found,) = collect_folder(given_sources([str(box)])[0])
    assert isinstance(found, Capture)
    assert found.body == draft().text()
    found.uri.encode("utf-8")


def test_a_file_whose_name_is_no_utf8_may_be_named(tmp_path, draft, cli):
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_bytes(draft().text())
    data = tmp_path / "data"
    assert cli("ingest", path, data=data).stdout.startswith("1 documents: 1 new\n")
    assert "1 unchanged" in cli("ingest", path, data=data).stdout
    assert "caf\\xe9.txt" in cli("status", data=data, status=None).stdout


class _Vanishing(type(folder_source.Path())):
    """A path whose file goes away between being listed and being read."""

    def read_bytes(self):
        if self.name == "gone.txt":
            self.unlink()
        return super().read_bytes()


def test_a_file_that_vanishes_behind_the_listing(tmp_path, monkeypatch):
    for name in ("a.txt", "gone.txt", "z.txt"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(folder_source, "Path", _Vanishing)
    found = list(collect_folder(Source("box", "folder", (str(tmp_path),))))
    assert [type(item) for item in found] == [Capture, Failure, Capture]
    assert (found[1].reason, found[1].whole) == ("vanished", False)
    assert "gone.txt" in found[1].message


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(files_source, "MAX_MEMBER", 10)
    (tmp_path / "a.txt").write_text("x" * 11)
    (tmp_path / "b.txt").write_text("x" * 10)
    found = list(collect_folder(Source("box", "folder", (str(tmp_path),))))
    assert [getattr(item, "reason", "ok") for item in found] == ["too-large", "ok"]


class TestServers:
    SETTINGS = Settings(
        delay=0, connect_timeout=2, read_timeout=0.3, total_timeout=1, allow_hosts="127.0.0.1"
    )

    def _reason(self, url, settings=SETTINGS):
        found = Fetcher(settings, sleep=lambda seconds: None).get(Ask(url, "test"))
        assert isinstance(found, Failure), found
        assert "Traceback" not in found.message
        return found.reason

    def test_a_server_that_never_answers(self, site):
        assert self._reason(site.base + "/hang") == "timeout"

    @pytest.mark.parametrize("status", [401, 403, 500])
    def test_a_server_that_says_no(self, site, status):
        site.pages["/no"] = (status, "text/html", b"<html><body><p>no</p></body></html>")
        assert self._reason(site.base + "/no") == "http-status"
        assert site.asked == ["/robots.txt", "/no"]

    def test_a_busy_server_is_asked_again(self, site):
        site.pages["/busy"] = (503, "text/html", b"")
        assert self._reason(site.base + "/busy") == "http-status"
        assert site.asked.count("/busy") == 3

    def test_an_answer_that_is_too_large(self, site):
        site.put("/large", b"x" * 5000)
        settings = Settings(delay=0, max_bytes=1000, allow_hosts="127.0.0.1")
        assert self._reason(site.base + "/large", settings) == "too-large"

    def test_a_circle_of_redirects(self, site):
        site.pages["/round"] = (302, "text/html", b"")
        site.moved["/round"] = "/round"
        assert self._reason(site.base + "/round") == "redirects"

    def test_a_name_that_does_not_exist(self):
        assert self._reason("http://no-such-host.invalid/") == "unreachable"

    @pytest.mark.parametrize("url", ["http://", "http://[", "ftp://127.0.0.1/x", "http://a b/"])
    def test_what_is_no_address(self, url):
        assert self._reason(url) in ("unsupported", "unreachable")

    def test_a_redirect_to_another_scheme(self, site):
        site.pages["/file"] = (302, "text/html", b"")
        site.moved["/file"] = "file:///etc/hostname"
        assert self._reason(site.base + "/file") in ("unsupported", "unreachable")

    def test_a_feed_that_is_none(self, site, gather):
        url = site.put("/page", b"<html><body><p>no feed</p></body></html>")
        found = gather(Source("s", "feed", (url,)))
        assert found.reasons == {url: "not-a-feed"}
        assert "no feed" in found.sources[0].error or "HTML" in found.sources[0].error

    def test_a_feed_that_breaks_off(self, site, draft, gather):
        site.put("/1", draft().html())
        url = site.feed("/feed", "/1", "/2")
        broken = site.pages["/feed"][2]
        site.put("/feed", broken[: broken.index(b"/2")], "application/rss+xml")
        reasons = list(gather(Source("s", "feed", (url,))).reasons.values())
        assert reasons in (["captured"], ["not-a-feed"])  # what came counts, or the feed is named

    def test_an_entry_that_fails_does_not_stop_the_others(self, site, draft, gather):
        site.put("/1", draft().html())
        site.put("/3", draft(title="Mills Close").html())
        site.pages["/no"] = (403, "text/html", b"no")
        url = site.feed("/feed", "/1", "/no", "mailto:a@tank.example", "/3")
        found = gather(Source("s", "feed", (url,)))
        assert found.reasons == {
            site.base + "/1": "captured",
            site.base + "/no": "http-status",
            "mailto:a@tank.example": "unsupported",
            site.base + "/3": "captured",
        }
        assert found.sources[0].error is None

    def test_a_feed_with_entries_that_are_no_addresses(self, site, draft, gather):
        good = site.put("/good", draft().html())
        url = site.feed("/feed", "http://" + "x" * 70 + ".example/a", "http://[bad/b", good)
        found = gather(Source("s", "feed", (url,)))
        assert sorted(found.reasons.values()) == ["captured", "unreachable", "unsupported"]


def test_an_unforeseen_error_of_a_source_costs_that_source_alone(tmp_path, draft, monkeypatch):
    """A defect in one way of collecting is a row in attempts; the other sources are published."""
    from flows.pipeline import run
    from flows.runner import DirectRunner
    from flows.settings import Settings
    from flows.sources import web

    def broken(source):
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(web, "listed_pages", broken)
    (tmp_path / "a.txt").write_bytes(draft().text())
    sources = given_sources(["http://tank.example/", str(tmp_path / "a.txt")])
    report = run("test", sources, Settings(data=tmp_path / "data"), DirectRunner())
    assert report.counts["new"] == report.counts["rejected"] == 1
    (refused,) = (a for a in report.attempts if a.outcome == "rejected")
    assert (refused.reason, "a defect" in refused.message) == ("source-error", True)
    assert report.night is not None
