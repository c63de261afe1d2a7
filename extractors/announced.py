"""Announcements of other pieces among the words of a brief: behind a kicker, or on a linked card.

RELATED A Title        Read more: A Title        Related | A Title | Jul 4, 2024
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.controls import is_control
from extractors.literals import firsts
from extractors.manuscript import Line
from extractors.model import Block
from extractors.profile import Profile
from extractors.readers.blocks import block_part
from extractors.shapes.link_lines import read_link_line
from extractors.text import has_more_words

_MAX_TEASER = 200  # characters
_MIN_TITLE = 8  # characters
_MAX_CARD = 60  # blocks, of all cards below a kicker
_MAX_ABOUT = 30  # words of a line that tells what a piece is about
_MAX_KIND = 4  # words of a line that names a kind of piece
_MAX_DAY = 8  # words of a line with an author and a day
_KICKER = (
    r"(?:RELATED(?: (?:CONTENT|READING|ARTICLES?|POSTS?|STORY))?|READ (?:MORE|ALSO|NEXT)|ALSO READ|"
    r"SEE ALSO|MORE ON THIS|(?i:(?:related(?: [a-z]{3,12})?|(?:read|see|watch|listen)"
    r"(?: (?:more|also|next|now|to))?(?: from (?:our|the) [a-z]{3,12})?|also read|"
    r"more on this(?: topic)?|further reading)\s*:))"
)
_KICKERS_BEGIN = firsts(re.compile(_KICKER))
_ALONE = re.compile(
    r"\W*(?:related(?: [a-z]{3,12})?|(?:read|see|watch|listen)(?: (?:more|also|next|now))?|"
    r"also read|keep reading|more on this(?: topic)?|further reading|recommended|explore further|"
    r"dive deeper|you (?:may|might) also like)\W*",
    re.I,
)
_TEASER = re.compile(rf"[\[(►▶→»]*\s*{_KICKER}\s*[:|>»→—–-]*\s*(?P<title>\S.*)", re.S)
_STUCK = re.compile(rf"[.!?…”)]\s+(?=[\[(►▶→»]*\s*{_KICKER}[:|>»→—–-]*\s*$)")
_ENDS = (".", "!", "?", "…", "”", ")")
_DATED = re.compile(r"\b(?:19|20)\d\d\W*$")


def unstuck(block: Block) -> tuple[Block, ...]:
    """Part a teaser from the paragraph, with links, that it stands at the end of: a kicker.

    So is a button.
    """
    if not block.marginal:
        last = block.anchors[-1]
        if not block.text[last.end :].strip(" .])"):
            before = block.text[: last.start].rstrip()
            if before.endswith(_ENDS) and is_control(block.text[last.start :]):
                above = block_part(block, 0, len(before))
                return above, block_part(block, last.start, len(block.text))
            stuck = _STUCK.search(block.text, 0, last.start)
            if stuck is not None:
                above = block_part(block, 0, stuck.start() + 1)
                return above, block_part(block, stuck.end(), len(block.text))
    return (block,)


def is_announced(block: Block, profile: Profile) -> bool:
    """Tell whether a block announces another piece behind a kicker: "RELATED: A Title"."""
    text = block.text
    if len(text) > _MAX_TEASER or (text[:1].isalnum() and text[0].lower() not in _KICKERS_BEGIN):
        return False
    if _is_kicked(block):
        return not profile.is_citation(text)
    m = _TEASER.fullmatch(text) if "”" not in text else None
    if m is None or profile.is_citation(text):
        return False
    linked = sum(anchor.end - max(anchor.start, m.start("title")) for anchor in block.anchors)
    return 2 * linked >= len(m["title"]) or _DATED.search(text) is not None


def _is_kicked(block: Block) -> bool:
    """Tell whether a block is "Read also", in any form, and one link: a title behind a kicker."""
    if len(block.anchors) != 1 or block.anchors[0].start == 0:
        return False
    anchor = block.anchors[0]
    linked = (
        anchor.end >= len(block.text.rstrip(" .»→›")) and anchor.end - anchor.start > _MIN_TITLE
    )
    return linked and _ALONE.fullmatch(block.text[: anchor.start]) is not None


def tell_cards(blocks: Sequence[Block], told: list[bool], profile: Profile) -> None:
    """Tell cards of other pieces: a kicker with links below it, or blocks of one link, dated."""
    if not any(_link(block) for block in blocks if block.anchors):
        return
    undated = 0  # where the last run of links to one place ends that has no day
    for at, block in enumerate(blocks):
        end = at + 1
        if told[at] or block.marginal or len(block.text) > _MAX_TEASER:
            continue
        if _ALONE.fullmatch(block.text) and not _heads_citations(blocks, at, profile):
            while end < len(blocks) and end - at <= _MAX_CARD and _is_of_card(blocks, end):
                end += 1
        elif at >= undated and (url := _link(block)) is not None:
            while end < len(blocks) and _link(blocks[end]) == url:
                end += 1
            if not any(_DATED.search(part.text) for part in blocks[at:end]):
                undated = end
                continue
        if end - at > 1 and any(_link(part) for part in blocks[at:end]):
            told[at:end] = [True] * (end - at)


def _heads_citations(blocks: Sequence[Block], at: int, profile: Profile) -> bool:
    rule = profile.section_of(blocks[at].text)
    if rule is None or rule.shape not in ("link_lines", "printed_links") or at + 1 == len(blocks):
        return False
    if rule.shape == "link_lines" or profile.publisher is None:
        return True
    return read_link_line(Line(blocks[at + 1], 0), under_heading=False) is not None


def _is_of_card(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block is a link, a day, or what stands between them on a card."""
    if _link(blocks[at]) is not None or _is_day(blocks[at]):
        return True
    below = blocks[at + 1 : at + 3]
    if not below or has_more_words(blocks[at].text, _MAX_ABOUT):
        return False
    sentence = blocks[at].text.endswith(".")
    if _is_day(below[0]) or (not sentence and any(_is_day(block) for block in below)):
        return True
    return _link(below[0]) is not None and not has_more_words(blocks[at].text, _MAX_KIND)


def _is_day(block: Block) -> bool:
    return _DATED.search(block.text) is not None and not has_more_words(block.text, _MAX_DAY)


def _link(block: Block) -> str | None:
    """Return where a block leads that is one link and nothing else."""
    if len(block.anchors) != 1:
        return None
    anchor = block.anchors[0]
    return anchor.url if anchor.end - anchor.start == len(block.text) else None
