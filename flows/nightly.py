"""The flow ``nightly``: every source of ``sources.toml``, on a schedule."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.pipeline import Report
from flows.prefect_runner import run_in_flow
from flows.settings import load_settings
from flows.sources.declare import load_sources, select
from flows.sources.model import Mode


@flow(name="nightly", log_prints=False, persist_result=False, validate_parameters=False)
async def nightly(
    sources: str = "sources.toml", only: list[str] | None = None, data: str | None = None
) -> Report:
    """Ask every declared source and publish what is new.

    Args:
        sources: the file that declares them.
        only: names of the sources to ask; all by default.
        data: the data root; by default BRIEFHOUSE_DATA, else ``data``.
    """
    settings = load_settings(data)
    chosen = select(load_sources(Path(sources)), only or ())
    return await run_in_flow("nightly", chosen, settings, Mode(every_source=bool(only)))
