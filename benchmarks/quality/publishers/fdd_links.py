"""What follows FDD's statements: free prose, link lines of every form, lines of the site."""

from __future__ import annotations

from typing import Any

from benchmarks.quality.page import Citation, Inline, Piece, em, link
from benchmarks.quality.publishers.fdd_experts import HOST
from benchmarks.quality.writer import Writer

_HEADINGS = ("FDD Background and Analysis",) * 3 + ("Related Analysis",)


def context(w: Writer) -> tuple[list[Piece], list[str]]:
    """Invent background prose, with free subheadings in most cases; also return these."""
    pieces: list[Piece] = []
    headings: list[str] = []
    subheads = w.chance(0.6)
    for _ in range(w.number(1, 3)):
        if subheads:
            headings.append(w.say("subheading"))
            pieces.append(Piece("heading", (headings[-1],), "context", 3))
        for _ in range(w.number(1, 3)):
            text = w.say("aside_quote") if pieces and w.chance(0.2) else w.background(1, 4)
            if len(pieces) == 0:
                text = w.background(2, 4)
            pieces.append(Piece("para", w.linked(text), "context"))
    return pieces, headings


def background(w: Writer, new: bool) -> list[Piece]:
    """Invent link lines, under a heading or none."""
    heading = w.pick(*_HEADINGS) if new else "Related Analysis" if w.chance(0.3) else None
    pieces = [Piece("heading", (heading,), "background", 2)] if heading else []
    form = w.pick("title", "marks", "lost", "line", "title", "marks")
    kind = "item" if w.chance(0.1) else "para"
    for _ in range(w.number(2, 6)):
        pieces.append(citation(w, form if w.chance(0.8) else w.pick("title", "lost"), kind))
    return pieces


def citation(w: Writer, form: str, kind: Any = "para") -> Piece:
    """Invent one link line. ``form``: what the link covers, or that the opening “ is lost."""
    title = w.say("cited")
    people = [person.printed for person in w.people(w.pick(1, 1, 1, 2, 2, 3), honorific=0.06)]
    outlet = w.pick("FDD Flash Brief", "FDD Policy Brief", "FDD Memo") if w.chance(0.3) else None
    names = ", ".join(people[:-1]) + ("," if len(people) > 2 else "") + f" and {people[-1]}"
    by = outlet or "by " + (names if len(people) > 1 else people[0])
    day = f"{w.number(2019, 2025)}/{w.number(1, 12):02}/{w.number(1, 28):02}"
    url = f"{HOST}/analysis/{day}/{w.slug(title)}/"
    href = url if w.chance(0.6) else url.removeprefix(HOST if w.chance(0.7) else "https:")
    if w.chance(0.15):
        url = href = w.news_url()
    last = em(by) if outlet and w.chance(0.4) else by
    inline: Inline
    if form == "title":
        inline = ("“", link(title, url, href), ",” ", last)
    elif form == "marks":
        inline = (link(f"“{title},”", url, href), " ", last)
    elif form == "lost":
        inline = (link(f"{title},”", url, href), " ", last)
    else:
        inline = (link(f"“{title},” {by}", url, href),)
    cited = Citation(title, () if outlet else tuple(people), outlet)
    return Piece(kind, inline, "background", citation=cited)


def tail(w: Writer, copy: bool) -> list[Piece]:
    """Return what stands below a brief and is not its own, more of it on copies."""
    topics = [w.say("Topics") for _ in range(w.number(2, 4))]
    linked = [link(topic, f"{HOST}/issues/{w.slug(topic + ' x')}/") for topic in topics]
    lines: list[Inline] = [(w.pick("Issues: ", "Issues:"), *linked)]
    lines += [(w.say("fdd_boilerplate"),) for _ in range(6)]
    share = 0.35 if copy else 0.12
    return [Piece("para", line, "boilerplate") for line in lines if w.chance(share)]
