"""Mail drops: mbox files and Maildirs, a document a message."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from email import policy
from email.parser import BytesHeaderParser
from typing import IO

from extractors.text import clean
from flows.sources.bounded import MAX_MEMBER

MESSAGE_TYPE = "message/rfc822"

_FROM = re.compile(rb"From \S.*\d{1,2}:\d{2}.*\d{4}.*[\r\n]*|From (?:MAILER-DAEMON|- ).*[\r\n]*")
_QUOTED = re.compile(rb">+From ")
_NAMES = (".mbox", ".mbx")
_OTHERS = (".eml", ".txt", ".html", ".htm", ".md")
_LINE = 1024 * 1024
_HEADERS = 256 * 1024
_PARTS = frozenset(("cur", "new", "tmp"))


def is_mbox(name: str, head: bytes) -> bool:
    """Tell whether a file holds messages in a row: it opens with a line that parts them."""
    if name.lower().endswith(_OTHERS):
        return False
    first = head.partition(b"\n")[0]
    return _FROM.fullmatch(first) is not None or (
        name.lower().endswith(_NAMES) and first.startswith(b"From ")
    )


def is_maildir(folders: Iterable[str]) -> bool:
    """Tell a Maildir by the folders in it: its messages lie in ``cur`` and ``new``."""
    return set(folders) >= _PARTS


def read_mbox(stream: IO[bytes]) -> Iterator[bytes | None]:
    """Yield the messages of an mbox, one after the other; None for one that is too large."""
    message: bytearray | None = None
    begun = blank = False
    while line := stream.readline(_LINE):
        if (blank or not begun) and line.startswith(b"From ") and _parts(line, begun):
            if begun:
                yield _whole(message)
            message, begun = bytearray(), True
        elif message is not None:
            message += line[1:] if _QUOTED.match(line) else line
            if len(message) > MAX_MEMBER:
                message = None
        blank = not line.strip(b"\r\n")
    if begun:
        yield _whole(message)


def _parts(line: bytes, begun: bool) -> bool:
    return not begun or _FROM.fullmatch(line) is not None


def _whole(message: bytearray | None) -> bytes | None:
    if message is None:
        return None
    return bytes(message[:-1] if message.endswith(b"\n\n") else message)


def message_id(body: bytes) -> str:
    """Return a message's Message-ID without brackets; its hash if it has none."""
    end = body[:_HEADERS].find(b"\n\n")
    wide = body[:_HEADERS].find(b"\r\n\r\n")
    ends = [at for at in (end, wide) if at >= 0]
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(
        body[: min(ends, default=_HEADERS)] + b"\n\n"
    )
    found = re.search(
        r"<([^<>\s]{1,250})>|^\s*([^<>\s]{1,250})\s*$", str(headers["Message-ID"] or "")
    )
    if found:
        return clean(found[1] or found[2])
    return hashlib.sha256(body).hexdigest()[:20]
