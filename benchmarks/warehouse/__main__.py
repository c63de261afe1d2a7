"""Merging and publishing at scale: `python -m benchmarks.warehouse [--briefs N] [--record N]
[--nights N]`.

- merging 1,000 new briefs into a record of `--record` briefs, against merging them into 10,000, up
  to the commit: processor time, least of three (bar 1.5);
- publishing `--briefs` briefs, against bare CREATE TABLE AS and COPY TO PARQUET of the same rows
  (bar 3, without the search postings, which are timed apart);
- publishing each of `--nights` next nights, with 50 more briefs and an edit of 10 older ones,
  against that whole night: processor time, the median (bar 0.5 from 20,000 briefs on; few are
  written whole each night), and how much larger the database becomes than a whole one would be
  (bar 1.4). What small nights cost hangs on the newest year's Parquet files, which are written
  anew: of 20,000 briefs it has a quarter, of 100,000 a twentieth;
- with dlt installed (`pip install -e '.[bench]'`): merging `--briefs` briefs and their items, with
  identity, history and checks, against dlt with write_disposition="merge" into DuckDB, fed with
  Arrow tables (bar 1) and once with Python rows (bar 1/3). What publishing adds is printed beside.

Exits 1 if a bar is missed. Whole numbers (a million) take half an hour and 10 GB of disk.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pyarrow as pa

import warehouse.night
from benchmarks.warehouse.rows import Invented
from warehouse.attempts import Attempt
from warehouse.ledger import Ledger
from warehouse.publish import read_manifest
from warehouse.root import DataRoot
from warehouse.schema import PUBLISHED
from warehouse.store import Run, Store, open_store

_BATCH = 8_000


def main() -> int:
    """Run the comparisons."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--briefs", type=int, default=100_000)
    parser.add_argument("--record", type=int, default=1_000_000)
    parser.add_argument("--nights", type=int, default=5)
    parser.add_argument("--folder", help="where to work; by default a temporary folder")
    options = parser.parse_args()
    source = Invented()
    scratch = Path(tempfile.mkdtemp(prefix="warehouse-", dir=options.folder))
    try:
        met = [
            _publication(scratch, source, options.briefs, options.nights),
            _dlt(scratch, source, min(options.briefs, 20_000)),
            _merging(scratch, source, options.record),
        ]
    finally:
        shutil.rmtree(scratch)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0 if all(met) else 1


def _say(name: str, a: float, b: float, bar: float) -> bool:
    met = a <= bar * b
    print(f"{name}: {a:.2f} s against {b:.2f} s, ratio {a / b:.2f} (bar {bar:.2g}) "
          f"{'ok' if met else 'MISSED'}", flush=True)  # fmt: skip
    return met


def _run(nth: int) -> Run:
    return Run(f"{20300101 + nth}T000000Z-0", "bench", datetime.now(UTC), "0")


def _fill(root: DataRoot, source: Invented, count: int) -> None:
    for first in range(0, count, _BATCH):
        with open_store(root) as store, store.writing():
            store.merge(_run(0), source.staged(first, min(_BATCH, count - first)))


def _merging(scratch: Path, source: Invented, record: int) -> bool:
    return _say(
        f"merging 1,000 briefs into {record:,} / into 10,000 (processor time)",
        _merge_cost(DataRoot(scratch / "large"), source, record),
        _merge_cost(DataRoot(scratch / "small"), source, 10_000),
        1.5,
    )


def _merge_cost(root: DataRoot, source: Invented, record: int) -> float:
    _fill(root, source, record)
    seconds = []
    for nth in range(3):
        staged = source.staged(record + nth * 1_000, 1_000)
        with open_store(root) as store, store.writing():
            begun = time.process_time()
            store.merge(_run(nth), staged)
            seconds.append(time.process_time() - begun)
    return min(seconds)


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _finish(store: Store, nth: int, merged: Sequence[Attempt] = ()) -> None:
    store.finish(_run(nth), datetime.now(UTC), merged, (), Ledger())


def _publication(scratch: Path, source: Invented, briefs: int, nights: int) -> bool:
    root = DataRoot(scratch / "published")
    _fill(root, source, briefs)
    with open_store(root) as store, store.writing(), _timing_postings() as postings:
        used = time.process_time()
        whole = _timed(lambda: _finish(store, 1))
        whole_used = time.process_time() - used
    bare = _timed(lambda: _bare(root.current.resolve() / "warehouse.duckdb", scratch / "bare"))
    name = f"publication of {briefs:,} briefs without postings / bare tables and Parquet"
    met = _say(name, whole - sum(postings), bare, 3)
    print(f"its search postings: {sum(postings):.2f} s", flush=True)
    return all([met, _small_nights(root, source, briefs, nights, whole_used)])


