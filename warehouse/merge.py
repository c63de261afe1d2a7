"""Merging staged captures into the lake, in the transaction that also checks them.

staged -> what is known of their keys -> decide -> rows -> checks -> commit
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.attempts import Attempt
from warehouse.decide import Arrival, Decision, Standing, decide
from warehouse.errors import IntegrityError
from warehouse.gone import name_briefs
from warehouse.identity import digest, is_lasting
from warehouse.integrity import Broken, failures_in_new_rows
from warehouse.keys import leads_now, left_at, store_keys
from warehouse.lake import append, filled
from warehouse.new_rows import make_rows
from warehouse.revise import book_changes, items_now
from warehouse.schema import (
    ATTEMPTS,
    BLOCKS,
    BRIEFS,
    CAPTURES,
    CHILDREN,
    RELEASES,
    stored_as,
)

Hold = Callable[[str, str], str | None]
"""Tells why a capture of a source and profile is held back, in words, or None."""


def merge(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    staged: pa.Table | None,
    others: Iterable[Attempt] = (),
    book: Callable[[Sequence[Attempt]], None] | None = None,
    hold: Hold = lambda source, profile: None,
    *,
    anew: bool = False,
) -> list[Attempt]:
    """Merge ``staged`` (see :data:`warehouse.rows.STAGED`) and book the attempts.

    ``others`` are attempts that brought no capture; ``book`` may write further rows, given all
    attempts; what ``hold`` holds back is booked, and its rows are not merged until it is released;
    ``anew`` tells that everything is merged again, in its order.
    All of it belongs to the transaction that the caller has opened, who holds the write lock too.
    Returns every attempt with its outcome, also of captures that another run has merged meanwhile.
    Raises :class:`IntegrityError` if what would be stored contradicts itself.
    """
    attempts = list(others)
    booked: list[Attempt] = []
    if staged is not None and staged.num_rows:
        connection.register("staged_all", staged)
        _find_let_in(connection)
        booked = _booked_before(connection)
        attempts += _merge_captures(connection, staged, hold, anew=anew)
        connection.unregister("staged_all")
    append(connection, ATTEMPTS, _attempt_rows(run_id, attempts))
    if book is not None:
        book(attempts)
    return [*attempts, *booked]


def foreseen(connection: duckdb.DuckDBPyConnection, staged: pa.Table) -> list[Decision]:
    """Return what would become of each of ``staged`` captures if it were merged now."""
    _register(connection, staged, {str(id_): False for id_ in staged["capture_id"].to_pylist()})
    arrivals = _arrivals(connection, lambda source, profile: None)
    return decide(arrivals, *_known(connection, filled(connection)), anew=True)


def _attempt_rows(run_id: str, attempts: Sequence[Attempt]) -> list[dict[str, Any]]:
    return [
        {
            # a capture has one attempt for ever; without one, a run tries a uri once
            "attempt_id": digest("attempt", attempt.capture_id or f"{run_id} {nth} {attempt.uri}"),
            "run_id": run_id,
            **{name: getattr(attempt, name) for name in Attempt.__slots__},
        }
        for nth, attempt in enumerate(attempts)
    ]


def _booked_before(connection: duckdb.DuckDBPyConnection) -> list[Attempt]:
    """Return the attempts of staged captures that the lake has already."""
    if ATTEMPTS.name not in filled(connection):
        return []
    columns = ", ".join(f'"{name}"' for name in Attempt.__slots__)
    rows = connection.execute(
        f"""SELECT {columns} FROM lake.attempts
        WHERE {_of_these_times('"at"')} AND capture_id IN (SELECT capture_id FROM staged_all)
        AND capture_id NOT IN (FROM let_in)""",
        _times(connection),
    ).fetchall()
    return [Attempt(*row) for row in rows]


def _of_these_times(column: str) -> str:
    """Return the condition that lets a look-up of staged captures pass over most of the lake.

    An id is a hash of the fetch time too, so captures of other times can't be the same; and files
    and row groups know the times that they hold. Of a million captures it reads a few thousand.
    """
    return f"{column} BETWEEN $first AND $last"


def _times(connection: duckdb.DuckDBPyConnection) -> dict[str, datetime]:
    row = connection.execute("SELECT min(fetched_at), max(fetched_at) FROM staged_all").fetchone()
    assert row is not None
    return {"first": row[0], "last": row[1]}


def _find_let_in(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table ``let_in`` of captures that were held and released since."""
    found = "SELECT NULL::VARCHAR AS capture_id WHERE false"
    if RELEASES.name in filled(connection):
        found = """SELECT capture_id FROM lake.releases SEMI JOIN
            (SELECT capture_id FROM lake.attempts WHERE outcome = 'held') USING (capture_id)"""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE let_in AS {found}")


