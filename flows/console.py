"""What a person sees of a run: progress while it goes on, an account of it at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from warehouse.standing import CONDITIONS

if TYPE_CHECKING:
    from flows.pipeline import Notify, Report
    from warehouse.status import Status

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
    words = ", ".join(f"{n} {o}" for o, n in counts.items() if n)
    print(f"{sum(counts.values())} documents: {words}" if words else "No document had to be asked.")
    failing = [state for state in report.put_off if state.failures_in_row]
    for state in failing[:_REJECTS_SHOWN]:
        print(f"  left alone until {state.next_ask_at:%Y-%m-%d %H:%M} UTC: {state.source}")
        print(f"    failed {state.failures_in_row} times in a row: {state.last_error}")
    if len(failing) > _REJECTS_SHOWN:
        print(f"  and {len(failing) - _REJECTS_SHOWN} more sources: briefhouse sources list")
    refused = [attempt for attempt in report.attempts if attempt.outcome == "rejected"]
    for attempt in refused[:_REJECTS_SHOWN]:
        print(f"  rejected ({attempt.reason}): {attempt.uri}\n    {attempt.message}")
    if len(refused) > _REJECTS_SHOWN:
        print(
            f"  and {len(refused) - _REJECTS_SHOWN} more: "
            'briefhouse sql "SELECT uri, reason, message FROM rejects"'
        )
    held = [attempt for attempt in report.attempts if attempt.outcome == "held"]
    for source, why in dict.fromkeys((a.source, a.message) for a in held):
        number = sum((a.source, a.message) == (source, why) for a in held)
        print(f"  held: {number} of {source}\n    {why}")
    if held:
        print("  briefhouse release SOURCE lets them in; briefhouse status shows what is held")
    if report.night is not None:
        print(f"Published: {report.night}")
    else:
        print("Nothing new to publish; the current night stands.")
    sys.stdout.flush()
    for alert in report.alerts:
        print(f"ALERT: {alert}", file=sys.stderr)


def show_status(found: Status) -> None:
    """Print how the data root stands."""
    print("Last runs:" if found.runs else "No run yet.")
    for run in found.runs:
        counts = f"{run.tried} tried, {run.new} new, {run.revised} revised, {run.rejected} rejected"
        counts += f", {run.held} held" if run.held else ""
        night = "published" if run.published else "no new night"
        print(f"  {run.started_at:%Y-%m-%d %H:%M:%S} {run.command}: {counts}; {night}")
        if run.message:
            print(f"    {run.message}")
    if found.sources:
        print("Sources:")
    for source in found.sources:
        print(f"  {source.source}: {source.condition} ({CONDITIONS[source.condition]})")
        if source.last_error:
            print(f"    {source.last_error}")
        for alert in source.alerts:
            print(f"    ALERT: {alert}")
    print("Held:" if found.held else "Held: nothing")
    for held in found.held:
        print(
            f"  {held.captures} of {held.source}, since {held.since:%Y-%m-%d %H:%M}: {held.reason}"
        )
        print(f"    briefhouse release {held.source!r}")
    print(f"Pending: {len(found.pending)} landing files" + ("" if found.pending else ", all is in"))
    for name in found.pending[:_REJECTS_SHOWN]:
        print(f"  {name}")
    for wanted in found.erasures:
        print(f"Not erased whole: {wanted}")
        print(f"    briefhouse forget {wanted!r} --yes")
    print(f"Nights kept: {len(found.nights)}; current: {found.current or 'none'}")
    print(f"Write lock: {found.lock or 'free'}")
