"""The book of runs: what each did, and those that were cut off before they could say so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import duckdb

from warehouse.attempts import Attempt, counts
from warehouse.lake import filled
from warehouse.marker import Run
from warehouse.publish import nights
from warehouse.root import DataRoot
from warehouse.schema import ATTEMPTS, RUNS, SCHEMA_VERSION

CUT_OFF = "the run was cut off; the next one booked what it had merged"


def run_row(
    run: Run, finished_at: datetime, attempts: Sequence[Attempt], *, published: bool
) -> dict[str, Any]:
    """Return the row that books ``run``, with what became of its attempts."""
    found = counts(attempts)
    return {
        "run_id": run.run_id,
        "command": run.command,
        "started_at": run.started_at,
        "finished_at": finished_at,
        "version": run.version,
        "schema_version": SCHEMA_VERSION,
        "tried": sum(found.values()),
        **found,
        "published": published,
    }


def cut_off(
    connection: duckdb.DuckDBPyConnection, runs: Sequence[Run], found_at: datetime
) -> list[dict[str, Any]]:
    """Return the rows of ``runs`` that merged something and did not come to book it.

    One of them may be at work still, between two merges: it books itself anew at its end.
    """
    ids = [run.run_id for run in runs]
    if not ids or ATTEMPTS.name not in filled(connection):
        return []
    unbook(connection, ids)
    found: dict[str, dict[str, int]] = {}
    for run_id, outcome, number in connection.execute(
        """SELECT run_id, outcome, count(*) FROM lake.attempts
        WHERE list_contains(?::VARCHAR[], run_id)
        AND run_id NOT IN (SELECT run_id FROM lake.runs) GROUP BY ALL""",
        [ids],
    ).fetchall():
        found.setdefault(run_id, {})[outcome] = number
    return [
        {
            **run_row(run, found_at, (), published=False),
            **found[run.run_id],
            "tried": sum(found[run.run_id].values()),
            "message": CUT_OFF,
        }
        for run in runs
        if run.run_id in found
    ]


def unbook(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> None:
    """Take runs out of the books that another run booked as cut off."""
    if RUNS.name not in filled(connection):
        return
    # most often there are none, and looking is cheaper than deleting nothing
    booked = "FROM lake.runs WHERE list_contains(?::VARCHAR[], run_id) AND message = ?"
    if connection.execute(f"SELECT 1 {booked}", [ids, CUT_OFF]).fetchone():
        connection.execute(f"DELETE {booked}", [ids, CUT_OFF])


def correct(connection: duckdb.DuckDBPyConnection, root: DataRoot) -> None:
    """Take back "published" from runs that were cut off before their night stood."""
    if RUNS.name in filled(connection):
        kept = nights(root)  # what is older than these was published, and pruned since
        connection.execute(
            """UPDATE lake.runs SET published = false
            WHERE published AND run_id > ? AND NOT list_contains(?::VARCHAR[], run_id)""",
            [kept[0] if kept else "", kept],
        )
