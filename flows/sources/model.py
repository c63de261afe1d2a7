"""What a source is, and what collecting from it yields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.landing import Capture

KINDS = ("feed", "folder", "pages")


@dataclass(frozen=True, slots=True)
class Source:
    """Where briefs come from: a ``folder`` (or file), a ``feed``, or ``pages``."""

    name: str
    kind: str
    locations: tuple[str, ...]

    @property
    def location(self) -> str:
        return ", ".join(self.locations)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be collected; ``reason`` is a fixed word.

    ``whole`` tells that the source itself did not answer, rather than one of its documents.
    """

    uri: str
    reason: str
    message: str
    whole: bool = False


Collected = Iterator[Capture | Failure]
