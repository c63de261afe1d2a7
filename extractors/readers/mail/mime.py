"""MIME messages, which both e-mail and saved pages are: parsed within bounds, parts decoded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32

from extractors.mojibake import repair
from extractors.readers.encoding import decode
from extractors.readers.errors import Unreadable
from extractors.text import clean, collapse

_MAX_PARTS = 2_000
_MAX_NESTED = 60  # the parser asks every level above for each line
_MAX_PARAMETERS = 5_000  # characters of one Content-... header; the parser is quadratic in them
_MAX_HEADER = 2_000

_DELIMITER = re.compile(rb"^--[^\s-]", re.M)
_NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.I | re.M)
_LONG = re.compile(
    rb"^(?:content-[a-z-]{1,40}|mime-version):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*", re.I | re.M
)


def parse(body: bytes) -> Message:
    """Parse a message; raises :class:`Unreadable` for what no mail program writes."""
    if sum(1 for _ in _DELIMITER.finditer(body)) > 2 * _MAX_PARTS:
        raise _too_much(f"it has more than {_MAX_PARTS:,} parts")
    if sum(1 for _ in _NESTING.finditer(body)) > _MAX_NESTED:
        raise _too_much(f"its parts are nested more than {_MAX_NESTED} deep")
    if any(m.end() - m.start() > _MAX_PARAMETERS for m in _LONG.finditer(body)):
        raise _too_much("a header of it is longer than a page")
    # compat32 hands headers out unparsed; the newer policies fail on, or hang over, hostile ones
    return message_from_bytes(body, policy=compat32)


def _too_much(what: str) -> Unreadable:
    return Unreadable("too-large", f"the message can't be read: {what}; no mail program writes so")


def leaves(message: Message) -> Iterator[Message]:
    """Yield the parts that hold content, in order; forwarded messages count as one."""
    stack = [message]
    while stack:
        part = stack.pop()
        payload = part.get_payload() if part.is_multipart() else None  # text may not decode
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            stack.extend(reversed([p for p in payload if isinstance(p, Message)]))
        else:
            yield part


def header(message: Message, name: str) -> str:
    """Return a header as it reads, "" where it is missing; what is beyond a page is cut off."""
    # asked for by its name, a header with bytes beyond ASCII has lost them
    found = (str(v) for key, v in message.raw_items() if key.lower() == name.lower())
    raw = decode(next(found, "")[:_MAX_HEADER].encode("utf-8", "surrogateescape"))
    try:
        pieces = [
            piece if isinstance(piece, str) else decode(piece, f"charset={charset or 'utf-8'}")
            for piece, charset in decode_header(raw)
        ]
    except (MessageError, ValueError, LookupError):  # base64 that is none
        pieces = [raw]
    return collapse(clean(repair("".join(pieces))))


def content(part: Message) -> str:
    """Return the characters of a text part."""
    return repair(decode(payload(part), str(part.get("Content-Type", ""))))


def payload(part: Message) -> bytes:
    """Return the bytes of a part, its transfer encoding undone; b"" if there are none."""
    try:
        raw = part.get_payload(decode=True)
    except (MessageError, ValueError, LookupError):
        return b""
    return raw if isinstance(raw, bytes) else b""


def filename(part: Message) -> str:
    """Return the name that a part has as a file, "" if it has none."""
    try:
        return collapse(clean(part.get_filename() or ""))[:200]
    except (MessageError, ValueError, LookupError, TypeError):
        return ""
