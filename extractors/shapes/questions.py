"""Questions and answers: "Q1: ..." and "A1: ...", answered by all authors or by the one named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.manuscript import Line
from extractors.model import Printed, Statement
from extractors.names import is_person
from extractors.part import Part
from extractors.shapes.speakers import Speaker, forms
from extractors.text import fold

_QUESTION = re.compile(r"Q\s?(?P<number>\d{0,2})\s?[:.)–—-]\s*\S|Question \d{1,2}\s?[:.]\s*\S")
_ANSWER = re.compile(r"(?:^|\n)(?:A\s?\d{0,2}|Answer(?: \d{1,2})?)\s?[:.)–—-]\s*(?=\S|$)")
_NAMED = re.compile(r"(?P<name>[^:“”\n]{5,60}):\s+")
_SIGNED = re.compile(r"\s*[—–]\s*(?P<name>[^—–.,:]{5,60})$")


class _Answer(NamedTuple):
    """One answer: its words, as offsets into the text, and who gives it (None: all authors)."""

    start: int
    end: int
    by: Printed | None


def is_question(line: Line) -> bool:
    """Tell whether a line asks one of the numbered questions."""
    return line.block.kind != "item" and _QUESTION.match(line.text) is not None


def begins(lines: Sequence[Line]) -> int | None:
    """Return the place of the first question that an answer follows.

    Where the questions have numbers, two of them will do: the answers' marks can be lost.
    """
    asked = [at for at, line in enumerate(lines) if is_question(line)]
    for at in asked:
        if any(_ANSWER.search(line.text) for line in lines[at : at + 3]):
            return at
    numbered = [at for at in asked if (m := _QUESTION.match(lines[at].text)) and m["number"]]
    return numbered[0] if len(numbered) > 1 else None


def read_answers(
    part: Part, lines: Sequence[Line], told: Sequence[Speaker]
) -> tuple[list[Statement], int]:
    """Read the answers in ``lines``, which start with a question.

    ``told`` are the speakers whom the bios below name; they answer where no author is known.
    Returns the statements, one for each answer and speaker, and how many lines were understood.
    """
    authors = [Speaker(author) for author in part.found.authors] or list(told)
    last = max((at for at, line in enumerate(lines) if is_question(line)), default=0)
    answers: list[_Answer] = []
    words: list[Line] = []
    end = 0
    for at, line in enumerate(lines):
        if is_question(line):
            answers += _answer(part, words)
            words = [line] if _ANSWER.search(line.text) else []
        elif words and (line.block.kind == "heading" or (at > last and _is_card(line, authors))):
            break
        else:
            words.append(line)
        end = at + 1
    answers += _answer(part, words)
    return [said for answer in answers for said in _said(part, answer, authors)], end


def _is_card(line: Line, authors: Sequence[Speaker]) -> bool:
    """Tell whether a line is an author's name: below all answers, it heads what is told of them."""
    return any(fold(line.text) == fold(author.name.text) for author in authors)


def _answer(part: Part, lines: Sequence[Line]) -> list[_Answer]:
    """Read the lines below one question; [] if there is nothing but the mark of an answer."""
    if not lines:
        return []
    first, last = lines[0], lines[-1]
    mark = _ANSWER.search(first.text)
    start, end = first.start + (mark.end() if mark else 0), last.end
    if mark is not None and not first.text[mark.end() :].strip() and len(lines) > 1:
        start = lines[1].start
    by: Printed | None = None
    if (named := _NAMED.match(part.manuscript.text, start)) and is_person(named["name"]):
        by, start = part.manuscript.printed(*named.span("name")), named.end()
    elif (signed := _SIGNED.search(last.text)) and is_person(signed["name"].strip()):
        by = last.printed(*signed.span("name"))
        before = last.start + signed.start()
        end = before if signed.start() > 0 else (lines[-2].end if len(lines) > 1 else before)
    return [_Answer(start, end, by)] if part.manuscript.printed(start, end).text else []


def _said(part: Part, answer: _Answer, authors: Sequence[Speaker]) -> list[Statement]:
    speakers: Sequence[Speaker] = authors
    if answer.by is not None:
        names = {*forms(answer.by.text)}
        same = [a for a in authors if fold(a.name.text) in names or names & {*forms(a.name.text)}]
        speakers = [Speaker(answer.by, same[0].role if same else None)]
    words = part.manuscript.printed(answer.start, answer.end)
    return [
        part.found.roles.of(speaker).says(part.manuscript, words, part.profile.organisations)
        for speaker in speakers
    ]