def _unmerged(connection: duckdb.DuckDBPyConnection, present: set[str]) -> dict[str, bool]:
    """Return the captures that are to be merged, and whether each was held and let in since."""
    if CAPTURES.name not in present:
        return dict(connection.execute("SELECT capture_id, false FROM staged_all").fetchall())
    rows = connection.execute(
        f"""SELECT capture_id, capture_id IN (FROM let_in) AS let_in FROM staged_all
        WHERE let_in OR capture_id NOT IN
            (SELECT capture_id FROM lake.captures WHERE {_of_these_times("fetched_at")})""",
        _times(connection),
    ).fetchall()
    return dict(rows)


def _register(
    connection: duckdb.DuckDBPyConnection, staged: pa.Table, let_in: Mapping[str, bool]
) -> None:
    """Register the rows of ``staged`` that ``let_in`` names, each capture once, as ``staged``.

    They stay Arrow's: copied into a table they take a third of the time of a merge.
    """
    ids = staged["capture_id"].to_pylist()
    first = {capture_id: nth for nth, capture_id in reversed(list(enumerate(ids)))}
    kept = sorted(nth for capture_id, nth in first.items() if capture_id in let_in)
    rows = staged if len(kept) == len(ids) else staged.take(pa.array(kept, pa.int64()))
    told = pa.array([let_in[ids[nth]] for nth in kept], pa.bool_())
    connection.register("staged", rows.append_column("let_in", told))


def _merge_captures(
    connection: duckdb.DuckDBPyConnection, staged: pa.Table, hold: Hold, *, anew: bool
) -> list[Attempt]:
    present = filled(connection)
    _register(connection, staged, _unmerged(connection, present))
    arrivals = _arrivals(connection, hold)
    if not arrivals:
        return []
    decisions = decide(arrivals, *_known(connection, present), anew=anew)
    make_rows(connection, decisions)
    failures = failures_in_new_rows(connection)
    if taken := _ids_taken(connection, present, decisions):
        failures.append(Broken(BRIEFS.name, "unique", taken))
    if failures:
        raise IntegrityError(failures)
    _store(connection, decisions)
    return [
        Attempt(
            d.arrival.source,
            d.arrival.uri,
            d.arrival.fetched_at,
            d.outcome,
            d.arrival.reason,
            d.arrival.message,
            d.arrival.capture_id,
            d.brief_id,
        )
        for d in decisions
    ]


def _ids_taken(
    connection: duckdb.DuckDBPyConnection, present: set[str], decisions: Sequence[Decision]
) -> int:
    """Return how many new briefs have the id of another one, of this merge or of the lake.

    In the lake only those are looked for whose id is made of a key that may have moved: of the
    others the key itself would have led to the brief. So the ids of a million are left alone.
    """
    new = [(d.brief_id, d.arrival.keys) for d in decisions if d.outcome == "new" and d.brief_id]
    ids = [brief_id for brief_id, _ in new]
    unsure = {brief_id for brief_id, keys in new if not is_lasting(brief_id, keys)}
    if not unsure or stored_as(BRIEFS) not in present:
        return len(ids) - len(set(ids))
    connection.register("new_ids", pa.table({"brief_id": pa.array(list(unsure), pa.string())}))
    known = connection.execute(
        """SELECT count(DISTINCT brief_id) FROM lake.briefs_history
        SEMI JOIN new_ids USING (brief_id)"""
    ).fetchall()
    connection.unregister("new_ids")
    return len(ids) - len(set(ids)) + int(known[0][0])


def _arrivals(connection: duckdb.DuckDBPyConnection, hold: Hold) -> list[Arrival]:
    answer = connection.execute(
        """SELECT capture_id, uri, source, sha256, fetched_at, reason, message, keys,
        brief.title AS title, brief.published_on AS published_on,
        coalesce(brief.text_sha256, '') AS text_sha256,
        brief.links_sha256 AS links_sha256, brief.url AS url,
        brief.canonical_url AS canonical_url, coalesce(brief.truncated, false) AS truncated,
        brief.signature AS signature, brief.profile AS profile, let_in FROM staged"""
    )
    names = [column[0] for column in answer.description or ()]
    arrivals = []
    for row in answer.fetchall():
        values = dict(zip(names, row, strict=True))
        profile, let_in = values.pop("profile"), values["let_in"]
        values["held"] = hold(values["source"], profile) if profile and not let_in else None
        values["keys"], values["signature"] = (
            tuple(values[name] or ()) for name in ("keys", "signature")
        )
        arrivals.append(Arrival(**values))
    return arrivals


