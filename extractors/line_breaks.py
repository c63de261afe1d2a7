"""Blocks that hold several things, one a line: a page that is set with line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.headings import heading_key
from extractors.manuscript import Line
from extractors.model import Block
from extractors.profile import Profile
from extractors.readers.blocks import block_part
from extractors.shapes.link_lines import read_link_line
from extractors.shapes.quotations import is_statement
from extractors.text import is_title_case, opens_quotation

_MAX_TAIL = 200  # characters of who said it, and a heading
_MAX_RUN_IN = 42  # characters of a heading that runs in, and its colon
_RUN_IN = re.compile(r"(?P<heading>[A-Z][\w ]{2,40}?)(?P<mark>:|\.| ?[—–]| -)\s*")
_RUN_IN_SHAPES = ("abstract", "labelled", "prose")
_WORD = re.compile(r" (?=[A-Z])")


def part_lines(blocks: Iterable[Block], profile: Profile) -> Iterator[Block]:
    """Part the blocks whose lines are a heading, statements or link lines of their own.

    A block with several headings is a whole piece set with line breaks: each line parts.
    """
    for block in blocks:
        if "\n" in block.text:
            yield from _parts(block, profile)
        elif m := _run_in_heading(block, profile):
            yield block_part(block, 0, m.end("mark"))
            own = block_part(block, m.end(), len(block.text))
            heads = profile.section_of(own.text) is not None  # "In Brief: Key Takeaways"
            yield own if heads else own._replace(kind="item", level=1)  # the one thing below it
        elif (at := _joined_heading(block, profile)) is not None:
            yield block_part(block, 0, at - 1)
            yield block_part(block, at, len(block.text))
        else:
            yield block


def _run_in_heading(block: Block, profile: Profile) -> re.Match[str] | None:
    """Return a heading that opens a paragraph, with the mark that ends it: "Abstract: The ...".

    A colon ends it, or a full stop or dash if the page marks it.
    """
    text = block.text
    if block.kind != "paragraph" or not (block.bold or ":" in text[:_MAX_RUN_IN]):
        return None  # most paragraphs: spare the expression
    m = _RUN_IN.match(text)
    if m is None or m.end() == len(text) or not text[m.end()].isupper():
        return None
    if m["mark"] != ":" and not m.end("heading") <= block.bold <= m.end():
        return None
    rule = profile.section_of(m["heading"])
    if rule is None or rule.shape not in _RUN_IN_SHAPES or profile.section_of(text) is not None:
        return None  # "Summary: May 2025" is a heading as a whole
    return m


def _joined_heading(block: Block, profile: Profile) -> int | None:
    """Return where a heading begins that was joined to the attribution or link line above it.

    The last line of a paragraph that is wrapped may be full; only the profile knows the heading.
    """
    text = block.text
    at = text.rfind("”") + 1
    if not 0 < at < len(text) or len(text) - at > _MAX_TAIL:
        return None
    if heading_key(text[at:]).rpartition(" ")[2] not in profile.last_words:
        return None  # most lines: no heading ends so
    for m in _WORD.finditer(text, at):
        tail = text[m.end() :]
        if profile.section_of(tail) is None or not is_title_case(tail):
            continue
        above = Line(block_part(block, 0, m.start()), 0)
        if is_statement(above) or read_link_line(above, under_heading=False) is not None:
            return m.end()
    return None


def _parts(block: Block, profile: Profile) -> Iterator[Block]:
    texts = block.text.split("\n")
    heads = [profile.section_of(text) is not None for text in texts]
    begin = at = 0
    summed = False  # below the heading of an abstract
    for i, text in enumerate(texts):
        if i and (
            sum(heads) > 1
            or heads[i]
            or heads[i - 1]
            or _begins(block_part(block, begin, at - 1), text)
        ):
            yield _part(block, begin, at - 1, summed)
            summed = heads[i - 1] and _heads_abstract(texts[i - 1], profile)
            begin = at
        at += len(text) + 1
    yield _part(block, begin, len(block.text), summed) if begin else block


def _part(block: Block, begin: int, end: int, summed: bool) -> Block:
    part = block_part(block, begin, end)
    return part._replace(kind="item", level=1) if summed else part


def _heads_abstract(text: str, profile: Profile) -> bool:
    rule = profile.section_of(text)
    return rule is not None and rule.shape == "abstract"


def _begins(above: Block, text: str) -> bool:
    """Tell whether ``text`` begins another statement or link line, behind a whole one."""
    cited = read_link_line(Line(above, 0), under_heading=False) is not None
    if opens_quotation(text):
        return cited or is_statement(Line(above, 0))
    return (
        cited and read_link_line(Line(Block("paragraph", text), 0), under_heading=False) is not None
    )
