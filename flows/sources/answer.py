"""An HTTP answer as a crawl stored it: status, headers and the page in it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from extractors.text import clean
from flows.fetch.decode import CutOffError, TooLargeError, UndecodableError, decoded
from flows.sources.bounded import MAX_MEMBER, read_bounded

_STATUS = re.compile(rb"HTTP/[\d.]+ +(\d{3})")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
_MAX_HEAD = 256 * 1024


class BrokenAnswer(ValueError):
    """An answer that can't be read; ``reason`` is a fixed word."""

    def __init__(self, message: str, reason: str = "damaged") -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its body as it went over the line, encodings and all."""

    status: int
    headers: tuple[tuple[str, str], ...]
    raw: bytes

    def header(self, name: str) -> str:
        """Return the value of a header, "" if it has none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    def body(self) -> bytes:
        """Return the page, its encodings undone; raises :class:`BrokenAnswer`.

        Crawlers store pages unpacked and leave the headers: what is in no encoding stays as it is.
        """
        body = self.raw
        if "chunked" in self.header("transfer-encoding").lower():
            body = _unchunked(body)
        encoding = self.header("content-encoding").strip().lower()
        try:
            if encoding in ("br", "zstd"):
                return _with_fastwarc(body, encoding)
            return decoded(body, [encoding], MAX_MEMBER)
        except TooLargeError:
            message = f"it unpacks to more than {MAX_MEMBER:,} bytes"
            raise BrokenAnswer(message, "too-large") from None
        except CutOffError:
            raise BrokenAnswer("its content is cut off") from None
        except (UndecodableError, OSError, ValueError):
            if b"<" in body[:1024] or body.startswith(b"%PDF"):
                return body
            raise BrokenAnswer(f"its content is not in {encoding!r}") from None


def read_answer(block: bytes) -> Answer:
    """Read the block of a WARC record; raises :class:`BrokenAnswer`."""
    status, end = _STATUS.match(block), _HEAD_END.search(block, 0, _MAX_HEAD)
    if status is None or end is None:
        raise BrokenAnswer("it holds no HTTP answer")
    lines = re.split(r"\r?\n(?![ \t])", block[: end.start()].decode("latin-1"))[1:]
    pairs = (line.partition(":") for line in lines if ":" in line)
    headers = tuple((clean(key.strip()), clean(" ".join(value.split()))) for key, _, value in pairs)
    return Answer(int(status[1]), headers, block[end.end() :])


def _unchunked(body: bytes) -> bytes:
    """Undo chunked transfer; a body that is in no chunks is left as it is."""
    if not _CHUNK.match(body):
        return body
    parts = bytearray()
    at = 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return bytes(parts)
        chunk = body[found.end() : found.end() + size]
        parts += chunk
        if len(chunk) < size:
            raise BrokenAnswer("its chunks are cut off")
        at = found.end() + size
    return bytes(parts) if at >= len(body.rstrip()) else body


def _with_fastwarc(body: bytes, encoding: str) -> bytes:
    from fastwarc.stream_io import BrotliReader, ZstdReader

    reader: Any = (BrotliReader if encoding == "br" else ZstdReader)(io.BytesIO(body))
    found = read_bounded(reader)
    if found is None:
        raise TooLargeError
    return found
