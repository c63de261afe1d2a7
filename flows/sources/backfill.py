"""Which sources a backfill asks, and for which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from flows.sources.declare import SourcesError, load_sources, select
from flows.sources.model import Source

KINDS = ("sitemap", "listing", "pages")
"""What names years of pages. A feed shows the latest ones, and is asked if it is named."""


def to_backfill(
    path: Path, names: Sequence[str], since: str | None, until: str | None
) -> list[Source]:
    """Return the sources of ``path`` to backfill, with their days.

    Days that are given go before those that are declared. Raises :class:`SourcesError`.
    """
    chosen = select(load_sources(path), names)
    if not names:
        chosen = [source for source in chosen if source.kind in KINDS]
    if wrong := [source for source in chosen if source.kind not in (*KINDS, "feed")]:
        kinds = ", ".join((*KINDS, "feed"))
        raise SourcesError(f"{wrong[0].name!r} is a {wrong[0].kind}; a backfill asks {kinds}")
    if not chosen:
        raise SourcesError(f"{path} declares no source of the kinds {', '.join(KINDS)}")
    first, last = _day(since, "since"), _day(until, "until")
    if first and last and first > last:
        raise SourcesError(f"--since {first} is later than --until {last}")
    return [
        replace(
            source,
            selection=replace(
                source.selection,
                since=first or source.selection.since,
                until=last or source.selection.until,
            ),
        )
        for source in chosen
    ]


def _day(text: str | None, name: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SourcesError(f"--{name} {text}: it is a day such as 2020-01-31") from None
