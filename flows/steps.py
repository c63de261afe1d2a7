"""The steps of a run: plain functions from paths to paths, the same under every runner."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.settings import Settings
from flows.sources.keys import FILES
from flows.sources.local import Local
from flows.sources.model import Collected, Mode, Source
from flows.sources.sink import Sink
from warehouse.attempts import Attempt, Known
from warehouse.landing import LandingWriter
from warehouse.ledger import Ledger
from warehouse.root import DataRoot, storage_errors

if TYPE_CHECKING:
    import pyarrow as pa

    from flows.workers import Workers


@dataclass(frozen=True)
class Collection:
    """What some sources brought: landing files, attempts that brought no new capture, and how
    each did. ``ledger`` is what changed of pages, robots files and closed hosts."""

    sources: list[Collected]
    files: list[str]
    attempts: list[Attempt]
    captures: int
    ledger: Ledger = field(default_factory=Ledger)


@dataclass(frozen=True)
class Collecting:
    """What collecting needs of a run: where to, what is known already, and how."""

    root: DataRoot
    run_id: str
    known: Mapping[str, Known]
    ledger: Ledger
    settings: Settings
    mode: Mode
    tick: Callable[[], None] = lambda: None
    forgotten: frozenset[str] = frozenset()


def collect(group: Sequence[Source], nth: int, this: Collecting) -> Collection:
    """Collect a group of sources (see :func:`groups`) into landing, each alone at fault.

    What is known already is not stored again.
    """
    local: list[Local] = []
    with LandingWriter(this.root, this.run_id, f"{nth:04}") as writer:
        publishers = {source.name: source.publisher for source in group}
        sink = Sink(writer, this.known, this.tick, publishers, this.forgotten)
        if is_local(group[0]):
            local = [Local(source, this.root, this.settings.settle) for source in group]
            done = [one.collect(sink) for one in local]
            changed = Ledger()
        else:
            done, changed = _collect_web(group, sink, this)
    for one in local:
        one.remember()
    return Collection(done, writer.files, sink.attempts, sink.captures, changed)


def _collect_web(
    sources: Sequence[Source], sink: Sink, this: Collecting
) -> tuple[list[Collected], Ledger]:
    from flows.fetch.fetcher import Fetcher
    from flows.fetch.robots import RobotsCache, RobotsFile
    from flows.sources.memory import Memory
    from flows.sources.web import Web
    from warehouse.ledger import Robots

    before = datetime.now(UTC)
    files = (RobotsFile(r.origin, r.fetched_at, r.text) for r in this.ledger.robots)
    fetcher = Fetcher(this.settings, robots=RobotsCache(files), closed=this.ledger.closed)
    memory = Memory(this.ledger.pages, this.known)
    try:
        done = Web(fetcher, memory, sink, this.settings, this.mode).collect(sources)
    finally:
        fetcher.close()
    robots = [
        Robots(file.origin, file.fetched_at, file.text)
        for file in fetcher.robots.files()
        if file.fetched_at >= before
    ]
    return done, Ledger((), memory.changed(), robots, fetcher.closed())


def is_local(source: Source) -> bool:
    """Tell whether a source is on this machine, so that no host is asked for it."""
    return source.kind in FILES


def groups(sources: Sequence[Source]) -> list[list[Source]]:
    """Return the sources in groups, each of which is one task.

    Those on the web are one: they share hosts, and have threads of their own for these.
    """
    web = [source for source in sources if not is_local(source)]
    local = [[source] for source in sources if is_local(source)]
    return [web, *local] if web else local


@dataclass(frozen=True)
class Staged:
    """A landing file taken apart: the staged file with its rows, or why it can't be read."""

    path: Path | None
    failure: Attempt | None = None


def extract_file(
    name: str,
    *,
    root: DataRoot,
    run_id: str,
    workers: Workers,
    only: Mapping[str, set[str]] | None = None,
) -> Staged:
    """Take one landing file's captures apart and stage their rows.

    ``only`` names the captures that are taken of each file; by default it is all.

    A damaged landing file is a failed attempt, and stays where it is for a person to look at.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from warehouse.landing import documents, read_landing
    from warehouse.rows import stage

    path = root.landing / name
    try:
        captures = read_landing(root, name)
    except (OSError, pa.ArrowInvalid) as error:
        message = f"can't read the landing file {path}: {error}; restore it from a copy"
        at = datetime.now(UTC)
        return Staged(None, Attempt("landing", name, at, "rejected", "landing-damaged", message))
    if only is not None:
        wanted = pa.array(sorted(only[name]), pa.string())
        captures = captures.filter(pc.is_in(captures["capture_id"], value_set=wanted))
    staged = stage(captures, workers.extract(documents(captures)))
    target = root.staging / run_id / name.replace("/", "-")
    with storage_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(staged, target, compression="zstd")
    return Staged(target)


def read_staged(batch: Sequence[Staged]) -> pa.Table | None:
    """Return the rows of staged files as one table, or None if there are none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = [pq.ParquetFile(staged.path).read() for staged in batch if staged.path]
    return pa.concat_tables(tables) if tables else None
