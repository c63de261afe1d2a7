"""The head of a mail: its fields, as they stand above what is forwarded or was pasted as text."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.dates import PRINTED_DATE, parse_metadata
from extractors.model import Stamp

_FIELD = re.compile(r"\*?(from|date|sent|subject|to|cc|reply-to)\s?:\*?\s*(.*)", re.I)
_PRINTED = re.compile(PRINTED_DATE, re.I)
_ENOUGH = 3  # fields, before lines at the top of a text count as a head
_TOP = 2_000  # characters


class Letterhead(NamedTuple):
    """The fields at the top of a text, which goes on at ``end``; "" for one that is not there."""

    end: int
    subject: str
    date: str


def read_field(line: str) -> tuple[str, str] | None:
    """Return the name (in small letters) and the value of a field of a mail's head, or None."""
    found = _FIELD.fullmatch(line.strip())
    return (found[1].lower(), found[2]) if found else None


def read_letterhead(text: str) -> Letterhead | None:
    """Read the head of a mail, or of a memo, that a plain text begins with; None without."""
    if not _FIELD.match(text.lstrip()[:80]):
        return None
    fields: dict[str, str] = {}
    end = 0
    for line in text[:_TOP].splitlines(keepends=True):
        field = read_field(line)
        if field is None and (line.strip() or fields):
            break
        end += len(line)
        if field is not None:
            fields.setdefault(*field)
    if len(fields) < _ENOUGH or "subject" not in fields:
        return None
    return Letterhead(end, fields["subject"], fields.get("date") or fields.get("sent") or "")


def sent_at(date: str) -> Stamp | None:
    """Read a Date field: the sender's day with its offset; one in UTC gives the instant.

    Programs for mail print a day in words where they pass a message on: "Monday, July 21, 2025 at".
    """
    from email.utils import parsedate_to_datetime  # a text seldom needs it

    try:
        return parse_metadata(parsedate_to_datetime(date).isoformat()) if date else None
    except (ValueError, TypeError, OverflowError, IndexError):
        printed = _PRINTED.search(date)
        return parse_metadata(printed[0] if printed else date)
