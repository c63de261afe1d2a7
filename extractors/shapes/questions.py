"""Questions and answers: "Q1: ..." and "A1: ...", all answered by the brief's authors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line, Manuscript
from extractors.model import Printed, Statement
from extractors.shapes.name_lines import Speaker, read_sign_line
from extractors.text import fold

_QUESTION = re.compile(r"Q\s?\d{0,2}\s?[:.)–—-]\s*\S|Question \d{1,2}\s?[:.]\s*\S")
_ANSWER = re.compile(r"(?:^|\n)(?:A\s?\d{0,2}|Answer(?: \d{1,2})?)\s?[:.)–—-]\s*(?=\S|$)")


def is_question(line: Line) -> bool:
    """Tell whether a line asks one of the numbered questions."""
    return line.block.kind != "item" and _QUESTION.match(line.text) is not None


def begins(lines: Sequence[Line]) -> int | None:
    """Return the place of the first question that an answer follows."""
    for at, line in enumerate(lines):
        if is_question(line) and any(_ANSWER.search(ln.text) for ln in lines[at : at + 3]):
            return at
    return None


def bios(lines: Sequence[Line], people: frozenset[str]) -> dict[int, tuple[Speaker, ...]]:
    """Return the lines that tell who an author is: "Name is a senior fellow with ..."."""
    found = ((at, read_sign_line(line, people)) for at, line in enumerate(lines))
    return {at: speakers for at, speakers in found if speakers}


def read_answers(
    manuscript: Manuscript,
    lines: Sequence[Line],
    authors: Sequence[Printed],
    told: Sequence[Speaker],
    organisations: tuple[str, ...],
) -> tuple[list[Statement], int]:
    """Read the answers in ``lines``, which start with a question.

    ``told`` are the speakers whom bios name: an author's role comes from there. Returns the
    statements, one for each answer and author, and how many lines were understood.
    """
    roles = {fold(speaker.name.text): speaker for speaker in told}
    speakers = [roles.get(fold(author.text), Speaker(author)) for author in authors] or list(told)
    spans: list[tuple[int, int]] = []
    open_at: int | None = None
    end = 0
    for at, line in enumerate(lines):
        if is_question(line) or (line.block.kind == "heading" and open_at is not None):
            if open_at is not None:
                spans.append((open_at, lines[at - 1].end))
            open_at = None
            if not is_question(line):
                return _said(manuscript, spans, speakers, organisations), at
        if (answer := _ANSWER.search(line.text)) is not None and open_at is None:
            open_at = line.start + answer.end()
        end = at + 1
    if open_at is not None:
        spans.append((open_at, lines[end - 1].end))
    return _said(manuscript, spans, speakers, organisations), end


def _said(
    manuscript: Manuscript,
    spans: Sequence[tuple[int, int]],
    speakers: Sequence[Speaker],
    organisations: tuple[str, ...],
) -> list[Statement]:
    return [
        speaker.says(manuscript, words, organisations)
        for span in spans
        if (words := manuscript.printed(*span)).text
        for speaker in speakers
    ]
