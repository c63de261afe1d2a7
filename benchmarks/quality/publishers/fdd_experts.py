"""FDD's experts: four forms of attribution and their mixtures, roles with and without the house."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from benchmarks.quality.page import Inline, Piece, Span, em, link, plain, strong
from benchmarks.quality.writer import Person, Writer

HOST = "https://www.fdd.org"
_HEADINGS = ("Expert Analysis",) * 4 + ("FDD Expert Response",) * 4
_RARE_HEADINGS = ("FDD Expert Analysis", "Expert Response")
_SEPARATORS = (" — ",) * 12 + (" ",) * 7 + ("", "— ")
_RARE = ("\u00a0— ", " – ", " —")


@dataclass(frozen=True)
class _Style:
    """How one document prints its experts."""

    separators: tuple[str, ...]
    name: str
    role: str
    next_paragraph: bool
    broken: bool
    """Whether a line break stands before the name."""


def statements(w: Writer) -> tuple[list[dict[str, Any]], list[Piece], bool]:
    """Invent the experts and their words; also tell whether the page is cut in the last one."""
    heading = w.pick(*_HEADINGS, *_RARE_HEADINGS)
    pieces = [Piece("heading", (heading,), "statements", 2)]
    truth: list[dict[str, Any]] = []
    style = _Style(
        separators=_SEPARATORS if w.chance(0.35) else (w.pick(*_SEPARATORS * 3, *_RARE),),
        name=w.pick("plain", "strong", "link", "strong link", "dash strong", "strong comma"),
        role=w.pick("plain", "em"),
        next_paragraph=w.chance(0.12),
        broken=w.chance(0.04),
    )
    for person in w.people(w.pick(1, 2, 2, 2, 2, 3, 3, 4)):
        role, affiliation = _role(w)
        paragraphs = [w.opinion() for _ in range(w.pick(1, 1, 1, 1, 1, 2, 3))]
        opening = "“" if w.chance(0.85) else ""
        pieces += _said(w, style, paragraphs, opening, person, role)
        truth.append(
            {
                "quote": f"\n\n{opening}".join(paragraphs),
                "is_quotation": True,
                "speaker": person.printed,
                "role": role,
                "affiliation": affiliation,
            }
        )
    cut = w.chance(0.04)
    if cut:
        _cut(w, pieces, truth[-1])
    return truth, pieces, cut


def _said(
    w: Writer, style: _Style, paragraphs: list[str], opening: str, person: Person, role: str
) -> list[Piece]:
    texts = [f"“{paragraphs[0]}", *(f"{opening}{text}" for text in paragraphs[1:])]
    texts[-1] += "”"
    separator = w.pick(*style.separators)
    if style.broken:
        separator = separator.lstrip()
    by = _attribution(style, separator, person, role)
    if style.next_paragraph:
        lone = separator if "—" in separator or w.chance(0.3) else "— "
        tail = [_attribution(style, lone.lstrip(), person, role)]
        return [Piece("para", part, "statements") for part in [*((t,) for t in texts), *tail]]
    bodies: list[Inline] = [(text,) for text in texts]
    bodies[-1] = (*bodies[-1], *((Span("br"),) if style.broken else ()), *by)
    return [Piece("para", body, "statements") for body in bodies]


def _attribution(style: _Style, separator: str, person: Person, role: str) -> Inline:
    name: str | Span = person.printed
    address = f"{HOST}/team/{person.slug}/"
    if "link" in style.name:
        name = link(name, address, address if len(person.name) % 2 else f"/team/{person.slug}/")
    title = em(role) if style.role == "em" else role
    if style.name == "dash strong" and "—" in separator:
        space = " " if separator.startswith(" ") else ""
        return (space, strong("— ", name), ", ", title)
    if style.name == "strong comma":
        return (separator, strong(name, ","), " ", title)
    if "strong" in style.name:
        name = strong(name)
    return (separator, name, ", ", title)


def _cut(w: Writer, pieces: list[Piece], statement: dict[str, Any]) -> None:
    """End the page in the middle of the last speaker's name or role."""
    text = plain(pieces[-1].inline)
    role = statement["role"]
    last = role.split()[-1]
    gone = w.number(2, max(2, len(last) - 2))
    statement["role"] = role[:-gone]
    found = statement["affiliation"]
    if found and found not in statement["role"]:
        statement["affiliation"] = statement["role"][role.index(found) :] or None
    pieces[-1] = replace(pieces[-1], inline=(text[:-gone],))


def _role(w: Writer) -> tuple[str, str | None]:
    """Return a role as printed, and the organisation printed in it."""
    kind = w.rng.random()
    if kind < 0.5:
        return w.say("fdd_role"), None
    if kind < 0.8:
        return f"FDD {w.say('fdd_own_role')}", "FDD"
    house = w.say("fdd_house")
    return f"{w.say('fdd_post')} {house}", house
