"""Full-text search in a night: postings as plain tables, and BM25 as a macro over them.

Any DuckDB client can search, without an extension. Words are runs of letters and digits without
case and accents; a possessive 's is dropped. What is written together (Su-35) is a phrase.
"""

from __future__ import annotations

import duckdb

from warehouse.table import INT, TEXT, Table, col, comments, ddl
from warehouse.view import Macro, View

SEARCH_DOCUMENTS = Table(
    "search_documents",
    "What can be found: a development, a statement, or the title of a brief. Mirrors are left out.",
    (
        col("document", INT, "Number of the document in this night."),
        col("kind", TEXT, "development, statement or title."),
        col("row_id", TEXT, "development_id, statement_id, or brief_id of a title."),
        col("brief_id", TEXT, "The brief: briefs.brief_id."),
        col("length", INT, "How many words it has."),
    ),
    key=("document",),
    derived=True,
)
SEARCH_POSTINGS = Table(
    "search_postings",
    "A word in a document.",
    (
        col("term", TEXT, "The word, without case and accents."),
        col("document", INT, "The document: search_documents.document."),
        col("occurrences", INT, "How often it has the word."),
    ),
    key=("term", "document"),
    derived=True,
)
SEARCH = (SEARCH_DOCUMENTS, SEARCH_POSTINGS)
"""The tables of a night that serve its search. They are in the database alone, not in Parquet."""

# BM25 as DuckDB's fts extension has it, with its usual parameters.
_K, _B = 1.2, 0.75
_MOST = 1000  # whose texts are read, unless phrases have to be looked for in all
_SNIPPET = 240  # code points shown of a text
_BEFORE = 80  # of them, before the first word that was found

SEARCHABLE = View(
    "searchable",
    "The text of each document that search looks through.",
    """SELECT 'development' AS kind, d.development_id AS row_id, d.brief_id,
        coalesce(d.headline || ': ', '') || d.text AS text
    FROM developments d JOIN originals USING (brief_id)
    UNION ALL
    SELECT 'statement', s.statement_id, s.brief_id,
        s.quote || ' — ' || coalesce(s.attribution, s.speaker)
    FROM statements s JOIN originals USING (brief_id)
    UNION ALL
    SELECT 'title', brief_id, brief_id, title FROM originals WHERE title IS NOT NULL""",
)
_WORDS = Macro(
    "search_words",
    ("passage",),
    "The words of a text as search has them: runs of letters and digits, without case, accents and "
    "possessive 's.",
    r"""regexp_extract_all(
        regexp_replace(lower(strip_accents(passage)), '([\pL\pN])[''’]s\b', '\1', 'g'),
        '[\pL\pN]+')""",
    table=False,
)
_SEARCH = Macro(
    "search",
    ("words",),
    "Developments, statements and titles with the words, the best match (BM25) first. Any of the "
    "words will do, but a phrase, in quotation marks or written together as Su-35 is, must be "
    "there. Without a phrase, the best 1,000.",
    rf"""WITH parts AS (
        SELECT search_words(part) AS terms FROM (
            SELECT unnest(regexp_extract_all(words, '"[^"]+"|“[^”]+”|[^\s"“”]+')) AS part)),
    phrases AS (SELECT array_to_string(terms, ' ') AS phrase FROM parts WHERE len(terms) > 1),
    terms AS (SELECT DISTINCT unnest(terms) AS term FROM parts),
    needed AS (
        SELECT count(DISTINCT term) AS terms FROM (
            SELECT unnest(terms) AS term FROM parts WHERE len(terms) > 1)),
    must AS (SELECT DISTINCT unnest(terms) AS term FROM parts WHERE len(terms) > 1),
    size AS (SELECT count(*) AS documents, avg(length) AS mean FROM search_documents),
    found AS (
        SELECT p.document, p.term, p.occurrences AS n,
            count(*) OVER (PARTITION BY p.term) AS documents_with
        FROM search_postings p JOIN terms USING (term)),
    scored AS (
        SELECT d.document, any_value(d.kind) AS kind, any_value(d.row_id) AS row_id,
            any_value(d.brief_id) AS brief_id,
            sum(log10((size.documents - f.documents_with + 0.5) / (f.documents_with + 0.5) + 1)
                * f.n * {_K + 1} / (f.n + {_K} * (1 - {_B} + {_B} * d.length / size.mean)))
                AS score,
            arg_min(f.term, (f.documents_with, f.term)) AS rarest
        FROM found f JOIN search_documents d USING (document) CROSS JOIN size
        GROUP BY d.document
        HAVING count(*) FILTER (f.term IN (FROM must)) = (SELECT terms FROM needed)),
    best AS (
        SELECT *, row_number() OVER (ORDER BY score DESC, kind, row_id) AS place FROM scored),
    texts AS (
        SELECT s.*, t.text, ' ' || array_to_string(search_words(t.text), ' ') || ' ' AS plain
        FROM best s JOIN searchable t USING (kind, row_id)
        WHERE place <= {_MOST} OR (SELECT terms FROM needed) > 0),
    matched AS (
        SELECT *, greatest(1, position(rarest IN lower(strip_accents(text))) - {_BEFORE}) AS start
        FROM texts WHERE NOT EXISTS (
            SELECT 1 FROM phrases WHERE NOT contains(texts.plain, ' ' || phrase || ' ')))
    SELECT round(m.score, 4) AS score, b.published_on, b.publisher, m.kind,
        CASE WHEN m.start > 1 THEN '… ' ELSE '' END || substring(m.text, m.start, {_SNIPPET})
            || CASE WHEN length(m.text) >= m.start + {_SNIPPET} THEN ' …' ELSE '' END AS snippet,
        b.title, m.text, m.row_id, m.brief_id
    FROM matched m JOIN briefs b USING (brief_id)
    ORDER BY m.score DESC, b.published_on DESC NULLS LAST, m.row_id""",
)
_ON_TOPIC = Macro(
    "statements_on",
    ("topic",),
    "Statements on a topic, the best match first, with their expert and the role held then.",
    """SELECT f.score, s.* FROM search(topic) f
    JOIN statements_with_roles s ON s.statement_id = f.row_id WHERE f.kind = 'statement'
    ORDER BY f.score DESC, s.published_on DESC NULLS LAST, s.statement_id""",
)
SEARCH_VIEWS = (SEARCHABLE,)
SEARCH_MACROS = (_WORDS, _SEARCH, _ON_TOPIC)


