"""What a source is, and what collecting from it yields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flows.sources.credentials import Credentials
from flows.sources.selection import Selection
from warehouse.landing import Capture

KINDS = ("feed", "folder", "pages", "sitemap", "listing", "warc")


@dataclass(frozen=True, slots=True)
class Source:
    """Where briefs come from, as ``sources.toml`` or the command line declares it.

    ``locations`` are addresses or absolute paths. Of ``pages`` a location may be a file with an
    address a line. None of ``max_entries`` and ``delay`` means that the settings say it; ``every``
    is how long a source is left alone after it answered.
    """

    name: str
    kind: str
    locations: tuple[str, ...]
    publisher: str | None = None
    selection: Selection = field(default=Selection())
    pages: int = 10
    content: str = "page"
    max_entries: int | None = None
    delay: float | None = None
    every: timedelta | None = None
    credentials: Credentials = field(default=Credentials())
    enabled: bool = True

    @property
    def location(self) -> str:
        return ", ".join(self.locations)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be collected; ``reason`` is a fixed word.

    ``whole`` tells that the source itself did not answer, rather than one of its documents.
    ``retry_at`` (UTC) is when its host wants to be asked again, if it said so.
    """

    uri: str
    reason: str
    message: str
    whole: bool = False
    retry_at: datetime | None = None


Collected = Iterator[Capture | Failure]
