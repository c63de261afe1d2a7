"""Unquoted statements: an expert's share of a piece, and the statements it gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.manuscript import Line
from extractors.model import Statement
from extractors.part import Part
from extractors.shapes.quoted import unwrap
from extractors.shapes.speakers import Speaker
from extractors.text import opens_quotation

MAX_HEADLINE_WORDS = 24


class Share(NamedTuple):
    """One expert's share: its lines ``[begin, end)``, its words, and who says them."""

    begin: int
    end: int
    words: tuple[int, int]
    speakers: tuple[Speaker, ...]
    run_in: int | None = None
    marked: bool = False


def is_headline(line: Line) -> bool:
    """Tell whether a line can head an expert's part: marked as such, or short and no sentence."""
    block = line.block
    if block.kind == "heading":
        return True
    text = block.text
    if "\n" in text or len(text.split()) > MAX_HEADLINE_WORDS:
        return False
    if block.kind == "item":
        return text.endswith("?")  # a numbered question
    if block.kind != "paragraph":
        return False
    if block.bold == len(text):
        return True
    return not text.endswith((".", ",", ";", ":", "…", "”", '"', "’")) and not opens_quotation(text)


def statements_of(part: Part, shares: Sequence[Share]) -> list[Statement]:
    """Make each share's statements: one for each of those who speak with one voice."""
    return [said for share in shares for said in _said(part, share) if _tells(said.quote.text)]


def _tells(text: str) -> bool:
    """Tell whether words are said: one word without a full stop is a name of an account."""
    return " " in text or text.endswith((".", "!", "?", "…"))


def _said(part: Part, share: Share) -> list[Statement]:
    first, last = share.words
    start = part.lines[first].start + (share.run_in or 0)
    words = part.manuscript.printed(start, part.lines[last - 1].end)
    inner = unwrap(words.text)
    if inner is not None and words.start is not None:
        words = part.manuscript.printed(words.start + inner[0], words.start + inner[1])
    return [
        part.found.roles.of(speaker).says(
            part.manuscript, words, part.profile.organisations, is_quotation=inner is not None
        )
        for speaker in share.speakers
    ]
