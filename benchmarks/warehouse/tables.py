"""A staged table as the flat tables that any loader takes."""

from __future__ import annotations

import duckdb
import pyarrow as pa

_ITEMS = ("developments", "statements", "links", "blocks")


def tables(staged: pa.Table) -> dict[str, pa.Table]:
    """Return briefs and their items, each with a key."""
    with duckdb.connect() as connection:
        connection.register("staged", staged)
        found = {
            "briefs": connection.execute(
                "SELECT capture_id AS brief_id, unnest(brief) FROM staged"
            ).to_arrow_table()
        }
        for name in _ITEMS:
            found[name] = connection.execute(
                f"""SELECT brief_id || '-' || item.position AS id, brief_id, unnest(item)
                FROM (SELECT capture_id AS brief_id, unnest({name}) AS item FROM staged)"""
            ).to_arrow_table()
    return found
