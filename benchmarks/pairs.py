"""Timing two commands in turn, A B A B ..., so that a machine's moods fall on both."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Pairs:
    """Seconds of A and B, run by run."""

    a: list[float]
    b: list[float]

    @property
    def ratio(self) -> float:
        """The median of A/B over the pairs."""
        return statistics.median(x / y for x, y in zip(self.a, self.b, strict=True))


def time_pairs(
    a: Sequence[str],
    b: Sequence[str],
    *,
    runs: int,
    env: Mapping[str, str],
    before_a: Callable[[], None] = lambda: None,
) -> Pairs:
    """Run ``a`` and ``b`` in turn, ``runs`` times after one warm-up each; both must succeed."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for nth in range(runs + 1):
        for side, command in enumerate((a, b)):
            if side == 0:
                before_a()
            start = time.perf_counter()
            subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)  # fmt: skip
            if nth:
                seconds[side].append(time.perf_counter() - start)
    return Pairs(*seconds)


def report(name: str, pairs: Pairs, bar: float) -> bool:
    """Print one line of a benchmark; tell whether the ratio is within ``bar``."""
    met = pairs.ratio <= bar
    print(
        f"{name}: {statistics.median(pairs.a):.2f} s against {statistics.median(pairs.b):.2f} s, "
        f"ratio {pairs.ratio:.2f} (bar {bar:g}) {'ok' if met else 'MISSED'}",
        flush=True,
    )
    return met
