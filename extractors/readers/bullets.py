"""Bullets, numbers and letters in blocks of their own: what stands behind each is an item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.model import Block
from extractors.readers.blocks import BULLET

_BEHIND_BULLET = ("paragraph", "cell")
_MAX_LONE = 4  # characters of a number, or a letter, in a block of its own
_MAX_APART = 5  # blocks
_MIN_TOLD = 40  # characters of the text beside one


def behind_bullets(blocks: Sequence[Block]) -> Iterator[Block]:
    """Make items of the blocks behind bullets that stand alone, as in a cell of their own.

    So it is with numbers from 1 on, and with the letters that a page's font shows as bullets; these
    are marginal then, but bullets are nothing.
    """
    marks = _lone_marks(blocks)
    bullet = False
    for at, (block, below) in enumerate(pairwise((*blocks, None))):
        assert block is not None
        lone = below is not None and below.kind in _BEHIND_BULLET and _is_bullet(block)
        if at in marks:
            yield block._replace(kind="paragraph", level=0, marginal=True)
        elif not lone:
            yield block._replace(kind="item", level=1) if bullet else block
        bullet = lone or at in marks


def _is_bullet(block: Block) -> bool:
    return len(block.text) == 1 and BULLET.match(block.text) is not None


def _lone_marks(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the places of numbers that count up, or of one letter again and again.

    Each stands alone above one block of text; the first that does not ends the list.
    """
    short = [at for at, block in enumerate(blocks) if len(block.text) <= _MAX_LONE]
    found: set[int] = set()
    first = 0
    while first < len(short):
        run = [short[first]]
        own = _lone_mark(blocks[short[first]].text, 1)
        for nth in range(first + 1, len(short)):
            at = short[nth]
            if own is None or at - run[-1] > _MAX_APART or at - run[-1] < 2:
                break
            if _lone_mark(blocks[at].text, len(run) + 1) != own:
                break
            run.append(at)
        if len(run) > 1 and all(_tells(blocks, at) for at in run):
            found.update(run)
        first += len(run)
    return frozenset(found)


def _lone_mark(text: str, number: int) -> str | None:
    """Return "#" for the ``number``, a letter or dash for itself, None for what is no mark."""
    bare = text.strip("().# ")
    if bare.isdecimal():
        return "#" if int(bare) == number else None
    return text if len(text) == 1 and (text.isupper() or text in "–—") else None


def _tells(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block of text stands below a mark."""
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    plain = below is not None and below.kind in ("paragraph", "cell", "item")
    return plain and below is not None and len(below.text) >= _MIN_TOLD and " " in below.text
