"""What a night adds to the record: mirrors, people, resolved citations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from extractors.text import fold
from warehouse.citations import Citation, Cited, target_of
from warehouse.decisions import Decisions
from warehouse.keys import leads_now
from warehouse.landing import GONE
from warehouse.mirrors import Candidate, Likeness, originals
from warehouse.past import people_queries
from warehouse.people import expert_ids
from warehouse.schema import KEPT, SIMILAR_TEXTS
from warehouse.table import Table


def derive_briefs(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``mirrors`` (brief_id, duplicate_of) from the lake's briefs and ``gone`` (brief_id,
    gone_at) from the night's captures."""
    found = find_originals(connection, "night")
    mirrors: dict[str, list[str | None]] = {
        "brief_id": list(found),
        "duplicate_of": list(found.values()),
    }
    _table(connection, "mirrors", mirrors)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE gone AS {_GONE}")


def derive_people(connection: duckdb.DuckDBPyConnection, decisions: Decisions) -> None:
    """Make ``people`` (publisher, speaker, expert_id), ``cut`` and ``said_at``.

    Needs the night's ``briefs_history``. A mirror's speakers are those of its original, whatever
    site shows it.
    """
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE cut AS
        SELECT brief_id, valid_from, length(text) AS size
        FROM night.briefs_history WHERE truncated"""
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE said_at AS
        SELECT b.brief_id, b.valid_from, cut.size,
            CASE WHEN o.brief_id IS NULL THEN b.publisher ELSE o.publisher END AS publisher
        FROM night.briefs_history b LEFT JOIN cut USING (brief_id, valid_from)
        LEFT JOIN night.briefs_history o ON o.brief_id = b.duplicate_of AND o.valid_to IS NULL"""
    )
    names = connection.execute(
        f"""SELECT DISTINCT b.publisher, s.speaker FROM lake.statements_history s
        JOIN said_at b USING (brief_id, valid_from) WHERE {_PARTIAL} IS DISTINCT FROM 'name'"""
    ).fetchall()
    ids = expert_ids(names, decisions)
    people: dict[str, list[str | None]] = {
        "publisher": [publisher for publisher, _ in ids],
        "speaker": [speaker for _, speaker in ids],
        "expert_id": list(ids.values()),
    }
    _table(connection, "people", people)


