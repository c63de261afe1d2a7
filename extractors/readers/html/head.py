"""A page's head line and dateline where they stand above the container of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.dates import PRINTED_DATE
from extractors.model import Block
from extractors.readers.html.metadata import Metadata
from extractors.text import declares, fold

_DATED = re.compile(rf"{PRINTED_DATE}(?P<kind>\s*[|•·]\s*\S.{{0,80}})?", re.I)
_DAY_AND_KIND = re.compile(r"\d{4}[|•·]")  # in what has no white space: ends a printed day
_SITE_BEHIND = re.compile(r"\s+[-|·:»]\s")  # the shortest title that ``declares`` takes ends here
_FRONT = 12  # blocks at the start of the text that may repeat what stands above it
_MAX_HEAD = 300  # characters of a title, a dek, a dateline
_NEAR = 3  # blocks between the title and a dateline above it, or the text and one without title


def has_head(blocks: Sequence[Block], metadata: Metadata) -> bool:
    """Tell whether title and date stand within the text already."""
    front = blocks[:_FRONT]
    return _title_at(front, metadata) is not None and any(_dated(block) for block in front)


def has_title(blocks: Sequence[Block], metadata: Metadata) -> bool:
    """Tell whether the title that the page declares stands within the text already.

    Then an h1 above it is the site's name.
    """
    return bool(_named(blocks[:_FRONT], metadata))


def may_stand_above(text: str, metadata: Metadata) -> bool:
    """Tell whether ``text``, all that stands above an article without an h1, may hold its head.

    It does not if neither the declared title is there nor a dateline with a kind. A page is mostly
    menus above an article that has its title inside, and this spares taking them apart.
    """
    squeezed = _squeezed(text)
    shortest = _squeezed(_SITE_BEHIND.split(fold(metadata.title or ""))[0].rstrip(":. "))
    return (len(shortest) > 0 and shortest in squeezed) or _DAY_AND_KIND.search(
        squeezed
    ) is not None


def _squeezed(text: str) -> str:
    """Return ``text`` folded and without white space, which markup may stand for."""
    return "".join(fold(text).split())


def head_above(
    above: Sequence[Block], blocks: Sequence[Block], metadata: Metadata
) -> tuple[Block, ...]:
    """Return those of the blocks ``above`` the text that are the brief's own.

    That is its title, a dek below that, and the dateline next to it. A date alone counts only
    below the title: above it the site prints today's.
    """
    inside = {fold(b.text) for b in blocks[:_FRONT] if len(b.text) <= _MAX_HEAD}
    at = _title_at(above, metadata, lone_h1=not has_title(blocks, metadata))
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


def _title_at(blocks: Sequence[Block], metadata: Metadata, *, lone_h1: bool = True) -> int | None:
    """Return the place of the title: the last block the metadata declares, else a lone h1."""
    if named := _named(blocks, metadata):
        return named[-1]
    first = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.level == 1]
    site = fold(metadata.site or "")
    first = [i for i in first if fold(blocks[i].text) != site]
    return first[0] if len(first) == 1 and lone_h1 else None


def _named(blocks: Sequence[Block], metadata: Metadata) -> list[int]:
    declared = fold(metadata.title or "")
    return [i for i, block in enumerate(blocks) if declares(declared, block.text)]


def _dated(block: Block) -> re.Match[str] | None:
    return _DATED.fullmatch(block.text) if len(block.text) <= 130 else None


def _may_be_dek(block: Block, below: int) -> bool:
    """Tell whether a block below the title is prose of its own: no link, no list item."""
    return below <= 2 and block.kind in ("paragraph", "heading") and not block.anchors