def _known(
    connection: duckdb.DuckDBPyConnection, present: set[str]
) -> tuple[dict[str, str], dict[str, Standing], dict[str, datetime]]:
    """Return what the lake knows of the staged captures' keys: see :func:`decide`."""
    if stored_as(BRIEFS) not in present:
        return {}, {}, {}
    leads = connection.execute(
        leads_now("lake.brief_keys WHERE key IN (SELECT unnest(keys) FROM staged)")
    ).fetchall()
    keys = {key: brief_id for key, brief_id, _ in leads}
    since = {key: at for key, _, at in leads if at is not None}
    standings: dict[str, Standing] = {}
    if keys:
        matched = pa.table({"brief_id": pa.array(set(keys.values()), pa.string())})
        connection.register("matched", matched)
        rows = connection.execute(
            """WITH seen AS (SELECT brief_id, max("at") AS seen FROM lake.attempts
                WHERE outcome IN ('new', 'revised', 'duplicate') AND capture_id IS NOT NULL
                AND brief_id IN (SELECT brief_id FROM matched) GROUP BY brief_id)
            SELECT brief_id, revision, title, published_on, text_sha256, first_seen_at,
            links_sha256, valid_from, coalesce(seen, valid_from), canonical_url,
            revised_at, url, truncated, signature
            FROM lake.briefs_history LEFT JOIN seen USING (brief_id)
            WHERE valid_to IS NULL AND brief_id IN (SELECT brief_id FROM matched)"""
        ).fetchall()
        connection.unregister("matched")
        left = left_at(connection, keys.values())
        names = [field.name for field in fields(Standing) if field.name != "left_at"]
        for row in rows:
            values = dict(zip(names, row, strict=True))
            values["signature"] = tuple(values["signature"] or ())
            standings[row[0]] = Standing(**values, left_at=left.get(row[0]))
    return keys, standings, since


def _store(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    connection.execute(
        f"INSERT INTO lake.captures BY NAME SELECT {', '.join(CAPTURES.columns)} FROM staged "
        "WHERE NOT let_in"
    )
    released = connection.execute("SELECT count(*) FROM staged WHERE let_in").fetchone()
    if released and released[0]:  # what was held has a new outcome now
        connection.execute(
            "DELETE FROM lake.attempts WHERE capture_id IN "
            "(SELECT capture_id FROM staged WHERE let_in)"
        )
    store_keys(connection, decisions)
    name_briefs(connection, decisions)
    revised = [d for d in decisions if d.outcome == "revised"]
    before = items_now(connection, revised) if revised else {}
    replacing = [d for d in decisions if d.stored and d.outcome != "new"]
    if replacing:
        _close(connection, replacing)
    for table in (BRIEFS, *CHILDREN, BLOCKS):
        connection.execute(
            f"INSERT INTO lake.{stored_as(table)} BY NAME SELECT * FROM new_{table.name}"
        )
    if revised:
        book_changes(connection, decisions, before)


def _close(connection: duckdb.DuckDBPyConnection, replacing: Sequence[Decision]) -> None:
    """End the rows of the briefs that are revised or enriched, and drop their blocks."""
    first: dict[str, datetime] = {}
    for d in replacing:
        if d.brief_id is not None:
            first.setdefault(d.brief_id, d.arrival.fetched_at)
    closing = {
        "brief_id": pa.array(list(first), pa.string()),
        "at": pa.array(list(first.values()), pa.timestamp("us", tz="UTC")),
    }
    connection.register("closing", pa.table(closing))
    for table in (BRIEFS, *CHILDREN):
        connection.execute(
            f"""UPDATE lake.{stored_as(table)} h SET valid_to = c.at FROM closing c
            WHERE h.brief_id = c.brief_id AND h.valid_to IS NULL"""
        )
    connection.execute("DELETE FROM lake.blocks WHERE brief_id IN (SELECT brief_id FROM closing)")
    connection.unregister("closing")
