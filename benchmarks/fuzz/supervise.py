"""The parent: starts processes, sees them die or hang, and goes on behind the document that did."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.fuzz.child import save
from benchmarks.fuzz.mutate import Mutator

_HANGS = 15.0  # seconds on one document; most take milliseconds
_LOOK = 0.5


@dataclass
class Found:
    """What all processes came to."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: dict[str, list[int]] = field(default_factory=dict)
    slowest: list[tuple[float, int]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    rss: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, name: str, number: int, details: str = "") -> None:
        """Note a failure, and tell of the first of its class at once."""
        with self.lock:
            if name not in self.failures:
                last = details.strip().splitlines()[-1:] or [""]
                print(f"FAILED {name}; number {number}: {last[0][:200]}", flush=True)
            self.failures.setdefault(name, []).append(number)

    def add(self, summary: dict[str, Any]) -> None:
        """Note the end of a stretch."""
        with self.lock:
            self.outcomes.update(summary["outcomes"])
            slow = [*self.slowest, *((took, n) for took, n in summary["slowest"])]
            self.slowest = sorted(slow, reverse=True)[:10]
            self.sizes += summary["sizes"]
            self.rss = max(self.rss, summary["rss"])


def supervise(first: int, documents: int, seed: int, processes: int, failures: Path) -> Found:
    """Try ``documents`` from number ``first`` on, in ``processes`` at once."""
    found = Found()
    share = -(-documents // processes)
    last = first + documents
    threads = [
        threading.Thread(
            target=_stretch, args=(start, min(start + share, last), seed, failures, found)
        )
        for start in range(first, last, share)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


_PIECE = 50_000  # documents a process takes before it is replaced: a leak shows, and does not grow


def _stretch(first: int, last: int, seed: int, failures: Path, found: Found) -> None:
    started = time.monotonic()
    begin = first
    while first < last:
        behind = min(first + _PIECE, last)
        first = _process(first, behind, seed, failures, found)
        done, seconds = first - begin, time.monotonic() - started
        print(f"{done:,} documents, {done / seconds:,.0f} a second", flush=True)


def _process(first: int, last: int, seed: int, failures: Path, found: Found) -> int:
    """Run one process; returns the number to go on at."""
    with (
        tempfile.NamedTemporaryFile() as place,
        tempfile.TemporaryFile() as errors,
    ):
        place.write(first.to_bytes(8, "little"))
        place.flush()
        given = map(str, (first, last, seed, place.name, failures))
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.fuzz.child", *given],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        watch = threading.Thread(target=_watch, args=(child, Path(place.name)))
        watch.start()
        ended = False
        assert child.stdout is not None
        for line in child.stdout:
            told = json.loads(line)
            if "done" in told:
                ended = told["done"]
                found.add(told)
            else:
                found.fail(told["failure"], told["n"], told.get("details", ""))
        child.wait()
        watch.join()
        if ended:
            return last
        number = _number(Path(place.name))
        errors.seek(0)
        details = errors.read().decode("utf-8", "replace")
        name = f"died with {_death(child.returncode)}"
        found.fail(name, number, details)
        save(failures, number, name, Mutator(seed).make(number), details)
        return number + 1


def _watch(child: subprocess.Popen[str], place: Path) -> None:
    """End a process that stays at one document; faulthandler tells where it was."""
    number, since = -1, time.monotonic()
    while child.poll() is None:
        time.sleep(_LOOK)
        now = _number(place)
        if now != number:
            number, since = now, time.monotonic()
        elif time.monotonic() - since > _HANGS:
            child.send_signal(signal.SIGABRT)
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()


def _number(place: Path) -> int:
    return int.from_bytes(place.read_bytes()[:8], "little")


def _death(status: int) -> str:
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"status {status}"
