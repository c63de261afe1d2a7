"""The Atlantic Council: experts react, each under a headline, named in the line at the end."""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.quality.page import Inline, Page, Piece, em, link, strong
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
HOST = "https://www.atlanticcouncil.org"


def page(w: Writer) -> Page:
    """Invent one round of reactions."""
    day = w.day(date(2021, 2, 1), date(2025, 11, 20))
    title, kind = w.say("news_title"), w.pick("New Atlanticist", "New Atlanticist", "UkraineAlert")
    front = [
        Piece("kicker", (kind,), "title"),
        Piece("dateline", (american(day) + w.pick("", " • 5:22 pm ET"),), "title"),
        Piece("title", (title,), "title"),
        Piece("para", ("By Atlantic Council experts",), "title"),
    ]
    intro = paragraphs(w, "report", "developments", 1, 3)
    people = w.people(w.number(2, 6))
    parts = [(w.say("verdict"), person) for person in people]
    pieces = [*front, *intro]
    if w.chance(0.75):
        pieces += _jumps(w, parts)
    said: list[dict[str, Any]] = []
    for headline, person in parts:
        body = paragraphs(w, "essay", "statements", 1, 4)
        role, affiliation, article = _role(w)
        said.append(spoken(quote(body), person, role, affiliation))
        pieces += [
            Piece("rule"),
            Piece("heading", (headline,), "statements", 2, anchor=person.slug),
            *body,
        ]
        pieces.append(_line(w, person, f"{article}{role}"))
    if w.chance(0.3):
        pieces += boiler("Sign up for our newsletter")
    slug = w.slug(title.removeprefix("Experts react"))
    return Page(
        publisher="atlantic-council",
        site="Atlantic Council",
        url=f"{HOST}/blogs/new-atlanticist/experts-react/{slug}/",
        day=day,
        pieces=tuple(pieces),
        truth=truth(
            "atlantic-council",
            kind=kind,
            title=title,
            developments=unlabelled(intro),
            statements=said,
        ),
    )


def _jumps(w: Writer, parts: list[tuple[str, Person]]) -> list[Piece]:
    heading = w.pick(
        "Click to jump to an expert analysis:",
        "Jump to an expert analysis:",
        "Click to jump to an expert reaction:",
    )
    role: Any = w.pick("item", "para")
    return [Piece("heading", (heading,), "other", 3)] + [
        Piece(role, (link(f"{person.name}: {headline}", f"#{person.slug}"),), "boilerplate")
        for headline, person in parts
    ]


def _role(w: Writer) -> tuple[str, str | None, str]:
    """Return a role, the organisation in it, and the article before it."""
    topic = w.say("Topics")
    house = w.pick(
        f"Atlantic Council’s {topic} Initiative",
        f"Atlantic Council’s Center for {topic}",
        f"Atlantic Council’s {topic} Program",
    )
    return w.pick(
        (f"director of the {house}", house, "the "),
        (f"nonresident senior fellow at the {house}", house, "a "),
        (f"senior fellow at the {house} and a former inspector of naval yards", house, "a "),
        (
            f"nonresident senior fellow in the {topic} Program and a former inspector of ports",
            None,
            "a ",
        ),
        (
            "distinguished fellow at the Atlantic Council and former minister of trade",
            "Atlantic Council",
            "a ",
        ),
        (f"associate director of the {house}", house, "an "),
    )


def _line(w: Writer, person: Person, role: str) -> Piece:
    name = link(person.printed, f"{HOST}/expert/{person.slug}/", f"/expert/{person.slug}/")
    tail = f" is {role}."
    if w.chance(0.15):
        tail += f" Follow {w.pick('him', 'her')} on X @{person.slug.replace('-', '')[:12]}."
    inline: Inline = w.pick(
        ("—", em(strong(name), tail)),
        (em("—", name, tail),),
        ("—", strong(name), tail),
        (f"—{person.printed}{tail}",),
        (f"— {person.printed}{tail}",),
    )
    return Piece("para", inline, "statements")
