"""Merging anew what landing holds: in which order, and with which outcomes that stand.

Captures merge in the order in which they were fetched. Two outcomes are a person's or a check's and
stand: what is held stays held, and what was released is merged at the time of its release, behind
everything that had been merged by then.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.attempts import Attempt
from warehouse.forget import tombstones
from warehouse.lake import attach_night, connect, filled
from warehouse.landing import landing_files
from warehouse.merge import merge
from warehouse.root import DataRoot
from warehouse.schema import ATTEMPTS, CAPTURES, RELEASES
from warehouse.table import quoted

_PER_MERGE = 8_000  # captures; they fit in memory many times


@dataclass(frozen=True, slots=True)
class Planned:
    """A capture that is merged anew. ``kind`` is plain, released or held."""

    capture_id: str
    landing_file: str
    at: datetime
    fetched_at: datetime
    uri: str
    sha256: str
    kind: str = "plain"

    @property
    def order(self) -> tuple[datetime, datetime, str, str]:
        return (self.at, self.fetched_at, self.uri, self.sha256)


def plan(
    connection: duckdb.DuckDBPyConnection, only: Collection[str] | None = None
) -> list[Planned]:
    """Return every capture that the attached lake has, or ``only`` these, in the order of merging.

    A capture of a million is found without the others: they would be objects by the gigabyte.
    """
    if only is None:
        return _plan(connection, "lake", filled(connection))
    connection.register("asked_ids", pa.table({"capture_id": pa.array(sorted(only), pa.string())}))
    found = _plan(connection, "lake", filled(connection), "SEMI JOIN asked_ids USING (capture_id)")
    connection.unregister("asked_ids")
    return found


def in_order(planned: Iterable[Planned]) -> list[Planned]:
    """Return captures in the order of merging."""
    return sorted(planned, key=lambda p: p.order)


def plan_of_night(night: Path) -> tuple[list[Planned], frozenset[str]]:
    """Return every capture that a published night (folder) has, and its tombstones."""
    with closing(connect()) as connection:
        present = attach_night(connection, night, "night")
        return _plan(connection, "night", present), tombstones(connection, "night", present)


def _plan(
    connection: duckdb.DuckDBPyConnection, name: str, present: Collection[str], only: str = ""
) -> list[Planned]:
    if CAPTURES.name not in present or ATTEMPTS.name not in present:
        return []
    let_in = "(SELECT NULL::VARCHAR AS capture_id, NULL::TIMESTAMPTZ AS released_at WHERE false)"
    rows = connection.execute(
        f"""SELECT c.capture_id, c.landing_file, coalesce(r.released_at, c.fetched_at),
            c.fetched_at, c.uri, c.sha256,
            CASE WHEN a.outcome = 'held' THEN 'held'
                WHEN r.released_at IS NOT NULL THEN 'released' ELSE 'plain' END
        FROM (FROM {name}.captures {only}) c LEFT JOIN {name}.attempts a USING (capture_id)
        LEFT JOIN {f"{name}.releases" if RELEASES.name in present else let_in} r
        USING (capture_id)"""
    ).fetchall()
    return in_order(Planned(*row) for row in rows)


def landed(root: DataRoot, names: Iterable[str]) -> list[Planned]:
    """Return the captures of landing files, from the files alone."""
    found = []
    for name in names:
        columns = ["capture_id", "fetched_at", "uri", "sha256"]
        table = pq.ParquetFile(root.landing / name).read(columns=columns)
        for row in table.to_pylist():
            found.append(
                Planned(
                    row["capture_id"], name, row["fetched_at"], row["fetched_at"],
                    row["uri"], row["sha256"],
                )
            )  # fmt: skip
    return in_order(found)


def missing_files(root: DataRoot, planned: Iterable[Planned]) -> set[str]:
    """Return the landing files that captures need and that are not there.

    A page that retention deleted counts as one of the file "".
    """
    return {p.landing_file for p in planned} - set(landing_files(root))


def batches(planned: Sequence[Planned]) -> list[tuple[str, list[str]]]:
    """Return the captures to merge at once, as (kind, ids), in order. Pure.

    Within a batch captures merge in the order of fetching, so a release is a batch of its own.
    """
    found = []
    for (kind, _), several in groupby(
        planned, key=lambda p: (p.kind, p.at if p.kind == "released" else None)
    ):
        ids = [p.capture_id for p in several]
        found += [(kind, ids[i : i + _PER_MERGE]) for i in range(0, len(ids), _PER_MERGE)]
    return found


def briefs_led_to(connection: duckdb.DuckDBPyConnection, staged: Sequence[Path]) -> set[str]:
    """Return the briefs to which any key of the captures in staged files leads, or once led."""
    if not staged:
        return set()
    rows = connection.execute(
        f"""SELECT DISTINCT brief_id FROM lake.brief_keys WHERE key IN (
            SELECT unnest(keys) FROM read_parquet({_list(staged)}, union_by_name = true))"""
    ).fetchall()
    return {row[0] for row in rows}


def profiles_in(
    connection: duckdb.DuckDBPyConnection, staged: Sequence[Path]
) -> dict[str, str | None]:
    """Return the profile that read each capture of staged files; None for those without a brief."""
    if not staged:
        return {}
    rows = connection.execute(
        f"SELECT capture_id, brief.profile FROM read_parquet({_list(staged)}, union_by_name = true)"
    ).fetchall()
    return dict(rows)


def _list(staged: Sequence[Path]) -> str:
    return "[" + ", ".join(quoted(str(path)) for path in staged) + "]"


def merge_anew(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    planned: Sequence[Planned],
    staged: Sequence[Path],
    batch: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> list[Attempt]:
    """Merge ``planned`` captures from ``staged`` files; return their attempts.

    The caller holds the write lock, and an open transaction unless ``batch`` makes one for each
    batch. An empty lake needs that: what a merge knows is what was committed to it.
    """
    if not staged:
        return []
    files = _list(staged)
    attempts: list[Attempt] = []
    for kind, ids in batches(planned):
        connection.register("wanted_ids", pa.table({"capture_id": pa.array(ids, pa.string())}))
        rows = connection.execute(
            f"SELECT * FROM read_parquet({files}, union_by_name = true) "
            "WHERE capture_id IN (SELECT capture_id FROM wanted_ids)"
        ).to_arrow_table()
        connection.unregister("wanted_ids")

        def hold(source: str, profile: str, held: bool = kind == "held") -> str | None:
            return "held before" if held else None

        with batch():
            attempts += merge(connection, run_id, rows, hold=hold, anew=True)
    return attempts


def keep_attempts(connection: duckdb.DuckDBPyConnection, before: str) -> None:
    """Give the attempts that were just made again the run that made them first.

    ``before`` is the relation (SQL) of the attempts as they were; those of it that have no capture
    come back as they are. Outcome and brief are today's, but why a capture is held stays. Other
    attempts are left alone: of a large lake they are millions.
    """
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE made_anew AS FROM lake.attempts
        SEMI JOIN {before} USING (attempt_id)"""
    )
    connection.execute(
        "DELETE FROM lake.attempts WHERE attempt_id IN (SELECT attempt_id FROM made_anew)"
    )
    connection.execute(
        f"""INSERT INTO lake.attempts BY NAME
        SELECT m.* REPLACE (b.run_id AS run_id,
            CASE WHEN m.outcome = 'held' THEN b.reason ELSE m.reason END AS reason,
            CASE WHEN m.outcome = 'held' THEN b.message ELSE m.message END AS message)
        FROM made_anew m JOIN {before} b USING (attempt_id)
        UNION ALL BY NAME
        SELECT * FROM {before} WHERE capture_id IS NULL
            AND attempt_id NOT IN (SELECT attempt_id FROM made_anew)"""
    )
    connection.execute("DROP TABLE made_anew")
