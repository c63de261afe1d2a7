"""ECFR: views from the capitals; a city and a headline, "by" and a name, unquoted prose."""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.quality.page import Page, Piece
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
from benchmarks.quality.writer import Writer

FORMATS = WEB


def page(w: Writer) -> Page:
    """Invent one round of views."""
    day = w.day(date(2016, 2, 1), date(2025, 11, 20))
    title = f"Views from the capitals: {w.say('chatham_title').split(':')[0].rstrip('?')}"
    front = [
        Piece("kicker", ("Commentary",), "title"),
        Piece("title", (title,), "title"),
        Piece("dateline", (british(day),), "title"),
    ]
    intro = paragraphs(w, "report", "developments", 1, 2)
    said: list[dict[str, Any]] = []
    parts: list[Piece] = []
    for person in w.people(w.number(2, 5), honorific=0):
        body = paragraphs(w, "essay", "statements", 1, 4)
        said.append(spoken(quote(body), person, None, None))
        headline = f"View from {w.say('countries').split('|')[2]}: {w.say('verdict')}"
        parts.append(Piece("heading", (headline.rstrip("."),), "statements", 2))
        parts += [Piece("para", (f"by {person.printed}",), "statements"), *body]
    end = (
        "The European Council on Foreign Relations does not take collective positions. ECFR "
        "publications only represent the views of their individual authors."
    )
    return Page(
        publisher="ecfr",
        site="ECFR",
        url=f"https://ecfr.eu/article/{w.slug(title)}/",
        day=day,
        pieces=(*front, *intro, *parts, *boiler(end)),
        truth=truth(
            "ecfr",
            kind="Commentary",
            title=title,
            developments=unlabelled(intro),
            statements=said,
        ),
    )
