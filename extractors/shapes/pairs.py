"""Labels on lines of their own, each with one text below it: cards, folds, rows of two cells."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.manuscript import Line, Manuscript
from extractors.model import Development
from extractors.shapes.labels import spells
from extractors.text import has_more_words, is_title_case, opens_quotation

_MAX_LABEL_WORDS = 14
_MAX_LABEL = 120  # characters
_MIN_TEXT_WORDS = 5
_MIN_PAIRS = 2
_STOPS = (".", "!", "?", "…", "”", '"', ")")
_COLON = (":", "：")


def pairs_end(lines: Sequence[Line], rank: int) -> int:
    """Return how many of ``lines`` are labels with a text each, one below the other; 0 if none are.

    Each label ends with a colon, or none does and each is set as a headline is. Numbers of cards
    may stand before them. ``rank`` is that of the section's heading, 0 if it has none: a heading of
    that rank is the next section's.
    """
    if len(lines) < 2 * _MIN_PAIRS or not _may_be_label(_first(lines)):
        return 0  # most sections
    told = [line for line in lines if spells(line.text)]
    if told[0].block.kind == "heading" and told[0].block.level <= rank:
        return 0
    colons = told[0].text.endswith(_COLON)
    pairs = 0
    while 2 * pairs + 1 < len(told):
        label, text = told[2 * pairs : 2 * pairs + 2]
        if label.text.endswith(_COLON) is not colons or not _is_pair(label, text):
            break
        pairs += 1
    if pairs < _MIN_PAIRS:
        return 0
    rest = told[2 * pairs :]
    # one text a label: where prose goes on below, the labels may be its subheadings
    if rest and not (colons and rest[0].block.kind != "item"):
        return 0
    return len(lines) if not rest else lines.index(rest[0])


def read_pairs(manuscript: Manuscript, lines: Sequence[Line]) -> list[Development]:
    """Read ``lines`` as labels with a text each: see :func:`pairs_end`."""
    told = [line for line in lines if spells(line.text)]
    return [
        Development(
            label.printed(0, len(label.text.rstrip(": ："))),
            manuscript.printed(text.start, text.end),
        )
        for label, text in zip(told[::2], told[1::2], strict=True)
    ]


def _first(lines: Sequence[Line]) -> Line:
    return lines[1] if not spells(lines[0].text) else lines[0]


def _is_pair(label: Line, text: Line) -> bool:
    if not _may_be_label(label) or text.block.kind == "heading":
        return False
    return text.text.endswith(_STOPS) and has_more_words(text.text, _MIN_TEXT_WORDS)


def _may_be_label(line: Line) -> bool:
    text = line.text
    if len(text) > _MAX_LABEL or text.endswith(_STOPS[:-1]) or "\n" in text:
        return False
    if has_more_words(text, _MAX_LABEL_WORDS) or opens_quotation(text) or not spells(text):
        return False
    return is_title_case(text) or (text.endswith(_COLON) and text[:1] not in "‘'(")
