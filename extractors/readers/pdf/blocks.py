"""The lines of a PDF's pages joined to paragraphs, items and headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.model import Anchor, Block, BlockKind
from extractors.readers.pdf.columns import in_parts, split, table_rows
from extractors.readers.pdf.hyphens import Words
from extractors.readers.pdf.lines import PageLines, PdfLine
from extractors.readers.pdf.measures import (
    GAP,
    SAME_SIZE,
    body_size,
    is_full,
    is_spaced,
    leading_of,
    right_margin,
)
from extractors.readers.pdf.running import running_lines
from extractors.readers.text import BULLET, NUMBER
from extractors.readers.wrapped import opens_paragraph
from extractors.text import opens_quotation, stays_open

_LARGER = 1.15  # times the size of the text: a heading
_RANKS = 4  # sizes of headings that are told apart
_CLOSE = 1.4  # times the size of a heading: its next line, though a word more would have fitted
_LARGE_GAP = 1.5  # times the size of a heading: its next line is no further away
_STOP = re.compile(r"[.!?…:]['\"’”)\]]*$")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?…:]['\"’”)\]]*$|[”\"]$")


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while its lines come in."""

    lines: list[PdfLine]
    item: int = 0
    right: float = 0  # where the lines of its page or column end
    cell: bool = False


def blocks_of(pages: Sequence[PageLines]) -> list[Block]:
    """Join the lines of all pages to blocks.

    No line is lost: running ones come last, as marginal blocks, so that none stands within what
    somebody says over two pages.
    """
    lines = [line for page in pages for line in page.lines]
    words = Words(lines)
    body = body_size(lines)
    running = running_lines(pages, body)
    parts = [part for page in pages for part in in_parts(_own(page, running))]
    leading = leading_of(parts, body)
    spaced = is_spaced(parts, leading, body)
    paragraphs: list[_Paragraph] = []
    indents: list[float] = []
    for part in parts:
        right = right_margin(part, body)
        rows = table_rows(part.lines)
        for i, line in enumerate(part.lines):
            if id(line) in rows:
                paragraphs += [_Paragraph([cell], cell=True) for cell in split(line)]
                continue
            last = paragraphs[-1] if paragraphs else None
            below = part.lines[i + 1] if i + 1 < len(part.lines) else None
            if last is None or last.cell:
                goes_on = False
            elif line.size > _LARGER * body:
                goes_on = i > 0 and _heading_goes_on(last.lines[-1], line, right)
            else:
                goes_on = _goes_on(last, line, below, right, leading, turned=i == 0, spaced=spaced)
            if last is not None and goes_on:
                last.lines.append(line)
                last.right = right
            else:
                paragraphs.append(_Paragraph([line], _item_level(line, indents), right))
    ranks = _ranks(paragraphs, body)
    return [
        *(_block(paragraph, ranks, words) for paragraph in paragraphs),
        *(_running(line) for line in lines if id(line) in running),
    ]


def _own(page: PageLines, running: set[int]) -> PageLines:
    return replace(page, lines=tuple(line for line in page.lines if id(line) not in running))


def _running(line: PdfLine) -> Block:
    text = line.text.replace("\u00ad", "-")
    return Block("paragraph", text, anchors=line.anchors, marginal=True)


