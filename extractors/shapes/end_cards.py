"""Cards of the experts below their words: the names once more, with posts or what they work on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line
from extractors.names import is_person
from extractors.shapes.bios import is_bio
from extractors.shapes.name_lines import NameLine, read_name_line
from extractors.shapes.speakers import forms
from extractors.text import fold, has_more_words

_MAX_CARDS = 40  # lines
_MAX_OF_CARD = 3  # lines below a name
_MAX_NAMED = 200  # characters of a line that has said who speaks
_PROSE_WORDS = 9
_HEAD_WORDS = 3
_PRONOUNS = ("He", "She", "They", "His", "Her", "Their")
_TITLE = re.compile(r"(?:Dr|Prof|Professor|Mr|Ms|Mrs)\.? ")
_DOES = re.compile(
    r"(?: (?:previously|currently|also))? (?:is|was|has (?:been|written|served|worked)|works?|"
    r"worked|stud(?:y|ies)|focus(?:es)?|leads?|covers?|research(?:es)?|writes?|speciali[sz]es?|previously|"
    r"joined|served|holds?|teach(?:es)?|directs?|heads?|received|earned)\b|"
    r" (?:research|work|expertise|areas)\b"
)


def cards_begin(lines: Sequence[Line], people: frozenset[str]) -> int:
    """Return where cards of those begin who have spoken above; ``len(lines)`` without any."""
    begin = len(lines)
    names: list[frozenset[str]] = []
    for at in range(len(lines) - 1, max(len(lines) - _MAX_CARDS, 0) - 1, -1):
        if begin - at > _MAX_OF_CARD + 2:
            break
        line = lines[at]
        if len(line.text) > _MAX_NAMED or line.text[:1] in "—–-":
            continue
        card = read_name_line(lines, at, people)
        if card is None or card.run_in is not None or card.marked or at + card.lines > begin:
            continue
        below = lines[at + card.lines : begin]
        if len(below) > _MAX_OF_CARD or (below and not _tells(below[0], card, people)):
            break
        begin = at
        names += [frozenset(forms(speaker.name.text)) for speaker in card.speakers]
    if begin > 1 and names and _heads(lines[begin - 1]):
        begin -= 1
    above = lines[:begin]
    spoken = all(any(_speaks(above, at, own) for at in range(len(above))) for own in names)
    return begin if names and len({*names}) == len(names) and spoken else len(lines)


def _heads(line: Line) -> bool:
    """Tell whether a line above cards is their heading: "Contributors"."""
    marked = line.block.kind == "heading" or 0 < line.block.bold == len(line.text)
    return marked and not has_more_words(line.text, _HEAD_WORDS) and not is_person(line.text)


def _tells(line: Line, card: NameLine, people: frozenset[str]) -> bool:
    """Tell whether a line below a name says who that is, and not what they say."""
    if is_bio(line, people):
        return True
    text = line.text[m.end() :] if (m := _TITLE.match(line.text)) else line.text
    names = {speaker.name.text.rpartition(" ")[2] for speaker in card.speakers}
    named = next((w for w in (*_PRONOUNS, *names) if text.startswith(w + " ")), None)
    return named is not None and _DOES.match(text, len(named)) is not None


def _speaks(lines: Sequence[Line], at: int, name: frozenset[str]) -> bool:
    """Tell whether ``lines[at]`` says that ``name`` has said what is below it, or signs it."""
    text = lines[at].text
    if len(text) > _MAX_NAMED:
        return False
    folded = fold(text)
    if not any(form in folded for form in name if " " in form):
        return False
    if text[:1] in "—–-":
        return True
    return any(has_more_words(below.text, _PROSE_WORDS) for below in lines[at + 1 : at + 3])
