"""The store: one run's view of the lake, from what is pending to the published night.

Its order is what makes a kill harmless: mark, merge in one transaction,
publish, unmark. Whatever is cut off is done again by the next run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.attempts import Attempt, Known, bring_news, known_failures
from warehouse.bounds import Verdict, judge_night
from warehouse.decisions import NONE, Decisions, DecisionsError, load
from warehouse.errors import CatalogGoneError, IntegrityError, LakeReplacedError
from warehouse.figures import Tally
from warehouse.forget import (
    erase_captures,
    erase_from_landing,
    forgotten_rows,
    remembered,
    tombstones,
)
from warehouse.holds import accept, check_rows, pasts, release, released, tallies
from warehouse.known import known_captures
from warehouse.lake import append, filled, open_lake, read_lake, transaction
from warehouse.landing import capture_ids, landing_files
from warehouse.ledger import Ledger, read_ledger, write_ledger
from warehouse.marker import Run, mark, marked, unmark
from warehouse.merge import Hold, merge
from warehouse.publish import current_manifest, publish
from warehouse.root import DataRoot, storage_errors, writing
from warehouse.runs import correct, cut_off, run_row, unbook
from warehouse.schema import ATTEMPTS, CAPTURES, CHECKS, RUNS
from warehouse.tombstones import address_keys, is_forgotten

__all__ = ["Run", "Store", "open_store", "read_store"]


class Store:
    """An open lake, for one run. See :func:`open_store`.

    ``left_behind`` tells that a run before was cut off between its merge and its night.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, root: DataRoot, decisions: Decisions = NONE
    ) -> None:
        self.connection = connection
        self.root = root
        self._decisions = decisions
        self.left_behind = root.unpublished.exists()
        self._catalog = root.catalog.stat().st_ino

    def known(self) -> Mapping[str, Known]:
        """Return what is known of every uri that was ever captured."""
        if CAPTURES.name not in filled(self.connection):
            return {}
        return known_captures(self.connection)

    def ledger(self, sources: Iterable[str] | None) -> Ledger:
        """Return what is remembered of collecting, pages only of ``sources``; None means all."""
        return read_ledger(self.connection, sources)

    def pending(self) -> list[str]:
        """Return the landing files with captures that have no outcome yet, oldest first."""
        names = landing_files(self.root)
        if not names or CAPTURES.name not in filled(self.connection):
            return names
        rows = self.connection.execute("SELECT DISTINCT landing_file FROM lake.captures").fetchall()
        merged = {row[0] for row in rows}
        return [name for name in names if name not in merged and not self._all_known(name)]

    def _all_known(self, name: str) -> bool:
        """Tell whether the captures of a file are in the lake, though they point at another one.

        That is so where a compaction was cut off.
        """
        try:
            ids = capture_ids(self.root, name)
        except (OSError, pa.ArrowInvalid):
            return False
        row = self.connection.execute(
            "SELECT count(DISTINCT capture_id) FROM lake.captures "
            "WHERE capture_id IN (SELECT unnest(?::VARCHAR[]))",
            [ids],
        ).fetchone()
        return row is not None and row[0] == len(set(ids))

    def last_run(self) -> str | None:
        """Return the last run in words, or None before the first."""
        if RUNS.name not in filled(self.connection):
            return None
        row = self.connection.execute(
            """SELECT strftime(started_at, '%Y-%m-%d %H:%M:%S UTC') || ', ' || command || ': '
            || tried || ' tried, ' || new || ' new, ' || revised || ' revised, '
            || rejected || ' rejected' FROM lake.runs ORDER BY started_at DESC LIMIT 1"""
        ).fetchone()
        return str(row[0]) if row else None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock of the root for merging and publishing.

        Raises :class:`~warehouse.errors.LakeReplacedError` if the lake is not the one that was
        opened any more.
        """
        with writing(self.root):
            if self.root.catalog.stat().st_ino != self._catalog:
                raise LakeReplacedError(self.root.path)
            yield

    def forgotten(self) -> frozenset[str]:
        """Return the tombstones of what was forgotten."""
        return tombstones(self.connection, "lake", filled(self.connection))

    def without_forgotten(self, staged: pa.Table) -> tuple[pa.Table, list[Attempt]]:
        """Return staged captures without those that were forgotten, and attempts for these.

        They are taken out of landing, and what was held and released out of the books.
        """
        refused = forgotten_rows(staged, self.forgotten())
        if not refused:
            return staged, []
        with self.writing():
            with storage_errors(self.root.path), transaction(self.connection):
                erase_captures(self.connection, refused)
            erase_from_landing(self.root, refused)
        kept = staged.filter([row not in refused for row in staged["capture_id"].to_pylist()])
        return kept, list(refused.values())

    def tally(self, staged: pa.Table) -> list[Tally]:
        """Count what staged captures hold, for each source and profile."""
        return tallies(self.connection, staged)

    def judge(self, tallies: Sequence[Tally]) -> list[Verdict]:
        """Hold what a night brought against what is usual at its sources."""
        return judge_night(tallies, pasts(self.connection, {t.source for t in tallies}))

    def released(self) -> list[dict[str, set[str]]]:
        """Return what was let in and is not merged: see :func:`warehouse.holds.released`."""
        return released(self.connection)

    def release(self, name: str, at: datetime) -> tuple[int, int]:
        """Let in what is held of a source, or one capture: see :func:`warehouse.holds.release`."""
        with storage_errors(self.root.path):
            return release(self.connection, name, at)

    def merge(
        self,
        run: Run,
        staged: pa.Table,
        hold: Hold = lambda source, profile: None,
        let_in: Sequence[Tally] = (),
    ) -> list[Attempt]:
        """Merge one batch of staged captures in a transaction of its own; return its attempts.

        ``let_in`` is what the captures of a release hold, this batch of it and those before.
        """
        with storage_errors(self.root.path):
            mark(self.root.unpublished, run)
            with transaction(self.connection):
                if let_in:
                    accept(self.connection, staged, let_in)
                return merge(self.connection, run.run_id, staged, hold=hold)

    def as_booked(self, attempts: Sequence[Attempt]) -> list[Attempt]:
        """Return ``attempts`` as the lake has them now, where their captures were merged anew."""
        columns = ", ".join(f'"{name}"' for name in Attempt.__slots__)
        ids = [a.capture_id for a in attempts if a.capture_id is not None]
        self.connection.register("asked", pa.table({"capture_id": pa.array(ids, pa.string())}))
        rows = self.connection.execute(
            f"SELECT {columns} FROM lake.attempts SEMI JOIN asked USING (capture_id)"
        ).fetchall()
        self.connection.unregister("asked")
        booked = {found.capture_id: found for row in rows for found in (Attempt(*row),)}
        return [booked.get(attempt.capture_id, attempt) for attempt in attempts]

    def fail(self, run: Run, finished_at: datetime, error: IntegrityError) -> None:
        """Book a run whose merge was rolled back, and the checks that failed."""
        row = run_row(run, finished_at, (), published=False)
        checks = [
            {
                "run_id": run.run_id,
                "name": broken.rule,
                "subject": broken.table,
                "value": broken.rows,
                "upper": 0,
                "passed": False,
                "message": str(broken),
            }
            for broken in error.failures
        ]
        with storage_errors(self.root.path), transaction(self.connection):
            append(self.connection, RUNS, [{**row, "message": str(error)}])
            append(self.connection, CHECKS, checks)

    def finish(
        self,
        run: Run,
        finished_at: datetime,
        merged: Sequence[Attempt],
        others: Sequence[Attempt],
        ledger: Ledger,
        verdicts: Sequence[Verdict] = (),
    ) -> Path | None:
        """Book the run, and publish a night if it brought news; return the night's folder.

        ``merged`` are the attempts that :meth:`merge` returned, ``others`` those without a
        capture; ``ledger`` is what the run changed of it, ``verdicts`` are on its figures.
        """
        left = self.left_by_others(run)
        news = self.left_behind or bool(left) or not self.root.current.exists()
        news = news or self._decided_otherwise()
        news = news or bring_news([*merged, *others], self._failed_before(others))

        forgotten = self.forgotten()
        verdicts = [
            verdict
            for verdict in verdicts
            if not is_forgotten(forgotten, address_keys(verdict.figure.source))
        ]

        def book(attempts: Sequence[Attempt]) -> None:
            row = run_row(run, finished_at, [*merged, *attempts], published=news)
            unbook(self.connection, [run.run_id])  # another run may have taken this one for cut off
            append(self.connection, RUNS, [row, *cut_off(self.connection, left, finished_at)])
            append(self.connection, CHECKS, check_rows(run.run_id, verdicts))
            write_ledger(self.connection, run.run_id, remembered(ledger, forgotten))

        if self.left_behind:
            correct(self.connection, self.root)
        with storage_errors(self.root.path):
            if news:
                mark(self.root.unpublished, run)
            with transaction(self.connection):
                merge(self.connection, run.run_id, None, others, book)
        return self.publish(run, settled=True) if news else None

    def left_by_others(self, run: Run) -> list[Run]:
        """Return the other runs that merged and did not publish: cut off, or at work still."""
        return [r for r in marked(self.root.unpublished).values() if r.run_id != run.run_id]

    def publish(self, run: Run, *, settled: bool = False) -> Path:
        """Publish a night of the lake as it stands; return its folder.

        ``settled`` tells that what other runs left behind is booked. Otherwise the marker stays
        where it names such runs.
        """
        with storage_errors(self.root.path):
            night = publish(self.connection, self.root, run.run_id, self._decisions)
            if settled or not self.left_by_others(run):
                unmark(self.root.unpublished)
            return night

    def book(self, run: Run, finished_at: datetime, attempts: Sequence[Attempt]) -> None:
        """Book a run that merged ``attempts`` and is going to publish."""
        with storage_errors(self.root.path):
            mark(self.root.unpublished, run)
            row = run_row(run, finished_at, attempts, published=True)
            append(self.connection, RUNS, [row])

    def _decided_otherwise(self) -> bool:
        """Tell whether the current night was published with other decisions, as far as it tells."""
        manifest = current_manifest(self.root)
        return manifest is None or manifest.get("decisions") != self._decisions.fingerprint

    def _failed_before(self, others: Sequence[Attempt]) -> set[tuple[str, str]]:
        refused = any(attempt.outcome == "rejected" for attempt in others)
        if not refused or ATTEMPTS.name not in filled(self.connection):
            return set()
        return known_failures(self.connection)


def decisions_for(root: DataRoot, path: Path) -> Decisions:
    """Read the decisions on people that the nights of ``root`` are published with.

    Raises :class:`~warehouse.decisions.DecisionsError` also where the current night has some and
    there is no such file: run from another folder, a night would part people without a word.
    """
    decisions = load(path)
    if not path.exists() and (current_manifest(root) or {}).get("decisions"):
        raise DecisionsError(
            f"no file of decisions {path.absolute()}, and the published night was made with one; "
            "run where it lies, name it with BRIEFHOUSE_EXPERTS, or make it empty to decide nothing"
        )
    return decisions


@contextmanager
def open_store(root: DataRoot, decisions: Decisions = NONE) -> Iterator[Store]:
    """Open (or create) the lake of ``root`` for one run; ``decisions`` are on who is who.

    Raises :class:`~warehouse.errors.CatalogGoneError` where only a rebuild may create it.
    """
    if root.current.exists() and not root.catalog.exists():
        raise CatalogGoneError(root.catalog)
    with open_lake(root) as connection:
        yield Store(connection, root, decisions)


@contextmanager
def read_store(root: DataRoot) -> Iterator[Store]:
    """Open the lake of ``root`` for reading alone; see :func:`warehouse.lake.read_lake`."""
    with read_lake(root) as connection:
        yield Store(connection, root)
