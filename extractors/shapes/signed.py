"""Experts' shares whose name line, "—Name is a Role.", stands below the prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors.datelines import read_dateline
from extractors.manuscript import Line
from extractors.shapes.alike import announces
from extractors.shapes.below import first_words
from extractors.shapes.bios import read_sign_line
from extractors.shapes.unquoted import MAX_HEADLINE_WORDS, Share, is_headline
from extractors.text import fold

_PROSE_WORDS = 12
_MAX_TEASER = 6  # lines


def signed_parts(lines: Sequence[Line], people: frozenset[str]) -> list[Share]:
    """Find the parts whose name line, "—Name is a Role.", stands below the prose.

    Without a dash one such line is the bio of the piece's author.
    """
    parts: list[Share] = []
    listed, jumps = _jump_list(lines)
    begin = 0
    for at, line in enumerate(lines):
        if at in listed:
            continue
        speakers = read_sign_line(line, people)
        if not speakers:
            continue
        first = _behind_teaser(lines, begin, at)
        if not parts:
            first = _first_headline(lines, max(listed, default=-1) + 1, at)
        words = first
        while words < at and (is_headline(lines[words]) or fold(lines[words].text) in jumps):
            words += 1
        if words < at:
            dashed = not line.text[0].isalpha()
            parts.append(Share(first, at + 1, (words, at), speakers, marked=dashed))
        begin = at + 1
    return parts if len(parts) > 1 or any(part.marked for part in parts) else []


def _behind_teaser(lines: Sequence[Line], begin: int, end: int) -> int:
    """Step over a card between two parts that announces another piece: its date comes first."""
    dated = next(
        (at for at in range(begin, min(begin + 2, end)) if read_dateline(lines[at].text)), None
    )
    if dated is None:
        return begin
    card = range(dated, min(dated + _MAX_TEASER, end))
    short = [at for at in card if len(lines[at].text.split()) <= 2 * MAX_HEADLINE_WORDS]
    heads = [at for at in short if at > dated + 1 and is_headline(lines[at])]
    for line in lines[begin : (heads or [dated + 1])[-1]]:
        line.section = "boilerplate"
    return (heads or [dated + 1])[-1]


def _jump_list(lines: Sequence[Line]) -> tuple[set[int], set[str]]:
    """Return the lines that say "Name: Headline" of a headline that stands below, and those."""
    heads = {
        fold(line.text): at
        for at, line in enumerate(lines)
        if len(line.text.split()) <= MAX_HEADLINE_WORDS
    }
    listed, jumps = set(), set()
    for at, line in enumerate(lines):
        if "\n" in line.text and all(_jumps(part, heads, at) for part in line.text.split("\n")):
            listed.add(at)  # they stand in one paragraph
            continue
        _, colon, headline = line.text.partition(": ")
        for words in (headline, line.text) if colon else (line.text,):
            if heads.get(fold(words), -1) > at:
                listed.add(at)
                jumps.add(fold(words))
                break
    return listed, jumps


def _jumps(entry: str, heads: Mapping[str, int], at: int) -> bool:
    """Tell whether ``entry``, "Name: Headline" or either, leads to a line below ``at``."""
    return any(heads.get(fold(words), -1) > at for words in (entry, entry.partition(": ")[2]))


def _first_headline(lines: Sequence[Line], begin: int, end: int) -> int:
    """Return where the first part begins: at its headline, behind the introduction."""
    prose = False
    asked: int | None = None
    for at in range(begin, end):
        if _asks(lines[at : at + 2]):
            asked = at if asked is None else asked  # the last line of the introduction
            continue
        if is_headline(lines[at]) and (prose or lines[at].block.kind == "heading" or begin):
            return at
        prose = prose or len(lines[at].text.split()) >= _PROSE_WORDS
    if asked is not None and not begin:
        return asked + 1
    return begin if begin else first_words(lines, begin, end)


def _asks(lines: Sequence[Line]) -> bool:
    """Tell whether a line asks the experts: its words announce them, or a heading is below it.

    It is neither a heading nor bold: "So we asked: What should they do first?"
    """
    block = lines[0].block
    if block.kind != "paragraph" or block.bold == len(block.text) or block.text[-1:] != "?":
        return False
    if not is_headline(lines[0]):
        return False
    return announces(block.text) or (len(lines) > 1 and _is_marked(lines[1]))


def _is_marked(line: Line) -> bool:
    block = line.block
    return block.kind == "heading" or (block.bold == len(block.text) and is_headline(line))
