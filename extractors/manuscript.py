"""A document's blocks laid out as one text, so that every value can point into it."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.model import BLOCK_SEPARATOR, Block, BlockKind, PlacedBlock, Printed, Section


class Line:
    """A block at its place in the text; ``section`` is settled while the brief is understood."""

    __slots__ = ("block", "end", "heads", "section", "start", "text")

    def __init__(self, block: Block, start: int) -> None:
        self.block = block
        self.text = block.text
        self.start = start
        self.end = start + len(self.text)
        self.section: Section = "other"
        self.heads = False  # a paragraph by its markup, a heading by what it does

    @property
    def kind(self) -> BlockKind:
        return "heading" if self.heads else self.block.kind

    def printed(self, start: int, end: int) -> Printed:
        """Return the slice ``[start, end)`` of this line, trimmed, with its place in the text."""
        return _trimmed(self.text[start:end], self.start + start)


class Manuscript:
    """The text of a brief and its lines, in order; lines point into the text."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.lines: list[Line] = []
        at = 0
        for block in blocks:
            line = Line(block, at)
            self.lines.append(line)
            at = line.end + len(BLOCK_SEPARATOR)
        self.text = BLOCK_SEPARATOR.join(line.text for line in self.lines)

    def printed(self, start: int, end: int) -> Printed:
        """Return the slice ``[start, end)`` of the text, trimmed; it may cross lines."""
        return _trimmed(self.text[start:end], start)

    def placed(self) -> tuple[PlacedBlock, ...]:
        return tuple(
            [
                PlacedBlock._make((line.section, line.kind, line.start, line.end))
                for line in self.lines
            ]
        )


def _trimmed(raw: str, start: int) -> Printed:
    value = raw.strip()
    if len(value) != len(raw):
        start += len(raw) - len(raw.lstrip())
    return Printed._make((value, start, start + len(value)))  # in half the time
