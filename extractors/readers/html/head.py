"""A page's head line and dateline where they stand above the container of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.dates import PRINTED_DATE
from extractors.model import Block
from extractors.readers.html.metadata import Metadata
from extractors.text import declares, fold

_DATED = re.compile(rf"{PRINTED_DATE}(?P<kind>\s*[|•·]\s*\S.{{0,80}})?", re.I)
_FRONT = 12  # blocks at the start of the text that may repeat what stands above it
_MAX_HEAD = 300  # characters of a title, a dek, a dateline
_NEAR = 3  # blocks between the title and a dateline above it, or the text and one without title


def has_head(blocks: Sequence[Block], metadata: Metadata) -> bool:
    """Tell whether title and date stand within the text already."""
    front = blocks[:_FRONT]
    return _title_at(front, metadata) is not None and any(_dated(block) for block in front)


def head_above(
    above: Sequence[Block], blocks: Sequence[Block], metadata: Metadata
) -> tuple[Block, ...]:
    """Return those of the blocks ``above`` the text that are the brief's own.

    That is its title, a dek below that, and the dateline next to it. A date alone counts only
    below the title: above it the site prints today's.
    """
    inside = {fold(b.text) for b in blocks[:_FRONT] if len(b.text) <= _MAX_HEAD}
    at = _title_at(above, metadata)
    own = []
    for i, block in enumerate(above):
        dated = _dated(block)
        if at is None or i < at:
            anchor = len(above) if at is None else at
            wanted = dated is not None and bool(dated["kind"]) and anchor - i <= _NEAR
        else:
            wanted = i == at or dated is not None or _may_be_dek(block, i - at)
        if wanted and len(block.text) <= _MAX_HEAD and fold(block.text) not in inside:
            own.append(block)
    return tuple(own)


def _title_at(blocks: Sequence[Block], metadata: Metadata) -> int | None:
    """Return the place of the title: the last block the metadata declares, else a lone h1."""
    declared = fold(metadata.title or "")
    named = [i for i, block in enumerate(blocks) if declares(declared, block.text)]
    if named:
        return named[-1]
    first = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.level == 1]
    site = fold(metadata.site or "")
    first = [i for i in first if fold(blocks[i].text) != site]
    return first[0] if len(first) == 1 else None


def _dated(block: Block) -> re.Match[str] | None:
    return _DATED.fullmatch(block.text) if len(block.text) <= 130 else None


def _may_be_dek(block: Block, below: int) -> bool:
    """Tell whether a block below the title is prose of its own: no link, no list item."""
    return below <= 2 and block.kind in ("paragraph", "heading") and not block.anchors