def _block(paragraph: _Paragraph, ranks: dict[float, int], words: Words) -> Block:
    text, anchors, bold = "", list[Anchor](), 0
    opens_bold = True
    for line in paragraph.lines:
        text = words.join(text, line.text)
        start = len(text) - len(line.text.rstrip("\u00ad"))
        if line.text.endswith("\u00ad"):
            text, start = text[:-1] + "\u00ad", start - 1
        anchors += [Anchor(a.start + start, a.end + start, a.url) for a in line.anchors]
        if opens_bold and line.bold:
            bold = start + line.bold
        opens_bold = opens_bold and line.bold >= len(line.text)
    text = text.replace("\u00ad", "-")
    cut = 0
    if paragraph.item and (bullet := BULLET.match(text) or NUMBER.match(text)):
        cut = bullet.end()
    text = text[cut:]
    anchors = [
        Anchor(max(a.start - cut, 0), min(a.end - cut, len(text)), a.url)
        for a in anchors
        if a.end > cut and a.start - cut < len(text)
    ]
    rank = ranks.get(paragraph.lines[0].size, 0)
    kind: BlockKind = "item" if paragraph.item else "heading" if rank else "paragraph"
    if paragraph.cell:
        kind = "cell"
    level = paragraph.item or rank
    return Block(kind, text, level, _merged(anchors), min(max(bold - cut, 0), len(text)))


def _merged(anchors: list[Anchor]) -> tuple[Anchor, ...]:
    """Join the parts of a link that is broken over lines."""
    merged: list[Anchor] = []
    for anchor in anchors:
        if merged and merged[-1].url == anchor.url and anchor.start - merged[-1].end <= 1:
            merged[-1] = merged[-1]._replace(end=anchor.end)
        else:
            merged.append(anchor)
    return tuple(merged)


def _heading_goes_on(last: PdfLine, line: PdfLine, right: float) -> bool:
    """Tell whether a line set large is the next one of the heading above it."""
    gap = last.base - line.base
    if abs(line.size - last.size) > SAME_SIZE or gap > _LARGE_GAP * line.size:
        return False
    open_end = line.text[:1].islower() or last.text.endswith((",", "—", "–", "-"))
    close = 0 < gap <= _CLOSE * line.size and not _SENTENCE_END.search(last.text)
    return abs(gap) < 1 or open_end or close or is_full(last, line, right)


def _goes_on(
    paragraph: _Paragraph,
    line: PdfLine,
    below: PdfLine | None,
    right: float,
    leading: float,
    *,
    turned: bool,
    spaced: bool,
) -> bool:
    """Tell whether ``line`` belongs to the paragraph above it; ``turned`` if it begins a page.

    ``spaced`` says that more than a line's distance parts the paragraphs of this file.
    """
    last = paragraph.lines[-1]
    if BULLET.match(line.text) or abs(line.size - last.size) > SAME_SIZE:
        return False
    ended = _SENTENCE_END.search(last.text) is not None
    if ended and NUMBER.match(line.text):
        return False
    gap = last.base - line.base
    if not turned:
        if abs(gap) < 1:
            return True  # one line that the file sets in parts
        if not 0 < gap <= GAP * (leading or 1.3 * line.size) + 0.5:
            return False
    if line.text[:1].islower() and not _STOP.search(last.text):
        return True
    if spaced and not turned and not ended:
        return True
    if not is_full(last, line, paragraph.right if turned else right):
        return False
    above = " ".join(part.text for part in paragraph.lines)
    if turned and ended:
        # a quotation still open repeats its mark where a paragraph of it begins
        return stays_open(above, was_open=False) and not opens_quotation(line.text)
    if spaced and not turned:
        return True
    alone = below is None or not is_full(line, below, right)
    return not opens_paragraph(above, line.text, alone=alone, width=len(last.text))


def _ranks(paragraphs: Sequence[_Paragraph], body: float) -> dict[float, int]:
    """Return the rank of each size that headings are set in, the largest first."""
    sizes = {p.lines[0].size for p in paragraphs if p.lines[0].size > _LARGER * body}
    return {size: min(n, _RANKS) for n, size in enumerate(sorted(sizes, reverse=True), 1)}


def _item_level(line: PdfLine, indents: list[float]) -> int:
    """Return the depth of an item, from 1, by how far its bullet is indented; 0 for others."""
    if not BULLET.match(line.text):
        return 0
    for level, indent in enumerate(indents, 1):
        if abs(indent - line.left) < 5:
            return level
    indents.append(line.left)
    indents.sort()
    return indents.index(line.left) + 1
