"""A page's head line and dateline where they stand above the container of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from extractors.datelines import read_both, read_dateline
from extractors.kinds import kind_end
from extractors.model import Block
from extractors.readers.html.bylines import bylines_below
from extractors.readers.html.head_box import by_lines
from extractors.readers.html.metadata import Metadata
from extractors.text import declares, fold

_DAY_AND_KIND = re.compile(r"\d{4}[|•·]")  # in what has no white space: ends a printed day
_SITE_BEHIND = re.compile(r"\s+[-|·:»]\s")  # the shortest title that ``declares`` takes ends here
_READING_TIME = re.compile(r"\d{1,2}[ -]min(?:ute)?s?\.?(?: read)?", re.I)
_MAX_TIME = 20
_FRONT = 12  # blocks at the start of the text that may repeat what stands above it
_BARS = " |•·"
_MAX_KIND_LINE = 110  # characters
_MAX_HEAD = 300  # characters of a title, a dek, a dateline
_MOST_LINES = 5  # above a newsletter's text
_ABOVE = 1_000  # characters without white space, right above the text, that may name a kind
_MAX_DAY_LINE, _MAX_KIND_WORDS = 60, 3
_NEAR = 3  # blocks between the title and a dateline above it, or the text and one without title


def has_head(blocks: Sequence[Block], metadata: Metadata, kinds: AbstractSet[str]) -> bool:
    """Tell whether title, date and, if there are ``kinds``, one of them stand within the text."""
    front = blocks[:_FRONT]
    if _title_at(front, metadata) is None or not any(_dated(block) for block in front):
        return False
    return not kinds or any(_names_kind(block, kinds) for block in front)


def has_title(blocks: Sequence[Block], metadata: Metadata) -> bool:
    """Tell whether the title that the page declares stands within the text already.

    Then an h1 above it is the site's name.
    """
    return bool(_named(blocks[:_FRONT], metadata))


def may_stand_above(text: str, metadata: Metadata, kinds: AbstractSet[str]) -> bool:
    """Tell whether ``text``, all that stands above an article without an h1, may hold its head.

    It does not if neither the declared title is there nor a kind, alone or in a dateline. A page is
    mostly menus above an article that has its title inside, and this spares taking them apart.
    """
    squeezed = _squeezed(text)
    shortest = _squeezed(_SITE_BEHIND.split(fold(metadata.title or ""))[0].rstrip(":. "))
    if (shortest and shortest in squeezed) or _DAY_AND_KIND.search(squeezed):
        return True
    near = squeezed[-_ABOVE:]
    return any("".join(kind.split()) in near for kind in kinds)


def _squeezed(text: str) -> str:
    """Return ``text`` folded and without white space, which markup may stand for."""
    return "".join(fold(text).split())


def head_above(
    above: Sequence[Block],
    blocks: Sequence[Block],
    metadata: Metadata,
    kinds: AbstractSet[str] = frozenset(),
    beside: str | None = None,
    *,
    letter: bool = False,
) -> tuple[Block, ...]:
    """Return those of the blocks ``above`` the text that are the brief's own.

    That is its title, a dek and a byline below that, the dateline next to it, and the kind of piece
    next to these. A date alone counts only below the title, or beside the kind or the time that
    reading takes, or if the page has it ``beside`` the title, or is a ``letter`` with a line or two
    above its text: else the site may print today's.
    """
    above = by_lines(above)
    inside = {fold(b.text) for b in blocks[:_FRONT] if len(b.text) <= _MAX_HEAD}
    at = _title_at(above, metadata, lone_h1=not has_title(blocks, metadata))
    kind = None
    if kinds and not any(_names_kind(block, kinds) for block in blocks[:_FRONT]):
        kind = _kind_at(above, len(above) if at is None else at, kinds)
    bare = letter and at is None and len(above) <= _MOST_LINES and not _has_menu(above)
    named = set() if at is None else bylines_below(above, at)
    own = []
    for i, block in enumerate(above):
        dated = _dated(block)
        if at is None or i < at:
            anchor = len(above) if at is None else at
            near = (kind is not None and abs(i - kind) == 1) or _beside_reading_time(above, i)
            heads = i + 1 == at and beside is not None and beside.endswith(block.text)
            near = near or (beside is not None and block.text in beside)
            near = near or (bare and i + 1 == len(above))
            wanted = dated is not None and (bool(dated["kind"]) or near) and anchor - i <= _NEAR
            wanted = wanted or (heads and read_both(block.text) is not None)
            wanted = wanted and not _has_title_behind(block, metadata)
        else:
            wanted = i == at or dated is not None or _may_be_dek(block, i - at)
            wanted = wanted or i in named or (i - at <= _NEAR and _gives_day(block))
        if wanted or i == kind:
            own.append(block)
    return tuple(b for b in own if len(b.text) <= _MAX_HEAD and fold(b.text) not in inside)


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


def _kind_at(blocks: Sequence[Block], anchor: int, kinds: AbstractSet[str]) -> int | None:
    """Return the place of the kind that stands next to the title, or right above the text.

    Between them are dates alone; and a menu, which may name kinds too, is links or items.
    """
    at = anchor - 1
    while at >= 0 and _dated(blocks[at]) and not blocks[at].anchors:
        at -= 1
    for i in (at, anchor + 1, anchor + 2):
        if 0 <= i < len(blocks) and (_is_kind(blocks[i], kinds) or _is_listed(blocks, i, kinds)):
            return None if i > 0 and _is_menu(blocks[i - 1], blocks[i]) else i
    return None


def _is_listed(blocks: Sequence[Block], at: int, kinds: AbstractSet[str]) -> bool:
    """Tell whether an item names a kind beside the day: a list of both, and no menu."""
    block = blocks[at]
    beside = (*blocks[max(at - 1, 0) : at], *blocks[at + 1 : at + 2])
    if block.kind != "item" or not any(b.kind == "item" and _dated(b) for b in beside):
        return False
    return kind_end(block.text, kinds) is not None


def _is_menu(above: Block, below: Block) -> bool:
    linked = bool(above.anchors and below.anchors) and above.kind == below.kind
    return linked and _dated(above) is None


def _is_kind(block: Block, kinds: AbstractSet[str]) -> bool:
    """Tell whether a block is the kind, alone or before the day: "Policy Brief · May 4, 2024"."""
    if block.kind == "item" or len(block.text) > _MAX_KIND_LINE:
        return False
    m = read_both(block.text)
    return kind_end(m["kind"].strip(_BARS) if m else block.text.strip(_BARS), kinds) is not None


def _names_kind(block: Block, kinds: AbstractSet[str]) -> bool:
    dated = _dated(block)
    return bool(dated["kind"]) if dated else _is_kind(block, kinds)


def _has_title_behind(block: Block, metadata: Metadata) -> bool:
    """Tell whether a dateline runs into the title: a bar that repeats the head."""
    title = _SITE_BEHIND.split(fold(metadata.title or ""))[0]
    return bool(title) and fold(block.text).endswith(title)


def _has_menu(blocks: Sequence[Block]) -> bool:
    return any(block.kind == "item" or len(block.anchors) > 1 for block in blocks)


def _beside_reading_time(blocks: Sequence[Block], at: int) -> bool:
    beside = (*blocks[max(at - 1, 0) : at], *blocks[at + 1 : at + 2])
    return any(len(b.text) < _MAX_TIME and _READING_TIME.fullmatch(b.text) for b in beside)


def _dated(block: Block) -> re.Match[str] | None:
    dated = read_dateline(block.text)
    return dated if dated is not None and not dated["updated"] else None


def _gives_day(block: Block) -> bool:
    """Tell whether a word or two and a day are all that a block holds."""
    both = read_both(block.text) if len(block.text) <= _MAX_DAY_LINE else None
    return both is not None and len(both["kind"].split()) <= _MAX_KIND_WORDS


def _may_be_dek(block: Block, below: int) -> bool:
    """Tell whether a block below the title is prose of its own: no link, no list item."""
    return below <= 2 and block.kind in ("paragraph", "heading") and not block.anchors
