"""CFR's Daily News Brief: headlines and paragraphs until 2024, run-in labels since 2025."""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.quality.page import Inline, Page, Piece, em, link, plain, strong
from benchmarks.quality.publishers.base import WEB, american, boiler, spoken, truth
from benchmarks.quality.writer import Writer

FORMATS = WEB
_REGIONS = (
    "Pacific Rim",
    "South and Central Asia",
    "Middle East and North Africa",
    "Sub-Saharan Africa",
    "Europe",
    "Americas",
    "United States",
)
KIND = "Daily News Brief"


def page(w: Writer) -> Page:
    """Invent one day's brief."""
    if w.chance(0.5):
        return _older(w)
    return _newer(w)


def _site(w: Writer, day: date, title: str, pieces: list[Piece], **known: Any) -> Page:
    path = w.pick("article", "articles") if day.year > 2024 else "daily-news-brief"
    return Page(
        publisher="cfr",
        site="Council on Foreign Relations",
        url=f"https://www.cfr.org/{path}/{w.slug(title)}",
        day=day,
        pieces=tuple(pieces),
        truth=truth("cfr", kind=KIND, title=title, **known),
    )


def _sourced(w: Writer, *, end: bool) -> Inline:
    """Return a paragraph of news with its sources in brackets, linked."""
    outlets = [w.say("outlets") for _ in range(w.number(1, 2))]
    source: list[Any] = [" ("]
    for nth, outlet in enumerate(outlets):
        source += [", "] if nth else []
        source.append(link(outlet, w.news_url()))
    first, rest = w.say("report"), w.prose(*("follow" for _ in range(w.number(1, 3))))
    if end:
        return (f"{first} {rest}", *source, ")")
    return (
        (first[:-1], *source, ")", first[-1], f" {rest}")
        if first[-1] == "."
        else (f"{first} {rest}", *source, ")")
    )


def _older(w: Writer) -> Page:
    day = w.day(date(2017, 2, 1), date(2024, 12, 20))
    title = w.say("agenda_title")
    found: list[dict[str, Any]] = []
    pieces = [
        Piece("kicker", (KIND,), "title"),
        Piece("dateline", (american(day),), "title"),
        Piece("title", (title,), "title"),
        Piece("heading", ("Top of the Agenda",), "developments", 2),
    ]
    pieces += _item(w, title, found)
    said, analysis = _analysis(w)
    pieces += analysis
    for region in _REGIONS:
        if w.chance(0.4):
            pieces.append(Piece("heading", (region,), "developments", 2))
            for _ in range(w.number(1, 2)):
                pieces += _item(w, w.say("agenda_title"), found)
            if w.chance(0.3):
                body, label = _sourced(w, end=False), w.say("countries").split("|")[0]
                pieces.append(Piece("para", (strong(f"{label}:"), " ", *body), "developments"))
                found.append({"headline": label, "text": plain(body)})
    return _site(w, day, title, pieces, developments=found, statements=said)


def _item(w: Writer, headline: str, found: list[dict[str, Any]]) -> list[Piece]:
    body = _sourced(w, end=w.chance(0.4))
    found.append({"headline": headline, "text": plain(body)})
    return [
        Piece("heading", (headline,), "developments", 3),
        Piece("para", body, "developments"),
    ]


def _analysis(w: Writer) -> tuple[list[dict[str, Any]], list[Piece]]:
    said: list[dict[str, Any]] = []
    pieces = [Piece("heading", ("Analysis",), "statements", 3)]
    for person in w.people(w.number(1, 3), honorific=0):
        words = w.prose(*("opinion" for _ in range(w.number(0, 2))), "view").rstrip(".")
        outlet = link(em(w.say("outlets")) if w.chance(0.5) else w.say("outlets"), w.news_url())
        tail: Inline = w.pick(
            (f"writes {person.printed} in the ", outlet, "."),
            (f"writes {person.printed} for ", outlet, "."),
            (f"{person.printed} writes for ", outlet, "."),
            (f"{person.printed} argues in the ", outlet, "."),
        )
        pieces.append(Piece("para", (f"“{words},” ", *tail), "statements"))
        said.append(spoken(f"{words},", person, None, None, quoted=True))
    return said, pieces


def _newer(w: Writer) -> Page:
    day = w.day(date(2025, 5, 1), date(2025, 11, 20))
    title, author = w.say("agenda_title"), w.person(honorific=0)
    found: list[dict[str, Any]] = []
    pieces = [Piece("kicker", (KIND,), "title"), Piece("title", (title,), "title")]
    signed = w.chance(0.6)
    if signed:
        pieces.append(Piece("para", (f"By {author.printed}",), "title"))
    pieces.append(Piece("dateline", (american(day),), "title"))
    covered = w.say("agenda_label")
    pieces.append(
        Piece(
            "para",
            (f"Welcome to the Daily News Brief. Today we cover {covered}, as well as:",),
            "lead",
        )
    )
    pieces += [Piece("item", (w.say("agenda_label"),), "lead") for _ in range(2)]
    pieces.append(Piece("heading", ("Top of the Agenda",), "developments", 2))
    for nth in range(w.number(4, 7)):
        if nth == 1:
            pieces.append(Piece("heading", ("Across the Globe",), "developments", 2))
        label, body = w.say("agenda_label"), _sourced(w, end=True)
        pieces.append(Piece("para", (strong(f"{label}."), " ", *body), "developments"))
        found.append({"headline": label, "text": plain(body)})
    if w.chance(0.6):
        pieces.append(Piece("heading", ("What’s Next",), "context", 2))
        pieces += [
            Piece("item", (f"{when}, {w.say('clause')}.",), "context")
            for when in ("Today", "Tomorrow")
        ]
    pieces += (
        boiler("Subscribe to the Daily News Brief to receive it every weekday morning.")
        if w.chance(0.3)
        else []
    )
    return _site(
        w, day, title, pieces, developments=found, authors=[author.printed] if signed else []
    )
