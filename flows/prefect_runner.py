"""The runner whose steps are Prefect tasks, seen in its UI: one for all
sources on the web, one for each other, one per landing file.

Never one per document: a task costs the server about 35 ms.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

from prefect import Task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows.pipeline import Report, run
from flows.settings import Settings
from flows.sources.model import Mode, Source

T = TypeVar("T")
R = TypeVar("R")


class PrefectRunner:
    """Applies a step as mapped tasks of the flow run that is under way."""

    def map(self, name: str, step: Callable[[T], R], items: Sequence[T]) -> list[R]:
        def call(nth: int) -> R:
            return step(items[nth])

        # only the number is a parameter: Prefect walks through parameters, and items may be large
        mapped = Task(call, name=name, cache_policy=NO_CACHE, persist_result=False)
        futures = mapped.map(list(range(len(items))))
        return [future.result() for future in futures]


async def run_in_flow(
    command: str, sources: Sequence[Source], settings: Settings, mode: Mode | None = None
) -> Report:
    """Run the pipeline inside a flow, off its event loop, and log what came of it."""
    logger = get_run_logger()
    report = await asyncio.to_thread(run, command, sources, settings, PrefectRunner(), mode=mode)
    for attempt in report.attempts:
        if attempt.outcome == "rejected":
            logger.warning("%s: %s (%s)", attempt.reason, attempt.message, attempt.uri)
    for alert in report.alerts:
        logger.warning("ALERT: %s", alert)
    counts = ", ".join(f"{n} {outcome}" for outcome, n in report.counts.items() if n)
    logger.info("%s; %s", counts or "nothing to do", report.night or "no new night")
    return report