def _small_nights(
    root: DataRoot, source: Invented, briefs: int, nights: int, whole_used: float
) -> bool:
    used, seconds, growth, whole = [], [], [], 0
    a_brief = _database_bytes(root) / briefs
    for nth in range(nights):
        edited = source.staged(nth * 10 % briefs, 10, version=2)
        staged = pa.concat_tables([source.staged(briefs + nth * 50, 50), edited])
        with open_store(root) as store, store.writing():
            merged = store.merge(_run(2 + nth), staged)
            begun = time.process_time()
            seconds.append(_timed(partial(_finish, store, 2 + nth, merged)))
            used.append(time.process_time() - begun)
        growth.append(_database_bytes(root) / (a_brief * (briefs + (nth + 1) * 60)))
        whole += read_manifest(root.current)["whole"] is not None
    name = "a next night, with 50 briefs more / the whole night (processor time)"
    met = _say(name, median(used), whole_used, 0.5 if briefs >= 20_000 else 1.2)
    print(f"in seconds: {median(seconds):.2f}; of {nights} nights {whole} were written whole, and "
          f"the database was up to {max(growth):.2f} times a whole one", flush=True)  # fmt: skip
    return met and max(growth) <= 1.4


def _database_bytes(root: DataRoot) -> int:
    return (root.current / "warehouse.duckdb").stat().st_size


@contextmanager
def _timing_postings() -> Iterator[list[float]]:
    """Give the seconds that indexing takes of the publications inside."""
    seconds: list[float] = []
    index = warehouse.night.index_night

    def timed(*given: Any, **named: Any) -> None:
        seconds.append(_timed(lambda: index(*given, **named)))

    warehouse.night.index_night = timed
    try:
        yield seconds
    finally:
        warehouse.night.index_night = index


def _bare(night: Path, folder: Path) -> None:
    folder.mkdir()
    with duckdb.connect(str(folder / "bare.duckdb")) as connection:
        connection.execute(f"ATTACH '{night}' AS night (READ_ONLY)")
        for table in PUBLISHED:
            connection.execute(f"CREATE TABLE {table.name} AS SELECT * FROM night.{table.name}")
            connection.execute(f"COPY {table.name} TO '{folder / table.name}.parquet'")


@contextmanager
def _quiet() -> Iterator[None]:
    import logging

    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def _dlt(scratch: Path, source: Invented, briefs: int) -> bool:
    try:
        import dlt
    except ImportError:
        print("dlt is not installed: left out")
        return True
    from benchmarks.warehouse.tables import tables

    root = DataRoot(scratch / "ours")
    staged = [source.staged(first, min(_BATCH, briefs - first))
              for first in range(0, briefs, _BATCH)]  # fmt: skip

    gathered: dict[str, list[pa.Table]] = {}
    for batch in staged:
        for name, columns in tables(batch).items():
            gathered.setdefault(name, []).append(columns)
    whole = {name: pa.concat_tables(parts) for name, parts in gathered.items()}
    listed = {name: table.to_pylist() for name, table in whole.items()}
    merged: list[Attempt] = []

    def merging() -> None:
        with open_store(root) as store, store.writing():
            merged.extend(a for batch in staged for a in store.merge(_run(0), batch))

    def publishing() -> None:
        with open_store(root) as store, store.writing():
            _finish(store, 0, merged)

    def theirs(rows: bool) -> Callable[[], None]:
        name = "rows" if rows else "arrow"

        def load() -> None:
            pipeline = dlt.pipeline(
                f"bench_{name}", pipelines_dir=str(scratch / f"dlt-{name}"), dataset_name="briefs",
                destination=dlt.destinations.duckdb(str(scratch / f"{name}.duckdb")),
            )  # fmt: skip
            data: dict[str, Any] = dict(listed if rows else whole)
            pipeline.run(
                [
                    dlt.resource(
                        given, name=table, write_disposition="merge",
                        primary_key="brief_id" if table == "briefs" else "id",
                    )
                    for table, given in data.items()
                ]
            )  # fmt: skip

        return load

    with _quiet():
        own, arrow, rows = _timed(merging), _timed(theirs(False)), _timed(theirs(True))
        published = _timed(publishing)
    print(f"publishing them, which dlt has no like of: {published:.2f} s", flush=True)
    return all(
        [
            _say(f"{briefs:,} briefs merged / dlt from Arrow", own, arrow, 1),
            _say(f"{briefs:,} briefs merged / dlt from rows", own, rows, 1 / 3),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