_NUMBER = """CREATE OR REPLACE TEMP TABLE numbered AS
    SELECT (row_number() OVER (ORDER BY kind, row_id)
        + (SELECT coalesce(max(document), 0) FROM search_documents))::INTEGER AS document, *
    FROM searchable"""
_POSTINGS = """SELECT term, document, count(*)::INTEGER AS occurrences FROM (
        SELECT unnest(search_words(text)) AS term, document FROM numbered) GROUP BY ALL"""
_INDEX = (
    f"INSERT INTO search_postings {_POSTINGS} ORDER BY term, document",
    """INSERT INTO search_documents
    SELECT document, kind, row_id, brief_id, coalesce(p.length, 0)::INTEGER
    FROM numbered LEFT JOIN (
        SELECT document, sum(occurrences) AS length FROM search_postings
        WHERE document IN (SELECT document FROM numbered) GROUP BY document) p
    USING (document) ORDER BY document""",
    "DROP TABLE temp.numbered",
)
_NUMBERED = View(
    "numbered",
    "The text of each document that search looks through, with its number.",
    "SELECT row_number() OVER (ORDER BY kind, row_id)::INTEGER AS document, * FROM searchable",
)
PAST_SEARCH: tuple[View | Macro, ...] = (
    _WORDS,
    SEARCHABLE,
    _NUMBERED,
    View(SEARCH_POSTINGS.name, SEARCH_POSTINGS.doc, _POSTINGS),
    View(
        SEARCH_DOCUMENTS.name,
        SEARCH_DOCUMENTS.doc,
        """SELECT document, kind, row_id, brief_id, len(search_words(text))::INTEGER AS length
        FROM numbered""",
    ),
    _SEARCH,
    _ON_TOPIC,
)
"""Search of a past day: its postings are made anew for each question, for no night holds them."""


def search_statements() -> list[str]:
    """Return every statement that search of a night is made by."""
    made = [s for table in SEARCH for s in (ddl(table), *comments(table))]
    made += [s for each in (*SEARCH_VIEWS, *SEARCH_MACROS) for s in each.statements()]
    return [*made, _NUMBER, *_INDEX]


def index_night(connection: duckdb.DuckDBPyConnection) -> None:
    """Make search of the night that is in use (``USE night``), once its tables and views stand."""
    for statement in search_statements():
        connection.execute(statement)


def index_again(connection: duckdb.DuckDBPyConnection, briefs: str) -> None:
    """Index the briefs anew that the temporary table ``briefs`` (brief_id) names.

    The night is in use (``USE night``), and its other documents keep their numbers. What can be
    found of a brief hangs on the rows of that brief alone.
    """
    these = f"brief_id IN (SELECT brief_id FROM temp.{briefs})"
    connection.execute(
        "DELETE FROM search_postings WHERE document IN "
        f"(SELECT document FROM search_documents WHERE {these})"
    )
    connection.execute(f"DELETE FROM search_documents WHERE {these}")
    for statement in (f"{_NUMBER} WHERE {these}", *_INDEX):
        connection.execute(statement)
