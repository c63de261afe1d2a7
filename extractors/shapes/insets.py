"""What a page sets between the items of one list: captions, figures, words set large."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.manuscript import Line
from extractors.prose import is_subheading
from extractors.text import has_more_words

_MAX_RUN = 8  # lines between two items
_MAX_CAPTION, _MAX_QUOTED, _MAX_FIGURE = 25, 15, 8  # words
_STOPS = (".", "!", "?", "…", "”", ")")


def without_insets(lines: Sequence[Line]) -> Sequence[Line]:
    """Put into ``context`` what stands between two items and is no text; return the others.

    That is no heading, and no sentence: prose below a list is the piece itself. The items around
    it end alike: another list, of words below one of sentences, is its own.
    """
    items = [at for at, line in enumerate(lines) if line.block.kind == "item"]
    if len(items) < 2 or items[-1] - items[0] == len(items) - 1:
        return lines  # most lists: nothing parts them
    dropped: set[int] = set()
    for above, below in pairwise(items):
        between = lines[above + 1 : below]
        if (
            0 < len(between) <= _MAX_RUN
            and lines[above].text.endswith(_STOPS) == lines[below].text.endswith(_STOPS)
            and all(map(_is_inset, between))
        ):
            dropped.update(range(above + 1, below))
    for at in dropped:
        lines[at].section = "context"
    return [line for at, line in enumerate(lines) if at not in dropped] if dropped else lines


def _is_inset(line: Line) -> bool:
    block = line.block
    text = block.text
    if block.level and block.kind == "paragraph":
        return False  # it goes on in the item
    if not has_more_words(text, _MAX_FIGURE) and _is_figure(text):
        return True
    if text.endswith((*_STOPS, ":", ";", ",")) and block.kind != "quotation":
        return False
    if block.kind in ("cell", "quotation"):
        return not has_more_words(text, _MAX_QUOTED)
    if block.kind != "paragraph" or is_subheading(line) or block.bold:
        return False
    return not has_more_words(text, _MAX_CAPTION)


def _is_figure(text: str) -> bool:
    """Tell whether a line is figures more than words: "71,000 14 12,700"."""
    letters = sum(map(str.isalpha, text))
    return sum(map(str.isdigit, text)) > letters
