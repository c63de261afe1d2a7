"""Emphasis that was typed, as in messages: *Key Points*, **Label:** text, _Senior Fellow_."""

from __future__ import annotations

import re
from collections.abc import Sequence

_STARS = re.compile(r"(?<![\w*])(\*{1,3})(?![\s*])([^*\n]*[^*\s])\1(?![\w*])")
_LOW = re.compile(r"(?<![\w_/])(_{1,2})(?![\s_])([^_\n]*[^_\s])\1(?![\w_/])")
_OPENS = re.compile(r"[^\w*]{0,4}\*{1,3}[^\s*]")
_MIN = 2  # lines that open with it, before asterisks are no footnotes' marks


def is_emphasised(lines: Sequence[str]) -> bool:
    """Tell whether asterisks stand around what lines of a text open with."""
    starred = [line for line in lines if line.count("*") > 1]  # in most texts none
    return sum(_opens(line) for line in starred) >= _MIN


def plain(text: str) -> tuple[str, int]:
    """Return ``text`` without its marks, and how many characters it opens with are emphasised."""
    m = _STARS.match(text)
    bold = len(m[2]) if m else 0
    if "*" in text:
        text = _STARS.sub(r"\2", text)
    if "_" in text:
        text = _LOW.sub(r"\2", text)
    return text, bold


def _opens(line: str) -> bool:
    m = _OPENS.match(line)
    return m is not None and _STARS.search(line, m.start()) is not None
