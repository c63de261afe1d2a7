"""Answers that a page is gone, which came before the brief that once stood there was known."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from warehouse.decide import Decision
from warehouse.lake import filled
from warehouse.rows import address_keys
from warehouse.schema import ATTEMPTS


def name_briefs(connection: duckdb.DuckDBPyConnection, decisions: Sequence[Decision]) -> None:
    """Give attempts that found a page gone the brief whose older page ``decisions`` brought.

    Taken in their turn they had it: a crawl that is taken in late has pages from before.
    """
    shown = {
        key: (d.arrival.fetched_at, d.brief_id)
        for d in decisions
        for key in (*d.new_keys, *d.moved_keys)
        if key.startswith("url:")
    }
    if not shown or ATTEMPTS.name not in filled(connection):
        return
    gone = connection.execute(
        """SELECT capture_id, "at", c.uri, c.final_uri
        FROM lake.attempts a JOIN lake.captures c USING (capture_id)
        WHERE a.reason = 'gone' AND a.brief_id IS NULL AND "at" > ?""",
        [min(at for at, _ in shown.values())],
    ).fetchall()
    found: dict[str, str | None] = {}
    for capture_id, at, uri, final_uri in gone:
        for key in address_keys(uri, final_uri):
            since, brief_id = shown.get(key, (at, None))
            if since < at:
                found.setdefault(capture_id, brief_id)
    if not found:
        return
    connection.register(
        "named", pa.table({"capture_id": list(found), "brief_id": list(found.values())})
    )
    connection.execute(
        """UPDATE lake.attempts a SET brief_id = named.brief_id FROM named
        WHERE a.capture_id = named.capture_id"""
    )
    connection.unregister("named")
