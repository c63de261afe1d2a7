"""The flow ``reprocess``: the stored pages read anew with today's code."""

from __future__ import annotations

import asyncio
from datetime import date

from prefect import flow
from prefect.logging import get_run_logger

from flows.prefect_runner import PrefectRunner
from flows.reprocessing import RefusedError, Reprocessed, in_words
from flows.reprocessing import reprocess as run
from flows.settings import load_settings


@flow(name="reprocess", log_prints=False, persist_result=False, validate_parameters=False)
async def reprocess(
    profile: str | None = None,
    since: str | None = None,
    accept: bool = False,
    dry_run: bool = False,
    data: str | None = None,
) -> Reprocessed:
    """Read the stored pages anew, and publish the difference if it is accepted.

    The run fails if it is refused; its log has what would change, field by field.

    Args:
        profile: only briefs that this profile reads.
        since: only briefs with a page fetched on that day (YYYY-MM-DD) or later.
        accept: publish even if many briefs lose a value or get another id.
        dry_run: change nothing.
        data: the data root; by default BRIEFHOUSE_DATA, else ``data``.
    """
    logger = get_run_logger()
    report = await asyncio.to_thread(
        run,
        load_settings(data),
        PrefectRunner(),
        profile=profile,
        since=date.fromisoformat(since) if since else None,
        accept=accept,
        dry_run=dry_run,
    )
    for line in in_words(report):
        logger.info("%s", line)
    if report.refused and not dry_run:
        raise RefusedError(report)
    return report
