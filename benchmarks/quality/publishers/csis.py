"""CSIS: Critical Questions, numbered, answered by one author whose role stands at the end."""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.quality.page import Inline, Page, Piece, Span, em, strong
from benchmarks.quality.publishers.base import (
    WEB,
    american,
    boiler,
    paragraphs,
    quote,
    spoken,
    truth,
    unlabelled,
)
from benchmarks.quality.writer import Person, Writer

FORMATS = WEB
_HOUSE = "Center for Strategic and International Studies"


def page(w: Writer) -> Page:
    """Invent one set of questions."""
    day = w.day(date(2016, 2, 1), date(2025, 11, 20))
    title, author = w.say("csis_title"), w.person(honorific=0.05)
    intro = paragraphs(w, "report", "developments", 1, 2)
    role, affiliation = _role(w)
    said: list[dict[str, Any]] = []
    pairs: list[Piece] = []
    style = w.pick(": ", ": ", ". ")
    own_line = w.chance(0.1)
    for nth in range(1, w.number(3, 6)):
        body = paragraphs(w, "essay", "statements", 1, 4)
        said.append(spoken(quote(body), author, role, affiliation))
        pairs.append(Piece("para", (strong(f"Q{nth}{style}{w.say('question')}"),), "statements"))
        pairs += _answer(nth, style, own_line, body)
    return Page(
        publisher="csis",
        site="CSIS",
        url=f"https://www.csis.org/analysis/{w.slug(title)}",
        day=day,
        pieces=(
            *_front(w, day, title, author),
            *intro,
            *pairs,
            _bio(w, author, role),
            *_end(w, day),
        ),
        truth=truth(
            "csis",
            kind="Critical Questions",
            title=title,
            authors=[author.printed],
            developments=unlabelled(intro),
            statements=said,
        ),
    )


def _front(w: Writer, day: date, title: str, author: Person) -> list[Piece]:
    published = Piece("dateline", (f"Published {american(day)}",), "title")
    if w.chance(0.5):
        return [
            Piece("title", (title,), "title"),
            Piece("kicker", (f"Critical Questions by {author.printed}",), "title"),
            published,
        ]
    return [
        Piece("kicker", ("Critical Questions",), "title"),
        Piece("title", (title,), "title"),
        Piece("para", (f"By {author.printed}",), "title"),
        published,
    ]


def _answer(nth: int, style: str, own_line: bool, body: list[Piece]) -> list[Piece]:
    mark: str | Span = strong(f"A{nth}{style.strip()}")
    if own_line:
        return [Piece("para", (mark,), "statements"), *body]
    first: Inline = (mark, " ", *body[0].inline)
    return [Piece("para", first, "statements"), *body[1:]]


def _role(w: Writer) -> tuple[str, str]:
    topic = w.say("Topics")
    return w.pick(
        (f"senior fellow with the {topic} Program at the {_HOUSE}", _HOUSE),
        (f"director of the {topic} Project at CSIS", "CSIS"),
        (f"senior adviser (non-resident) with the {topic} Program at the {_HOUSE}", _HOUSE),
        (f"associate fellow in the {topic} and Trade Program at CSIS", "CSIS"),
    )


def _bio(w: Writer, author: Person, role: str) -> Piece:
    article = "" if role.startswith("director") else "an " if role.startswith("a") else "a "
    inline: Inline = (strong(author.printed), f" is {article}{role}.")
    return Piece("para", (em(*inline),) if w.chance(0.6) else inline, "other")


def _end(w: Writer, day: date) -> list[Piece]:
    lines = (
        "Critical Questions is produced by the Center for Strategic and International Studies "
        "(CSIS), a private, tax-exempt institution focusing on international public policy "
        "issues.",
        f"© {day.year} by the Center for Strategic and International Studies. All rights reserved.",
    )
    return [piece for line in lines if w.chance(0.6) for piece in boiler(line)]
