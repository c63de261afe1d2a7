"""Crisis Group: CrisisWatch with a country in capitals, and briefings that open with questions."""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.quality.page import Page, Piece, plain, strong
from benchmarks.quality.publishers.base import WEB, boiler, british, paragraphs, truth
from benchmarks.quality.writer import Writer

FORMATS = WEB
_QUESTIONS = ("What’s new?", "Why does it matter?", "What should be done?")
_REGIONS = ("Africa", "Europe & Central Asia")


def page(w: Writer) -> Page:
    """Invent one month of CrisisWatch, or one briefing."""
    day = w.day(date(2019, 2, 1), date(2025, 11, 20))
    watch = w.chance(0.5)
    title = f"CrisisWatch: {day:%B %Y}" if watch else w.say("intel_title")
    front = [Piece("title", (title,), "title"), Piece("dateline", (british(day),), "title")]
    if not watch:
        front.insert(0, Piece("kicker", ("Briefing / Africa",), "title"))
    found, entries = _watch(w) if watch else _briefing(w)
    known = truth("crisis-group", title=title, developments=found)
    del known["kind"], known["context_headings"]  # what a kicker with a region is, is not settled
    end = boiler("More for you") if w.chance(0.3) else []
    return Page(
        publisher="crisis-group",
        site="Crisis Group",
        url=f"https://www.crisisgroup.org/{'crisiswatch' if watch else 'africa'}/{w.slug(title)}",
        day=day,
        pieces=(*front, *entries, *end),
        truth=known,
    )


def _watch(w: Writer) -> tuple[list[dict[str, Any]], list[Piece]]:
    found: list[dict[str, Any]] = []
    pieces: list[Piece] = []
    for nth in range(w.number(2, 6)):
        if nth in (0, 3):
            pieces.append(Piece("heading", (_REGIONS[nth // 3],), "developments", 2))
        country = w.say("countries").split("|")[0].upper()
        body = Piece("para", w.linked(w.report()), "developments")
        pieces += [Piece("heading", (country,), "developments", 3), body]
        found.append({"headline": country, "text": plain(body.inline)})
    return found, pieces


def _briefing(w: Writer) -> tuple[list[dict[str, Any]], list[Piece]]:
    found: list[dict[str, Any]] = []
    pieces: list[Piece] = []
    for question in _QUESTIONS:
        text = w.report(0, 2)
        pieces.append(Piece("para", (strong(question), " ", text), "developments"))
        found.append({"headline": question, "text": text})
    heading = Piece("heading", (w.say("section_heading"),), "context", 2)
    return found, [*pieces, heading, *paragraphs(w, "background", "context", 2, 4)]
