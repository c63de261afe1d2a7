"""What a brief is made of: the values that pass from reading to understanding to storing.

Everything here is immutable, picklable and free of dependencies, so that it can cross a process
border and be compared in tests. Offsets count code points of :attr:`Brief.text`, as Python slices
do. What a brief has dozens of is a NamedTuple: a frozen dataclass takes four times as long to make.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

BlockKind = Literal["heading", "paragraph", "item", "quotation", "cell", "preformatted"]
Section = Literal[
    "title",
    "lead",
    "developments",
    "statements",
    "context",
    "background",
    "repeat",
    "boilerplate",
    "other",
]

BLOCK_SEPARATOR = "\n\n"
"""What stands between two blocks in :attr:`Brief.text`."""


class Anchor(NamedTuple):
    """A hyperlink inside a block: ``block.text[start:end]`` leads to ``url``."""

    start: int
    end: int
    url: str


class Block(NamedTuple):
    """One block of a document: a run of text that the page sets apart.

    ``text`` has single spaces; a line break stands only where the page breaks the line. ``level``
    is a heading's rank (1 to 6) or a list item's depth (from 1), else 0. ``bold`` is the length of
    the emphasised run that the block opens with. ``marginal`` marks what the page itself sets
    aside: an ``<aside>`` or ``<footer>`` inside the article.
    """

    kind: BlockKind
    text: str
    level: int = 0
    anchors: tuple[Anchor, ...] = ()
    bold: int = 0
    marginal: bool = False


@dataclass(frozen=True, slots=True)
class Stamp:
    """A publication time: the publisher's calendar day and the instant, as far as each is known.

    A time that a page gives in UTC alone has no ``on``: the day in UTC may not be the publisher's.
    """

    on: date | None
    at: datetime | None = None
    utc_offset_min: int | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What others say of a page: the feed that led to it, and who declared the source.

    They count only where the page itself is silent. ``published`` is as the feed prints it; it is
    not trusted if it lies behind ``fetched_at``, the time at which the page was fetched.
    """

    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of one file: ordered blocks, and what the file says of itself.

    It knows nothing of any publisher. ``base_url`` is the address the document declares or was
    fetched from; ``canonical_url`` is only what the page itself declares. ``announced`` is the time
    that the feed gives: the last resort.
    """

    format: str
    blocks: tuple[Block, ...]
    url: str | None = None
    canonical_url: str | None = None
    title: str | None = None
    kind: str | None = None
    authors: tuple[str, ...] = ()
    published: Stamp | None = None
    language: str | None = None
    site: str | None = None
    license_url: str | None = None
    noai: bool | None = None
    announced: Stamp | None = None


class Printed(NamedTuple):
    """A value that the brief prints: ``text`` is ``Brief.text[start:end]``.

    ``start`` and ``end`` are None for a value that only the page's metadata gives.
    """

    text: str
    start: int | None = None
    end: int | None = None


class PlacedBlock(NamedTuple):
    """A block's place: its section, its kind, and its span in :attr:`Brief.text`."""

    section: Section
    kind: BlockKind
    start: int
    end: int


class Development(NamedTuple):
    """One reported development; ``headline`` is None where the brief prints no label."""

    headline: Printed | None
    text: Printed


class Statement(NamedTuple):
    """One expert's words. ``quote`` is without its outer quotation marks."""

    quote: Printed
    is_quotation: bool
    speaker: Printed
    role: Printed | None
    affiliation: Printed | None
    attribution: Printed | None


class Link(NamedTuple):
    """Something a brief cites. ``title``, ``authors`` and ``outlet`` come from link lines only."""

    section: Section
    text: Printed
    title: Printed | None = None
    authors: tuple[Printed, ...] = ()
    outlet: Printed | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """One brief, taken apart. Every :class:`Printed` in it is a slice of ``text``."""

    text: str
    blocks: tuple[PlacedBlock, ...]
    profile: str
    profile_version: int
    publisher: str | None = None
    kind: Printed | None = None
    title: Printed | None = None
    published: Stamp | None = None
    published_printed: Printed | None = None
    authors: tuple[Printed, ...] = ()
    developments: tuple[Development, ...] = ()
    statements: tuple[Statement, ...] = ()
    links: tuple[Link, ...] = ()
    url: str | None = None
    canonical_url: str | None = None
    language: str | None = None
    license_url: str | None = None
    noai: bool | None = None
    truncated: bool = False
    unknown_headings: tuple[str, ...] = field(default=())

    @property
    def coverage(self) -> float | None:
        """Share (0 to 1) of the text's code points in sections other than ``other``.

        Repeats and boilerplate count on neither side; None if nothing else is there.
        """
        counted = placed = 0
        for block in self.blocks:
            if block.section in ("repeat", "boilerplate"):
                continue
            size = block.end - block.start
            counted += size
            if block.section != "other":
                placed += size
        return placed / counted if counted else None


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a capture gave no brief: ``reason`` is a fixed word, ``message`` tells a person."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """The outcome for one capture: exactly one of ``brief`` and ``rejection`` is set."""

    brief: Brief | None = None
    rejection: Rejection | None = None
