"""WARC and WET files: a crawl's pages, one record after the other, in constant memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from extractors.text import clean
from flows.sources.answer import Answer, BrokenAnswer, read_answer
from flows.sources.bounded import MAX_MEMBER
from flows.sources.feeds.values import address
from flows.sources.model import Failure, Source
from flows.sources.selection import Selection
from warehouse.landing import Capture

_NAME = re.compile(r"\.(?:warc|wet|wat)(?:\.gz|\.zst)?$", re.I)
_TYPES = frozenset(
    (
        "text/html", "application/xhtml+xml", "application/pdf", "application/x-pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
)  # fmt: skip
_STARTS = (b"\x1f\x8b\x08", b"WARC/1.")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_MAX_HEAD = 16 * 1024
_WINDOW = 1024 * 1024
_MOST_DAMAGES = 1_000


def is_warc(name: str, head: bytes) -> bool:
    """Tell whether a file holds WARC records."""
    return _NAME.search(name) is not None or head.startswith(b"WARC/")


def read_warc(path: Path, source: Source, uri: str) -> Iterator[Capture | Failure]:
    """Yield the pages of a WARC or WET file that answered with 200 and can be read here.

    Pages are captures of their own address at the time of the crawl. A record that is damaged is a
    :class:`Failure`; reading goes on at the next one that can be found. Raises OSError if the file
    can't be opened.
    """
    with path.open("rb") as file:
        at: int | None = 0
        damages = 0
        while at is not None:
            try:
                yield from _records(path, file, at, source, uri)
                return
            except _Damage as damage:
                following = _next_start(file, damage.at + 1)
                if damage.is_here:
                    damages += 1
                    message = f"{path}, byte {damage.at}: a damaged record: {damage.what}"
                    if damages > _MOST_DAMAGES:
                        message, following = f"{path}: too many damages; not read on", None
                    yield Failure(f"{uri}#{damage.at}", "damaged", message)
                elif following is None:
                    message = f"{path}: damaged behind byte {damage.at}: {damage.what}"
                    yield Failure(f"{uri}#{damage.at}", "damaged", message)
                at = following


class _Damage(Exception):
    """No record can be read ``at`` a place, or behind it: ``is_here`` tells which."""

    def __init__(self, at: int, what: str, *, is_here: bool) -> None:
        super().__init__(what)
        self.at = at
        self.what = what
        self.is_here = is_here


def _records(
    path: Path, file: IO[bytes], start: int, source: Source, uri: str
) -> Iterator[Capture | Failure]:
    """Yield what the records from ``start`` on give; raises :class:`_Damage`."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    file.seek(start)
    is_packed = not file.read(5).startswith(b"WARC/")
    file.seek(start)
    here, is_first, due = start, True, start
    records = ArchiveIterator(
        file, record_types=WarcRecordType.any_type, parse_http=False, fsspec_args=False
    )
    while True:
        try:
            record = next(records, None)
            if record is None:
                return
            here, is_first = record.stream_pos, False
            due = here + _length(path, here) + record.content_length
            found = _capture(record, source, f"{uri}#{here}")
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            what = clean(str(error)) or type(error).__name__
            if is_packed:  # where the next one begins is known only when the last one is unpacked
                raise _Damage(here, what, is_here=is_first) from error
            raise _Damage(due, what, is_here=True) from error
        if found is not None:
            yield found


def _length(path: Path, at: int) -> int:
    """Return how long the headers of a record are, and what parts it from the next one."""
    with path.open("rb") as file:
        file.seek(at)
        found = _HEAD_END.search(file.read(_MAX_HEAD))
    return found.end() + len(b"\r\n\r\n") if found else 0


def _capture(record: Any, source: Source, where: str) -> Capture | Failure | None:
    """Return the page of a record, or None if it is none, or not wanted."""
    kind = str(record.record_type)
    if kind not in ("response", "resource", "conversion"):
        return None
    target = address("", (record.headers.get("WARC-Target-URI") or "").strip("<>"))
    # of a folder, patterns choose files, and not what is in them
    selection = source.selection if source.kind == "warc" else Selection()
    if target is None or not selection.takes_url(target):
        return None
    size = record.content_length
    if size > MAX_MEMBER:
        return Failure(where, "too-large", f"{target} has more than {MAX_MEMBER:,} bytes")
    block = record.reader.read(size)
    if len(block) < size:
        message = f"{target}: {len(block):,} of {size:,} bytes are there; the record is cut off"
        return Failure(where, "damaged", message)
    stated = (record.headers.get("Content-Type") or "").lower()
    try:
        page = _page(kind, stated, block)
    except BrokenAnswer as error:
        return Failure(where, error.reason, f"{target}: {error}")
    if page is None or not page[1]:
        return None
    answer, body, content_type = page
    return Capture(
        source.name,
        target,
        record.record_date or datetime.now(UTC),
        body,
        status=answer.status if answer else None,
        headers=answer.headers if answer else (),
        content_type=content_type or None,
    )


def _page(kind: str, stated: str, block: bytes) -> tuple[Answer | None, bytes, str] | None:
    """Return answer, bytes and content type of a record; None for what is no page of a brief."""
    if kind == "conversion":
        return None, block, "text/plain; charset=utf-8"
    if not stated.startswith("application/http"):
        return (None, block, clean(stated)) if _is_page(stated) else None
    answer = read_answer(block)
    content_type = answer.header("content-type")
    if answer.status != 200 or not _is_page(content_type):
        return None
    return answer, answer.body(), content_type


def _is_page(content_type: str) -> bool:
    return content_type.partition(";")[0].strip().lower() in _TYPES


def _next_start(file: IO[bytes], at: int) -> int | None:
    """Return where the next record can begin: a gzip member, or a line with the version."""
    overlap = max(map(len, _STARTS)) - 1
    while True:
        file.seek(at)
        window = file.read(_WINDOW)
        places = [place for start in _STARTS if (place := window.find(start)) >= 0]
        if places:
            return at + min(places)
        if len(window) < _WINDOW:
            return None
        at += len(window) - overlap
