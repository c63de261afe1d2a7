"""kill -9 at random moments: `python -m benchmarks.crash [--kills 300] [--seed N]`.

Commands of the pipeline are killed from outside, each phase its share, on fresh and on old roots,
two at once, and killed again while they mend what the last kill left. Behind each plain re-run the
published night must equal that of an undisturbed run, while readers keep asking. Exits 1 at the
first difference, error or failed reader, and leaves the data root where it is.
"""

from __future__ import annotations

import argparse
import sys


def main() -> int:
    """Live until there were kills enough; print what happened."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where to work; by default a temporary folder")
    from benchmarks.crash.run import run

    return run(parser.parse_args())


if __name__ == "__main__":  # parsing workers import this file: nothing heavy before here
    sys.exit(main())
