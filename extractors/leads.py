"""Lines that only lead on, below an item or between two: "Read more", "Back to top", "View map".

They name no other piece: what they lead to is more of this one, or a part of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.model import Block
from extractors.profile import Profile
from extractors.text import has_more_words

_MAX = 60  # characters
_PROSE = 9  # words
_BEGIN = frozenset(
    (
        "back return go jump scroll top read see view show learn find discover explore continue "
        "keep open enlarge expand collapse hide close print share copy save bookmark cite email "
        "full more details permalink listen watch download"
    ).split()
)
_BARE = frozenset(("read more", "read on", "see more", "continue reading", "keep reading"))
_OPENING, _CLOSING = " [(«‹←↑▲→►▸▶>+", " ])»›→↑▲▶►>+.…:"
_PART = (
    r"(?:entry|update|article|story|text|post|item|section|page|analysis|coverage|profile|piece)"
)
_SHOWN = (
    r"(?:maps?|images?|photos?|gallery|slideshow|charts?|graphics?|infographics?|tables?|videos?|"
    r"timelines?)"
)
# What no heading over other pieces says, so that it need be no link.
_CONTROL = re.compile(
    r"(?:(?:back|return|go|jump|scroll) (?:up |back )?to (?:the )?"
    r"(?:top|contents?|index|start|overview|menu|list)(?: of (?:the )?page)?|top of page|"
    rf"(?:print|share|save|bookmark|cite|copy|email) (?:this|the) {_PART}|copy link|permalink|"
    r"(?:expand|collapse|show|hide|close)(?: (?:all|more|less|this|details|section))?|"
    r"(?:read|see|show|view) less|"
    r"download (?:the |this |as (?:an? )?)?(?:full )?(?:pdf|report|brief|paper|article|version)"
    r"(?: \(pdf\)| as pdf)?)",
    re.I,
)
_LEAD = re.compile(
    r"(?:(?:read|see|view|show|learn|find out|discover|explore) (?:more|all|on|further|it all)"
    r"(?: (?:here|now|details|(?:about|on|at|in|from) .{1,40}|: .{1,40}))?|"
    r"(?:continue|keep) reading(?: .{1,40})?|details|"
    r"more(?: (?:details|here|(?:about|on) .{1,40}))?|"
    rf"(?:(?:read|see|view|open|show|go to) )?(?:the |our |its |this )?"
    rf"(?:full|entire|complete|whole|detailed)(?: \w+)? {_PART}|"
    rf"(?:read|open|go to) (?:the |this |our )?{_PART}|"
    rf"(?:view|see|open|show|enlarge|expand) (?:the |a |an |our )?"
    rf"(?:larger |full |interactive |detailed )?{_SHOWN}|"
    r"(?:listen|watch)(?: (?:now|here|to the (?:podcast|episode|audio)|the video))?)",
    re.I,
)


def tell_leads(blocks: Sequence[Block], told: list[bool], profile: Profile) -> None:
    """Tell the lines that only lead on: links as a whole, controls, or one that comes again."""
    plain: dict[int, str] = {}
    for at, block in enumerate(blocks):
        if len(block.text) > _MAX or told[at] or block.marginal or block.kind == "heading":
            continue
        text = block.text.strip(_OPENING).rstrip(_CLOSING)
        if text[: text.find(" ")].lower() not in _BEGIN and text.lower() not in _BEGIN:
            continue  # most lines: spare the expressions
        if text.lower() in _BARE and _is_link(block):
            told[at] = True  # it names nothing to be cited
            continue
        if profile.is_citation(block.text):
            continue
        if _CONTROL.fullmatch(text):
            told[at] = True
        elif _LEAD.fullmatch(text):
            told[at] = _is_link(block)
            if not told[at] and not block.anchors:
                plain[at] = text.lower()
    times = Counter(plain.values())
    for at, text in plain.items():
        told[at] = told[at] or times[text] > 1 or _goes_on(blocks, at + 1)


def _goes_on(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether prose stands at a place, below a heading or none: no other piece is named."""
    below = list(blocks[at : at + 2])
    if below and below[0].kind == "heading" and not below[0].anchors:
        del below[0]
    told = bool(below) and below[0].text.endswith(".") and has_more_words(below[0].text, _PROSE)
    return told and not below[0].anchors


def _is_link(block: Block) -> bool:
    anchors = block.anchors
    return len(anchors) == 1 and anchors[0].end - anchors[0].start >= len(block.text) - 3
