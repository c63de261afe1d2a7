"""Feeds collected at the pace that politeness sets: `python -m benchmarks.collect`.

Two nights, run as `briefhouse nightly` runs them, on a loopback server that takes its time for each
answer. The bound of the first night is what the busiest host needs: its requests, one after the
other, each taking the delay or the answer, whichever is longer. Exits 1 if collecting takes more
than 1.3 times that, or if the second night, on which nothing is new, asks for more than one address
a source.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.collect.server import Web, serving
from flows.pipeline import Report, run
from flows.runner import DirectRunner
from flows.settings import Settings
from flows.sources.model import Source

_BAR = 1.3


def main() -> int:
    """Run both nights and print what they took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--feeds", type=int, default=2_000)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--answer", type=float, default=0.05, help="seconds that an answer takes")
    parser.add_argument("--delay", type=float, default=0.1, help="seconds between two requests")
    options = parser.parse_args()
    web = Web(options.feeds, options.entries, options.hosts, options.answer)
    with serving(web) as (served, channel), tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data=Path(folder) / "data", delay=options.delay, allow_hosts="127.0.0.0/8"
        )
        sources = [
            Source(f"feed-{nth:04}", "feed", (served.address(nth),)) for nth in range(web.feeds)
        ]
        feeds = math.ceil(web.feeds / web.hosts)
        requests = feeds * (1 + web.entries) + 1  # and a robots.txt
        step = max(options.delay, options.answer)
        met = _night("first", sources, settings, channel, requests * step) <= _BAR
        report, counts = _quiet(sources, settings, channel, feeds * step)
        asked = sum(counts.values())
    quiet = asked <= web.feeds and not report.attempts and report.night is None
    print(
        f"nothing asked but the feeds, nothing parsed or published: {'ok' if quiet else 'MISSED'}"
    )
    return 0 if met and quiet else 1


def _night(
    name: str, sources: list[Source], settings: Settings, channel: Connection, bound: float
) -> float:
    """Do a night; print and return how many times its bound collecting took."""
    report, collecting, whole = _timed(sources, settings)
    counts = _counts(channel)
    ratio = collecting / bound
    print(
        f"{name} night: {sum(counts.values()):,} requests {counts}, {_outcomes(report)}; "
        f"collecting {collecting:.1f} s, {ratio:.2f} times its bound of {bound:.1f} s (bar {_BAR}) "
        f"{'ok' if ratio <= _BAR else 'MISSED'}; {whole:.1f} s with extraction and publication",
        flush=True,
    )
    return ratio


def _quiet(
    sources: list[Source], settings: Settings, channel: Connection, bound: float
) -> tuple[Report, dict[str, int]]:
    """Do a night on which nothing is new, and print what it took."""
    report, collecting, whole = _timed(sources, settings)
    counts = _counts(channel)
    print(
        f"second night: {sum(counts.values()):,} requests {counts}, {_outcomes(report)}; "
        f"collecting {collecting:.1f} s, {collecting / bound:.2f} times its bound {bound:.1f} s; "
        f"{whole:.1f} s in all",
        flush=True,
    )
    return report, counts


def _timed(sources: list[Source], settings: Settings) -> tuple[Report, float, float]:
    """Run a night; return its report, the seconds of collecting, and those of all."""
    started = time.monotonic()
    first, last = started, started

    def notify(stage: str, done: int, total: int | None) -> None:
        nonlocal last
        if stage == "collect":
            last = time.monotonic()

    report = run("nightly", sources, settings, DirectRunner(), notify)
    return report, last - first, time.monotonic() - started


def _counts(channel: Connection) -> dict[str, int]:
    channel.send("counts")
    found: dict[str, int] = channel.recv()
    return found


def _outcomes(report: Report) -> str:
    return ", ".join(f"{n:,} {what}" for what, n in report.counts.items() if n) or "no document"


if __name__ == "__main__":
    sys.exit(main())
