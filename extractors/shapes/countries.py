"""Names that open an entry: countries that run in, headlines with a line break behind them."""

from __future__ import annotations

import re

from extractors.manuscript import Line
from extractors.text import is_title_case, label_end

MAX_HEADLINE_WORDS = 20
_MAX_COUNTRY_WORDS = 6
_MIN_CAPITALS = 4  # characters: no "UN"
_MAX_BROKEN = 140  # characters of a line that is broken behind it
_ARROWS = " ▲▼△▽►◄▶◀→←↑↓↗↘⬆⬇■●•–—-"
_BEHIND = " :.–—-\n"
_PARTS = re.compile(r"\s*[:.\n]|\s*(?:[–—]|\s-\s)\s*[^\Wa-z]")


def runs_in(line: Line) -> bool:
    """Tell whether a paragraph opens with bold type that ends before it does."""
    return line.block.kind == "paragraph" and 0 < line.block.bold < len(line.text)


def bare_end(text: str, end: int) -> int:
    """Return where a headline ends without the arrow behind it that shows a trend."""
    return len(text[:end].rstrip(_ARROWS)) or end


def unparted_end(line: Line) -> tuple[int, int] | None:
    """Return where a country's name ends that nothing but bold type parts from its text."""
    if not runs_in(line):
        return None
    text, bold = line.text, line.block.bold
    name = text[:bold].rstrip()
    begin = len(text) - len(text[bold:].lstrip())
    words = name.split()
    small = sum(not any(map(str.isupper, word)) for word in words)  # "Trinidad and Tobago"
    if len(words) > _MAX_COUNTRY_WORDS - 2 or small * 3 > len(words) or not name[:1].isupper():
        return None
    return (len(name), begin) if text[begin : begin + 1].isupper() else None


def country_end(line: Line, *, below: bool = False) -> tuple[int, int] | None:
    """Return where a short label ends that opens a paragraph, and where its text begins.

    A colon or the line's end ends it ("Malaysia: ..."); a dash or a full stop does where the page
    marks the label, and nothing need do so where it stands in capitals too. The items of a list
    have one if no headline is ``below`` which they stand.
    """
    text, bold = line.text, line.block.bold
    if line.block.kind != "paragraph" and (line.block.kind != "item" or below):
        return None
    at = label_end(text)
    marked = len(text[:bold].rstrip(_BEHIND))
    if marked and bold < len(text) and (_PARTS.match(text, marked) or _shouts(text, marked)):
        at = marked
    elif not marked and (broken := text.find("\n", 0, _MAX_BROKEN)) > 0:
        at = len(text[:broken].rstrip(_BEHIND)) if text[broken - 1] not in ".!?" else at
    label = text[:at] if at is not None else ""
    most = _MAX_COUNTRY_WORDS if at is None or text[at : at + 1] != "\n" else MAX_HEADLINE_WORDS
    if at is None or not 1 <= len(label.split()) <= most:
        return None
    if not is_title_case(label) and not (at == marked and label[0].isupper()):
        return None
    begin = len(text) - len(text[at:].lstrip(_BEHIND))
    return (at, begin) if begin < len(text) else None


def _shouts(text: str, end: int) -> bool:
    """Tell whether a label of ``end`` characters stands in capitals, and a sentence behind it."""
    return end >= _MIN_CAPITALS and text[:end].isupper() and text[end:].lstrip()[:1].isupper()
