"""Views of a published night, in plain SQL: any DuckDB client has them.

Views count originals: what is a mirror of another brief (``duplicate_of``) is left out.
"""

from __future__ import annotations

from warehouse.view import View

VIEWS: tuple[View, ...] = (
    View(
        "rejects",
        "Attempts that gave no brief, with the reason.",
        "SELECT * FROM attempts WHERE outcome = 'rejected'",
    ),
    View(
        "block_texts",
        "Blocks with their text, cut out of the brief's.",
        "SELECT k.*, substring(b.text, k.text_start + 1, k.text_end - k.text_start) AS text "
        "FROM blocks k JOIN briefs b USING (brief_id)",
    ),
    View(
        "originals",
        "Briefs that are no mirror of another.",
        "SELECT * FROM briefs WHERE duplicate_of IS NULL",
    ),
    View(
        "latest_developments",
        "Developments, those of the newest brief first, with where and when they were published.",
        """SELECT b.published_on, b.publisher, b.title, d.position, d.headline, d.text,
            b.url, d.development_id, d.brief_id
        FROM developments d JOIN originals b USING (brief_id)
        ORDER BY b.published_on DESC NULLS LAST, b.first_seen_at DESC, d.brief_id, d.position""",
    ),
    View(
        "statements_with_roles",
        "Statements with their expert and the role held on that day: the printed one, or else the "
        "role that the expert was last printed with before.",
        """WITH printed AS (
            SELECT s.expert_id, b.published_on,
                arg_max(s.role, (b.first_seen_at, s.position)) AS role,
                arg_max(s.affiliation, (b.first_seen_at, s.position)) AS affiliation
            FROM statements s JOIN originals b USING (brief_id)
            WHERE s.role IS NOT NULL AND s.partial IS NULL AND s.expert_id IS NOT NULL
            AND b.published_on IS NOT NULL
            GROUP BY ALL),
        said AS (
            SELECT s.*, b.published_on, b.publisher, b.title AS brief_title
            FROM statements s JOIN originals b USING (brief_id))
        SELECT said.published_on, said.publisher, e.name AS expert,
            CASE WHEN said.role IS NOT NULL AND said.partial IS NULL THEN said.role
                ELSE p.role END AS role_held,
            CASE WHEN said.role IS NOT NULL AND said.partial IS NULL THEN said.affiliation
                ELSE p.affiliation END AS affiliation_held,
            said.quote, said.is_quotation, said.speaker, said.role AS role_printed,
            said.brief_title, said.expert_id, said.statement_id, said.brief_id
        FROM said LEFT JOIN experts e USING (expert_id)
        ASOF LEFT JOIN printed p
            ON p.expert_id = said.expert_id AND said.published_on >= p.published_on""",
    ),
    View(
        "new_since_last_run",
        "Briefs that the last run with news brought, new or revised. Runs that bring pages or let "
        "them in count (ingest, nightly, backfill, release), those that rework what is there do "
        "not (maintain, reprocess, rebuild, forget).",
        """WITH nights AS (
            SELECT run_id, row_number() OVER (ORDER BY run_id DESC) AS nth
            FROM runs
            WHERE published AND command IN ('ingest', 'nightly', 'backfill', 'release'))
        SELECT a.outcome, b.published_on, b.publisher, b.kind, b.title, b.url, b.revision,
            b.revised_at, b.brief_id
        FROM (SELECT brief_id, arg_max(outcome, (outcome = 'new', "at")) AS outcome FROM attempts
            WHERE outcome IN ('new', 'revised')
            AND run_id > coalesce((SELECT run_id FROM nights WHERE nth = 2), '')
            GROUP BY brief_id) a
        JOIN originals b USING (brief_id)
        ORDER BY b.published_on DESC NULLS LAST, b.brief_id""",
    ),
    View(
        "weekly_counts",
        "What a publisher published in a week (from its Monday): briefs, developments, statements.",
        """SELECT date_trunc('week', b.published_on)::DATE AS week, b.publisher,
            count(*) AS briefs, sum(coalesce(d.n, 0))::BIGINT AS developments,
            sum(coalesce(s.n, 0))::BIGINT AS statements, sum(b.word_count)::BIGINT AS words
        FROM originals b
        LEFT JOIN (SELECT brief_id, count(*) AS n FROM developments GROUP BY brief_id) d
            USING (brief_id)
        LEFT JOIN (SELECT brief_id, count(*) AS n FROM statements GROUP BY brief_id) s
            USING (brief_id)
        WHERE b.published_on IS NOT NULL GROUP BY ALL ORDER BY week DESC, b.publisher""",
    ),
    View(
        "source_freshness",
        "A source: whether it answers, when it last brought a brief, and how well its briefs are "
        "understood.",
        """SELECT s.source, s.kind, s.last_success_at, s.last_new_at, s.failures_in_row,
            s.last_error, coalesce(t.briefs, 0) AS briefs, t.newest_published_on,
            t.mean_coverage, coalesce(t.rejected, 0) AS rejected
        FROM sources s LEFT JOIN (
            SELECT a.source, count(DISTINCT b.brief_id) AS briefs,
                max(b.published_on) AS newest_published_on, avg(b.coverage) AS mean_coverage,
                count(*) FILTER (a.outcome = 'rejected') AS rejected
            FROM attempts a LEFT JOIN briefs b USING (brief_id) GROUP BY a.source) t
        USING (source) ORDER BY s.source""",
    ),
    View(
        "publisher_coverage",
        "How well a publisher's briefs are understood, by profile: shares are from 0 to 1.",
        """SELECT b.publisher, b.profile, count(*) AS briefs,
            min(b.published_on) AS oldest_published_on, max(b.published_on) AS newest_published_on,
            avg(b.coverage) AS mean_coverage,
            avg((b.brief_id IN (SELECT brief_id FROM developments))::INTEGER) AS with_developments,
            avg((b.brief_id IN (SELECT brief_id FROM statements))::INTEGER) AS with_statements,
            avg((b.published_on IS NOT NULL)::INTEGER) AS with_day
        FROM originals b GROUP BY ALL ORDER BY b.publisher NULLS LAST, b.profile""",
    ),
    View(
        "citations",
        "Links that lead to a brief in here: who cites whom, and when.",
        """SELECT b.published_on, b.publisher, b.title, t.publisher AS cited_publisher,
            t.title AS cited_title, t.published_on AS cited_published_on, l.section, l.resolved_by,
            l.link_id, l.brief_id, t.brief_id AS cited_brief_id
        FROM links l JOIN originals b USING (brief_id)
        JOIN briefs m ON m.brief_id = l.target_brief_id
        JOIN originals t ON t.brief_id = coalesce(m.duplicate_of, m.brief_id)
        WHERE t.brief_id <> b.brief_id""",
    ),
    View(
        "citation_graph",
        "A pair of publishers of which one cites the other, or itself: how often, from when to "
        "when.",
        """SELECT publisher, cited_publisher, count(*) AS citations,
            count(DISTINCT brief_id) AS citing_briefs,
            count(DISTINCT cited_brief_id) AS cited_briefs,
            min(published_on) AS first_cited_on, max(published_on) AS last_cited_on
        FROM citations GROUP BY publisher, cited_publisher ORDER BY citations DESC,
            publisher, cited_publisher""",
    ),
    View(
        "first_movers",
        "Something cited by two briefs or more: who cited it first, and how many followed.",
        """WITH cited AS (
            SELECT coalesce(c.cited_brief_id, l.canonical_url) AS target,
                coalesce(c.cited_title, l.title, l.text) AS target_title,
                c.cited_publisher, l.domain, b.publisher, b.published_on, b.brief_id, b.title
            FROM links l JOIN originals b USING (brief_id) LEFT JOIN citations c USING (link_id)
            WHERE b.published_on IS NOT NULL
            AND coalesce(c.cited_brief_id, l.canonical_url) IS NOT NULL)
        SELECT target, arg_min(target_title, (published_on, brief_id)) AS target_title,
            any_value(cited_publisher) AS cited_publisher, any_value(domain) AS domain,
            arg_min(publisher, (published_on, brief_id)) AS first_publisher,
            min(published_on) AS first_cited_on, arg_min(brief_id, (published_on, brief_id))
                AS first_brief_id,
            max(published_on) AS last_cited_on, count(DISTINCT brief_id) AS citing_briefs,
            count(DISTINCT publisher) AS citing_publishers
        FROM cited GROUP BY target HAVING count(DISTINCT brief_id) > 1
        ORDER BY citing_briefs DESC, target""",
    ),
)
"""Views of a published night, in an order in which they can be made."""
