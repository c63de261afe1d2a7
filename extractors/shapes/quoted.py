"""Whole statements in quotation marks: of one paragraph or several, “double” or ‘single’."""

from __future__ import annotations

import re

_PAIRS = {"“": "”", "‘": "’", '"': '"'}
_SINGLE_END = re.compile(r"’(?![\w])")


def unwrap(text: str) -> tuple[int, int] | None:
    """Return the span of ``text`` inside the quotation marks around all of it.

    None if there are none, or if the first mark only opens some words: ‘Tolls’ are ...
    """
    closing = _PAIRS.get(text[:1])
    if closing is None or len(text) < 2 or not text.endswith(closing):
        return None
    first = text.partition("\n")[0]
    inner = first[1:-1] if first == text else first[1:]
    if _closes(inner, text[0], closing) or _stays_open(text[1:-1], text[0], closing):
        return None
    return 1, len(text) - 1


def _closes(text: str, opening: str, closing: str) -> bool:
    """Tell whether a quotation that is open before ``text`` ends within it."""
    if opening == '"':
        return text.count('"') % 2 == 1
    depth = 1
    for at, char in enumerate(text):
        if char == opening:
            depth += 1
        elif char == closing and not _is_apostrophe(text, at):
            depth -= 1
            if depth == 0:
                return True
    return False


def _stays_open(text: str, opening: str, closing: str) -> bool:
    """Tell whether the last mark behind ``text`` closes a quotation that opens within it."""
    last = text.rpartition("\n")[2].removeprefix(opening)
    if opening == closing:
        return False
    closed = sum(char == closing and not _is_apostrophe(last, at) for at, char in enumerate(last))
    return last.count(opening) > closed


def _is_apostrophe(text: str, at: int) -> bool:
    """Tell whether the mark at ``at`` belongs to a word: don’t, the members’ vote."""
    if text[at] != "’":
        return False
    if _SINGLE_END.match(text, at) is None:
        return True
    return text[at - 1 : at] == "s" and "‘" not in text[max(0, at - 60) : at]
