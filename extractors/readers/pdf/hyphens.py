"""Hyphens at the ends of lines: the typesetter's, which go, and the words' own, which stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.readers.pdf.lines import PdfLine

_HYPHENATED = 0.05  # of the lines: then the file hyphenates; fewer are hyphens of the words' own
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Words:
    """The words of a file: they tell whether a hyphen at a line's end is one of the word's own."""

    def __init__(self, lines: Sequence[PdfLine]) -> None:
        self._known = Counter(w.lower() for line in lines for w in _WORD.findall(line.text))
        ends = sum(line.text.endswith("\u00ad") for line in lines)
        self._hyphenates = ends > _HYPHENATED * len(lines)

    def join(self, above: str, below: str) -> str:
        """Join two lines of one paragraph."""
        if not above:
            return below
        if not above.endswith("\u00ad"):
            return above + ("" if above.endswith("-") and below[:1].isalnum() else " ") + below
        above = above[:-1]
        first, second = _WORD.findall(above)[-1:], _WORD.findall(below)[:1]
        if not first or not second or not below[:1].islower():
            return f"{above}-{below}"
        whole = (first[0] + second[0]).lower()
        parted = f"{first[0]}-{second[0]}".lower()
        own = self._known[parted] > 0 or "-" in second[0]
        drop = self._known[whole] > 0 or (self._hyphenates and not own)
        return above + ("" if drop else "-") + below
