"""What a night adds to the record: people, resolved citations, views. SQL over attached tables."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from extractors.text import fold
from warehouse.landing import GONE
from warehouse.mirrors import Candidate, originals
from warehouse.people import expert_ids
from warehouse.table import Table

VIEWS: dict[str, tuple[str, str]] = {
    "rejects": (
        "Attempts that gave no brief, with the reason.",
        "SELECT * FROM attempts WHERE outcome = 'rejected'",
    ),
    "block_texts": (
        "Blocks with their text, cut out of the brief's.",
        "SELECT k.*, substring(b.text, k.text_start + 1, k.text_end - k.text_start) AS text "
        "FROM blocks k JOIN briefs b USING (brief_id)",
    ),
}
"""Views of a published night: name, what one row is, and the query."""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables that a night's derived columns are joined from.

    ``mirrors`` (brief_id, duplicate_of), ``gone`` (brief_id, gone_at), ``people`` (publisher,
    speaker, expert_id) and ``targets`` (link_id, target_brief_id, resolved_by), all over the
    tables and keys that the night has already.
    """
    found = originals(_same_bodies(connection))
    mirrors: dict[str, list[str | None]] = {
        "brief_id": list(found),
        "duplicate_of": list(found.values()),
    }
    _table(connection, "mirrors", mirrors)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE gone AS {_GONE}")
    names = connection.execute(
        """SELECT DISTINCT b.publisher, s.speaker FROM night.statements_history s
        JOIN night.briefs_history b USING (brief_id)
        WHERE s.valid_to IS NULL AND b.valid_to IS NULL"""
    ).fetchall()
    ids = expert_ids(names)
    people: dict[str, list[str | None]] = {
        "publisher": [publisher for publisher, _ in ids],
        "speaker": [speaker for _, speaker in ids],
        "expert_id": list(ids.values()),
    }
    _table(connection, "people", people)
    _table(connection, "cited_titles", _cited_titles(connection))
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE targets AS
        SELECT l.link_id,
            coalesce(k.brief_id, t.brief_id) AS target_brief_id,
            CASE WHEN k.brief_id IS NOT NULL THEN 'url' ELSE 'title' END AS resolved_by
        FROM night.links_history l
        LEFT JOIN night.brief_keys k ON k.key = 'url:' || l.canonical_url
        LEFT JOIN cited_titles t ON t.title = l.title
        WHERE l.valid_to IS NULL AND coalesce(k.brief_id, t.brief_id) IS NOT NULL
        AND coalesce(k.brief_id, t.brief_id) <> l.brief_id"""
    )


def _same_bodies(connection: duckdb.DuckDBPyConnection) -> list[Candidate]:
    rows = connection.execute(
        """SELECT text_sha256, first_seen_at, brief_id, title FROM night.briefs_history
        WHERE valid_to IS NULL AND text_sha256 <> ''
        QUALIFY count(*) OVER (PARTITION BY text_sha256) > 1"""
    ).fetchall()
    return [Candidate(*row) for row in rows]


def _cited_titles(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str | None]]:
    """Return the cited titles that exactly one brief bears, and that brief."""
    by_title: dict[str, set[str]] = {}
    for title, brief_id in connection.execute(
        """SELECT title, brief_id FROM night.briefs_history
        WHERE valid_to IS NULL AND title IS NOT NULL
        AND brief_id NOT IN (SELECT brief_id FROM mirrors)"""
    ).fetchall():
        by_title.setdefault(fold(title), set()).add(brief_id)
    cited = connection.execute(
        """SELECT DISTINCT title FROM night.links_history
        WHERE valid_to IS NULL AND title IS NOT NULL"""
    ).fetchall()
    found = [(t, by_title[fold(t)]) for (t,) in cited if len(by_title.get(fold(t), ())) == 1]
    return {
        "title": [title for title, _ in found],
        "brief_id": [next(iter(ids)) for _, ids in found],
    }


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, list[str | None]]
) -> None:
    rows = pa.table({key: pa.array(values, pa.string()) for key, values in columns.items()})
    connection.register("rows_of_table", rows)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM rows_of_table")
    connection.unregister("rows_of_table")


_IS_GONE = f"status IN ({', '.join(map(str, GONE))})"
# Gone is a brief whose every address on the web is: since the first such answer after the last
# good one. Files are not asked again and prove nothing.
_GONE = f"""WITH good AS (
        SELECT a.brief_id, c.uri, max(c.fetched_at) AS last_at
        FROM night.captures c JOIN night.attempts a USING (capture_id)
        WHERE a.brief_id IS NOT NULL AND c.status IS NOT NULL AND NOT c.{_IS_GONE}
        GROUP BY a.brief_id, c.uri
    ), ended AS (
        SELECT good.brief_id, good.uri, min(c.fetched_at) AS gone_at
        FROM good LEFT JOIN (SELECT uri, fetched_at FROM night.captures WHERE {_IS_GONE}) c
            ON c.uri = good.uri AND c.fetched_at > good.last_at
        GROUP BY good.brief_id, good.uri
    )
    SELECT brief_id, max(gone_at) AS gone_at FROM ended
    GROUP BY brief_id HAVING bool_and(gone_at IS NOT NULL)"""

# A page that stops within an attribution: the name, or the role, may go on where nobody can see.
_PARTIAL = """CASE WHEN b.truncated AND coalesce(s.role_end, s.speaker_end) = length(b.text)
    THEN CASE WHEN s.role IS NULL THEN 'name' ELSE 'role' END END"""
_SAID = """(SELECT s.*, b.publisher, b.published_on, b.first_seen_at
    FROM night.statements s JOIN night.briefs b USING (brief_id)
    WHERE b.duplicate_of IS NULL AND s.expert_id IS NOT NULL)"""
# A brief without a day is not taken for the latest, as NULL, the greatest value, would be.
_LATEST = "(coalesce(published_on, DATE '0001-01-01'), first_seen_at, brief_id, position)"
_SEEN = "min(published_on) AS first_seen_on, max(published_on) AS last_seen_on, count(*)::INTEGER"

_PEOPLE = {
    "experts": f"""SELECT *, latest.role AS role, latest.affiliation AS affiliation
        FROM (SELECT expert_id, any_value(publisher) AS publisher,
        arg_max(speaker, {_LATEST}) AS name,
        arg_max({{'role': role, 'affiliation': affiliation}}, {_LATEST})
            FILTER (role IS NOT NULL AND partial IS NULL) AS latest,
        {_SEEN} AS statements FROM {_SAID} GROUP BY expert_id)""",
    "expert_aliases": f"""SELECT expert_id, speaker AS name, {_SEEN} AS statements
        FROM {_SAID} GROUP BY expert_id, speaker""",
    "expert_roles": f"""SELECT expert_id, role, any_value(affiliation) AS affiliation,
        {_SEEN} AS statements FROM {_SAID}
        WHERE role IS NOT NULL AND partial IS NULL GROUP BY expert_id, role""",
}


def derived_query(table: Table) -> str:
    """Return the query for a table that a night derives: current rows, or people.

    Run them in the order of the schema: people come from the statements of the night itself.
    """
    if table.derived:
        return _PEOPLE[table.name]
    current = f"SELECT * FROM night.{table.name}_history WHERE valid_to IS NULL"
    if table.name == "briefs":
        return (
            f"SELECT b.*, m.duplicate_of, g.gone_at FROM ({current}) b "
            "LEFT JOIN mirrors m USING (brief_id) LEFT JOIN gone g USING (brief_id)"
        )
    if table.name == "statements":
        return (
            f"SELECT s.*, {_PARTIAL} AS partial, "
            "CASE WHEN partial IS DISTINCT FROM 'name' THEN p.expert_id END AS expert_id "
            f"FROM ({current}) s JOIN night.briefs b USING (brief_id) LEFT JOIN people p "
            "ON p.publisher IS NOT DISTINCT FROM b.publisher AND p.speaker = s.speaker"
        )
    if table.name == "links":
        return (
            f"SELECT l.*, t.target_brief_id, t.resolved_by FROM ({current}) l "
            "LEFT JOIN targets t USING (link_id)"
        )
    return current
