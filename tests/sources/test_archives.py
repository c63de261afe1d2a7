"""Archives: their files are documents; traps in them are refused, and the rest goes on."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.sources import archive, bounded
from flows.sources.folder import collect_folder
from flows.sources.model import Failure, Source
from flows.sources.selection import Selection
from warehouse.landing import Capture

FILES = {"a.txt": b"one", "deep/b.html": b"<p>two", "deep/er/c.md": b"three"}
SKIPPED = {".hidden": b"x", "__MACOSX/a.txt": b"x", "deep/.git/y": b"x"}


def tar(files, *, mode="w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as made:
        for name, body in files.items():
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(body)
            made.addfile(info, io.BytesIO(body))
    return out.getvalue()


def zipped(files, **options) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in files.items():
            made.writestr(name, body, **options)
    return out.getvalue()


@pytest.fixture
def collect(tmp_path):
    def collect(name: str, body: bytes, selection=None):
        path = tmp_path / name
        path.write_bytes(body)
        os.utime(path, (time.time() - 3600,) * 2)
        source = Source("box", "folder", (str(path),), selection=selection or Selection())
        found = list(collect_folder(source))
        for item in found:
            assert item.uri.startswith(str(path))
        return [
            (item.uri.removeprefix(str(path)), getattr(item, "body", getattr(item, "reason", None)))
            for item in found
        ]

    return collect


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("x.zip", zipped({**FILES, **SKIPPED})),
        ("X.ZIP", zipped({**FILES, **SKIPPED})),
        ("x.tar", tar({**FILES, **SKIPPED})),
        ("x.tar.gz", gzip.compress(tar({**FILES, **SKIPPED}))),
        ("x.tgz", tar({**FILES, **SKIPPED}, mode="w:gz")),
        ("x.tar.bz2", bz2.compress(tar({**FILES, **SKIPPED}))),
        ("x.tar.xz", lzma.compress(tar({**FILES, **SKIPPED}))),
        ("x.tar.gz", gzip.compress(tar(FILES)[:700]) + gzip.compress(tar(FILES)[700:])),
        ("x.tar.gz", gzip.compress(tar(FILES)) + b"\0" * 512),
        ("x.tar.gz", gzip.compress(tar({f"./{n}": b for n, b in FILES.items()}))),
    ],
)
def test_every_archive_gives_its_files(collect, name, body):
    assert collect(name, body) == [(f"!/{n}", b) for n, b in FILES.items()]


def test_patterns_hold_inside(collect):
    found = collect("x.zip", zipped(FILES), Selection(("*.html",)))
    assert found == [("!/deep/b.html", b"<p>two")]
    found = collect("x.zip", zipped(FILES), Selection(("deep/*",), ("*.md",)))
    assert found == [("!/deep/b.html", b"<p>two")]
    assert len(collect("x.zip", zipped(FILES), Selection(("x.zip",)))) == 3


def test_patterns_of_a_folder_reach_into_its_archives(tmp_path):
    (tmp_path / "2025").mkdir()
    for place in ("2025/x.zip", "y.zip", "drafts.zip"):
        (tmp_path / place).write_bytes(zipped(FILES))

    def collect(*include, exclude=()):
        source = Source("s", "folder", (str(tmp_path),), selection=Selection(include, exclude))
        found = collect_folder(source, settle=0)
        return [item.uri.removeprefix(f"{tmp_path}/") for item in found]

    assert collect("*.html", exclude=("drafts*",)) == [
        "y.zip!/deep/b.html",
        "2025/x.zip!/deep/b.html",
    ]
    assert collect("2025/*", exclude=("*/er/*",)) == [
        "2025/x.zip!/a.txt",
        "2025/x.zip!/deep/b.html",
    ]
    assert len(collect("*.zip")) == 9


def test_a_word_file_is_a_document_not_an_archive(collect):
    body = zipped({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"})
    assert collect("x.docx", body) == [("", body)]


NAMES = ["../a.txt", "/etc/passwd", "a/../../b", "C:\\x", "..\\a.txt", "C:/x"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", [zipped, tar])
def test_names_that_lead_out_are_refused(collect, make, name):
    suffix = "zip" if make is zipped else "tar"
    found = collect(f"x.{suffix}", make({name: b"evil", "good.txt": b"good"}))
    assert [what for _, what in found] == ["unsafe", b"good"]


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_of_a_tar_are_refused(collect, kind):
    info = tarfile.TarInfo("link.txt")
    info.type, info.linkname = kind, "/etc/passwd"
    found = collect("x.tar", tar({info: b"", "good.txt": b"good"}))
    assert found == [("!/link.txt", "unsafe"), ("!/good.txt", b"good")]


def test_links_of_a_zip_are_refused(collect):
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    found = collect("x.zip", zipped({link: b"/etc/passwd", "good.txt": b"good"}))
    assert found == [("!/link.txt", "unsafe"), ("!/good.txt", b"good")]


def test_encrypted_and_damaged_files_of_a_zip_cost_themselves(collect):
    body = bytearray(zipped({"a.txt": b"one" * 100, "b.txt": b"two", "c.txt": b"three"}))
    at = body.index(b"b.txt", body.rindex(b"PK\x01\x02", 0, body.rindex(b"b.txt") + 1)) - 46
    body[at + 8] |= 1  # the flag that it is encrypted
    start = body.index(b"a.txt") + 5
    body[start : start + 4] = b"\xff\xff\xff\xff"
    found = collect("x.zip", bytes(body))
    assert found == [("!/a.txt", "damaged"), ("!/b.txt", "encrypted"), ("!/c.txt", b"three")]


ZEROS = bytes(80 * 1024 * 1024)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("x.zip", lambda: zipped({"a.txt": ZEROS, "b.txt": ZEROS})),
        ("x.tar.gz", lambda: gzip.compress(tar({"a.txt": ZEROS, "b.txt": b"b"}))),
        ("x.tar.xz", lambda: lzma.compress(tar({"a.txt": ZEROS, "b.txt": b"b"}), preset=0)),
        ("x.tar.bz2", lambda: bz2.compress(tar({"a.txt": ZEROS, "b.txt": b"b"}))),
    ],
)
def test_bombs_are_refused_with_a_reason(collect, name, make):
    found = collect(name, make())
    assert found[-1] == ("", "unsafe")
    assert len(found) <= 2


def test_a_zip_that_lies_about_sizes(collect, monkeypatch):
    body = bytearray(zipped({"a.txt": bytes(5_000_000), "b.txt": b"b"}))
    for at in (body.index(b"PK\x03\x04") + 22, body.index(b"PK\x01\x02") + 24):
        body[at : at + 4] = struct.pack("<L", 100)
    found = collect("x.zip", bytes(body))
    assert found == [("!/a.txt", "damaged"), ("!/b.txt", b"b")]


def test_what_is_too_large_costs_itself(collect, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBER", 10)
    for name, body in (
        ("x.zip", zipped({"a": b"x" * 11, "b": b"b"})),
        ("x.tar", tar({"a": b"x" * 11, "b": b"b"})),
    ):
        assert collect(name, body) == [("!/a", "too-large"), ("!/b", b"b")]


def test_too_many_files_and_too_much_in_all(collect, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    files = {f"{n}.txt": b"x" for n in range(5)}
    assert collect("x.zip", zipped(files)) == [("", "unsafe")]
    assert [what for _, what in collect("x.tar", tar(files))] == [b"x", b"x", b"x", "unsafe"]
    monkeypatch.undo()
    monkeypatch.setattr(bounded, "MAX_TOTAL", 4000)
    assert collect("x.tar", tar(files))[-1] == ("", "unsafe")
    monkeypatch.setattr(archive, "_MAX_DIRECTORY", 100)
    assert collect("x.zip", zipped(files)) == [("", "unsafe")]


def test_a_header_that_claims_gigabytes(collect):
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 3 * 1024**3
    assert collect("x.tar", header.tobuf(tarfile.GNU_FORMAT) + bytes(10_240)) == [("", "unsafe")]


@pytest.mark.parametrize("name", ["x.tar.gz", "x.tar.xz", "x.tar.bz2"])
def test_an_archive_that_is_cut_off_gives_what_came_whole(collect, name):
    pack = {"gz": gzip.compress, "xz": lzma.compress, "bz2": bz2.compress}[name[6:]]
    noise = os.urandom(300_000)
    whole = pack(tar({"a.txt": b"one", "b.txt": noise, "c.txt": noise[::-1]}))
    found = collect(name, whole[: len(whole) * 3 // 4])
    assert found[-1] == ("", "damaged")
    assert found[0] in (("!/a.txt", b"one"), ("", "damaged"))


@pytest.mark.parametrize("name", ["x.zip", "x.tar.gz", "x.tar"])
def test_what_is_no_archive_for_all_its_name(collect, name):
    ((where, what),) = collect(name, b"PK\x03\x04 nonsense" if name == "x.zip" else b"nonsense")
    assert (where, what) in (("", "damaged"), ("", b"nonsense"))


MADE = [("x.zip", zipped(FILES)), ("x.tar.gz", gzip.compress(tar(FILES))), ("x.tar", tar(FILES)),
        ("x.tar.xz", lzma.compress(tar(FILES)))]  # fmt: skip


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(MADE), st.integers(0, 10_000), st.binary(min_size=1, max_size=20))
def test_no_damage_raises(tmp_path: Path, made, at, junk):
    name, body = made
    at %= len(body)
    path = tmp_path / name
    path.write_bytes(body[:at] + junk + body[at + len(junk) :])
    for item in collect_folder(Source("box", "folder", (str(path),))):
        assert isinstance(item, Capture | Failure)
