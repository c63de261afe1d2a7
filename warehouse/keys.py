"""To which brief a key leads, and to which it led before.

A rolling page's address leads to one brief after the other. Each has its row, the newest stands; so
where one is forgotten, the address leads to the one before, and what comes late finds them all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import duckdb
import pyarrow as pa

from warehouse.decide import Decision
from warehouse.lake import append
from warehouse.schema import BRIEF_KEYS


def leads_now(keys: str) -> str:
    """Return the query for the brief to which each of ``keys`` (SQL: rows of brief_keys) leads."""
    return f"""SELECT key, arg_max(brief_id,
        (coalesce(since, '-infinity'::TIMESTAMPTZ), brief_id)) AS brief_id
    FROM {keys} GROUP BY key"""


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
