"""The tables of a night as they stood on a past day, in plain SQL, and the tables of people."""

from __future__ import annotations

from warehouse.view import Macro

HISTORICAL = ("briefs", "developments", "statements", "links")
"""The tables of a night that have a history."""

_VERSIONS = "blocks are kept of the versions that stand now alone"
_STATE = "it is how things stand with the collector now; attempts and runs tell what was tried"
NO_PAST = {
    "blocks": _VERSIONS,
    "block_texts": _VERSIONS,
    "brief_keys": "each row tells since when its key led to its brief; the last until that day did",
    "sources": _STATE,
    "source_freshness": _STATE,
    "pages": _STATE,
    "robots": _STATE,
    "hosts": _STATE,
    "publication": "it says what this night holds; the tables of a past day can be counted",
}
"""The tables and views of a night that can't be asked of a past day, and why."""

INSTANT = Macro(
    "instant",
    ("moment",),
    "A day as its last instant (UTC), a time as it is: what the macros ..._as_of compare with.",
    """CASE WHEN length(moment::VARCHAR) <= 10
    THEN to_timestamp(epoch(moment::VARCHAR::DATE + 1)) - INTERVAL 1 MICROSECOND
    ELSE moment::VARCHAR::TIMESTAMPTZ END""",
    table=False,
)


def _said(statements: str, briefs: str) -> str:
    return f"""(SELECT s.*, b.publisher, b.published_on, b.first_seen_at
    FROM {statements} s JOIN {briefs} b USING (brief_id)
    WHERE b.duplicate_of IS NULL AND s.expert_id IS NOT NULL)"""


# A brief without a day is not taken for the latest, as NULL, the greatest value, would be.
_LATEST = "(coalesce(published_on, DATE '0001-01-01'), first_seen_at, brief_id, position)"
_SEEN = "min(published_on) AS first_seen_on, max(published_on) AS last_seen_on, count(*)::INTEGER"


def people_queries(statements: str, briefs: str) -> dict[str, str]:
    """Return the queries for the tables of people, over any relations of statements and briefs."""
    said = _said(statements, briefs)
    return {
        "experts": f"""SELECT * EXCLUDE (latest), latest.role AS role,
        latest.affiliation AS affiliation
        FROM (SELECT expert_id, arg_max(publisher, {_LATEST}) AS publisher,
        arg_max(speaker, {_LATEST}) AS name,
        arg_max({{'role': role, 'affiliation': affiliation}}, {_LATEST})
            FILTER (role IS NOT NULL AND partial IS NULL) AS latest,
        {_SEEN} AS statements FROM {said} GROUP BY expert_id)""",
        "expert_aliases": f"""SELECT expert_id, speaker AS name,
        list_sort(coalesce(list(DISTINCT publisher) FILTER (publisher IS NOT NULL), []))
            AS publishers,
        {_SEEN} AS statements
        FROM {said} GROUP BY expert_id, speaker""",
        "expert_roles": f"""SELECT expert_id, role, any_value(affiliation) AS affiliation,
        {_SEEN} AS statements FROM {said}
        WHERE role IS NOT NULL AND partial IS NULL GROUP BY expert_id, role""",
    }


