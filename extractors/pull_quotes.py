"""Pull quotes: words of the text that a page prints once more, set apart from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.model import Block
from extractors.profile import Profile
from extractors.text import fold, has_more_words, opens_quotation

_WORD = re.compile(r"[^\W_]+")
_DASHED = re.compile(r"[—–―~-]\s?\w")
_PULLED = range(3, 46)  # words of a pull quote
_MAX_PULLED = 700  # characters
_MAX_SIGNED = 10  # words of the line that signs one
_NEAR = 4  # blocks: so close a pull quote in other words stands to what it takes up
_TAKEN_UP = 25  # words at most that need not stand together in the text


def tell_pull_quotes(blocks: Sequence[Block], told: list[bool], profile: Profile) -> None:
    """Tell the quotations that take up words of the text, with the name below them.

    Where statements stand in quotation marks, one is no pull quote.
    """
    quoting = any(rule.shape == "quotations" for rule in profile.sections)
    words: list[str] | None = None
    for at, block in enumerate(blocks):
        if told[at] or block.marginal or not _may_be_pulled(block):
            continue
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        signed = below is not None and _signs(below)
        if quoting and (signed or block.kind != "quotation"):
            continue
        if words is None:
            words = [f" {' '.join(_WORD.findall(fold(other.text)))} " for other in blocks]
        if _takes_up(blocks, words, at):
            told[at] = True
            if signed:
                told[at + 1] = True


def _may_be_pulled(block: Block) -> bool:
    text = block.text
    quoted = block.kind == "paragraph" and opens_quotation(text) and text.endswith(("”", '"'))
    if block.kind != "quotation" and not quoted:
        return False
    return len(_WORD.findall(text)) in _PULLED if len(text) < _MAX_PULLED else False


def _signs(block: Block) -> bool:
    return _DASHED.match(block.text) is not None and not has_more_words(block.text, _MAX_SIGNED)


def _takes_up(blocks: Sequence[Block], words: Sequence[str], at: int) -> bool:
    """Tell whether the words of ``blocks[at]`` stand in another block, or nearly so close by."""
    own = words[at]
    others = [
        i
        for i in range(len(blocks))
        if i != at and len(words[i]) > len(own) and blocks[i].kind != "heading"
    ]
    if any(own in words[i] for i in others):
        return True
    if blocks[at].kind != "quotation" or len(own.split()) > _TAKEN_UP:
        return False
    telling = {*own.split()}
    return any(telling <= {*words[i].split()} for i in others if abs(i - at) <= _NEAR)
