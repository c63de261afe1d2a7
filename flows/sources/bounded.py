"""Unpacking without trust: streams that end where a bomb would begin."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import IO, Any, Protocol

MAX_MEMBER = 100 * 1024 * 1024
"""Bytes of one document; a brief is kilobytes, what is larger is something else."""

MAX_TOTAL = 4 * 1024 * 1024 * 1024
"""Bytes that one archive may unpack to: years of a publisher's pages have fewer."""

MAX_RATIO = 200
"""How many times its size an archive may unpack to; text comes to 10, repetitive pages to 50."""

_FREE = 64 * 1024 * 1024  # bytes that may come of anything: small files pack well
_CHUNK = 256 * 1024
_LZMA_MEMORY = 256 * 1024 * 1024  # a header can ask for gigabytes


class Bomb(ValueError):
    """An archive that unpacks to more than it may."""


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


_UNPACKERS: dict[bytes, Callable[[], Any]] = {
    b"\x1f\x8b": lambda: zlib.decompressobj(31),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\x00": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _LZMA_MEMORY),
}


_MAGIC = max(map(len, _UNPACKERS))


def is_packed(head: bytes) -> bool:
    """Tell whether bytes are the beginning of a gzip, bzip2 or xz stream."""
    return any(head.startswith(magic) for magic in _UNPACKERS)


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a file that is gzip, bzip2 or xz, streams in a row too; else its own.

    Raises :class:`Bomb` where more comes than may, EOFError if the file is cut off, and the
    decompressor's error if it is damaged.
    """

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._rest = packed.read(_CHUNK)
        self._taken = len(self._rest)
        self._given = 0
        self._make = next(
            (m for magic, m in _UNPACKERS.items() if self._rest.startswith(magic)), None
        )
        self._unpacker: _Unpacker | None = self._make() if self._make else None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._next(min(len(buffer), _CHUNK))
        buffer[: len(data)] = data
        self._given += len(data)
        if self._given > MAX_TOTAL:
            raise Bomb(f"it unpacks to more than {MAX_TOTAL // 1024**3} GB")
        if self._given > _FREE and self._given > MAX_RATIO * self._taken:
            raise Bomb(f"it unpacks to more than {MAX_RATIO} times its size")
        return len(data)

    def _next(self, most: int) -> bytes:
        while True:
            if self._unpacker is None:  # packed in nothing
                data, self._rest = self._rest[:most], self._rest[most:]
                if data or not self._refill():
                    return data
                continue
            if self._unpacker.eof:
                if not self._goes_on():
                    return b""
                assert self._make is not None
                self._unpacker = self._make()
            needs = getattr(self._unpacker, "needs_input", not self._tail())
            if needs and not self._rest and not self._refill():
                raise EOFError("it is cut off")
            data = self._unpacker.decompress(self._input(), most)
            if data:
                return data

    def _goes_on(self) -> bool:
        """Tell whether another stream follows; anything else behind the last one is no part."""
        assert self._unpacker is not None
        self._rest = (self._unpacker.unused_data or self._rest).lstrip(b"\x00")
        if len(self._rest) < _MAGIC:
            before = self._rest
            self._refill()
            self._rest = (before + self._rest).lstrip(b"\x00")
        return is_packed(self._rest)

    def _tail(self) -> bytes:
        """Return what zlib was given but has not looked at yet."""
        return bytes(getattr(self._unpacker, "unconsumed_tail", b""))

    def _input(self) -> bytes:
        data = self._tail() + self._rest
        self._rest = b""
        return data

    def _refill(self) -> bool:
        self._rest = self._packed.read(_CHUNK)
        self._taken += len(self._rest)
        return bool(self._rest)


def read_bounded(stream: IO[bytes], most: int = MAX_MEMBER) -> bytes | None:
    """Return all bytes of ``stream``, or None if there are more than ``most``."""
    parts = bytearray()
    while chunk := stream.read(min(_CHUNK, most + 1 - len(parts))):
        parts += chunk
        if len(parts) > most:
            return None
    return bytes(parts)
