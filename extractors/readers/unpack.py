"""Packed files: unpacked as far as a brief can be large, and no further."""

from __future__ import annotations

import io
import zipfile
import zlib

from extractors.readers.errors import Unreadable

MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes that a file may unpack to; a brief is kilobytes, and a page with its pictures a few MB."""

_MAX_ENTRIES = 5_000
_GZIP = 31  # zlib's window size for gzip with its header
_OFFICE_XML = (".xml", ".rels")


def gunzip(body: bytes) -> bytes:
    """Unpack ``body``; one that is cut short gives what there is of it.

    Raises :class:`Unreadable` with reason ``too-large`` or ``damaged``.
    """
    out = bytearray()
    rest = body
    while rest.startswith(b"\x1f\x8b"):  # several may stand one after the other
        unpacker = zlib.decompressobj(_GZIP)
        try:
            out += unpacker.decompress(rest, MAX_UNPACKED + 1 - len(out))
        except zlib.error as error:
            message = "the gzip file is damaged; fetch it again"
            raise Unreadable("damaged", message) from error
        if len(out) > MAX_UNPACKED:
            raise too_large("the gzip file")
        rest = unpacker.unused_data if unpacker.eof else b""
    return bytes(out)


def too_large(what: str) -> Unreadable:
    """Return the refusal of what would unpack to more than a brief can be."""
    limit = MAX_UNPACKED // 1024 // 1024
    return Unreadable("too-large", f"{what} unpacks to more than {limit} MB; no brief is so large")


def open_office(body: bytes) -> zipfile.ZipFile:
    """Open the archive that a Word file is; raises :class:`Unreadable` for any other, and bombs."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        message = "the archive is damaged or not whole; fetch or save it again"
        reason = "damaged" if b"word/document.xml" in body else "binary"
        raise Unreadable(reason, message) from error
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names:
        raise Unreadable("binary", _what_archive(names))
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise too_large("the Word file")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted", "the Word file is encrypted; save it without a password")
    return archive


def _what_archive(names: set[str]) -> str:
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        return "this is a spreadsheet or a presentation; save it as PDF or leave it out"
    if "content.xml" in names or "META-INF/manifest.xml" in names:
        return "this is an OpenDocument file; save it as .docx or PDF"
    return "this is a zip archive; unpack it and give the files in it"


def refuse_entities(archive: zipfile.ZipFile) -> None:
    """Raise :class:`Unreadable` if a part declares entities: Office never does, bombs do."""
    for entry in archive.infolist():
        if not entry.filename.lower().endswith(_OFFICE_XML):
            continue
        try:
            part = archive.read(entry)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            ValueError,
            NotImplementedError,
            OSError,
        ) as error:
            message = f"{entry.filename} in the Word file is damaged; save it again"
            raise Unreadable("damaged", message) from error
        if b"<!" in part.replace(b"\x00", b"").replace(b"<!--", b"").replace(b"<![CDATA[", b""):
            message = "the Word file declares XML entities, which Word never writes; save it again"
            raise Unreadable("damaged", message)
