"""Archives: zip and tar, packed or not; each regular file in them is a document.

Nothing is ever written from them. Names that lead elsewhere, links and devices are refused, and
so is what unpacks to more than a brief can be.
"""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from flows.sources.bounded import (
    MAX_MEMBER,
    MAX_RATIO,
    MAX_TOTAL,
    Bomb,
    Unpacked,
    is_packed,
    read_bounded,
)
from flows.sources.selection import Selection

SEPARATOR = "!/"
"""Stands between an archive's path and the name of what is in it."""

Wanted = Callable[[str], bool]
"""Tells of a name in an archive whether its file is wanted."""

MAX_MEMBERS = 100_000
_MAX_DIRECTORY = 64 * 1024 * 1024  # bytes of a zip's table of contents
_MAX_HEADER = 1024 * 1024  # bytes of a tar's extended header: names and times
_TAR_NAMES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
_DAMAGED = (
    tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError,
    ValueError, NotImplementedError, RuntimeError, struct.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its bytes, or why it is refused. ``name`` is "" for the archive."""

    name: str
    body: bytes | None = None
    reason: str = ""
    message: str = ""


def has_name_of_archive(name: str) -> bool:
    """Tell whether a file is called as archives are."""
    return name.lower().endswith((*_TAR_NAMES, ".zip"))


def is_archive(name: str, head: bytes) -> bool:
    """Tell whether a file is an archive of documents; a Word file is none, for all it is a zip."""
    lower = name.lower()
    if lower.endswith(_TAR_NAMES):
        return is_packed(head) or head[257:262] == b"ustar" or lower.endswith(".tar")
    return lower.endswith(".zip") and head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read_archive(path: Path, place: str, selection: Selection) -> Iterator[Member]:
    """Yield the wanted files of an archive in its order, and what is refused of it.

    ``place`` is its path as patterns know it, relative to the source's folder.
    Raises OSError if the archive itself can't be opened.
    """

    def wanted(name: str) -> bool:
        return not _is_hidden(name) and selection.takes_path(place, name)

    with path.open("rb") as packed:
        members = (
            _zip(packed, path, wanted)
            if path.suffix.lower() == ".zip"
            else _tar(packed, path, wanted)
        )
        try:
            yield from members
        except Bomb as error:
            yield Member("", None, "unsafe", f"{path}: {error}; it is not read on")
        except _DAMAGED as error:
            what = str(error) or type(error).__name__
            yield Member("", None, "damaged", f"{path} is damaged: {what}; fetch it again")


def _refusal(name: str, size: int) -> tuple[str, str] | None:
    """Return reason and message if a member may not be read by its name or size."""
    path = PurePosixPath(name)
    if (
        "\\" in name
        or "\x00" in name
        or path.is_absolute()
        or ".." in path.parts
        or name[1:2] == ":"
    ):
        return "unsafe", f"{name!r} leads out of its archive; it is not read"
    if size > MAX_MEMBER:
        return "too-large", f"{name!r} has {size:,} bytes, more than {MAX_MEMBER:,}"
    return None


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(p.startswith(".") and p != ".." for p in parts) or "__MACOSX" in parts


def _zip(packed: IO[bytes], path: Path, wanted: Wanted) -> Iterator[Member]:
    if _directory_size(packed) > _MAX_DIRECTORY:
        raise Bomb(f"its table of contents has more than {_MAX_DIRECTORY // 1024**2} MB")
    with zipfile.ZipFile(packed) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MAX_MEMBERS:
            raise Bomb(f"it holds more than {MAX_MEMBERS:,} files")
        total = sum(entry.file_size for entry in entries)
        size = path.stat().st_size
        if total > MAX_TOTAL or (total > MAX_MEMBER and total > MAX_RATIO * size):
            raise Bomb(f"its {size:,} bytes unpack to {total:,}")
        for entry in entries:
            if not wanted(entry.filename):
                continue
            refused = _refusal(entry.filename, entry.file_size)
            if entry.flag_bits & 1:
                refused = (
                    "encrypted",
                    f"{entry.filename!r} is encrypted; unpack it and give the file",
                )
            elif entry.external_attr >> 28 not in (0, 8):  # the kind of file that Unix knows it as
                refused = "unsafe", f"{entry.filename!r} is a link or a device; it is not read"
            yield Member(entry.filename, None, *refused) if refused else _unzipped(archive, entry)


def _unzipped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Member:
    try:
        with archive.open(entry) as stream:
            body = read_bounded(stream)
    except _DAMAGED as error:
        what = str(error) or type(error).__name__
        return Member(entry.filename, None, "damaged", f"{entry.filename!r} is damaged: {what}")
    if body is None:
        return Member(entry.filename, None, "too-large", f"{entry.filename!r} is too large")
    return Member(entry.filename, body)


def _directory_size(packed: IO[bytes]) -> int:
    """Return how many bytes a zip's table of contents has, before anything reads it."""
    end = packed.seek(0, io.SEEK_END)
    packed.seek(max(0, end - 66_000))
    tail = packed.read()
    at = tail.rfind(b"PK\x05\x06")
    size = struct.unpack_from("<L", tail, at + 12)[0] if at >= 0 and at + 16 <= len(tail) else 0
    if size == 0xFFFFFFFF and (far := tail.rfind(b"PK\x06\x06")) >= 0:
        size = struct.unpack_from("<Q", tail, far + 40)[0]
    packed.seek(0)
    return int(size)


class _Entry(tarfile.TarInfo):
    """A header of a tar whose extensions are as long as names and times are, and no longer."""

    def _proc_member(self, tar: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _EXTENSIONS and self.size > _MAX_HEADER:
            raise Bomb(f"a header in it says that it has {self.size:,} bytes")
        found: tarfile.TarInfo = super()._proc_member(tar)  # type: ignore[misc]
        return found


_EXTENSIONS = (
    tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK,
)  # fmt: skip


def _tar(packed: IO[bytes], path: Path, wanted: Wanted) -> Iterator[Member]:
    stream = io.BufferedReader(Unpacked(packed), 256 * 1024)
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Entry) as archive:
        for nth, entry in enumerate(archive):
            if nth >= MAX_MEMBERS:
                raise Bomb(f"it holds more than {MAX_MEMBERS:,} files")
            archive.members = []  # type: ignore[attr-defined]  # it would keep them all
            name = entry.name.removeprefix("./")
            if entry.isdir() or not wanted(name):
                continue
            refused = _refusal(name, entry.size)
            if not entry.isreg() or entry.issparse():
                refused = "unsafe", f"{name!r} is a link or a device; it is not read"
            if refused:
                yield Member(name, None, *refused)
                continue
            inside = archive.extractfile(entry)
            body = read_bounded(inside) if inside else None
            if body is None or len(body) < entry.size:
                raise EOFError("it is cut off")
            yield Member(name, body)
