"""UN OCHA: Flash Updates and situation reports; bullets within bullets, British dates."""

from __future__ import annotations

from datetime import date, timedelta

from benchmarks.quality.page import Page, Piece
from benchmarks.quality.publishers.base import (
    WEB,
    boiler,
    british,
    paragraphs,
    truth,
    unlabelled,
)
from benchmarks.quality.writer import Writer

FORMATS = WEB
_HEADINGS = ("HIGHLIGHTS", "HIGHLIGHTS", "Highlights", "Key Highlights", "KEY POINTS")
_CONTEXT = (
    "SITUATION OVERVIEW",
    "HUMANITARIAN RESPONSE",
    "HUMANITARIAN NEEDS AND RESPONSE",
    "COORDINATION",
    "Situation Overview",
    "BACKGROUND",
)
_CLUSTERS = (
    "Shelter and Non-Food Items",
    "Water, Sanitation and Hygiene",
    "Food Security",
    "Health",
    "Protection",
    "Education",
)


def page(w: Writer) -> Page:
    """Invent one update."""
    day = w.day(date(2019, 2, 1), date(2025, 11, 20))
    kind = w.pick("Flash Update", "Flash Update", "Situation Report")
    number = f"{w.pick('No. ', '#', 'No.')}{w.number(1, 60)}"
    place = w.say("place_label")
    title = w.pick(
        f"{place}: Floods - {kind} {number} (As of {british(day)})",
        f"{place.upper()}: Humanitarian impact of heavy rains, {kind} {number} ({british(day)})",
        f"{place} Crisis {kind} {number} (as of {british(day)})",
    )
    front = [Piece("title", (title,), "title")]
    printed = w.chance(0.5)
    if printed:
        front.append(Piece("kicker", (kind,), "title"))
        front.append(Piece("dateline", (british(day),), "title"))
    front += boiler(
        f"This update is issued by OCHA in collaboration with humanitarian partners. It covers the "
        f"period up to {british(day)}. The next update will be issued on or around "
        f"{british(day + timedelta(w.number(2, 9)))}."
    )
    items = _items(w)
    context, headings = _context(w)
    known = truth("ocha", title=title, developments=unlabelled(items), context_headings=headings)
    if printed:
        known["kind"] = kind
    else:
        del known["kind"]  # whether the title's words count is a matter of taste
    heading = Piece("heading", (w.pick(*_HEADINGS),), "developments", 2)
    host = w.pick(
        "www.unocha.org/publications/report/tarsk/",
        "reliefweb.int/report/tarsk/",
        "www.ochaopt.org/content/",
    )
    return Page(
        publisher="ocha",
        site="OCHA",
        url=f"https://{host}{w.slug(title)}",
        day=day,
        pieces=(*front, heading, *items, *context, *_end(w)),
        truth=known,
    )


def _items(w: Writer) -> list[Piece]:
    pieces: list[Piece] = []
    for _ in range(w.number(2, 6)):
        pieces.append(Piece("item", (w.say("ocha_item"),), "developments"))
        for _ in range(w.number(1, 3) if w.chance(0.25) else 0):
            pieces.append(Piece("item", (w.say("ocha_sub"),), "developments", 2))
    return pieces


def _context(w: Writer) -> tuple[list[Piece], list[str]]:
    pieces: list[Piece] = []
    headings: list[str] = []
    for heading in w.rng.sample(_CONTEXT[:4], w.number(1, 3)):
        headings.append(heading)
        pieces.append(Piece("heading", (heading,), "context", 2))
        pieces += paragraphs(w, "ocha_prose", "context", 1, 2)
        for cluster in w.rng.sample(_CLUSTERS, w.number(0, 2)) if "NEEDS" in heading else ():
            headings.append(cluster)
            pieces.append(Piece("heading", (cluster,), "context", 3))
            pieces += paragraphs(w, "ocha_prose", "context", 1, 2)
    return pieces, headings


def _end(w: Writer) -> list[Piece]:
    lines = (
        f"For more information, contact: {w.person().name}, Head of Office, [email protected]",
        "OCHA coordinates the global emergency response to save lives and protect people in "
        "humanitarian crises.",
    )
    return [piece for line in lines if w.chance(0.4) for piece in boiler(line)]
