"""Whether a thousand small nights make the warehouse slow or its files many.

    python -m benchmarks.nights [NIGHTS] [EVERY]

Each night brings one new brief and an edit of an older one, in a merge of its own; publication is
left out. Every EVERY nights ``maintain`` runs. At 10, 100 and 1,000 nights it prints the files,
and the median time of the ten merges before, as a multiple of the first ten's.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from extractors.extract import extract
from flows.maintaining import maintain
from flows.settings import Settings
from warehouse.landing import Capture, LandingWriter, documents, read_landing
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
    nights = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    every = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    start = datetime(2025, 1, 1, tzinfo=UTC)
    times: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        root = DataRoot(Path(folder) / "data")
        settings = Settings(data=root.path, snapshot_days=0)
        for n in range(1, nights + 1):
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
            began = time.perf_counter()
            with open_store(root) as store, store.writing():
                store.merge(run, stage(landed, found))
            times.append(time.perf_counter() - began)
            if n in SHOWN:
                show(n, times, root)
            if n % every == 0:
                began = time.perf_counter()
                report = maintain(settings, orphaned=timedelta(0))
                took = time.perf_counter() - began
                print(f"maintain after {n}: {took:.1f} s, {report.after}", flush=True)


def show(n: int, times: list[float], root: DataRoot) -> None:
    ratio = median(times[-10:]) / median(times[:10])
    print(f"{n} nights: merge {median(times[-10:]):.2f} s, {ratio:.2f} of the first; ", end="")
    print(count_files(root), flush=True)


if __name__ == "__main__":
    main()
