"""The flow ``maintain``: compaction and clearing away, on a schedule."""

from __future__ import annotations

import asyncio

from prefect import flow
from prefect.logging import get_run_logger

from flows.maintaining import Maintained
from flows.maintaining import maintain as run
from flows.settings import load_settings


@flow(name="maintain", log_prints=False, persist_result=False, validate_parameters=False)
async def maintain(data: str | None = None) -> Maintained:
    """Compact lake, catalog and landing, and clear away what killed runs left.

    Args:
        data: the data root; by default BRIEFHOUSE_DATA, else ``data``.
    """
    report = await asyncio.to_thread(run, load_settings(data))
    logger = get_run_logger()
    for name, value in report.before.items():
        logger.info("%s: %d, now %d", name, value, report.after[name])
    return report
