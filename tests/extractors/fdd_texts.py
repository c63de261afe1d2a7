"""A small invented brief of FDD's layout, and its values in the form that tests compare."""

from __future__ import annotations

from collections.abc import Sequence

from extractors import Brief, extract
from extractors.model import Printed

DATELINE = "January 5, 2025 | Flash Brief"
TITLE = "Mill Burns in Tarsk, Nobody Hurt"
NEW = ("- Fire at Mill: The mill burned for hours.", "- Cause Unknown: Police had no theory.")
SAID = "“Mills burn — often — when bread is dear.” — Ada Vance, FDD Fellow"


def brief_of(body: str, uri: str = "brief.txt") -> Brief:
    """Take ``body`` apart."""
    brief = extract(body.encode(), uri=uri).brief
    assert brief is not None
    return brief


def text_of(
    *after: str,
    front: Sequence[str] = (DATELINE, TITLE),
    news: Sequence[str] = NEW,
    heading: str = "FDD Expert Response",
) -> str:
    """Return a brief as text: front, developments, and ``after`` below the experts' heading."""
    return "\n".join([*front, "Latest Developments", *news, heading, *after])


def page_of(said: str, links: str = "", head: str = "", front: str | None = None) -> str:
    """Return a brief as a page: ``said`` and ``links`` are markup."""
    front = f"<p>{DATELINE}</p><h1>{TITLE}</h1>" if front is None else front
    items = "".join(f"<li>{line[2:]}</li>" for line in NEW)
    return (
        f"<html><head>{head}</head><body><article>{front}<h3>Latest Developments</h3>"
        f"<ul>{items}</ul><h3>FDD Expert Response</h3>{said}{links}</article></body></html>"
    )


def text(value: Printed | None) -> str | None:
    """Return a value's text."""
    return value.text if value else None


def experts(brief: Brief) -> list[tuple[str, str | None]]:
    """Return speakers and roles."""
    return [(s.speaker.text, text(s.role)) for s in brief.statements]


def cited(brief: Brief) -> list[tuple[str | None, list[str], str | None]]:
    """Return title, authors and outlet of the link lines."""
    return [
        (text(link.title), [author.text for author in link.authors], text(link.outlet))
        for link in brief.links
        if link.section == "background"
    ]
