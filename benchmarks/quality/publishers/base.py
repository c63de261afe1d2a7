"""What the publishers' modules share."""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.quality.page import Inline, Piece, plain
from benchmarks.quality.writer import Person, Writer

WEB = tuple("html html html html_gz mhtml text html markdown mail pdf docx".split())
"""The formats of a publisher whose briefs live on the web."""


def truth(publisher: str, **known: Any) -> dict[str, Any]:
    """Return the truth of a brief of ``publisher``; a field that ``known`` lacks is empty."""
    nothing: dict[str, Any] = {
        "publisher": publisher,
        "profile": publisher,
        "kind": None,
        "title": None,
        "authors": [],
        "developments": [],
        "statements": [],
        "context_headings": [],
        "truncated": False,
    }
    return {**nothing, **known}


def spoken(
    quote: str, person: Person, role: str | None, affiliation: str | None, *, quoted: bool = False
) -> dict[str, Any]:
    """Return one true statement."""
    return {
        "quote": quote,
        "is_quotation": quoted,
        "speaker": person.printed,
        "role": role,
        "affiliation": affiliation,
    }


def unlabelled(pieces: list[Piece]) -> list[dict[str, Any]]:
    """Return the true developments that ``pieces`` print without labels."""
    return [{"headline": None, "text": plain(piece.inline)} for piece in pieces]


def paragraphs(w: Writer, name: str, section: str, low: int, high: int) -> list[Piece]:
    """Invent ``low`` to ``high`` paragraphs from the sentences of list ``name``."""
    found = []
    for _ in range(w.number(low, high)):
        text = w.prose(*(name for _ in range(w.number(2, 5))))
        found.append(Piece("para", w.linked(text, 0.3), section))
    return found


def quote(pieces: list[Piece]) -> str:
    """Return the words of ``pieces`` as one unquoted statement."""
    return "\n\n".join(plain(piece.inline) for piece in pieces)


def names(people: list[Person], last: str = ", and ") -> str:
    """Return a byline's list of names."""
    printed = [person.printed for person in people]
    if len(printed) == 1:
        return printed[0]
    return ", ".join(printed[:-1]) + (" and " if len(printed) == 2 else last) + printed[-1]


def boiler(*lines: Inline | str) -> list[Piece]:
    """Return lines that are nobody's."""
    return [
        Piece("para", (line,) if isinstance(line, str) else line, "boilerplate") for line in lines
    ]


def american(day: date) -> str:
    """Return ``day`` as in "May 7, 2025"."""
    return f"{day:%B} {day.day}, {day.year}"


def british(day: date) -> str:
    """Return ``day`` as in "7 May 2025"."""
    return f"{day.day} {day:%B} {day.year}"
