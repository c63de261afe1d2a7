"""The values that a brief prints above its first section, and its day told from what is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.dates import parse_printed, writes_month_first
from extractors.front_lines import closing_day, filed_kind
from extractors.manuscript import Line
from extractors.model import Document, Printed, Stamp
from extractors.profile import Profile


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values that a brief prints above its first section."""

    title: Printed | None = None
    kind: Printed | None = None
    published: Stamp | None = None
    published_printed: Printed | None = None
    authors: tuple[Printed, ...] = ()


def completed(
    front: FrontMatter, lines: Sequence[Line], first: int, document: Document, profile: Profile
) -> FrontMatter:
    """Return ``front`` with what is printed elsewhere on the page alone, if something is.

    That is the day behind a label, and the kind in a line that files the piece below the ``first``
    line of a section. Metadata that gives a day goes before.
    """
    if front.published is None and document.published is None:
        day = closing_day(lines, profile)
        if day is not None:
            front = replace(front, published=stamp_of(day, profile), published_printed=day)
    if front.kind is None and profile.kinds:
        front = replace(front, kind=filed_kind(lines[first:], profile))
    return front


def declared_kind(document: Document, profile: Profile) -> Printed | None:
    """Return the kind of piece that the document's own metadata gives, if there is such a kind."""
    end = profile.kind_end(document.kind) if document.kind else None
    return Printed(document.kind[:end]) if document.kind and end is not None else None


def first_day(
    published: Stamp | None, printed: Printed | None, day: Printed | None, profile: Profile
) -> tuple[Stamp | None, Printed | None]:
    """Return the day that is known, with how it is printed; else the ``day`` that a line gives."""
    if published is not None or day is None:
        return published, printed
    return stamp_of(day, profile), day


def stamp_of(day: Printed, profile: Profile) -> Stamp:
    """Read a printed day as the publisher writes days."""
    return Stamp(parse_printed(day.text, month_first=writes_month_first(profile.timezone)))
