"""Critical Threats and ISW: updates with takeaways, long bylines and footnotes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from benchmarks.quality.page import Citation, Inline, Page, Piece, link, plain, strong
from benchmarks.quality.publishers.base import (
    WEB,
    american,
    boiler,
    names,
    paragraphs,
    truth,
)
from benchmarks.quality.writer import Writer

FORMATS = WEB


def page(w: Writer) -> Page:
    """Invent one update."""
    day = w.day(date(2023, 1, 5), date(2025, 11, 20))
    series = (
        w.say("place_label")
        + " "
        + w.pick("Update", "Campaign Assessment", "Weekly Update", "File")
    )
    title = f"{series}, {american(day)}"
    folder = w.pick("backgrounder", "research/osk")
    people = w.people(w.number(2, 13), honorific=0.02)
    developments, takeaways = _takeaways(w)
    sections, headings, marks = _sections(w)
    return Page(
        publisher="isw",
        site="Institute for the Study of War",
        url=f"https://understandingwar.org/{folder}/{w.slug(title)}/",
        day=day,
        pieces=(*_front(w, day, title, names(people)), *takeaways, *sections, *_notes(w, marks)),
        truth=truth(
            "isw",
            title=title,
            authors=[person.printed for person in people],
            developments=developments,
            context_headings=headings,
        ),
        ordered=w.chance(0.3),
    )


def _front(w: Writer, day: date, title: str, byline: str) -> list[Piece]:
    head = [Piece("title", (title,), "title")]
    if w.chance(0.3):
        head.append(Piece("para", (title,), "repeat"))
    by = w.pick("Authors: ", "Authors: ", "", "By ") + byline
    cutoff = day - timedelta(w.number(0, 2))
    hour = f"{w.number(1, 11)}{w.pick(':00', '')}{w.pick(' am', ' pm', 'pm')} ET"
    head += [
        Piece("para", (by,), "title"),
        Piece(
            "para",
            (f"{w.pick('Data', 'Information')} Cutoff: {american(cutoff)}, at {hour}",),
            "boilerplate",
        ),
    ]
    if w.chance(0.5):
        head.append(Piece("dateline", (american(day) + w.pick("", f", {hour}"),), "title"))
    if w.chance(0.3):
        head += boiler("To receive this update via email, please subscribe here.")
    if w.chance(0.3):
        cited, author = w.say("cited"), w.person(honorific=0)
        url = f"https://understandingwar.org/research/osk/{w.slug(cited)}/"
        inline = (f"Read {author.printed}’s ", link(f"“{cited}.”", url))
        head.append(
            Piece("para", inline, "background", citation=Citation(cited, (author.printed,)))
        )
    return head


def _takeaways(w: Writer) -> tuple[list[dict[str, Any]], list[Piece]]:
    heading = w.pick("Key Takeaways", "Key Takeaways", "Key Takeaways:", "Toplines")
    pieces = [Piece("heading", (heading,), "developments", 2)]
    found = []
    style = w.pick("none", "all", "mixed")
    for _ in range(w.number(2, 7)):
        label = (
            w.say("place_label") if style == "all" or (style == "mixed" and w.chance(0.4)) else None
        )
        text = w.prose("takeaway", *(["follow"] if w.chance(0.4) else []))
        head: Inline = (strong(f"{label}:"), " ") if label else ()
        pieces.append(Piece("item", (*head, text), "developments"))
        found.append({"headline": label, "text": text})
    return found, pieces


def _sections(w: Writer) -> tuple[list[Piece], list[str], int]:
    pieces: list[Piece] = []
    headings: list[str] = []
    mark = 0
    for _ in range(w.number(1, 4)):
        headings.append(w.say("section_heading"))
        pieces.append(Piece("heading", (headings[-1],), "context", 2))
        for piece in paragraphs(w, "background", "context", 1, 3):
            mark += 1
            note: Inline = ("[", link(f"{mark}", f"#_edn{mark}"), "]")
            pieces.append(Piece("para", (plain(piece.inline), *note), "context"))
    return pieces, headings, mark


def _notes(w: Writer, count: int) -> list[Piece]:
    pieces = [Piece("rule")]
    for nth in range(1, count + 1):
        urls = [w.news_url() for _ in range(2 if w.rich and w.chance(0.2) else 1)]
        rest: Inline = ("; ", link(urls[1], urls[1])) if len(urls) > 1 else ()
        inline = (link(f"[{nth}]", f"#_ednref{nth}"), " ", link(urls[0], urls[0]), *rest)
        pieces.append(Piece("para", inline, "background", citation=Citation(None)))
    return pieces
