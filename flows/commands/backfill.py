"""``briefhouse backfill``: years of pages at once."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands.shared import (
    DATA,
    SOURCES,
    Data,
    SourceNames,
    SourcesFile,
    UsePrefect,
    as_flow,
    as_result,
    direct,
    finish,
)


def backfill(
    sources: SourcesFile = SOURCES,
    source: SourceNames = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="The first day that is wanted.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="The last day that is wanted.")
    ] = None,
    data: Data = DATA,
    prefect: UsePrefect = None,
) -> None:
    """Take in years back: all that sitemaps, listings and lists name.

    Without --source, every source of these kinds is asked. What is known is not fetched again, so
    one that was cut off goes on where it ended.
    """
    from flows.sources.backfill import to_backfill

    chosen = to_backfill(sources, source or (), since, until)
    if as_flow(prefect):
        from flows.backfill import backfill as flow

        finish(as_result(flow(str(sources), source, since, until, data=str(data))))
    direct("backfill", chosen, data)
