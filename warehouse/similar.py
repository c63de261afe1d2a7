"""Pairs of similar bodies: found by their stored signatures, compared once, kept in the lake."""

from __future__ import annotations

import duckdb

from warehouse.lake import append, filled, transaction
from warehouse.schema import SIMILAR_TEXTS
from warehouse.shingles import SIMILAR, same_matter, similarity

# A band that more texts have in common is a stock phrase's.
_MOST_PER_BAND = 200
_BATCH = 500


def compare_new_texts(connection: duckdb.DuckDBPyConnection) -> int:
    """Compare the pairs of current bodies that may be similar and never were; return how many.

    Pairs of one publisher with other days are left out: they can be no mirrors. The caller holds
    the write lock.
    """
    present = filled(connection)
    if "briefs_history" not in present:
        return 0
    known = f"lake.{SIMILAR_TEXTS.name}" if SIMILAR_TEXTS.name in present else "no_pairs"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE no_pairs (one_sha256 VARCHAR, other_sha256 VARCHAR)"
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE may_be_similar AS
        WITH bands AS (
            SELECT unnest(signature) AS band, text_sha256, publisher, published_on
            FROM lake.briefs_history WHERE valid_to IS NULL AND len(signature) > 0),
        shared AS (
            SELECT * FROM bands
            QUALIFY count(*) OVER (PARTITION BY band) BETWEEN 2 AND {_MOST_PER_BAND})
        SELECT DISTINCT a.text_sha256 AS one_sha256, b.text_sha256 AS other_sha256
        FROM shared a JOIN shared b ON a.band = b.band AND a.text_sha256 < b.text_sha256
        WHERE a.publisher IS DISTINCT FROM b.publisher
            OR coalesce(a.published_on = b.published_on, true)"""
    )
    pairs = connection.execute(
        f"""SELECT one_sha256, other_sha256 FROM may_be_similar
        ANTI JOIN {known} USING (one_sha256, other_sha256) ORDER BY ALL"""
    ).fetchall()
    for start in range(0, len(pairs), _BATCH):
        batch = pairs[start : start + _BATCH]
        bodies = _bodies(connection, {sha for pair in batch for sha in pair})
        rows = []
        for one, other in batch:
            share = similarity(bodies[one], bodies[other])
            same = share >= SIMILAR and same_matter(bodies[one], bodies[other])
            rows.append({"one_sha256": one, "other_sha256": other, "similarity": share,
                         "same_matter": same})  # fmt: skip
        with transaction(connection):
            append(connection, SIMILAR_TEXTS, rows)
    return len(pairs)


def _bodies(connection: duckdb.DuckDBPyConnection, wanted: set[str]) -> dict[str, list[str]]:
    """Return the parts of bodies by their hash, as their signatures were made of them."""
    rows = connection.execute(
        """SELECT any_value(b.text_sha256), any_value(b.text),
            list([k.text_start, k.text_end] ORDER BY k.position)
        FROM lake.briefs_history b JOIN lake.blocks k USING (brief_id)
        WHERE b.valid_to IS NULL AND list_contains(?, b.text_sha256)
            AND k.section NOT IN ('title', 'repeat', 'boilerplate')
        GROUP BY b.brief_id""",
        [list(wanted)],
    ).fetchall()
    return {sha: [text[start:end] for start, end in spans] for sha, text, spans in rows}
