"""The process that tries documents one by one. It may die: its parent knows at which, and why."""

from __future__ import annotations

import faulthandler
import json
import mmap
import resource
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from pathlib import Path
from typing import Any

from benchmarks.fuzz.check import Broken, check
from benchmarks.fuzz.minimise import minimised
from benchmarks.fuzz.mutate import Case, Mutator
from extractors.extract import extract
from extractors.model import Extraction

SLOW = 2.0
"""Seconds of processor time that one document may take; a page takes milliseconds."""
MEMORY = 1_500_000_000
"""Bytes of address space that documents may take, beyond what the program itself does."""
_KEPT = 3  # documents kept of one class of failure: the first tell as much as the thousandth
_SLOWEST = 10
_TOLD = 1_000  # documents of which is told at once: of those before a crash nobody else knows


@dataclass
class Tally:
    """What a stretch of documents came to."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, int]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)


def try_case(case: Case) -> tuple[str | None, str, Extraction | None]:
    """Try one document; returns the class of its failure (None if all holds), and the details."""
    try:
        extraction = extract(case.body, uri=case.uri, content_type=case.content_type)
        check(extraction)
    except Broken as error:
        return f"Broken {error}", traceback.format_exc(), None
    except Exception as error:  # whatever it is, it is what is looked for
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if "/extractors/" in frame.filename] or frames
        name = own[-1].filename.rpartition("/extractors/")[2]
        return f"{type(error).__name__} {name}:{own[-1].name}", traceback.format_exc(), None
    return None, "", extraction


def run(first: int, last: int, seed: int, place: Path, failures: Path) -> None:
    """Try documents ``[first, last)``; the number in work is at the start of the file ``place``.

    Prints one JSON object for each failure, and one for what some documents came to.
    """
    faulthandler.enable()
    mutator = Mutator(seed)
    with place.open("r+b") as file, mmap.mmap(file.fileno(), 8) as counter:
        limit_memory(MEMORY)
        tally = Tally()
        for n in range(first, last):
            counter[:] = n.to_bytes(8, "little")
            case = mutator.make(n)
            start = time.process_time()
            failure, details, extraction = try_case(case)
            seconds = time.process_time() - start
            if failure is None and seconds > SLOW:
                failure, details = "slow", f"{seconds:.1f} s of processor time"
            if failure is not None:
                _tell(failure, details, n, case, failures)
            _count(tally, case, extraction, seconds, n)
            if n % _TOLD == _TOLD - 1 or n == last - 1:
                print(json.dumps(_summary(tally, done=n == last - 1)), flush=True)
                tally = Tally()


def _tell(failure: str, details: str, n: int, case: Case, failures: Path) -> None:
    if _kept(failures, failure) >= _KEPT:
        print(json.dumps({"failure": failure, "n": n}), flush=True)
        return
    if failure != "slow":
        case = minimised(case, lambda smaller: try_case(smaller)[0] == failure)
    save(failures, n, failure, case, details)
    print(json.dumps({"failure": failure, "n": n, "details": details}), flush=True)


def _count(tally: Tally, case: Case, extraction: Extraction | None, seconds: float, n: int) -> None:
    if extraction is not None and extraction.brief is not None:
        tally.outcomes[extraction.brief.profile] += 1
    elif extraction is not None and extraction.rejection is not None:
        tally.outcomes[f"rejected: {extraction.rejection.reason}"] += 1
    put = heappush if len(tally.slowest) < _SLOWEST else heappushpop
    put(tally.slowest, (seconds, n))
    if n % 100 == 0:
        tally.sizes.append(len(case.body))


def _summary(tally: Tally, *, done: bool) -> dict[str, Any]:
    return {
        "done": done,
        "outcomes": dict(tally.outcomes),
        "slowest": sorted(tally.slowest, reverse=True),
        "sizes": tally.sizes,
        "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def _kept(failures: Path, failure: str) -> int:
    return sum(1 for _ in failures.glob(f"*-{_word(failure)}.json"))


def _word(failure: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in failure)[:80]


def save(failures: Path, n: int, failure: str, case: Case, details: str) -> None:
    """Keep a failing document and what it says, under a name that tells its number and class."""
    failures.mkdir(parents=True, exist_ok=True)
    word = _word(failure)
    (failures / f"{n}-{word}.bin").write_bytes(case.body)
    about = {"uri": case.uri, "content_type": case.content_type, "failure": failure}
    text = json.dumps({**about, "details": details}, indent=1)
    (failures / f"{n}-{word}.json").write_text(text, "utf-8")


def limit_memory(more: int) -> None:
    """Let this process take ``more`` bytes of address space than it has."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    first, last, seed, place, failures = sys.argv[1:]
    run(int(first), int(last), int(seed), Path(place), Path(failures))
