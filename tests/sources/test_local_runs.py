"""Runs over folders: what is known is neither read nor stored again, and nothing is forgotten."""

from __future__ import annotations

import json
import os
import time
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from flows.sources import cadence
from flows.sources.local import Local
from flows.sources.model import Source
from flows.sources.sink import Sink
from warehouse.attempts import Known
from warehouse.landing import LandingWriter


@pytest.fixture
def night(tmp_path, warehouse):
    """Collect a source into a data root: ``night(source, known)`` returns outcomes and captures."""
    number = iter(range(100))

    def night(source, known=None, *, settle=0.0):
        warehouse.root.make()
        local = Local(source, warehouse.root, settle)
        with LandingWriter(warehouse.root, f"run{next(number)}") as writer:
            sink = Sink(writer, known or {}, lambda: None, {source.name: source.publisher})
            done = local.collect(sink)
        local.remember()
        return done, {a.uri: (a.outcome, a.reason) for a in sink.attempts}, sink.captures

    return night


def aged(path):
    os.utime(path, (time.time() - 3600,) * 2)
    return path


def known(*uris, reason=None, outcome="new"):
    at = datetime(2025, 3, 3, tzinfo=UTC)
    return {uri: Known("0" * 64, at, outcome, reason, reason, "b1") for uri in uris}


def test_a_second_night_reads_nothing(tmp_path, night):
    box = tmp_path / "box"
    box.mkdir()
    text = box / "a.txt"
    text.write_text("words")
    packed = box / "x.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("b.txt", "more words")
    aged(text), aged(packed)
    source = Source("inbox", "folder", (str(box),))
    assert night(source)[2] == 2
    for path in (text, packed):
        before = path.stat()
        path.write_bytes(b"x" * before.st_size)  # reading it would bring something else
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    done, outcomes, captures = night(source, known(str(text), f"{packed}!/b.txt"))
    assert (captures, done.error) == (0, None)
    assert outcomes == {str(text): ("unchanged", None), str(packed): ("unchanged", None)}


def test_what_was_rejected_is_rejected_again_without_being_read(tmp_path, night):
    path = tmp_path / "box" / "a.bin"
    path.parent.mkdir()
    path.write_bytes(b"\x00" * 50)
    aged(path)
    source = Source("inbox", "folder", (str(path.parent),))
    night(source)
    _, outcomes, captures = night(source, known(str(path), reason="binary", outcome="rejected"))
    assert (outcomes, captures) == ({str(path): ("rejected", "binary")}, 0)


@pytest.mark.parametrize("inner", ["", "!/b.txt"])
def test_what_a_busy_machine_spoilt_is_read_again(tmp_path, night, inner):
    path = tmp_path / "box" / "a.txt"
    path.parent.mkdir()
    path.write_text("words")
    aged(path)
    source = Source("inbox", "folder", (str(path.parent),))
    night(source)
    spoilt = known(str(path) + inner, reason="timeout", outcome="rejected")
    assert night(source, spoilt)[2] == 1


def test_a_lost_or_broken_memory_costs_only_reading(tmp_path, night, warehouse):
    path = tmp_path / "box" / "a.txt"
    path.parent.mkdir()
    path.write_text("words")
    aged(path)
    source = Source("inbox", "folder", (str(path.parent),))
    night(source)
    (memory,) = (warehouse.root.path / "state").iterdir()
    assert list(json.loads(memory.read_text())) == [str(path)]
    memory.write_text("{")
    assert night(source)[2] == 1


@pytest.mark.slow
def test_archives_mailboxes_and_crawls_are_taken_in_from_the_command_line(cli, draft, tmp_path):
    one, two, three = (draft(title=f"Mills Close {n}") for n in ("Early", "Late", "Again"))
    packed = tmp_path / "briefs.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("2025/one.txt", one.text())
        made.writestr("../evil.txt", b"evil")
    page = two.html()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    crawl = tmp_path / "crawl.warc"
    crawl.write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tank.example/two\r\n"
        b"WARC-Date: 2025-03-04T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(head + page), head + page)
    )
    drop = tmp_path / "drop.mbox"
    drop.write_bytes(
        b"From a@tank.example Mon Mar  3 22:30:00 2025\nFrom: a@tank.example\nTo: b@x.example\n"
        b"Message-ID: <3@tank.example>\nMIME-Version: 1.0\nSubject: Mills Close Again\n"
        b"Content-Type: text/plain; charset=utf-8\n\n" + three.text() + b"\n\n"
    )
    data = tmp_path / "data"
    done = cli("ingest", packed, crawl, drop, data=data, status=1)
    assert "3 new" in done.stdout
    rows = cli("sql", "SELECT title, url FROM briefs ORDER BY title", "--format", "json", data=data)
    found = {row["title"]: row["url"] for row in json.loads(rows.stdout)}
    assert set(found) == {one.title, two.title, three.title}
    assert found[two.title] == "https://tank.example/two"
    refused = cli("sql", "SELECT reason, uri FROM rejects", "--format", "json", data=data)
    ((row),) = json.loads(refused.stdout)
    assert (row["reason"], row["uri"]) == ("unsafe", f"{packed}!/../evil.txt")


@pytest.mark.parametrize("kind", ["folder", "warc"])
def test_with_every_it_is_left_alone_for_so_long_after_it_answered(tmp_path, night, kind):
    box = tmp_path / "box"
    source = Source("inbox", kind, (str(box),), every=timedelta(days=7))
    at = datetime(2025, 3, 3, 2, tzinfo=UTC)
    missing = cadence.after(None, night(source)[0], at, fresh=False)
    assert missing.failures_in_row == 1
    assert cadence.is_due(missing, at + timedelta(days=1))  # it has not answered yet
    box.mkdir()
    state = cadence.after(missing, night(source)[0], at, fresh=False)
    assert not cadence.is_due(state, at + timedelta(days=6))
    assert cadence.is_due(state, at + timedelta(days=7))
