"""How a PDF's pages are set: the size of the text, the distance of its lines, its right margin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.pdf.lines import PageLines, PdfLine

SAME_SIZE = 0.6  # points
GAP = 1.12  # times the usual distance of two lines: another paragraph
_ENOUGH_ENDS = 3  # of paragraphs, to tell whether a file sets them apart
_APART = 0.9  # of them
_SET_APART = 1.6  # times the size of the text: more than the distance of a paragraph's lines


def is_full(line: PdfLine, below: PdfLine, right: float) -> bool:
    """Tell whether the first word of the line below would not have fitted any more."""
    width = (line.right - line.left) / max(len(line.text), 1)
    word = below.text.split(" ", 1)[0]
    return line.text.endswith("\u00ad") or line.right + width * (len(word) + 1) * 1.05 > right - 1


def leading_of(pages: Sequence[PageLines], body: float) -> float:
    """Return the usual distance of two lines: the smallest that is common, in points."""
    gaps: Counter[float] = Counter()
    for page in pages:
        for a, b in pairwise(page.lines):
            if 0 < a.base - b.base < 3 * a.size and abs(a.size - b.size) <= SAME_SIZE:
                gaps[round(a.base - b.base, 0)] += 1
    if not gaps:
        return 0
    enough = max(gaps.values()) * 0.3
    usual = min(gap for gap, count in gaps.items() if count >= enough)
    if usual > _SET_APART * body:  # a short file of short paragraphs, and this parts them
        return min((gap for gap in gaps if gap >= body), default=usual)
    return usual


def right_margin(page: PageLines, body: float) -> float:
    """Return where the lines of a page end on the right; smaller ones may stand further out."""
    text = [line.right for line in page.lines if line.size > body - SAME_SIZE]
    return max(text or (line.right for line in page.lines), default=0)


def is_spaced(pages: Sequence[PageLines], leading: float, body: float) -> bool:
    """Tell whether the file sets its paragraphs apart: below nearly each of their short ends."""
    apart = ends = 0
    for page in pages:
        right = right_margin(page, body)
        for a, b in pairwise(page.lines):
            gap = a.base - b.base
            same = abs(a.size - b.size) <= SAME_SIZE and gap >= 1
            if same and not is_full(a, b, right):
                ends += 1
                apart += gap > GAP * (leading or 1.3 * b.size) + 0.5
    return ends >= _ENOUGH_ENDS and apart >= _APART * ends


def body_size(lines: Sequence[PdfLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0