def past_rows(night: str, instant: str) -> dict[str, str]:
    """Return the queries for what the tables of ``night`` (a prefix) held at an instant."""
    found = {
        name: _as_known(name, _standing(name, night, instant), night, instant)
        for name in HISTORICAL
    }
    found["revisions"] = f"SELECT * FROM {night}revisions WHERE seen_at <= {instant}"
    found["changes"] = f"""SELECT c.* FROM {night}changes c
    JOIN {night}revisions r USING (brief_id, revision) WHERE r.seen_at <= {instant}"""
    found["captures"] = f"SELECT * FROM {night}captures WHERE fetched_at <= {instant}"
    found["attempts"] = f'SELECT * FROM {night}attempts WHERE "at" <= {instant}'
    # their rows are written at the end, so that before there was none
    found["runs"] = f"SELECT * FROM {night}runs WHERE finished_at <= {instant}"
    found["checks"] = f"""SELECT * REPLACE ({_by("released_at", instant)}) FROM {night}checks
    SEMI JOIN ({found["runs"]}) USING (run_id)"""
    found["releases"] = f"SELECT * FROM {night}releases WHERE released_at <= {instant}"
    found["reextracted"] = f'SELECT * FROM {night}reextracted WHERE "at" <= {instant}'
    found["tombstones"] = f"SELECT * FROM {night}tombstones WHERE forgotten_at <= {instant}"
    bodies = f"SELECT text_sha256 FROM {night}briefs_history WHERE valid_from <= {instant}"
    found["similar_texts"] = f"""SELECT * FROM {night}similar_texts
    WHERE one_sha256 IN ({bodies}) AND other_sha256 IN ({bodies})"""
    return found


def past_histories(night: str, instant: str) -> dict[str, str]:
    """Return the queries for what the history tables of ``night`` held at an instant."""
    return {
        f"{name}_history": _as_known(
            name,
            f"""SELECT * REPLACE ({_by("valid_to", instant)}) FROM {night}{name}_history
            WHERE valid_from <= {instant}""",
            night,
            instant,
        )
        for name in HISTORICAL
    }


def _standing(name: str, night: str, instant: str) -> str:
    return f"""SELECT * EXCLUDE (valid_from, valid_to) FROM {night}{name}_history
        WHERE valid_from <= {instant} AND (valid_to IS NULL OR valid_to > {instant})"""


def _by(column: str, instant: str) -> str:
    return f"CASE WHEN {column} <= {instant} THEN {column} END AS {column}"


def _as_known(name: str, rows: str, night: str, instant: str) -> str:
    """Return the query for ``rows`` of a table without the briefs that they name too early.

    A link led nowhere before its brief came. Of mirrors that came before their original, the one
    that is better known, then the one seen first, stands in for it: as in :mod:`warehouse.mirrors`.
    """
    there = f"({_standing('briefs', night, instant)})"
    if name == "briefs":
        return f"""SELECT r.* REPLACE ({_by("gone_at", instant)},
            CASE WHEN e.original IS NULL THEN duplicate_of
                WHEN e.stand_in <> brief_id THEN e.stand_in END AS duplicate_of)
        FROM ({rows}) r LEFT JOIN (
            SELECT m.duplicate_of AS original, arg_min(m.brief_id, (m.publisher IS NULL,
                coalesce(m.title, '') = '', m.published_on IS NULL, m.first_seen_at, m.brief_id))
                AS stand_in
            FROM {there} m ANTI JOIN {there} o ON o.brief_id = m.duplicate_of
            WHERE m.duplicate_of IS NOT NULL GROUP BY m.duplicate_of) e
        ON e.original = r.duplicate_of"""
    if name == "links":
        return f"""SELECT r.* REPLACE (t.brief_id AS target_brief_id,
            CASE WHEN t.brief_id IS NOT NULL THEN resolved_by END AS resolved_by)
        FROM ({rows}) r LEFT JOIN (SELECT brief_id FROM {there}) t
        ON t.brief_id = r.target_brief_id"""
    return rows


_KNOWN_TODAY = {
    "briefs": " Which briefs are copies is today's knowledge, of those that had come by then.",
    "statements": " Who is one person is today's knowledge.",
    "links": " What they lead to is today's knowledge, of the briefs that had come by then.",
}

AS_OF = tuple(
    Macro(
        f"{name}_as_of",
        ("moment",),
        f"The table {name} as it stood at the end of a day (UTC), or at an instant."
        + _KNOWN_TODAY.get(name, ""),
        query,
    )
    for name, query in (
        past_rows("", "instant(moment)")
        | people_queries("statements_as_of(moment)", "briefs_as_of(moment)")
    ).items()
)
"""Macros that answer "as it stood on that day", one a table: ``FROM briefs_as_of('2025-03-01')``.
"""
