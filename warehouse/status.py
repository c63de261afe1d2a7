"""How things stand: the last runs, what is held and why, what is pending, alerts, nights, lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from warehouse.erasing import noted
from warehouse.lake import filled
from warehouse.publish import nights
from warehouse.root import lock_holder
from warehouse.schema import ATTEMPTS, CHECKS, RELEASES, RUNS, SOURCES
from warehouse.standing import Standing, condition
from warehouse.store import Store

RUNS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run, as ``runs`` has it; ``message`` is why nothing was stored."""

    run_id: str
    command: str
    started_at: datetime
    tried: int
    new: int
    revised: int
    rejected: int
    held: int
    published: bool
    message: str | None


@dataclass(frozen=True, slots=True)
class Held:
    """Captures of a source that are held for one reason, the oldest one's fetch time (UTC)."""

    source: str
    captures: int
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """How a source stands: its :data:`~warehouse.standing.CONDITIONS`, and what broke last."""

    source: str
    condition: str
    held: int
    last_success_at: datetime | None
    last_new_at: datetime | None
    last_error: str | None
    alerts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The whole account.

    ``lock`` is who writes just now, ``erasures`` is what was not erased whole.
    """

    runs: tuple[RunLine, ...]
    held: tuple[Held, ...]
    sources: tuple[SourceLine, ...]
    pending: tuple[str, ...]
    erasures: tuple[str, ...]
    nights: tuple[str, ...]
    current: str | None
    lock: str | None

    @property
    def alerts(self) -> list[str]:
        return [alert for source in self.sources for alert in source.alerts]


def status(store: Store) -> Status:
    """Return how the data root of an open store stands."""
    connection, root = store.connection, store.root
    present = filled(connection)
    current = root.current.readlink().name if root.current.is_symlink() else None
    return Status(
        tuple(_runs(connection)) if RUNS.name in present else (),
        tuple(held_now(connection)),
        tuple(source_lines(connection)),
        tuple(store.pending()),
        tuple(erasure.wanted for erasure in noted(root)),
        tuple(nights(root)),
        current,
        lock_holder(root),
    )


def _runs(connection: duckdb.DuckDBPyConnection) -> list[RunLine]:
    columns = ", ".join(RunLine.__slots__)
    rows = connection.execute(
        f"SELECT {columns} FROM lake.runs ORDER BY started_at DESC, run_id DESC LIMIT {RUNS_SHOWN}"
    ).fetchall()
    return [RunLine(*row) for row in rows]


def held_now(connection: duckdb.DuckDBPyConnection) -> list[Held]:
    """Return what is held and not released, for each source and reason."""
    present = filled(connection)
    if ATTEMPTS.name not in present:
        return []
    let_in = "SELECT NULL WHERE false"
    if RELEASES.name in present:
        let_in = "SELECT capture_id FROM lake.releases"
    rows = connection.execute(
        f"""SELECT source, count(*), min("at"), coalesce(message, reason) AS why FROM lake.attempts
        WHERE outcome = 'held' AND capture_id NOT IN ({let_in})
        GROUP BY source, why ORDER BY source, min("at")"""
    ).fetchall()
    return [Held(*row) for row in rows]


def source_lines(connection: duckdb.DuckDBPyConnection) -> list[SourceLine]:
    """Return how every source stands that was ever asked, by name."""
    present = filled(connection)
    if SOURCES.name not in present:
        return []
    held: dict[str, int] = {}
    for each in held_now(connection):
        held[each.source] = held.get(each.source, 0) + each.captures
    nights: dict[str, int] = {}
    captures: dict[str, float] = {}
    broken: dict[str, list[tuple[str, str]]] = {}
    if CHECKS.name in present:
        rows = connection.execute(
            """SELECT source, count(DISTINCT run_id), arg_max(value, run_id)
            FROM lake.checks WHERE name = 'captures' AND source IS NOT NULL GROUP BY source"""
        ).fetchall()
        nights = {source: number for source, number, _ in rows}
        captures = {source: value for source, _, value in rows}
        broken = _broken(connection)
    rows = connection.execute(
        """SELECT source, failures_in_row, last_success_at, last_new_at, last_error
        FROM lake.sources ORDER BY source"""
    ).fetchall()
    return [
        SourceLine(
            source,
            condition(
                Standing(
                    failures,
                    frozenset(name for name, _ in broken.get(source, ())),
                    int(captures.get(source, 0)),
                    held.get(source, 0),
                    nights.get(source, 0),
                )
            ),
            held.get(source, 0),
            success,
            new,
            error if failures else None,
            tuple(words for _, words in broken.get(source, ())),
        )
        for source, failures, success, new, error in rows
    ]


def _broken(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """Return what broke at each source and no person let pass: the figure, and it in words.

    It is what broke in the last night in which the source was asked. That its pages give no briefs
    lasts beyond it: a night without new pages says nothing of those that are there.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    rows = connection.execute(
        f"""WITH last AS (
            FROM lake.checks WHERE source IS NOT NULL AND name <> 'read'
            QUALIFY run_id = max(run_id) OVER (PARTITION BY source)
            UNION ALL
            FROM lake.checks WHERE source IS NOT NULL AND name = 'read'
            QUALIFY run_id = max(run_id) OVER (PARTITION BY source))
        SELECT source, name, message FROM last
        WHERE NOT passed AND released_at IS NULL
        AND (name <> 'read' OR (source, run_id) IN ({_STILL_REJECTED}))
        -- what broke for the source is not told for its profiles too
        QUALIFY subject = source OR count(*) FILTER (subject = source)
            OVER (PARTITION BY source, name) = 0
        ORDER BY source, subject, name"""
    ).fetchall()
    for source, name, message in rows:
        found.setdefault(source, []).append((name, message))
    return found


_STILL_REJECTED = """
    SELECT a.source, a.run_id FROM lake.attempts a JOIN lake.sources s USING (source)
    WHERE a.outcome = 'rejected' AND a.capture_id IS NOT NULL AND a.reason <> 'gone'
    AND a.uri NOT IN (SELECT uri FROM lake.pages WHERE gone_at IS NOT NULL)
    AND NOT EXISTS (FROM lake.attempts b WHERE b.uri = a.uri AND b."at" > a."at"
        AND b.outcome <> 'rejected')
    -- every file of a folder is tried in every run: one that is not was taken away
    AND (s.kind <> 'folder' OR EXISTS (
        FROM lake.attempts b WHERE b.uri = a.uri AND b.run_id = s.last_run_id))"""
"""Sources and runs (SQL) with pages that gave no brief and still give none."""
