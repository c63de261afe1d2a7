"""Whether a thousand small nights make the warehouse slow or its files many.

    python -m benchmarks.nights [NIGHTS] [EVERY] [--publish]

Each night brings one new brief and an edit of an older one, in a merge of its own; with
``--publish`` each night is booked and published too. Every EVERY nights ``maintain`` runs. At 10,
100 and 1,000 nights it prints the files, and the median processor time of the ten merges before,
and of the ten publications, as multiples of the first ten's.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from extractors.extract import extract
from flows.maintaining import maintain
from flows.settings import Settings
from warehouse.landing import Capture, LandingWriter, documents, read_landing
from warehouse.ledger import Ledger
from warehouse.maintain import count_files
from warehouse.root import DataRoot
from warehouse.rows import stage
from warehouse.store import Run, open_store

SHOWN = (10, 100, 200, 500, 1_000)


def brief(n: int, edit: int = 0) -> bytes:
    """Return an invented brief; ``edit`` changes a number in it."""
    return f"""March 3, 2025 | Flash Brief
Tugboat Register, Part {n}
Latest Developments
- Tugs Counted: The registrar of Port Vessa counted {n + edit} tugs on the {n}th morning.
- Ropes Sold: The chandler sold {n * 7} fathoms of rope to masters of the northern fleet.
FDD Expert Response
“Whoever counts tugs {n} times knows the harbor.” — Petra Lindqvist, Senior Fellow
FDD Background and Analysis
“Tugs, Tariffs, and Tempers {n},” by Amos Tregear
""".encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("nights", type=int, nargs="?", default=1_000)
    parser.add_argument("every", type=int, nargs="?", default=100)
    parser.add_argument("--publish", action="store_true")
    options = parser.parse_args()
    start = datetime(2025, 1, 1, tzinfo=UTC)
    merges: list[float] = []
    publications: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        root = DataRoot(Path(folder) / "data")
        settings = Settings(data=root.path, snapshot_days=0)
        for n in range(1, options.nights + 1):
            at = start + timedelta(hours=n)
            run = Run(f"{at:%Y%m%dT%H%M%SZ}-{n:06}", "benchmark", at, "0")
            root.make()
            with LandingWriter(root, run.run_id) as writer:
                writer.add(Capture("test", f"/in/{n}.txt", at, brief(n)))
                if n > 5:
                    writer.add(Capture("test", f"/in/{n - 5}.txt", at, brief(n - 5, 1)))
            landed = read_landing(root, writer.files[0])
            found = [
                extract(d.body, uri=d.uri, content_type=d.content_type) for d in documents(landed)
            ]
            began = time.process_time()
            with open_store(root) as store, store.writing():
                merged = store.merge(run, stage(landed, found))
                merges.append(time.process_time() - began)
                if options.publish:
                    began = time.process_time()
                    assert store.finish(run, at, merged, (), Ledger()) is not None
                    publications.append(time.process_time() - began)
            if n in SHOWN:
                print(f"{n} nights: {in_words('merge', merges)}", end="; ")
                if publications:
                    print(in_words("publication", publications), end="; ")
                print(count_files(root), flush=True)
            if n % options.every == 0:
                began = time.process_time()
                report = maintain(settings, orphaned=timedelta(0))
                took = time.process_time() - began
                print(f"maintain after {n}: {took:.1f} s, {report.after}", flush=True)


def in_words(name: str, times: list[float]) -> str:
    """Return the median of the last ten times, in processor seconds, beside the first ten's."""
    now, first = median(times[-10:]), median(times[:10])
    return f"{name} {now:.2f} s, {now / first:.2f} of the first"


if __name__ == "__main__":
    main()
