"""Nobody that we know: briefs of other houses, and articles that quote a known one's experts.

Of an article the sections are not asked for; it must have no statements, and belong to nobody.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from benchmarks.quality.page import Page, Piece, absolute, plain, strong
from benchmarks.quality.publishers.base import american, names, paragraphs, spoken, truth
from benchmarks.quality.publishers.fdd_links import citation
from benchmarks.quality.writer import Writer

FORMATS = ("html", "text", "html", "html", "markdown", "html_gz", "docx")
_KEY = ("Key Developments", "Key Points", "Highlights", "KEY POINTS")
_SAID = ("Expert Commentary", "Expert Views", "EXPERT VIEWS")


def page(w: Writer) -> Page:
    """Invent an article or a brief."""
    day = w.day(date(2021, 2, 1), date(2025, 11, 20))
    site = w.pick("Meridian Digest", "Institute for Coastal Policy", "The Amaris Standard")
    people = w.people(w.number(1, 3), honorific=0)
    title = w.say("title")
    front = [
        Piece("title", (title,), "title"),
        Piece("para", (f"By {names(people)}",), "title"),
        Piece("dateline", (american(day),), "title"),
    ]
    known = truth("", title=title, authors=[person.printed for person in people])
    known |= {"publisher": None, "profile": "generic"}
    body, more = _article(w) if w.chance(0.5) else _brief(w)
    known |= more
    for unsettled in ("kind", "context_headings") + (() if more else ("developments",)):
        del known[unsettled]
    return Page(
        publisher="generic",
        site=site,
        url=f"https://www.{w.slug(site + ' x').replace('-', '')}.example/{w.slug(title)}",
        day=day,
        pieces=(*front, *body),
        truth=known,
        extra={"unscored": () if more else ("links",)},
    )


def _article(w: Writer) -> tuple[list[Piece], dict[str, Any]]:
    pieces = paragraphs(w, "report", "other", 2, 3)
    for person in w.people(w.number(1, 3)):
        role = w.pick("a senior fellow", "a research analyst", "an adjunct fellow", "CEO")
        house = w.pick("the Foundation for Defense of Democracies", "FDD", "FDD’s Long War Journal")
        said = w.pick(
            f"“{w.say('opinion')[:-1]},” said {person.printed}, {role} at {house}. "
            f"“{w.say('opinion')}”",
            f"{person.printed}, {role} at {house}, told {w.say('outlets')}: “{w.say('opinion')}”",
        )
        pieces.append(Piece("para", (said,), "other"))
        pieces += paragraphs(w, "background", "other", 0, 1)
    return [*pieces, *paragraphs(w, "report", "other", 1, 2)], {}


def _brief(w: Writer) -> tuple[list[Piece], dict[str, Any]]:
    found, said = [], []
    pieces = [*paragraphs(w, "report", "lead", 1, 1)]
    pieces.append(Piece("heading", (w.pick(*_KEY),), "developments", 2))
    for _ in range(w.number(2, 4)):
        label, text = w.say("label"), w.report(0, 2)
        pieces.append(Piece("item", (strong(f"{label}:"), " ", text), "developments"))
        found.append({"headline": label, "text": text})
    pieces.append(Piece("heading", (w.pick(*_SAID),), "statements", 2))
    for person in w.people(w.number(1, 3)):
        role, quote = w.pick("Visiting Fellow", "Director, Rural Transport Unit"), w.opinion()
        by = f"“{quote}” {w.pick('—', '–')} {person.printed}, {role}"
        pieces.append(Piece("para", (by,), "statements"))
        said.append(spoken(quote, person, role, None, quoted=True))
    pieces.append(
        Piece("heading", (w.pick("Further Reading", "FURTHER READING"),), "background", 2)
    )
    for _ in range(w.number(1, 3)):
        pieces.append(_unhoused(citation(w, "marks")))
    return pieces, {"developments": found, "statements": said}


def _unhoused(piece: Piece) -> Piece:
    """Return a link line in full form: a page of another house has no addresses of this one."""
    return replace(piece, inline=absolute((piece.inline[0], plain(piece.inline[1:]))))
