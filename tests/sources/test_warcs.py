"""WARC and WET files: pages with their address and time, damage, bombs, constant memory."""

from __future__ import annotations

import gzip
import subprocess
import sys
import textwrap
import zlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.sources import warc as warcs
from flows.sources.folder import collect_folder
from flows.sources.model import Source
from flows.sources.selection import Selection

PAGE = b"<html><body><p>Forty pilots left their boats.</p></body></html>"
SITE = "https://tank.example"


def record(
    kind: str = "response",
    uri: str = SITE + "/1",
    body: bytes = PAGE,
    *,
    status: str = "200 OK",
    content_type: str = "text/html; charset=utf-8",
    headers: str = "",
    at: str = "2019-05-06T07:08:09Z",
) -> bytes:
    if kind in ("response", "revisit"):
        head = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{headers}\r\n".encode()
        block, outer = head + body, "application/http; msgtype=response"
    else:
        block, outer = body, content_type
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {at}\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: {outer}\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


INFO = record("warcinfo", body=b"software: invented\r\n", content_type="application/warc-fields")


@pytest.fixture
def collect(tmp_path):
    def collect(body: bytes, name: str = "crawl.warc", selection=None):
        path = tmp_path / name
        path.write_bytes(body)
        source = Source("crawl", "warc", (str(path),), selection=selection or Selection())
        return list(collect_folder(source))

    return collect


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one) for one in records)


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "whole.warc.gz"])
def test_a_page_has_its_own_address_and_the_time_of_the_crawl(collect, name):
    body = INFO + record()
    if name.endswith(".gz"):
        body = packed(INFO, record()) if name.startswith("crawl") else gzip.compress(body)
    (found,) = collect(body, name)
    assert (found.uri, found.body, found.status) == (f"{SITE}/1", PAGE, 200)
    assert found.fetched_at == datetime(2019, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert found.content_type == "text/html; charset=utf-8"
    assert dict(found.headers)["Content-Type"] == found.content_type


def test_only_pages_that_can_be_read_are_taken(collect):
    body = b"".join(
        (
            record("request", content_type="application/http; msgtype=request"),
            record("metadata", content_type="application/json", body=b"{}"),
            record("revisit"),
            record(status="404 Not Found"),
            record(status="301 Moved"),
            record(content_type="image/png"),
            record(content_type="application/javascript"),
            record(uri="dns:tank.example"),
            record(uri=f"{SITE}/pdf", content_type="application/pdf", body=b"%PDF-1.4"),
            record(uri=f"<{SITE}/old>"),
            record("resource", uri=f"{SITE}/r"),
            record(uri=f"{SITE}/empty", body=b""),
        )
    )
    assert [item.uri for item in collect(body)] == [f"{SITE}/{n}" for n in ("pdf", "old", "r")]


def test_text_of_a_wet_file(collect):
    text = "Forty pilots — gone.\n".encode()
    (found,) = collect(
        packed(INFO, record("conversion", body=text, content_type="text/plain")), "x.warc.wet.gz"
    )
    assert (found.uri, found.body) == (f"{SITE}/1", text)
    assert found.content_type == "text/plain; charset=utf-8"


def test_patterns_and_days_choose_pages_not_files(collect):
    body = b"".join(
        record(uri=SITE + path) for path in ("/briefs/1", "/about", "/briefs/2015/01/02/x")
    )
    selection = Selection(("/briefs/*",), since=date(2018, 1, 1))
    assert [item.uri for item in collect(body, selection=selection)] == [f"{SITE}/briefs/1"]


def test_a_folder_of_crawls_and_other_files(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.warc").write_bytes(record())
    (tmp_path / "notes.txt").write_text("notes")
    found = list(collect_folder(Source("c", "warc", (str(tmp_path),)), settle=0))
    assert [item.uri for item in found] == [f"{SITE}/1"]
    found = list(collect_folder(Source("c", "folder", (str(tmp_path),)), settle=0))
    assert [item.uri for item in found] == [str(tmp_path / "notes.txt"), f"{SITE}/1"]


def test_encodings_of_the_transfer_are_undone(collect):
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    body = b"".join(
        (
            record(uri=f"{SITE}/1", body=gzip.compress(PAGE), headers="Content-Encoding: gzip\r\n"),
            record(
                uri=f"{SITE}/2", body=zlib.compress(PAGE), headers="Content-Encoding: deflate\r\n"
            ),
            record(uri=f"{SITE}/3", body=chunked, headers="Transfer-Encoding: chunked\r\n"),
            record(uri=f"{SITE}/4", headers="Content-Encoding: gzip\r\n"),  # it is not
            record(uri=f"{SITE}/5"),
        )
    )
    found = collect(body)
    assert [(item.uri, item.body) for item in found] == [(f"{SITE}/{n}", PAGE) for n in range(1, 6)]


def test_a_page_that_unpacks_without_end_costs_itself(collect):
    bomb = gzip.compress(bytes(150 * 1024 * 1024))
    found = collect(
        record(body=bomb, headers="Content-Encoding: gzip\r\n") + record(uri=f"{SITE}/2")
    )
    assert [getattr(item, "reason", item.uri) for item in found] == ["too-large", f"{SITE}/2"]


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_damage_costs_its_record_and_the_rest_goes_on(collect, name):
    records = [record(uri=f"{SITE}/{n}", body=PAGE * 9) for n in range(6)]
    parts = [gzip.compress(one) if name.endswith(".gz") else one for one in records]
    if name.endswith(".gz"):
        parts[2] = parts[2][:40] + b"\xff" * 30 + parts[2][70:]
    else:
        parts[2] = parts[2].replace(b"WARC/1.0", b"WHAT/1.0").replace(b"Content-Length: ", b"Cxx: ")
    found = collect(b"".join(parts), name)
    pages = [item.uri for item in found if not hasattr(item, "reason")]
    assert pages == [f"{SITE}/{n}" for n in (0, 1, 3, 4, 5)]
    (failure,) = [item for item in found if hasattr(item, "reason")]
    assert failure.reason == "damaged"


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_a_file_that_is_cut_off_gives_what_came_whole(collect, name):
    records = [record(uri=f"{SITE}/{n}", body=PAGE * 30) for n in range(3)]
    body = packed(*records) if name.endswith(".gz") else b"".join(records)
    found = collect(body[:-60], name)
    assert [item.uri for item in found[:2]] == [f"{SITE}/0", f"{SITE}/1"]
    assert [item.reason for item in found[2:]] == ["damaged"]


def test_what_is_no_warc_ends(collect, monkeypatch):
    monkeypatch.setattr(warcs, "_MOST_DAMAGES", 5)
    assert all(item.reason == "damaged" for item in collect(b"nonsense" * 1000))
    found = collect(b"\x1f\x8b\x08 nonsense " * 1000, "x.warc.gz")
    assert 0 < len(found) <= 7


@pytest.mark.slow
def test_memory_stays_the_same_however_long_the_file(tmp_path):
    """Three hundred megabytes of pages, read by a process that may have far less."""
    path = tmp_path / "crawl.warc"
    page = record(body=PAGE * 1600)  # 0.1 MB
    with path.open("wb") as file:
        for _ in range(3000):
            file.write(page)
    script = textwrap.dedent(
        f"""
        import resource, sys
        from flows.sources.folder import collect_folder
        from flows.sources.model import Source
        import fastwarc.warc
        size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        limit = size + 100 * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        found = collect_folder(Source("c", "warc", ({str(path)!r},)))
        print(sum(len(item.body) for item in found))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True,
        cwd=Path(__file__).parents[2], check=True,
    )  # fmt: skip
    assert int(done.stdout) == 3000 * 1600 * len(PAGE)
