"""What a person sees of a run: progress while it goes on, an account of it at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.pipeline import Notify, Report

_REJECTS_SHOWN = 20
_STAGES = {"collect": "Collecting", "extract": "Extracting", "publish": "Publishing"}


@contextmanager
def progress() -> Iterator[Notify]:
    """Yield the callback for a run's progress: bars on a terminal, plain lines in a log."""
    if not sys.stderr.isatty():
        yield _log_line
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description:<11}"), BarColumn(), TextColumn("{task.fields[seen]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def notify(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_STAGES[stage], total=total, seen="")
            seen = f"{done:,}" if total is None else f"{done:,} of {total:,}"
            bars.update(tasks[stage], completed=done, total=total, seen=seen)

        yield notify


def _log_line(stage: str, done: int, total: int | None) -> None:
    if done == total:
        what = "night" if stage == "publish" else "documents"
        print(f"{_STAGES[stage]}: {done:,} {what}", file=sys.stderr, flush=True)


def show(report: Report) -> None:
    """Print the account of a run: every document in one of the outcomes, and what was refused."""
    counts = report.counts
    print(
        f"{sum(counts.values())} documents:", ", ".join(f"{n} {o}" for o, n in counts.items() if n)
    )
    refused = [attempt for attempt in report.attempts if attempt.outcome == "rejected"]
    for attempt in refused[:_REJECTS_SHOWN]:
        print(f"  rejected ({attempt.reason}): {attempt.uri}\n    {attempt.message}")
    if len(refused) > _REJECTS_SHOWN:
        print(
            f"  and {len(refused) - _REJECTS_SHOWN} more: "
            'briefhouse sql "SELECT uri, reason, message FROM rejects"'
        )
    if report.night is not None:
        print(f"Published: {report.night}")
    else:
        print("Nothing new to publish; the current night stands.")
