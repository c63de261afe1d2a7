"""The flow ``backfill``: all that sitemaps, listings and lists of pages name, for years back."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.pipeline import Report
from flows.prefect_runner import run_in_flow
from flows.settings import load_settings
from flows.sources.backfill import to_backfill


@flow(name="backfill", log_prints=False, persist_result=False, validate_parameters=False)
async def backfill(
    sources: str = "sources.toml",
    only: list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    data: str | None = None,
) -> Report:
    """Take in all that sitemaps, listings and lists of pages name, however much it is.

    Args:
        sources: the file that declares them.
        only: names of the sources to ask; by default all of these kinds.
        since: the first day that is wanted, as 2020-01-31.
        until: the last day that is wanted.
        data: the data root; by default BRIEFHOUSE_DATA, else ``data``.
    """
    settings = load_settings(data)
    chosen = to_backfill(Path(sources), only or (), since, until)
    return await run_in_flow("backfill", chosen, settings)
