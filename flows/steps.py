"""The steps of a run: plain functions from paths to paths, the same under every runner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows.settings import Settings
from flows.sources.keys import FILES
from flows.sources.model import Failure, Source
from warehouse.attempts import Attempt, Known
from warehouse.landing import Capture, LandingWriter
from warehouse.root import DataRoot, storage_errors

if TYPE_CHECKING:
    import pyarrow as pa

    from flows.fetch.fetcher import Fetcher
    from flows.workers import Workers


@dataclass(frozen=True)
class Collection:
    """What one source brought: landing files, and attempts that brought no new capture.

    ``error`` is why the source itself did not answer.
    """

    source: Source
    error: str | None = None
    files: list[str] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    captures: int = 0


def collect(
    source: Source,
    *,
    root: DataRoot,
    run_id: str,
    nth: int,
    known: Mapping[str, Known],
    settings: Settings,
    fetcher: Fetcher | None,
    tick: Callable[[], None] = lambda: None,
) -> Collection:
    """Collect one source into landing. What is known already is not stored again.

    ``tick`` is called for each document or failure.
    """
    attempts: list[Attempt] = []
    captures = 0
    error: str | None = None
    with LandingWriter(root, run_id, f"{nth:04}") as writer:
        for item in _guarded(source, _items(source, root, settings, fetcher)):
            tick()
            if isinstance(item, Failure):
                if item.whole:
                    error = item.message
                attempts.append(
                    Attempt(
                        source.name,
                        item.uri,
                        datetime.now(UTC),
                        "rejected",
                        item.reason,
                        item.message,
                    )
                )
            elif (before := known.get(item.uri)) and _settled(before, item):
                attempts.append(_again(item, before))
            else:
                writer.add(replace(item, declared_publisher=source.publisher))
                captures += 1
    return Collection(source, error, writer.files, attempts, captures)


def _items(
    source: Source, root: DataRoot, settings: Settings, fetcher: Fetcher | None
) -> Iterator[Capture | Failure]:
    if source.kind in FILES or fetcher is None:
        from flows.sources.folder import collect_folder

        return collect_folder(source, root.path)
    from flows.sources.web import collect_web

    return collect_web(source, settings, fetcher)


def _guarded(source: Source, items: Iterator[Capture | Failure]) -> Iterator[Capture | Failure]:
    """Yield ``items``, and an unforeseen error as the source's failure: no night is lost to it."""
    try:
        yield from items
    except Exception as error:
        message = f"collecting failed: {type(error).__name__}: {error}; please report it"
        yield Failure(source.location, "source-error", message, whole=True)


# What a limit, a busy machine or a defect caused is worth another look; what the bytes did is not.
_PASSING = ("timeout", "memory", "crashed", "error")


def _settled(before: Known, capture: Capture) -> bool:
    """Tell whether the outcome of the same bytes is known, and would be no other today."""
    return before.sha256 == capture.sha256 and before.reason not in _PASSING


def _again(capture: Capture, before: Known) -> Attempt:
    """Return the outcome for bytes that are known: what failed on them fails still."""
    outcome = "rejected" if before.outcome == "rejected" else "unchanged"
    return Attempt(
        capture.source,
        capture.uri,
        capture.fetched_at,
        outcome,
        before.reason if outcome == "rejected" else None,
        before.message if outcome == "rejected" else None,
        brief_id=before.brief_id,
    )


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
