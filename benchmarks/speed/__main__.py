"""Documents per second, bytes in and Arrow out: `python -m benchmarks.speed [--profile]`.

Ours and trafilatura read the same invented pages in turn, in one process on one core. Exits 1 if a
bar is missed: pages that a profile recognises at 8 times trafilatura's rate, unknown pages within
1.5 times its time, the text form of the same briefs at 5 times our own HTML rate.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import os
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import chain

import trafilatura

from benchmarks.invented import briefs
from benchmarks.pairs import Pairs
from benchmarks.speed.pages import as_page, as_text
from extractors import extract
from warehouse.rows import staged

Bytes = Sequence[bytes]
Work = Callable[[Bytes], None]
_KNOWN, _UNKNOWN = "https://www.fdd.org/analysis/x/", "https://quiet.example/x/"


def ours(bodies: Bytes, uri: str) -> None:
    """Take documents apart, into an Arrow table of what waits for the merge."""
    staged([extract(body, uri=uri) for body in bodies])


def theirs(bodies: Bytes) -> None:
    """Have trafilatura do what it does for its users: text with metadata."""
    for body in bodies:
        trafilatura.extract(body, with_metadata=True, output_format="json")


def _pairs(a: Work, b: Work, sets: Sequence[tuple[Bytes, Bytes]]) -> Pairs:
    """Time A and B in turn, on a set of documents for each that neither has seen before."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for nth, bodies in enumerate(sets):
        for side, work in enumerate((a, b)):
            gc.collect()
            start = time.process_time()
            work(bodies[side])
            if nth:  # the first is for warming up
                seconds[side].append(time.process_time() - start)
    return Pairs(*seconds)


def _report(name: str, pairs: Pairs, count: int, *, times: float, at_most: bool) -> bool:
    """Print one line; ``times`` bounds A's time over B's, or B's over A's where ``at_most``."""
    ratio = pairs.ratio if at_most else 1 / pairs.ratio
    met = ratio <= times if at_most else ratio >= times
    rates = [count / statistics.median(side) for side in (pairs.a, pairs.b)]
    print(
        f"{name}: {rates[0]:.0f} against {rates[1]:.0f} documents/s, "
        f"{'takes' if at_most else 'is'} {ratio:.2f} times {'its time' if at_most else 'as fast'} "
        f"(bar {times:g}) {'ok' if met else 'MISSED'}",
        flush=True,
    )
    return met


def main() -> int:
    """Run the three comparisons, or profile our own way through the pages."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=60, help="documents")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="show where our time goes")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    made = [briefs(options.count, seed) for seed in range(1, options.runs + 2)]
    pages = [[as_page(brief, "www.fdd.org").encode() for brief in some] for some in made]
    strange = [[as_page(brief, "quiet.example").encode() for brief in some] for some in made]
    # no line of the text form names a publisher's site: it is recognised by its layout
    texts = [[as_text(brief).encode() for brief in some] for some in made]
    print(
        f"{len(made)} times {options.count} briefs; a page has "
        f"{statistics.median(map(len, chain(*pages))) / 1000:.0f} KB of markup, its text form "
        f"{statistics.median(map(len, chain(*texts))) / 1000:.1f} KB (medians)"
    )
    if options.profile:
        _profile(pages[0])
        return 0
    count = options.count
    known = _pairs(lambda some: ours(some, _KNOWN), theirs, list(zip(pages, pages, strict=True)))
    unknown = _pairs(
        lambda some: ours(some, _UNKNOWN), theirs, list(zip(strange, strange, strict=True))
    )
    text = _pairs(
        lambda some: ours(some, "a.txt"),
        lambda some: ours(some, _KNOWN),
        list(zip(texts, pages, strict=True)),
    )
    met = [
        _report("recognised pages / trafilatura", known, count, times=8, at_most=False),
        _report("unknown pages / trafilatura", unknown, count, times=1.5, at_most=True),
        _report("text / recognised pages", text, count, times=5, at_most=False),
    ]
    return 0 if all(met) else 1


def _profile(pages: Bytes) -> None:
    ours(pages, _KNOWN)
    profile = cProfile.Profile()
    profile.runcall(ours, pages, _KNOWN)
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)
    pstats.Stats(profile).sort_stats("cumtime").print_stats(
        "readers|understand|recognise|rows|extract"
    )


if __name__ == "__main__":
    sys.exit(main())
