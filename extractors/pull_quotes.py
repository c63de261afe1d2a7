"""Pull quotes: words of the text that a page prints once more, set apart from it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.model import Block
from extractors.names import is_person
from extractors.profile import Profile
from extractors.text import fold, has_more_words, opens_quotation

_WORD = re.compile(r"[^\W_]+")
_DASHED = re.compile(r"[—–―~-]\s?\w")
_PULLED = range(3, 46)  # words of a pull quote
_MAX_PULLED = 700  # characters
_MAX_SIGNED = 10  # words of the line that signs one
_SIGNED = re.compile(r"[\n”\"]\s*[—–―~-]+\s*[^“”\n]{2,80}$")
_MIN_TELLING = 6  # words of which one in other words consists
_NEAR = 4  # blocks: so close a pull quote in other words stands to what it takes up
_TAKEN_UP = 25  # words at most that need not stand together in the text


def tell_pull_quotes(blocks: Sequence[Block], told: list[bool], profile: Profile) -> None:
    """Tell the quotations that take up words of the text, with the name below them.

    Where statements stand in quotation marks, one is no pull quote; where names stand below the
    words, a line with a dash names who has said all that is above it.
    """
    shapes = {rule.shape for rule in profile.sections}
    quoting = "quotations" in shapes
    words: list[str] | None = None
    places: dict[str, list[int]] = {}  # of each word, the blocks that have it
    for at, block in enumerate(blocks):
        if told[at] or block.marginal or (quoting and block.kind != "quotation"):
            continue
        if not _may_be_pulled(block):
            continue
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        signed = below is not None and _signs(below, block)
        if signed and "signed" in shapes:
            signed = below is not None and below.kind == "quotation"
        if quoting and signed:
            continue
        if words is None:
            words = [_words(other.text) for other in blocks]
            for i, line in enumerate(words):
                for word in {*line.split()} if blocks[i].kind != "heading" else ():
                    places.setdefault(word, []).append(i)
        if _takes_up(blocks, words, places, at):
            told[at] = True
            if signed:
                told[at + 1] = True


def _may_be_pulled(block: Block) -> bool:
    text = block.text
    if block.kind != "quotation":
        plain = block.kind == "paragraph" or (block.kind == "heading" and block.level > 1)
        if not (plain and opens_quotation(text) and text.endswith(("”", '"'))):
            return False
    return len(_WORD.findall(text)) in _PULLED if len(text) < _MAX_PULLED else False


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _signs(block: Block, above: Block) -> bool:
    """Tell whether a line names whose words stand ``above`` it."""
    if block.kind == above.kind == "quotation" and is_person(block.text):
        return True
    return _DASHED.match(block.text) is not None and not has_more_words(block.text, _MAX_SIGNED)


def _takes_up(
    blocks: Sequence[Block], words: Sequence[str], places: Mapping[str, Sequence[int]], at: int
) -> bool:
    """Tell whether the words of ``blocks[at]`` stand in another block, or nearly so close by."""
    signed = _SIGNED.search(blocks[at].text)
    own = words[at] if signed is None else _words(blocks[at].text[: signed.start()])
    # only blocks that have its rarest word, so that many quotations take no longer than the text
    have = min((places.get(word, ()) for word in own.split()), key=len, default=())
    if any(own in words[i] for i in have if i != at and len(words[i]) > len(own)):
        return True
    if blocks[at].kind != "quotation" or len(own.split()) > _TAKEN_UP:
        return False
    telling = {*own.split()}
    near = [
        {*words[i].split()}
        for i in range(max(at - _NEAR, 0), min(at + _NEAR + 1, len(blocks)))
        if i != at and len(words[i]) > len(own) and blocks[i].kind != "heading"
    ]
    if any(telling <= other for other in near):
        return True
    bare = len(telling) >= _MIN_TELLING and not opens_quotation(blocks[at].text) and signed is None
    around = (*words[max(at - _NEAR, 0) : at], *words[at + 1 : at + _NEAR + 1])
    return bare and telling <= {word for other in around for word in other.split()}
