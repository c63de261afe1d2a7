"""Undoing a Content-Encoding without ever holding more than is allowed."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

ACCEPTED = "gzip, deflate"
"""What is asked for: the encodings that can be undone here piece by piece, within a limit."""

_MAX_LAYERS = 3  # nobody encodes twice on purpose
_GZIP_MAGIC = b"\x1f\x8b"


class TooLargeError(Exception):
    """More bytes than are allowed."""


class UndecodableError(Exception):
    """Bytes that are not in the encoding that they are said to be in, or in one unknown here."""


class CutOffError(Exception):
    """Bytes that end before their encoding does."""


def decoded(body: bytes, encodings: Sequence[str], limit: int, *, partial: bool = False) -> bytes:
    """Return ``body`` with its encodings (in the order in which they were applied) undone.

    Raises :class:`TooLargeError`, :class:`UndecodableError` or :class:`CutOffError`; with
    ``partial`` only the second: then what there is, up to the limit, is enough.
    """
    named = [e for part in encodings for e in part.lower().replace(" ", "").split(",") if e]
    layers = [encoding for encoding in named if encoding != "identity"]
    if len(layers) > _MAX_LAYERS:
        raise UndecodableError(f"encoded {len(layers)} times over")
    for encoding in reversed(layers):
        body = _undo(body, encoding, limit, partial)
    if len(body) > limit and not partial:
        raise TooLargeError
    return body[:limit]


def _undo(body: bytes, encoding: str, limit: int, partial: bool) -> bytes:
    if not body:
        return body
    if encoding in ("gzip", "x-gzip"):
        if not body.startswith(_GZIP_MAGIC):
            return body  # said to be packed, and is not: some caches forget the header
        return _inflate(body, zlib.MAX_WBITS | 16, limit, partial)
    if encoding == "deflate":
        try:
            return _inflate(body, zlib.MAX_WBITS, limit, partial)
        except UndecodableError:
            # without its frame, as old servers send it
            return _inflate(body, -zlib.MAX_WBITS, limit, partial)
    raise UndecodableError(f"encoded as {encoding[:40]!r}, which was not asked for")


def _inflate(body: bytes, window: int, limit: int, partial: bool) -> bytes:
    """Unpack all members of ``body``; what follows them and is none is left out."""
    found = bytearray()
    rest = body
    while rest:
        unpacker = zlib.decompressobj(window)
        try:
            found += unpacker.decompress(rest, limit - len(found) + 1)
        except zlib.error as error:
            raise UndecodableError(str(error)) from None
        if partial and (len(found) > limit or not unpacker.eof):
            break
        if len(found) > limit:
            raise TooLargeError
        if not unpacker.eof:
            raise CutOffError
        rest = unpacker.unused_data if unpacker.unused_data.startswith(_GZIP_MAGIC) else b""
    return bytes(found)
