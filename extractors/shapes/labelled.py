"""Developments: bullets or paragraphs, with a label before the first colon or without one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line, Manuscript
from extractors.model import Development
from extractors.text import is_title_case

_MAX_LABEL_WORDS = 14
_SIBLING_WORDS = 10
_FULL_STOP = re.compile(r"(\S+)\.\s")
_ABBREVIATION = re.compile(r"[‘“\"'(]*(?:[A-Z]\w{0,3}|(?:\w\.)+\w|vs)")
_OPENING_SINGLE = re.compile(r"(?:^|(?<=[\s(“\"—–-]))'(?=\w)(?=.*\w[,.!?]?'(?!\w))")


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
    colons = [_bold_end(line) or label_end(line.text) for line in heads]
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
    if not 1 <= len(words) <= _MAX_LABEL_WORDS or _has_sentence_end(label):
        return False
    if at == _bold_end(line):
        return True
    if line.block.kind == "item":
        return alike or is_title_case(label)
    return alike and is_title_case(label)  # bullets that were lost in copying


def _bold_end(line: Line) -> int | None:
    """Return the offset of the colon that ends the bold run a line opens with, if it has both.

    Where the page marks the label, colons within it do not matter.
    """
    text, bold = line.text, line.block.bold
    if not 0 < bold < len(text):
        return None
    end = len(text[:bold].rstrip())
    if text[:end].endswith(":"):
        return end - 1
    below = text[end:].lstrip()
    return len(text) - len(below) if below.startswith(":") else None


def _has_sentence_end(label: str) -> bool:
    """Tell whether a sentence ends within ``label``; "Gen." and "U.S." end none."""
    return any(not _ABBREVIATION.fullmatch(m[1]) for m in _FULL_STOP.finditer(label))


def label_end(text: str) -> int | None:
    """Return the offset of the first colon outside quotation marks that can end a label."""
    single = double = False
    for i, char in enumerate(text):
        following = text[i + 1 : i + 2]
        if char == "‘":
            single = "’" in text[i:]
        elif char == "'" and not single:
            single = _OPENING_SINGLE.match(text, i) is not None
        elif char in "’'" and single and not following.isalpha():
            single = False
        elif char == "“":
            double = "”" in text[i:]
        elif char == "”":
            double = False
        elif char == '"':
            double = not double and '"' in text[i + 1 :]
        # 10:30, https: and verses end no label; "Label:Text" is two tags run together
        elif char == ":" and not (single or double) and not _runs_on(following):
            return i
    return None


def _runs_on(following: str) -> bool:
    return following.isalnum() and not following.isupper()
