"""Free prose: what follows the understood part of a section, with subheadings of its own."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.manuscript import Line
from extractors.part import Found
from extractors.shapes.link_lines import read_link_line
from extractors.text import has_more_words, is_title_case, opens_quotation, sentence_end

_MAX_SUBHEADING_WORDS = 14
_PROSE_WORDS = 30
_SENTENCES_WORDS = 20
_LEADING_WORDS = 3  # "Jump to:"
_ENDS = (".", "!", "?", "…", "”", '"', ":", ")")
_SENTENCE_ENDS = (".", ",", ";", ":", "…", "”", '"')


def is_subheading(line: Line) -> bool:
    """Tell whether a line heads a stretch of free prose: marked as such, or by its looks."""
    block = line.block
    if block.kind == "heading":
        return True
    text = block.text
    if block.kind != "paragraph" or text.endswith(_SENTENCE_ENDS) or "\n" in text:
        return False
    if has_more_words(text, _MAX_SUBHEADING_WORDS):
        return False
    return block.bold == len(text) or (is_title_case(text) and not opens_quotation(text))


def read_prose(lines: Sequence[Line], found: Found) -> None:
    """Place prose, its subheadings, and the link lines that stand in it."""
    for line in lines:
        link = read_link_line(line, under_heading=False)
        if link is not None:
            found.cite(line, [link])
            continue
        line.section = "context"
        if is_subheading(line):
            line.heads = True
            found.unknown_headings.append(line.text)


def begins_prose(text: str) -> bool:
    """Tell whether the piece itself has begun: a paragraph, or two sentences of one."""
    return has_more_words(text, _PROSE_WORDS - 1) or (
        has_more_words(text, _SENTENCES_WORDS - 1) and sentence_end(text) is not None
    )


def tells(line: Line) -> bool:
    """Tell whether a line of an introduction tells something; a dek without a full stop does not.

    Nor does a question alone, unless it tells that it was asked: "So we asked: What ...?"
    """
    block = line.block
    if block.text.endswith("?") and sentence_end(block.text) is None:
        return " asked" in block.text
    if block.text.endswith(":") and not has_more_words(block.text, _LEADING_WORDS):
        return False
    marked = block.kind == "heading" or block.bold == len(block.text)
    return not marked and block.text.endswith(_ENDS)
