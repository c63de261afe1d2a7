"""What a source is, what a run asks of it, and what comes of that."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flows.sources.credentials import Credentials
from flows.sources.names import storable
from flows.sources.selection import Selection

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
        return ", ".join(map(storable, self.locations))


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


@dataclass(frozen=True, slots=True)
class Mode:
    """What a run asks beyond what is due.

    ``every_source``: also those that are left alone, for they failed or answered lately.
    ``every_page``: also known pages that were checked lately, as one does who names them.
    ``whole``: indexes to their end, and all that they name, however much that is.
    """

    every_source: bool = False
    every_page: bool = False
    whole: bool = False


MODES = {
    "ingest": Mode(every_source=True, every_page=True),
    "backfill": Mode(every_source=True, whole=True),
}
"""The modes of commands that ask more than what is due."""


@dataclass
class Collected:
    """How one source did: why it did not answer, if so, and the days on which it published.

    ``asked`` is false where nothing was due, so that nothing was learned of it.
    """

    source: Source
    asked: bool = False
    error: str | None = None
    retry_at: datetime | None = None
    days: list[date] = field(default_factory=list)

    def failed(self, failure: Failure) -> None:
        """Note that the source itself did not answer."""
        self.asked, self.error, self.retry_at = True, failure.message, failure.retry_at
