"""Mutate invented feeds and compare: ``python -m benchmarks.feeds [COUNT] [SEED]``.

Prints how many documents were read alike, how many differ for each reason, and the unexplained.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter

from benchmarks.feeds.compare import BASE, compare, ours, theirs
from benchmarks.feeds.make import DIALECTS, items
from benchmarks.feeds.mutate import MUTATIONS
from flows.sources.feeds.read import read_feed


def documents(count: int, seed: int):
    """Yield (dialect, defects, document, addresses) of ``count`` mutated feeds."""
    rng = random.Random(seed)
    for _ in range(count):
        dialect = rng.choice(list(DIALECTS))
        found = items(rng, rng.randrange(1, 9))
        body = DIALECTS[dialect](found).encode()
        expected = ours(body)
        defects = rng.sample(list(MUTATIONS), rng.choice((1, 1, 1, 2, 3)))
        for defect in defects:
            body = MUTATIONS[defect](body, rng)
        yield dialect, defects, body, expected


def main(count: int = 5_000, seed: int = 1) -> int:
    """Run the comparison; the status is 1 if a difference is unexplained."""
    outcomes: Counter[str] = Counter()
    for nth, (dialect, defects, body, expected) in enumerate(documents(count, seed)):
        found = compare(body, expected)
        outcomes[found.reason or "same"] += 1
        if found.reason == "unexplained":
            print(f"#{nth} {dialect}: {', '.join(defects)}", found.ours, found.theirs, sep="\n  ")
    print({key: outcomes[key] for key in sorted(outcomes)})
    body = DIALECTS["rss 2.0 with modules"](items(random.Random(seed), 100)).encode()
    times = _seconds(theirs, body) / _seconds(_read, body)
    print(f"feedparser takes {times:.0f} times as long for 100 entries")
    return 1 if outcomes["unexplained"] else 0


def _read(body: bytes) -> object:
    return read_feed(body, BASE, max_entries=1_000)


def _seconds(function, body: bytes) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        function(body)
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
