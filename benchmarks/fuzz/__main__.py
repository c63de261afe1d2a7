"""Try damaged documents: `python -m benchmarks.fuzz --documents N --seed S [--processes P]`.

Each document goes through `extract()`; no exception, hang, crash or memory beyond a bound may
come of it, and spans, blocks and sections must hold. Exits 1 if something failed; what did is in
the folder of failures with its number, and `--reproduce NUMBER` tries one alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.fuzz.child import save, try_case
from benchmarks.fuzz.mutate import Mutator
from benchmarks.fuzz.supervise import supervise


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first document")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    parser.add_argument("--reproduce", type=int, metavar="NUMBER", help="try this one alone")
    asked = parser.parse_args()
    if asked.reproduce is not None:
        return _reproduce(asked.seed, asked.reproduce, asked.failures)
    start = time.monotonic()
    found = supervise(asked.first, asked.documents, asked.seed, asked.processes, asked.failures)
    seconds = time.monotonic() - start
    size = median(found.sizes or [0])
    print(
        f"{asked.documents:,} documents of seed {asked.seed} in {seconds:,.0f} s "
        f"({asked.documents / seconds:,.0f} a second), median size {size:,.0f} bytes, "
        f"most memory of a process {found.rss / 1e6:,.0f} MB"
    )
    for name, count in sorted(found.outcomes.items(), key=lambda item: -item[1]):
        print(f"  {count:>9,}  {name}")
    slowest = ", ".join(f"{took:.2f} s ({n})" for took, n in found.slowest[:5])
    print(f"slowest, with their numbers: {slowest}")
    for name, numbers in sorted(found.failures.items(), key=lambda item: -len(item[1])):
        print(f"FAILED {len(numbers):,} times: {name}; numbers {numbers[:5]}")
    print("nothing failed" if not found.failures else f"kept below {asked.failures}")
    return 1 if found.failures else 0


def _reproduce(seed: int, number: int, failures: Path) -> int:
    case = Mutator(seed).make(number)
    save(failures, number, "asked", case, "")
    print(f"{len(case.body):,} bytes, uri {case.uri!r}, content type {case.content_type!r}")
    start = time.process_time()
    failure, details, _ = try_case(case)
    print(details or "all holds", f"({time.process_time() - start:.2f} s)")
    return 1 if failure else 0


if __name__ == "__main__":
    sys.exit(main())
