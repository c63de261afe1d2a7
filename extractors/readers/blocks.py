"""Building blocks one piece of text at a time, with white space folded as it comes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.model import Anchor, Block, BlockKind
from extractors.text import clean

_GLYPHS = "[•●▪■◦‣∙·⁃►▶➤➢❖◆♦→✓✔➔➜\uf0b7\uf0a7\uf0d8]"
BULLET = re.compile(_GLYPHS)
_TYPED_BULLET = re.compile(rf"(?:{_GLYPHS}\s*|[-*] )(?=\S)")
_TYPED_NUMBER = re.compile(r"\(?(\d{1,2})[.)]\.?\s+(?=\S)")
_MARK = re.compile(rf"{_GLYPHS}|[-*–—]|\(?\d{{1,2}}[.)]\.?")  # typed before an item
_MAX_MARK = 5


def part_typed_bullets(block: Block) -> Iterator[Block]:
    """Part a block in which bullets are typed: each of its lines is a block, bullets are items.

    Lines that are numbered from 1 on are paragraphs: what the numbers are, their section tells.
    """
    text = block.text
    lines = text.split("\n") if "\n" in text else (text,)
    typed = block.kind != "heading" and any(_TYPED_BULLET.match(line) for line in lines)
    if not typed and not (len(lines) > 1 and block.kind == "paragraph" and _count_up(lines)):
        yield block
        return
    begin = 0
    for line in lines:
        end = begin + len(line)
        bullet = _TYPED_BULLET.match(line)
        part = block_part(block, begin + bullet.end() if bullet else begin, end)
        yield part._replace(kind="item", level=max(block.level, 1)) if bullet else part
        begin = end + 1


def _count_up(lines: Sequence[str]) -> bool:
    numbers = [int(m[1]) for line in lines if (m := _TYPED_NUMBER.match(line))]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _is_mark(text: str) -> bool:
    return len(text) <= _MAX_MARK and _MARK.fullmatch(text) is not None


def block_part(block: Block, begin: int, end: int) -> Block:
    """Return the slice ``[begin, end)`` of a block as a block of its own."""
    return block._replace(
        text=block.text[begin:end],
        anchors=tuple(
            Anchor(max(a.start, begin) - begin, min(a.end, end) - begin, a.url)
            for a in block.anchors
            if a.start < end and a.end > begin
        ),
        bold=max(min(block.bold, end) - begin, 0),
    )


class BlockBuilder:
    """Collects text, breaks and anchors into :class:`Block` values.

    ``text`` may come in any pieces: white space is folded across them, and offsets of anchors and
    of the opening emphasised run are those of the folded text.
    """

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._size = 0
        self._space = False  # white space seen, to be written before the next word
        self._breaks = 0
        self._anchors: list[Anchor] = []
        self._anchor: tuple[int, int, str] | None = None  # its place, its first part, its address
        self._bold: int | None = None  # None: may still open with emphasis

    def text(self, raw: str, bold: bool = False) -> None:
        if "  " in raw or not raw.isprintable():
            raw = clean(raw)
            words = " ".join(raw.split())
        else:  # most: nothing to clean or to fold
            words = raw.strip(" ")
        if not words:
            self._space = self._space or bool(raw)
            return
        parts = self._parts
        if parts:
            if self._breaks:
                parts.append("\n")
                self._size += 1
            elif self._space or raw[0].isspace():
                parts.append(" ")
                self._size += 1
        self._breaks = 0
        if self._bold is None and not bold and (parts or not _is_mark(words)):
            self._bold = len("".join(parts).rstrip()) if parts else 0
        parts.append(words)
        self._size += len(words)
        self._space = raw[-1].isspace()

    def line_break(self) -> None:
        self._breaks += 1

    @property
    def breaks(self) -> int:
        """How many line breaks stand since the last word."""
        return self._breaks if self._parts else 0

    def open_anchor(self, url: str) -> None:
        self.close_anchor()
        self._anchor = (self._size, len(self._parts), url)

    def close_anchor(self) -> None:
        if self._anchor is None:
            return
        start, first, url = self._anchor
        self._anchor = None
        text = "".join(self._parts[first:])
        if inner := text.lstrip():
            end = start + len(text)
            self._anchors.append(Anchor._make((end - len(inner), end, url)))

    def end(self, kind: BlockKind, level: int = 0, *, marginal: bool = False) -> bool:
        """End the block, if it has any text; an open anchor goes on in the next block."""
        if not self._parts and self._anchor is None:
            self._space, self._breaks = False, 0
            return False
        reopen = self._anchor[2] if self._anchor else None
        self.close_anchor()
        parts = self._parts
        text = "".join(parts) if len(parts) != 1 else parts[0]
        if text:
            bold = len(text) if self._bold is None else self._bold
            if bold and _is_mark(text[:bold].rstrip()):
                bold = 0
            anchors = tuple(self._anchors)
            self.blocks.append(Block._make((kind, text, level, anchors, bold, marginal)))
        self._parts, self._anchors, self._size = [], [], 0
        self._space, self._breaks, self._bold = False, 0, None
        if reopen is not None:
            self._anchor = (0, 0, reopen)
        return bool(text)
