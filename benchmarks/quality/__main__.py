"""`python -m benchmarks.quality`: score the golden corpus, show mistakes, renew the floors."""

from __future__ import annotations

import argparse
import sys

from benchmarks.quality import floors, peers, report
from benchmarks.quality.corpus import corpus, digest


def main() -> int:
    """Score; exit 1 if a floor is broken."""
    parser = argparse.ArgumentParser(prog="benchmarks.quality", description=__doc__)
    parser.add_argument("--publisher", help="score this publisher's documents alone")
    parser.add_argument("--format", help="score this format's documents alone")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="show N wrong documents")
    parser.add_argument("--case", metavar="NAME", help="print one document and its truth")
    parser.add_argument("--peers", action="store_true", help="compare with other extractors")
    parser.add_argument("--fundus", metavar="PYTHON", help="for --peers: a Python that has fundus")
    parser.add_argument("--update-floor", action="store_true", help="pin what is reached now")
    parser.add_argument("--lower", action="store_true", help="let --update-floor lower a floor")
    given = parser.parse_args()
    cases = tuple(
        case
        for case in corpus()
        if given.publisher in (None, case.publisher) and given.format in (None, case.format)
    )
    if given.case:
        return report.print_case(next(case for case in cases if case.name == given.case))
    if given.peers:
        print(peers.table(cases, given.fundus))
        return 0
    scored = report.score(cases)
    print(report.tables(scored))
    for line in report.mistakes(scored, given.show):
        print(line)
    if given.publisher or given.format:
        return 0
    found = floors.Floors(digest(cases), report.by_publisher(scored))
    if given.update_floor:
        wrong = floors.update(found, lower=given.lower)
        if not wrong:
            report.write_page(scored)
        print("would sink; say --lower if that is meant:" if wrong else "pinned")
    else:
        wrong = floors.broken(found)
        print("below its floor:" if wrong else "every floor holds")
    for line in wrong:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
