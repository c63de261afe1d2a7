"""A document's blocks laid out as one text, so that every value can point into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.model import BLOCK_SEPARATOR, Block, BlockKind, PlacedBlock, Printed, Section


@dataclass(slots=True)
class Line:
    """A block at its place in the text; ``section`` is settled while the brief is understood."""

    block: Block
    start: int
    section: Section = "other"
    heads: bool = False  # a paragraph by its markup, a heading by what it does

    @property
    def text(self) -> str:
        return self.block.text

    @property
    def kind(self) -> BlockKind:
        return "heading" if self.heads else self.block.kind

    @property
    def end(self) -> int:
        return self.start + len(self.block.text)

    def printed(self, start: int, end: int) -> Printed:
        """Return the slice ``[start, end)`` of this line, trimmed, with its place in the text."""
        raw = self.block.text[start:end]
        begin = self.start + start + len(raw) - len(raw.lstrip())
        value = raw.strip()
        return Printed(value, begin, begin + len(value))


class Manuscript:
    """The text of a brief and its lines, in order; lines point into the text."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.lines: list[Line] = []
        at = 0
        for block in blocks:
            self.lines.append(Line(block, at))
            at += len(block.text) + len(BLOCK_SEPARATOR)
        self.text = BLOCK_SEPARATOR.join(line.text for line in self.lines)

    def printed(self, start: int, end: int) -> Printed:
        """Return the slice ``[start, end)`` of the text, trimmed; it may cross lines."""
        raw = self.text[start:end]
        begin = start + len(raw) - len(raw.lstrip())
        value = raw.strip()
        return Printed(value, begin, begin + len(value))

    def placed(self) -> tuple[PlacedBlock, ...]:
        return tuple(
            PlacedBlock(line.section, line.kind, line.start, line.end) for line in self.lines
        )
