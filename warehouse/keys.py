"""To which brief a key leads, and to which it led before.

A rolling page's address leads to one brief after the other. Each has its row, the newest stands; so
where one is forgotten, the address leads to the one before, and what comes late finds them all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import duckdb
import pyarrow as pa

from warehouse.decide import Decision
from warehouse.lake import append
from warehouse.schema import BRIEF_KEYS


def leads_now(keys: str) -> str:
    """Return the query for the brief to which each of ``keys`` (SQL: rows of brief_keys) leads."""
    return f"""SELECT key, arg_max(brief_id,
        (coalesce(since, '-infinity'::TIMESTAMPTZ), brief_id)) AS brief_id, max(since) AS since
    FROM {keys} GROUP BY key"""


def left_at(connection: duckdb.DuckDBPyConnection, briefs: Collection[str]) -> dict[str, datetime]:
    """Return when an address of any of ``briefs`` last came to lead to another one."""
    connection.register("asked", pa.table({"brief_id": pa.array(list(briefs), pa.string())}))
    rows = connection.execute(
        """WITH theirs AS MATERIALIZED (
            SELECT key, brief_id, since FROM lake.brief_keys SEMI JOIN asked USING (brief_id)
            WHERE key LIKE 'url:%')
        SELECT theirs.brief_id, max(other.since) FROM theirs JOIN lake.brief_keys other USING (key)
        WHERE other.brief_id <> theirs.brief_id
            AND other.since > coalesce(theirs.since, '-infinity'::TIMESTAMPTZ)
        GROUP BY theirs.brief_id"""
    ).fetchall()
    connection.unregister("asked")
    return dict(rows)


def store_keys(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    """Write to which brief keys lead since when; to which they led before stays known."""
    leads = {
        (key, d.brief_id): d.arrival.fetched_at
        for d in decisions
        for key in (*d.new_keys, *d.moved_keys)
    }
    moved = [f"{key} {d.brief_id}" for d in decisions for key in d.moved_keys]
    if moved:  # one of them may have led there once
        connection.execute(
            "DELETE FROM lake.brief_keys WHERE list_contains(?::VARCHAR[], key || ' ' || brief_id)",
            [moved],
        )
    append(
        connection,
        BRIEF_KEYS,
        [{"key": key, "brief_id": to, "since": at} for (key, to), at in leads.items()],
    )


def sharing_addresses(connection: duckdb.DuckDBPyConnection, briefs: Collection[str]) -> set[str]:
    """Return ``briefs`` and all others to which an address of theirs led once or leads now."""
    found: set[str] = set()
    more = set(briefs)
    while more != found:
        found = more
        connection.register("found", pa.table({"brief_id": pa.array(sorted(found), pa.string())}))
        rows = connection.execute(
            """SELECT DISTINCT brief_id FROM lake.brief_keys
            WHERE key LIKE 'url:%' AND key IN (
                SELECT key FROM lake.brief_keys SEMI JOIN found USING (brief_id))"""
        ).fetchall()
        connection.unregister("found")
        more = found | {row[0] for row in rows}
    return found
