"""Developments: bullets or paragraphs, with a label before the first colon or without one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line, Manuscript
from extractors.model import Development
from extractors.text import fold

_SMALL = frozenset(
    (
        "a an and as at but by for from in into is its nor of off on onto or over per than the "
        "their to up upon via vs vs. with without amid after against before between during near "
        "are be not that under while"
    ).split()
)
_MAX_LABEL_WORDS = 14
_SIBLING_WORDS = 10
_SENTENCE_END = re.compile(r"(?<![.\s]\w)(?<!\b(?:St|Dr|Mr))[.!?]\s")


def read_developments(manuscript: Manuscript, lines: Sequence[Line]) -> list[Development]:
    """Read every line of a section as one development, or as the end of the one before it.

    A nested item, and a further paragraph of an item, continue the development above them.
    """
    groups: list[list[Line]] = []
    base = min((line.block.level for line in lines if line.block.kind == "item"), default=0)
    for line in lines:
        block = line.block
        nested = block.kind == "item" and block.level > base
        continues = block.kind == "paragraph" and block.level > 0
        if groups and (nested or continues):
            groups[-1].append(line)
        else:
            groups.append([line])
    heads = [group[0] for group in groups]
    colons = [label_end(line.text) for line in heads]
    # Where every development has a short run before a colon, that run is its label in any case.
    alike = len(heads) > 1 and all(
        at is not None and len(line.text[:at].split()) <= _SIBLING_WORDS
        for line, at in zip(heads, colons, strict=True)
    )
    return [
        _development(manuscript, group, at, alike) for group, at in zip(groups, colons, strict=True)
    ]


def _development(
    manuscript: Manuscript, group: list[Line], at: int | None, alike: bool
) -> Development:
    head, end = group[0], group[-1].end
    if at is None or not _is_label(head, at, alike) or not head.text[at + 1 :].strip():
        return Development(None, manuscript.printed(head.start, end))
    return Development(head.printed(0, at), manuscript.printed(head.start + at + 1, end))


def _is_label(line: Line, at: int, alike: bool) -> bool:
    label = line.text[:at]
    words = label.split()
    if not 1 <= len(words) <= _MAX_LABEL_WORDS or _SENTENCE_END.search(label):
        return False
    if 0 < line.block.bold < len(line.text) and at - 1 <= line.block.bold <= at + 2:
        return True
    if line.block.kind != "item" and not alike:
        return False
    return alike or is_title_case(label)


def label_end(text: str) -> int | None:
    """Return the offset of the first colon outside quotation marks that can end a label."""
    depth_single = depth_double = False
    for i, char in enumerate(text):
        following = text[i + 1 : i + 2]
        if char == "‘":
            depth_single = "’" in text[i:]
        elif char == "’" and depth_single and not following.isalpha():
            depth_single = False
        elif char == "“":
            depth_double = "”" in text[i:]
        elif char == "”":
            depth_double = False
        elif char == ":" and not depth_single and not depth_double:
            if following.isdigit() and text[i - 1 : i].isdigit():
                continue  # 10:30
            if following and not following.isspace() and following.isalnum():
                # "Label:text" happens where tags ran together; a scheme or a verse does not count
                if following.isupper():
                    return i
                continue
            return i
    return None


def is_title_case(text: str) -> bool:
    """Tell whether ``text`` is capitalised as a headline is, quoted parts left aside."""
    bare = re.sub(r"‘[^’]*’|“[^”]*”", " ", text)
    words = [w.lstrip("‘“\"'(") for w in bare.split()]
    telling = [w for w in words if w and w[0].isalpha() and fold(w) not in _SMALL]
    if not telling:
        return True
    capital = sum(w[0].isupper() for w in telling)
    return capital / len(telling) >= 0.75
