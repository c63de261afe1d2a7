"""One file: a document, or many of them in an archive, a mailbox or a crawl."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from extractors.text import clean
from flows.sources.archive import SEPARATOR, is_archive, read_archive
from flows.sources.bounded import MAX_MEMBER
from flows.sources.mailbox import MESSAGE_TYPE, is_mbox, message_id, read_mbox
from flows.sources.model import Failure, Source
from flows.sources.names import storable
from flows.sources.warc import is_warc, read_warc
from warehouse.landing import Capture

_HEAD = 4096
_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL}


def uri_of(path: Path) -> str:
    """Return the uri of a file: its absolute path, made safe to store."""
    return storable(path.absolute())


def read_file(
    path: Path,
    source: Source,
    found: os.stat_result,
    *,
    place: str | None = None,
    maildir: Path | None = None,
) -> Iterator[Capture | Failure]:
    """Yield the documents of one file.

    ``place`` is its path as the source's patterns know it, ``maildir`` the Maildir whose message it
    is.

    What is in a file has the file's uri, ``!/`` and its own name there: a member's of an archive,
    a message's Message-ID. Raises OSError if the file can't be read.
    """
    uri = uri_of(path)
    if not stat.S_ISREG(found.st_mode):
        yield Failure(uri, "unreadable", f"{path} is no regular file; leave it out")
        return
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if is_warc(path.name, head):
        yield from read_warc(path, source, uri)
    elif is_archive(path.name, head):
        yield from _members(path, place or path.name, source, uri)
    elif is_mbox(path.name, head):
        with path.open("rb") as file:
            yield from _messages(file, source, uri)
    elif found.st_size > MAX_MEMBER:
        size, limit = f"{found.st_size:,} bytes", f"{MAX_MEMBER:,}"
        yield Failure(uri, "too-large", f"{path} has {size}, more than {limit}")
    elif maildir is not None:
        # its name changes as the message is read, its id does not
        body = path.read_bytes()
        yield _document(
            source, f"{uri_of(maildir)}{SEPARATOR}{message_id(body)}", body, MESSAGE_TYPE
        )
    else:
        yield _document(source, uri, path.read_bytes())


def _document(source: Source, uri: str, body: bytes, kind: str | None = None) -> Capture:
    return Capture(source.name, uri, datetime.now(UTC), body, content_type=kind)


def _members(path: Path, place: str, source: Source, uri: str) -> Iterator[Capture | Failure]:
    for member in read_archive(path, place, source.selection):
        name = storable(member.name.encode("utf-8", "surrogateescape"))
        inner = f"{uri}{SEPARATOR}{name}" if name else uri
        if member.body is None:
            yield Failure(inner, member.reason, clean(member.message))
        elif is_mbox(member.name, member.body[:_HEAD]):
            yield from _messages(BytesIO(member.body), source, inner)
        else:
            yield _document(source, inner, member.body)


def _messages(file: IO[bytes], source: Source, uri: str) -> Iterator[Capture | Failure]:
    for nth, body in enumerate(read_mbox(file), start=1):
        if body is None:
            message = f"message {nth} of {uri} has more than {MAX_MEMBER:,} bytes"
            yield Failure(f"{uri}{SEPARATOR}{nth}", "too-large", message)
        elif body.strip():
            yield _document(source, f"{uri}{SEPARATOR}{message_id(body)}", body, MESSAGE_TYPE)


def refused(
    path: Path, error: OSError | ValueError, *, whole: bool = False, listed: bool = False
) -> Failure:
    """Tell why a path can't be read; ``listed`` if its folder named it a moment ago."""
    uri = uri_of(path)
    if not isinstance(error, OSError):  # a NUL in the path
        return Failure(uri, "missing", f"no path can be {path}: {error}", whole)
    if error.errno in _MISSING and listed:
        message = f"{path} was listed but is gone; run again if it is back"
        return Failure(uri, "vanished", message, whole)
    if error.errno in _MISSING:
        return Failure(uri, "missing", f"no such file or folder: {path}; check the path", whole)
    message = f"can't read {path}: {error.strerror or error}; check its permissions"
    return Failure(uri, "unreadable", message, whole)
