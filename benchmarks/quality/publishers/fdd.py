"""FDD: Flash Briefs of two eras, on their own site, in other renderings, and on copies.

Laid out after the table of real features: two eras, dateline and title once or twice, four forms of
attribution and their mixtures, link lines with and without opening quotation mark or heading.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from benchmarks.quality.page import Page, Piece, plain, straightened, strong
from benchmarks.quality.publishers.fdd_experts import HOST, statements
from benchmarks.quality.publishers.fdd_links import background, context, tail
from benchmarks.quality.writer import Writer

FORMATS = tuple("text html html text markdown mail mail_text pdf docx mhtml html_gz".split())
KINDS = ("Flash Brief",) * 8 + ("Policy Brief", "Memo")


def page(w: Writer) -> Page:
    """Invent one brief and lay it out."""
    new = w.chance(0.55)
    copy = w.chance(0.25)
    day = (
        w.day(date(2024, 11, 1), date(2025, 10, 30))
        if new
        else w.day(date(2023, 1, 3), date(2024, 9, 30))
    )
    title, kind = w.say("title"), w.pick(*KINDS)
    dek = w.say("dek") if w.chance(0.25) else None
    pieces = _front(w, day, title, kind, dek, copy)
    dated = any(piece.role == "dateline" for piece in pieces)
    lead = [Piece("para", w.linked(w.report()), "lead")] if w.chance(0.15) else []
    developments, items = _labelled(w) if new else _paragraphs(w)
    spoken, said, cut = statements(w)
    prose, headings = ([], []) if new or cut or w.chance(0.35) else context(w)
    cited = [] if cut or (prose and w.chance(0.5)) else background(w, new)
    end = [] if cut else tail(w, copy)
    made = Page(
        publisher="fdd",
        site=w.pick("Meridian Digest", "The Harbor Blog", "Strait Watch") if copy else "FDD",
        url=f"{HOST}/analysis/{day:%Y/%m/%d}/{w.slug(title)}/",
        day=day,
        pieces=(*pieces, *lead, *items, *said, *prose, *cited, *end),
        truth={
            "publisher": "fdd",
            "profile": "fdd",
            "kind": kind if dated else None,
            "title": title,
            "authors": [],
            "developments": developments,
            "statements": spoken,
            "context_headings": headings,
            "truncated": cut,
        },
        day_printed=dated,
        host_known=not copy,
        extra={"cut": cut},
    )
    return straightened(made) if copy and w.chance(0.08) else made


def _front(w: Writer, day: date, title: str, kind: str, dek: str | None, copy: bool) -> list[Piece]:
    dateline = Piece("dateline", (f"{day:%B} {day.day}, {day.year} | {kind}",), "title")
    once = [dateline, Piece("title", (title,), "title")]
    if dek:
        once.append(Piece("dek", (dek,), "title"))
    if copy:
        top = [Piece("para", ("top of page",), "boilerplate")] if w.chance(0.3) else []
        return top + once[0 if w.chance(0.06) else 1 : 2 if w.chance(0.6) else 1]
    if w.chance(0.6):
        return once + [replace(piece, section="repeat") for piece in once]
    return once


def _labelled(w: Writer) -> tuple[list[dict[str, Any]], list[Piece]]:
    truth, pieces = [], [Piece("heading", ("Latest Developments",), "developments", 2)]
    inside = w.chance(0.6)
    for _ in range(3 if w.chance(0.85) else w.number(2, 5)):
        label, body = w.say("label"), w.linked(w.report())
        head = (strong(f"{label}:"), " ") if inside else (strong(label), ": ")
        pieces.append(Piece("item", (*head, *body), "developments"))
        truth.append({"headline": label, "text": plain(body)})
    return truth, pieces


def _paragraphs(w: Writer) -> tuple[list[dict[str, Any]], list[Piece]]:
    truth, pieces = [], [Piece("heading", ("Latest Developments",), "developments", 2)]
    for nth in range(w.pick(1, 1, 2, 2, 2, 3, 4)):
        text = w.report(2, 6)
        if w.chance(0.2):
            text = w.say("voice") + ("" if nth and w.chance(0.4) else " " + text)
        if w.chance(0.2):
            text += " " + w.say("voice")
        body = w.linked(text)
        pieces.append(Piece("para", body, "developments"))
        truth.append({"headline": None, "text": plain(body)})
    return truth, pieces
