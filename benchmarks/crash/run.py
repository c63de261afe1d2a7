"""A whole run of the benchmark: a quiet root, then lives until there were kills enough."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path
from random import Random

import flows.pipeline
import flows.workers  # noqa: F401 (imported once, before anything is forked)
from benchmarks.crash.corpus import inboxes
from benchmarks.crash.life import INGEST, Lives, Record
from benchmarks.crash.victim import Moments
from flows.cli import app

UPKEEP = ("maintain", "reprocess", "rebuild")


def run(options: argparse.Namespace) -> int:
    """Kill as often as asked; return the exit status."""
    for name in [n for n in os.environ if n.startswith(("BRIEFHOUSE_", "PREFECT_"))]:
        del os.environ[name]
    os.environ.update(BRIEFHOUSE_WORKERS="1", BRIEFHOUSE_DELAY="0")
    if options.folder:
        Path(options.folder).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="crash-", dir=options.folder))
    lives = Lives(
        folder, inboxes(options.seed), Random(options.seed), Moments(), Record(), options.kills,
        [name for name in UPKEEP if name in _commands()],
    )  # fmt: skip
    record, began = lives.record, time.monotonic()
    quiet = lives.quiet()
    number = 0
    while record.killed < options.kills and not record.failures:
        number += 1
        lives.live(number, quiet)
        print(f"life {number}: {record.killed} kills, {record.queries:,} queries", flush=True)
    _report(lives, number, time.monotonic() - began)
    if record.failures:
        print(f"left for inspection: {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


def _commands() -> set[str]:
    return {command.name or command.callback.__name__ for command in app.registered_commands
            if command.callback}  # fmt: skip


def _report(lives: Lives, number: int, seconds: float) -> None:
    record = lives.record
    print(f"{record.killed} kills in {number} lives, {seconds / 60:.0f} minutes")
    commands = dict.fromkeys(command for command, _ in record.kills)
    for command in commands:
        order = {phase: nth for nth, phase in enumerate(("start", *INGEST, "end"))}
        phases = sorted(
            (phase for name, phase in record.kills if name == command),
            key=lambda phase: order.get(phase, 99),
        )
        counts = ", ".join(f"{phase} {record.kills[command, phase]}" for phase in phases)
        total = sum(n for (name, _), n in record.kills.items() if name == command)
        print(f"  {command}: {total} ({counts})")
    print(
        f"  whole commands from a cold start {record.cold}, two runs at once {record.pairs}, "
        f"first runs of a root {record.first_runs}"
    )
    print(f"{record.compared} comparisons with an undisturbed run")
    print(f"{record.taken_over} of the nights compared had taken over from the one before")
    print(f"readers: {record.queries:,} queries on {record.nights_seen} nights")
    print(f"failures: {len(record.failures)}")
    for failure in record.failures[:10]:
        print(f"  {failure}")
