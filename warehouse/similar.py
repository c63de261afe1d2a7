"""Pairs of similar bodies: found by their stored signatures, compared once, kept in the lake."""

from __future__ import annotations

import duckdb

from warehouse.lake import append, filled, transaction
from warehouse.schema import SIMILAR_TEXTS
from warehouse.shingles import SIMILAR, Body, same_matter, same_rows, similarity

# A band that more texts have in common is a stock phrase's.
_MOST_PER_BAND = 200
_BATCH = 500


def compare_new_texts(connection: duckdb.DuckDBPyConnection) -> int:
    """Compare the pairs of current bodies that may be similar and never were; return how many.

    Pairs of one publisher with other days are left out: they can be no mirrors. A body that two
    briefs have under other titles is compared with itself. The caller holds the write lock.
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
            SELECT unnest(signature) AS band, brief_id, text_sha256, title, publisher, published_on
            FROM lake.briefs_history WHERE valid_to IS NULL AND len(signature) > 0),
        shared AS (
            SELECT * FROM bands
            QUALIFY count(*) OVER (PARTITION BY band) BETWEEN 2 AND {_MOST_PER_BAND})
        SELECT DISTINCT a.text_sha256 AS one_sha256, b.text_sha256 AS other_sha256
        FROM shared a JOIN shared b ON a.band = b.band AND a.text_sha256 <= b.text_sha256
        WHERE (a.text_sha256 < b.text_sha256 OR a.brief_id < b.brief_id AND a.title <> b.title)
        AND (a.publisher IS DISTINCT FROM b.publisher
            OR coalesce(a.published_on = b.published_on, true))"""
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
            a, b = bodies[one], bodies[other]
            share = similarity(a.parts, b.parts)
            alike = share >= SIMILAR
            rows.append({"one_sha256": one, "other_sha256": other, "similarity": share,
                         "same_matter": alike and same_matter(a.parts, b.parts),
                         "same_rows": alike and same_rows(a, b)})  # fmt: skip
        with transaction(connection):
            append(connection, SIMILAR_TEXTS, rows)
    return len(pairs)


def _bodies(connection: duckdb.DuckDBPyConnection, wanted: set[str]) -> dict[str, Body]:
    """Return bodies by their hash: the parts that signatures were made of, and the rows.

    Of briefs that share a body the one with the most rows tells them.
    """
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE with_bodies AS
        SELECT brief_id, text_sha256, text FROM lake.briefs_history
        WHERE valid_to IS NULL AND list_contains(?, text_sha256)""",
        [list(wanted)],
    )
    rows = connection.execute(
        """WITH said AS (
            SELECT brief_id, unnest([headline, text]) AS words FROM lake.developments_history
            SEMI JOIN with_bodies USING (brief_id) WHERE valid_to IS NULL
            UNION ALL
            SELECT brief_id, unnest([quote, speaker]) FROM lake.statements_history
            SEMI JOIN with_bodies USING (brief_id) WHERE valid_to IS NULL),
        said_in AS (
            SELECT brief_id, list(words) AS rows FROM said WHERE words <> '' GROUP BY brief_id),
        spans AS (
            SELECT brief_id, list([text_start, text_end] ORDER BY position) AS spans
            FROM lake.blocks SEMI JOIN with_bodies USING (brief_id)
            WHERE section NOT IN ('title', 'repeat', 'boilerplate') GROUP BY brief_id)
        SELECT text_sha256, text, spans, coalesce(rows, []) AS rows
        FROM with_bodies JOIN spans USING (brief_id) LEFT JOIN said_in USING (brief_id)
        ORDER BY len(rows), brief_id"""
    ).fetchall()
    return {
        sha: Body([text[start:end] for start, end in spans], said)
        for sha, text, spans, said in rows
    }
