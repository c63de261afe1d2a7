"""A brief as its publisher would lay it out, before it becomes HTML, text, mail or print.

A :class:`Page` is a list of :class:`Piece`; a piece holds runs of text, some of them wrapped in
:class:`Span`. The formats print pages; the truth of a page follows from its data, never from what
was printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

Inline = tuple["str | Span", ...]
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
Mark = Literal["strong", "em", "a", "sup", "br"]


@dataclass(frozen=True)
class Span:
    """A marked run. ``url`` is the true address of a link, ``href`` what the page prints of it."""

    mark: Mark
    inner: Inline = ()
    url: str = ""
    href: str = ""


@dataclass(frozen=True)
class Citation:
    """What a link line cites."""

    title: str | None
    authors: tuple[str, ...] = ()
    outlet: str | None = None


@dataclass(frozen=True)
class Piece:
    """One block. ``role`` says what it is to the publisher; formats choose how to show it.

    ``section`` is where its links belong; "boilerplate" and "repeat" give none. ``level`` is the
    depth of an item (1, 2) or the rank of a heading (1 the title, 2 a section, 3 below it).
    """

    role: Literal["kicker", "dateline", "title", "dek", "heading", "para", "item", "rule"]
    inline: Inline = ()
    section: str = "other"
    level: int = 1
    citation: Citation | None = None
    anchor: str = ""


@dataclass(frozen=True)
class Page:
    """A whole brief. ``truth`` holds every field but the links, which follow from the pieces."""

    publisher: str
    site: str
    url: str
    day: date
    pieces: tuple[Piece, ...]
    truth: dict[str, Any]
    day_printed: bool = True
    authors: tuple[str, ...] = ()
    host_known: bool = True
    """Whether the page says in its head where it belongs; a mirror names itself."""
    ordered: bool = False
    """Whether the first list is numbered."""
    extra: dict[str, Any] = field(default_factory=dict)


def strong(*inner: str | Span) -> Span:
    """Mark a run bold."""
    return Span("strong", inner)


def em(*inner: str | Span) -> Span:
    """Mark a run italic."""
    return Span("em", inner)


def link(text: str | Span, url: str, href: str = "") -> Span:
    """Link a run to ``url``, printed as ``href`` if that is given."""
    return Span("a", (text,), url, href or url)


def plain(inline: Inline) -> str:
    """Return the bare text of ``inline``."""
    return "".join(
        part if isinstance(part, str) else "\n" if part.mark == "br" else plain(part.inner)
        for part in inline
    )


def anchors(inline: Inline) -> Iterator[Span]:
    """Yield the links in ``inline``; an address within the page is none."""
    for part in inline:
        if isinstance(part, Span):
            if part.mark == "a" and not part.url.startswith("#"):
                yield part
            else:
                yield from anchors(part.inner)


def absolute(inline: Inline) -> Inline:
    """Return ``inline`` with every link printed in full, as mail and print must."""
    return tuple(
        part if isinstance(part, str) else Span(part.mark, absolute(part.inner), part.url, part.url)
        for part in inline
    )


def straightened(page: Page) -> Page:
    """Return ``page`` as some copies have it: with straight quotation marks throughout."""
    pieces = tuple(
        replace(p, inline=_straight(p.inline), citation=p.citation and _cited(p.citation))
        for p in page.pieces
    )
    return replace(page, pieces=pieces, truth=_straight_value(page.truth))


def _straight(inline: Inline) -> Inline:
    return tuple(
        part.translate(_STRAIGHT)
        if isinstance(part, str)
        else replace(part, inner=_straight(part.inner))
        for part in inline
    )


def _cited(cited: Citation) -> Citation:
    return Citation(
        *(_straight_value(value) for value in (cited.title, cited.authors, cited.outlet))
    )


def _straight_value(value: Any) -> Any:
    if isinstance(value, str):
        return value.translate(_STRAIGHT)
    if isinstance(value, dict):
        return {key: _straight_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_straight_value(inner) for inner in value)
    return value


def with_absolute_links(page: Page) -> Page:
    """Return ``page`` with every link printed in full."""
    return replace(page, pieces=tuple(replace(p, inline=absolute(p.inline)) for p in page.pieces))
