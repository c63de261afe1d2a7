"""Figures, checks and held captures in the lake: what :mod:`warehouse.bounds` decides on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.bounds import WINDOW, Verdict, in_words
from warehouse.figures import Tally, figures
from warehouse.lake import append, filled, transaction
from warehouse.landing import GONE
from warehouse.schema import CHECKS, RELEASES
from warehouse.usual import Past

_AS_IT_WAS = ("captures", "silent nights", "read", "briefs")  # a release changes none of these
_ZONES = 1  # day; where a publisher's day began, it may still be yesterday in UTC


def tallies(connection: duckdb.DuckDBPyConnection, staged: pa.Table) -> list[Tally]:
    """Count what staged captures hold, for each source and profile."""
    connection.register("counted", staged)
    rows = connection.execute(
        f"""SELECT source, brief.profile, count(*), count(brief.profile),
            count(brief.title), count(brief.published_on),
            count(*) FILTER (len(brief.authors) > 0),
            count(*) FILTER (len(developments) > 0), count(*) FILTER (len(statements) > 0),
            coalesce(sum(len(developments)), 0), coalesce(sum(len(statements)), 0),
            coalesce(sum(CASE WHEN brief IS NOT NULL THEN coalesce(brief.coverage, 1) END), 0),
            coalesce(sum(len(brief.unknown_headings)), 0),
            count(*) FILTER (brief.published_on > fetched_at::DATE + {_ZONES})
        FROM counted WHERE status IS NULL OR status NOT IN {GONE}
        GROUP BY source, brief.profile ORDER BY ALL"""
    ).fetchall()
    connection.unregister("counted")
    return [Tally(*row) for row in rows]


def pasts(
    connection: duckdb.DuckDBPyConnection, sources: Iterable[str]
) -> dict[tuple[str, str], list[Past]]:
    """Return the past of every figure of ``sources``, the latest night first.

    Nights that fell below a bound are no part of it until a person lets them pass: a redesign must
    not become usual by happening every night.
    """
    names = list(sources)
    if not names or CHECKS.name not in filled(connection):
        return {}
    rows = connection.execute(
        """SELECT name, subject, value, greatest(coalesce(counted, 1), 1), NOT passed
            AND coalesce(value < lower, false) FROM lake.checks
        WHERE list_contains(?, source) AND value IS NOT NULL
            AND (lower IS NULL OR value >= lower OR released_at IS NOT NULL)
        QUALIFY row_number() OVER (PARTITION BY name, subject ORDER BY run_id DESC) <= ?
        ORDER BY run_id DESC""",
        [names, WINDOW],
    ).fetchall()
    found: dict[tuple[str, str], list[Past]] = {}
    for name, subject, value, counted, accepted in rows:
        found.setdefault((name, subject), []).append(Past(value, counted, accepted))
    return found


def check_rows(run_id: str, verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    """Return the rows of ``checks`` for a night's verdicts."""
    return [
        {
            "run_id": run_id,
            "name": v.figure.name,
            "subject": v.figure.subject,
            "value": v.figure.value,
            "lower": v.lower,
            "upper": v.upper,
            "passed": v.passed,
            "source": v.figure.source,
            "counted": v.figure.of,
            "usual": v.usual,
            "message": None if v.passed else in_words(v),
        }
        for v in verdicts
    ]


def released(connection: duckdb.DuckDBPyConnection) -> list[dict[str, set[str]]]:
    """Return the captures that were let in and are not merged yet, by landing file.

    Each release is by itself, the oldest first: so a rebuild merges them too.
    """
    if RELEASES.name not in filled(connection):
        return []
    rows = connection.execute(
        """SELECT r.released_at, c.landing_file, c.capture_id FROM lake.releases r
        JOIN lake.attempts a USING (capture_id) JOIN lake.captures c USING (capture_id)
        WHERE a.outcome = 'held' ORDER BY ALL"""
    ).fetchall()
    found: dict[datetime, dict[str, set[str]]] = {}
    for at, name, capture_id in rows:
        found.setdefault(at, {}).setdefault(name, set()).add(capture_id)
    return list(found.values())


def release(connection: duckdb.DuckDBPyConnection, name: str, at: datetime) -> tuple[int, int]:
    """Let in what is held of a source, or one capture; return how many captures and checks.

    Of a source, the checks that broke pass too, so that the nights after it learn from them: from
    what the captures give when the next run merges them (see :func:`accept`). The caller holds the
    write lock.
    """
    if not {CHECKS.name, "attempts"} <= filled(connection):
        return 0, 0
    with transaction(connection):
        held = connection.execute(
            """SELECT capture_id, source, message FROM lake.attempts
            WHERE outcome = 'held' AND (source = ? OR capture_id = ?)
            AND capture_id NOT IN (SELECT capture_id FROM lake.releases) ORDER BY capture_id""",
            [name, name],
        ).fetchall()
        rows = [
            {"capture_id": capture_id, "source": source, "released_at": at, "message": message}
            for capture_id, source, message in held
        ]
        append(connection, RELEASES, rows)
        checks = connection.execute(
            """UPDATE lake.checks SET released_at = ? WHERE source = ? AND NOT passed
            AND released_at IS NULL""",
            [at, name],
        ).fetchone()
    return len(rows), int(checks[0]) if checks else 0


def accept(
    connection: duckdb.DuckDBPyConnection, staged: pa.Table, let_in: Iterable[Tally]
) -> None:
    """Give the checks that were let pass the figures of what was let in, as it is read now.

    ``let_in`` is what the captures of the release hold, of which ``staged`` are some. A mended
    profile gives more than what was held for want of it, and that is what is usual then; the
    message goes on telling what broke. A profile that reads none of them any more has no figure.
    How many pages and briefs came, and how many pages gave none, is as it was.
    """
    let_in = list(let_in)
    means = [f for f in figures(let_in) if f.name not in _AS_IT_WAS]
    connection.register("let_in_now", staged.select(["capture_id"]))
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE now_accepted AS SELECT DISTINCT source, released_at
        FROM lake.releases WHERE capture_id IN (SELECT capture_id FROM let_in_now)"""
    )
    connection.unregister("let_in_now")
    found = {"subject": [f.subject for f in means], "name": [f.name for f in means]}
    values = pa.array([f.value for f in means], pa.float64())
    connection.register("figures_now", pa.table({**found, "now": values}))
    connection.execute(
        f"""UPDATE lake.checks c SET value = (SELECT f.now FROM figures_now f
            WHERE f.subject = c.subject AND f.name = c.name)
        WHERE NOT passed AND lower IS NOT NULL AND name NOT IN {_AS_IT_WAS}
        AND EXISTS (FROM now_accepted n
            WHERE n.source = c.source AND n.released_at = c.released_at)"""
    )
    connection.unregister("figures_now")


def add_up(several: Iterable[Sequence[Tally]]) -> list[Tally]:
    """Return the tallies of a night from those of its parts."""
    total: dict[tuple[str, str | None], Tally] = {}
    for tally in (tally for part in several for tally in part):
        key = (tally.source, tally.profile)
        total[key] = total[key] + tally if key in total else tally
    return [total[key] for key in sorted(total, key=lambda k: (k[0], k[1] or ""))]
