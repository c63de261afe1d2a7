"""Running heads and feet of printed pages, left among the words: "Harbor Watch | 2"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.model import Block
from extractors.text import fold

_MAX = 140  # characters
_NUMBERED = re.compile(
    r"(?P<head>.{6,}?)\s*(?:[|·•]\s*(?:page\s+|p\.\s?)?|\bpage\s+|\bp\.\s?)"
    r"\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?",
    re.I,
)


def tell_running(blocks: Sequence[Block], told: list[bool]) -> None:
    """Tell lines with a page's number whose words stand on the page before, or alone above."""
    heads = {
        at: head
        for at, block in enumerate(blocks)
        if block.text[-1:].isdigit() and (head := _head(block))
    }
    if not heads:
        return  # most documents
    alone = {fold(block.text) for block in blocks if len(block.text) <= _MAX}
    times = Counter(heads.values())
    for at, head in heads.items():
        told[at] = told[at] or head in alone or times[head] > 1


def _head(block: Block) -> str | None:
    text = block.text
    m = _NUMBERED.fullmatch(text) if len(text) <= _MAX else None
    return fold(m["head"]) if m is not None else None
