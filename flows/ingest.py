"""The flow ``ingest``: paths and addresses, once."""

from __future__ import annotations

from prefect import flow

from flows.pipeline import Report
from flows.prefect_runner import run_in_flow
from flows.settings import load_settings
from flows.sources.declare import given_sources


@flow(name="ingest", log_prints=False, persist_result=False, validate_parameters=False)
async def ingest(paths: list[str], data: str | None = None) -> Report:
    """Take in files, folders and addresses of pages or feeds.

    Args:
        paths: what ``briefhouse ingest`` takes.
        data: the data root; by default BRIEFHOUSE_DATA, else ``data``.
    """
    settings = load_settings(data)
    return await run_in_flow("ingest", given_sources(paths), settings)
