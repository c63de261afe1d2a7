"""Brookings: experts weigh in; a headline, a name line, unquoted prose."""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.quality.page import Inline, Page, Piece, strong
from benchmarks.quality.publishers.base import (
    WEB,
    american,
    boiler,
    names,
    paragraphs,
    quote,
    spoken,
    truth,
    unlabelled,
)
from benchmarks.quality.writer import Person, Writer

FORMATS = WEB


def page(w: Writer) -> Page:
    """Invent one round-up."""
    day = w.day(date(2018, 2, 1), date(2025, 11, 20))
    title = w.say("brookings_title")
    people = w.people(w.number(2, 6), honorific=0)
    front = [Piece("kicker", ("Commentary",), "title"), Piece("title", (title,), "title")]
    if w.chance(0.3):
        front.append(Piece("dek", ("Brookings experts weigh in",), "title"))
    front += [
        Piece("para", (names(people),), "title"),
        Piece("dateline", (american(day),), "title"),
    ]
    intro = paragraphs(w, "report", "developments", 1, 2)
    verb = w.pick("discuss what the numbers mean", "weigh in", "break down what this means")
    pointer = f" Below, Brookings experts {verb}."
    intro[-1] = Piece("para", (*intro[-1].inline, pointer), "developments")
    layout = w.pick("headline", "headline", "run-in")
    said: list[dict[str, Any]] = []
    parts: list[Piece] = []
    for person in people:
        role, affiliation = _role(w)
        body = paragraphs(w, "essay", "statements", 1, 4)
        said.append(spoken(quote(body), person, role, affiliation))
        parts += (
            _run_in(w, person, role, body) if layout == "run-in" else _under(w, person, role, body)
        )
    end = (
        boiler("The Brookings Institution is committed to quality, independence, and impact.")
        if w.chance(0.4)
        else []
    )
    return Page(
        publisher="brookings",
        site="Brookings",
        url=f"https://www.brookings.edu/articles/{w.slug(title)}/",
        day=day,
        pieces=(*front, *intro, *parts, *end),
        truth=truth(
            "brookings",
            kind="Commentary",
            title=title,
            statements=said,
            authors=[p.printed for p in people],
            developments=unlabelled(intro),
        ),
        extra={"fetched": w.chance(0.7)},
    )


def _under(w: Writer, person: Person, role: str, body: list[Piece]) -> list[Piece]:
    line = Piece("para", (strong(person.printed), f", {role}"), "statements")
    return [Piece("heading", (w.say("verdict"),), "statements", 2), line, *body]


def _run_in(w: Writer, person: Person, role: str, body: list[Piece]) -> list[Piece]:
    handle = f" (@{person.slug.replace('-', '')[:12]})" if w.chance(0.4) else ""
    head: Inline = (strong(person.printed), f"{handle}, {role}: ")
    return [Piece("para", (*head, *body[0].inline), "statements"), *body[1:]]


def _role(w: Writer) -> tuple[str, str | None]:
    topic, other = w.say("Topics"), w.say("Topics")
    center = w.pick(
        f"Center on {topic} and {other}", f"Hollis Center for {topic}", f"Center for {topic}"
    )
    return w.pick(
        (f"Senior Fellow, Economic Studies, {center}", center),
        ("Nonresident Fellow, Governance Studies", None),
        (
            f"Senior Fellow and Director, Initiative on {topic}, Trade, and Aid, Global Economy",
            None,
        ),
        ("Director of Research, Foreign Policy", None),
        (f"Fellow, Foreign Policy, {center}", center),
        (f"Senior Fellow in the {center}", center),
        (f"{topic} Chair and Senior Fellow in the {center}", center),
    )
