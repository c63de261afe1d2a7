"""Chatham House: a name line that ends in a colon, then unquoted paragraphs; British usage."""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.quality.page import Citation, Inline, Page, Piece, link, strong
from benchmarks.quality.publishers.base import (
    WEB,
    boiler,
    british,
    paragraphs,
    quote,
    spoken,
    truth,
    unlabelled,
)
from benchmarks.quality.writer import Person, Writer

FORMATS = WEB
HOST = "https://www.chathamhouse.org"


def page(w: Writer) -> Page:
    """Invent one round of early analysis."""
    day = w.day(date(2020, 2, 1), date(2025, 11, 20))
    title, kind = w.say("chatham_title"), w.pick("Expert comment", "News release")
    url = f"{HOST}/{day:%Y/%m}/{w.slug(title)}"
    front = [
        Piece("kicker", (kind,), "title"),
        Piece("title", (title,), "title"),
        Piece("dateline", (british(day),), "title"),
    ]
    intro = paragraphs(w, "report", "developments", 1, 3)
    pointer = " Chatham House experts give their first reactions."
    intro[-1] = Piece("para", (*intro[-1].inline, pointer), "developments")
    said: list[dict[str, Any]] = []
    parts: list[Piece] = []
    style = w.pick("strong", "strong", "plain", "brackets")
    for person in w.people(w.number(2, 5), honorific=0):
        person = Person(
            person.name, w.pick("Dr", "Professor", "Sir", "Dame") if w.chance(0.3) else ""
        )
        role, affiliation = _role(w)
        body = paragraphs(w, "essay", "statements", 1, 4)
        said.append(spoken(quote(body), person, role, affiliation))
        parts += [_line(style, person, role), *body]
    if w.chance(0.4):
        cited = Citation(None)
        anchor = (link("Original article link", url),)
        parts += [Piece("para", anchor, "background", citation=cited)] if w.rich else []
    return Page(
        publisher="chatham-house",
        site="Chatham House",
        url=url,
        day=day,
        pieces=(
            *front,
            *intro,
            *parts,
            *(boiler("Subscribe to our weekly newsletter") if w.chance(0.3) else []),
        ),
        truth=truth(
            "chatham-house", kind=kind, title=title, developments=unlabelled(intro), statements=said
        ),
        extra={"fetched": w.chance(0.5)},
    )


def _line(style: str, person: Person, role: str) -> Piece:
    text = f"{person.printed} ({role}):" if style == "brackets" else f"{person.printed}, {role}:"
    inline: Inline = (text,) if style == "plain" else (strong(text),)
    return Piece("para", inline, "statements")


def _role(w: Writer) -> tuple[str, str | None]:
    topic = w.say("Topics")
    return w.pick(
        (f"Director, {topic} Programme", None),
        ("Senior Research Fellow, Chatham House", "Chatham House"),
        (f"Associate Fellow, {topic} Programme", None),
        (
            f"Deputy Director of the {topic} & Trade Programme and Head of Ports at Chatham House",
            "Chatham House",
        ),
        (f"Associate Fellow, {topic} Programme, Chatham House", "Chatham House"),
        ("Director and Chief Executive, Chatham House", "Chatham House"),
    )
