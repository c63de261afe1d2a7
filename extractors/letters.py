"""Covering letters above a summary: "Dear Friend, our newest report, written by Ada Vance"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line
from extractors.model import Printed
from extractors.people import read_people

_FRONT = 8  # lines among which a letter begins
_BODY = 8  # lines of one
_MAX = 300  # characters
# "... our newest report, written by Ada Vance and Ole Brandt.", in the letter above a summary
_TOLD = re.compile(
    r"\b(?:our|’s) (?:new|newest|latest|recent) (?:\w+ ){0,2}(?:report|paper|study|brief|memo|"
    r"memorandum|monograph|assessment)\b[^.]{0,120}?,? (?:co-)?(?:written|authored) by "
    r"(?P<names>[A-Z].+?)\.?$"
)


def authors_in_letter(lines: Sequence[Line]) -> tuple[Printed, ...]:
    """Return who wrote the paper that a letter leads to, by its words; who signs it did not."""
    opened = next((at for at, line in enumerate(lines[:_FRONT]) if _greets(line.text)), None)
    if opened is None:
        return ()
    for line in lines[opened + 1 : opened + 1 + _BODY]:
        told = _TOLD.search(line.text) if len(line.text) <= _MAX else None
        if told is not None and (names := read_people(line, *told.span("names"))):
            return names
    return ()


def _greets(text: str) -> bool:
    return text.startswith("Dear ") and text.endswith((",", ":"))