def derive_targets(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``targets`` (link_id, valid_from, target_brief_id, resolved_by) of the lake's links."""
    _table(connection, "by_title", _by_title(connection))
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE targets AS
        SELECT l.link_id, l.valid_from,
            coalesce(k.brief_id, t.target_brief_id) AS target_brief_id,
            CASE WHEN k.brief_id IS NOT NULL THEN 'url' ELSE 'title' END AS resolved_by
        FROM lake.links_history l
        LEFT JOIN ({leads_now("night.brief_keys WHERE key LIKE 'url:%'")}) k
            ON k.key = 'url:' || l.canonical_url
        LEFT JOIN by_title t
            ON t.link_id = l.link_id AND t.valid_from = epoch_us(l.valid_from)::VARCHAR
        WHERE coalesce(k.brief_id, t.target_brief_id) IS NOT NULL
        AND coalesce(k.brief_id, t.target_brief_id) <> l.brief_id"""
    )


def find_originals(connection: duckdb.DuckDBPyConnection, compared: str) -> dict[str, str]:
    """Return, for each current brief of the lake that is a mirror, the brief that it mirrors.

    ``compared`` is the database that has the pairs of similar texts: the night, or the lake.
    """
    near = _near_bodies(connection, compared)
    return originals(_same_bodies(connection, near), near)


def _near_bodies(
    connection: duckdb.DuckDBPyConnection, compared: str
) -> dict[tuple[str, str], Likeness]:
    rows = connection.execute(
        f"""SELECT one_sha256, other_sha256, similarity, same_rows
        FROM {compared}.{SIMILAR_TEXTS.name} WHERE same_matter OR same_rows"""
    ).fetchall()
    return {(one, other): Likeness(*told) for one, other, *told in rows}


def _same_bodies(
    connection: duckdb.DuckDBPyConnection, near: Iterable[tuple[str, str]]
) -> list[Candidate]:
    """Return the briefs whose body is that of another, or near it."""
    bodies: dict[str, list[str | None]] = {"text_sha256": [sha for pair in near for sha in pair]}
    _table(connection, "near_bodies", bodies)
    rows = connection.execute(
        f"""SELECT {", ".join(Candidate._fields)} FROM lake.briefs_history
        WHERE valid_to IS NULL AND text_sha256 <> ''
        QUALIFY count(*) OVER (PARTITION BY text_sha256) > 1
            OR text_sha256 IN (SELECT text_sha256 FROM near_bodies)"""
    ).fetchall()
    return [Candidate(*row) for row in rows]


def _by_title(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str | None]]:
    """Return the links that lead to a brief by what their line says, and that brief."""
    _fold_titles(connection)
    lines: dict[str, list[tuple[str, str, Citation]]] = defaultdict(list)
    for folded, link_id, since, authors, *citing in connection.execute(
        """SELECT t.folded, l.link_id, epoch_us(l.valid_from)::VARCHAR, l.authors, l.brief_id,
            l.outlet, b.publisher, b.published_on
        FROM lake.links_history l JOIN night.briefs_history b USING (brief_id, valid_from)
        JOIN titles t ON t.title = l.title SEMI JOIN borne USING (folded)"""
    ).fetchall():
        brief_id, outlet, publisher, day = citing
        citation = Citation(brief_id, tuple(authors), outlet, publisher, day)
        lines[folded].append((link_id, since, citation))
    bearers: dict[str, list[Cited]] = defaultdict(list)
    _table(connection, "cited_titles", {"folded": list(lines)})
    for folded, brief_id, publisher, authors, day in connection.execute(
        """SELECT folded, brief_id, publisher, authors, published_on FROM borne
        SEMI JOIN cited_titles USING (folded)"""
    ).fetchall():
        bearers[folded].append(Cited(brief_id, publisher, tuple(authors), day))
    known = sorted(
        publisher
        for (publisher,) in connection.execute(
            "SELECT DISTINCT publisher FROM borne WHERE publisher IS NOT NULL"
        ).fetchall()
    )
    found = [
        (link_id, since, target)
        for folded, cited in bearers.items()
        for link_id, since, citation in lines[folded]
        if (target := target_of(citation, cited, known))
    ]
    names = ("link_id", "valid_from", "target_brief_id")
    return {name: [row[n] for row in found] for n, name in enumerate(names)}


def _fold_titles(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``titles`` (title, folded) and ``borne``: the briefs that may be cited, with folded.

    Few lines cite a brief that is in here: the others must not pass through Python.
    """
    originals = """night.briefs_history
        WHERE valid_to IS NULL AND title IS NOT NULL AND duplicate_of IS NULL"""
    titles = [
        title
        for (title,) in connection.execute(
            f"""SELECT title FROM lake.links_history WHERE title IS NOT NULL
            UNION SELECT title FROM {originals}"""
        ).fetchall()
    ]
    _table(connection, "titles", {"title": titles, "folded": [fold(title) for title in titles]})
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE borne AS
        SELECT t.folded, b.brief_id, b.publisher, b.authors, b.published_on
        FROM (FROM {originals}) b JOIN titles t USING (title)"""
    )


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
_PARTIAL = """CASE WHEN b.size = coalesce(s.role_end, s.speaker_end)
    THEN CASE WHEN s.role IS NULL THEN 'name' ELSE 'role' END END"""


def derive(connection: duckdb.DuckDBPyConnection, table: Table, decisions: Decisions) -> None:
    """Make the temporary tables that :func:`history_query` of ``table`` joins."""
    if table.name == "briefs_history":
        derive_briefs(connection)
    elif table.name == "statements_history":
        derive_people(connection, decisions)
    elif table.name == "links_history":
        derive_targets(connection)


def history_query(table: Table, source: str = "lake") -> str:
    """Return the query for a history table of the night, with what is derived in it.

    ``source`` is where its rows are taken from: the lake, or the night itself.
    """
    kept = KEPT[table.name]
    # by name: an older lake may hold a column that is derived by now
    rows = f"(SELECT {', '.join(kept.columns)} FROM {source}.{kept.name})"
    if table.name == "briefs_history":
        return (
            f"SELECT b.*, m.duplicate_of, g.gone_at FROM {rows} b "
            "LEFT JOIN mirrors m USING (brief_id) LEFT JOIN gone g USING (brief_id)"
        )
    if table.name == "statements_history":
        return (
            f"SELECT s.*, {_PARTIAL} AS partial, "
            "CASE WHEN partial IS DISTINCT FROM 'name' THEN p.expert_id END AS expert_id "
            f"FROM {rows} s JOIN said_at b USING (brief_id, valid_from) LEFT JOIN people p "
            "ON p.publisher IS NOT DISTINCT FROM b.publisher AND p.speaker = s.speaker"
        )
    if table.name == "links_history":
        return (
            f"SELECT l.*, t.target_brief_id, t.resolved_by FROM {rows} l "
            "LEFT JOIN targets t USING (link_id, valid_from)"
        )
    return f"FROM {rows}"


def current_query(table: Table) -> str:
    """Return the query for the current rows of a table with history."""
    return f"SELECT * FROM night.{table.name}_history WHERE valid_to IS NULL"


def people_query(table: Table) -> str:
    """Return the query for a table of people, over the night's own statements."""
    return people_queries("night.statements", "night.briefs")[table.name]
