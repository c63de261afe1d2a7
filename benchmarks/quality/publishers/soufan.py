"""The Soufan Center: IntelBriefs, bottom line first, then prose and nothing else."""

from __future__ import annotations

from datetime import date

from benchmarks.quality.page import Page, Piece
from benchmarks.quality.publishers.base import (
    WEB,
    american,
    boiler,
    paragraphs,
    truth,
    unlabelled,
)
from benchmarks.quality.writer import Writer

FORMATS = WEB
_HEADINGS = ("Bottom Line Up Front",) * 3 + ("Bottom Line Up Front:", "BOTTOM LINE UP FRONT")


def page(w: Writer) -> Page:
    """Invent one IntelBrief."""
    day = w.day(date(2019, 5, 1), date(2025, 11, 20))
    title = w.pick("IntelBrief: ", "IntelBrief: ", "") + w.say("intel_title")
    kind = w.pick("IntelBrief", "INTELBRIEF")
    weekday = w.chance(0.25)
    dateline = f"{day:%A}, {american(day)}" if weekday else american(day)
    front = [
        Piece("kicker", (kind,), "title"),
        Piece("dateline", (dateline,), "title"),
        Piece("title", (title,), "title"),
    ]
    if w.chance(0.4):
        front += boiler(w.pick("AP Photo/Mia Orr", "AP Photo", "Jon Reik/Pool Photo via AP"))
    front.append(Piece("heading", (w.pick(*_HEADINGS),), "developments", 2))
    bullets = [
        Piece("item", w.linked(w.say("bluf"), 0.1), "developments")
        for _ in range(w.pick(3, 4, 4, 4, 5))
    ]
    prose = paragraphs(w, w.pick("report", "background"), "context", 4, 8)
    slug = f"intelbrief-{day.year}-{day:%B}-{day.day}".lower()
    return Page(
        publisher="soufan",
        site="The Soufan Center",
        url=f"https://thesoufancenter.org/{slug}/",
        day=day,
        pieces=(*front, *bullets, *_long(w, prose), *_end(w)),
        truth=truth("soufan", kind=kind, title=title, developments=unlabelled(bullets)),
    )


def _long(w: Writer, prose: list[Piece]) -> list[Piece]:
    """Return ``prose`` with an opening paragraph as long as real ones are."""
    extra = w.prose(*("follow" for _ in range(3)))
    first = Piece("para", (*prose[0].inline, f" {extra}"), "context")
    return [first, *prose[1:]]


def _end(w: Writer) -> list[Piece]:
    lines = (
        "For tailored research and analysis, please contact: [email protected]",
        "Subscribe to IntelBriefs",
        "Follow us on Twitter @TheSoufanCenter",
    )
    return [piece for line in lines if w.chance(0.3) for piece in boiler(line)]
