"""Pages of two columns: their lines in the order of reading, each column a part of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extractors.model import Anchor
from extractors.readers.pdf.lines import Gap, PageLines, PdfLine, with_soft_hyphen

_LEAST = 5  # lines of each column: fewer are a table, or an address beside another
_LENGTH = 20  # characters that half of a column's lines have at least: cells of tables have fewer
_MIDDLE = (0.3, 0.7)  # of the text's width: where the second column begins
_CELLS = 20  # of a row, among which one stands right below that of another row
_SLACK = 3.0  # points by which edges differ


def in_parts(page: PageLines) -> list[PageLines]:
    """Return ``page`` as parts in the order of reading: the page itself, if it has no columns.

    Lines that go over both columns part what stands above them from what stands below.
    """
    lines = list(page.lines)
    edge = _edge(lines)
    if edge is None:
        lines = [half for line in lines for half in _halves(line)]
        edge = _edge(lines)
    if edge is None:
        return [page]
    parts = []
    for band in _bands(lines, edge):
        left = [line for line in band if line.left < edge - _SLACK]
        right = [line for line in band if line.left >= edge - _SLACK]
        parts += [PageLines(tuple(part), page.height) for part in (left, right) if part]
    return parts


def _edge(lines: Sequence[PdfLine]) -> float | None:
    """Return where the second of two columns begins, None if there are no two."""
    if len(lines) < 2 * _LEAST:
        return None
    start, end = min(line.left for line in lines), max(line.right for line in lines)
    least, most = (start + share * (end - start) for share in _MIDDLE)
    lefts = Counter(round(line.left) for line in lines if least < line.left < most)
    if not lefts or (often := lefts.most_common(1)[0])[1] < _LEAST:
        return None
    edge = float(often[0])
    right = [line for line in lines if line.left >= edge - _SLACK]
    top, bottom = max(line.base for line in right), min(line.base for line in right)
    beside = [ln for ln in lines if ln.left < edge - _SLACK and bottom <= ln.base <= top]
    left = [line for line in beside if line.right < edge]
    long = all(median(len(line.text) for line in side) >= _LENGTH for side in (left, right) if side)
    return edge if len(left) >= _LEAST and len(left) > len(beside) * 0.8 and long else None


def _bands(lines: Sequence[PdfLine], edge: float) -> Iterator[list[PdfLine]]:
    """Yield the lines between those that go over both columns, and these in their places.

    What stands above the second column goes over both, however short it is.
    """
    ordered = sorted(lines, key=lambda line: -line.base)
    top = max(line.base for line in lines if line.left >= edge - _SLACK) + _SLACK
    band: list[PdfLine] = []
    wide = False
    for line in ordered:
        over = line.left < edge - _SLACK and (line.right >= edge or line.base > top)
        if over is not wide and band:
            yield band
            band = []
        wide = over
        band.append(line)
    if band:
        yield band


def _halves(line: PdfLine) -> Iterator[PdfLine]:
    """Yield the two parts of a line that has one wide gap in it; other lines as they are."""
    if len(line.gaps) != 1:
        yield line
        return
    yield from split(line)


def table_rows(lines: Sequence[PdfLine]) -> set[int]:
    """Return the ids (``id()``) of lines that are rows of a table: cells stand below cells."""
    rows: set[int] = set()
    for above, below in pairwise(lines):
        starts = [gap.right for gap in above.gaps[:_CELLS]]
        if any(abs(g.right - start) <= _SLACK for g in below.gaps[:_CELLS] for start in starts):
            rows |= {id(above), id(below)}
    return rows


def split(line: PdfLine) -> Iterator[PdfLine]:
    """Yield the parts of ``line`` between its wide gaps."""
    start, left = 0, line.left
    for gap in (*line.gaps, Gap(len(line.text), line.right, line.right)):
        text = line.text[start : gap.at].rstrip()
        if gap.at < len(line.text):
            text = with_soft_hyphen(text)
        yield replace(
            line,
            text=text,
            left=left,
            right=gap.left,
            bold=max(0, min(line.bold, gap.at) - start),
            anchors=tuple(
                Anchor(max(a.start - start, 0), min(a.end - start, len(text)), a.url)
                for a in line.anchors
                if a.start < gap.at and a.end > start
            ),
            gaps=(),
        )
        start, left = gap.at + 1, gap.right
