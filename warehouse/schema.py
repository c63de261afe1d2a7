"""The schema, declared once: DDL, comments, Parquet and the data dictionary come from here.

A table's columns are pyarrow fields whose metadata holds a description and, where it applies, the
mark ``ledger`` (a column of the pipeline's own books, which a rebuild need not reproduce) or
``derived`` (computed at publication from the whole record, not stored in the lake).
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from warehouse.table import (
    BOOL,
    DAY,
    DAYS,
    HEADERS,
    INSTANT,
    INT,
    LONGS,
    TEXT,
    TEXTS,
    Table,
    col,
    is_marked,
    printed,
    printed_list,
)

# One more in each release that adds to the schema; see docs/decisions.md.
SCHEMA_VERSION = 2


_BRIEF_ID = col("brief_id", TEXT, "The brief: briefs.brief_id.")
_CAPTURE = col(
    "capture_id", TEXT, "The stored page that the row was read from: captures.capture_id."
)
_POSITION = col("position", INT, "Place in printed order within the brief, from 1.")

BRIEFS = Table(
    "briefs",
    "A brief as it stands now.",
    (
        col("brief_id", TEXT, "Stable id: a hash of publisher, day and title as first seen."),
        col("publisher", TEXT, "Who published it; null where no profile knows.", null=True),
        *printed("kind", "Kind as printed in the dateline, such as Flash Brief.", null=True),
        *printed("title", "Title as printed, or as the page's metadata gives it.", null=True),
        col("published_on", DAY, "The publisher's calendar day; null where unknown.", null=True),
        col("published_at", INSTANT, "The instant (UTC), where the page states one.", null=True),
        col("published_utc_offset_min", INT, "Offset of local time from UTC, minutes.", null=True),
        *printed("published_printed", "The day as printed in the dateline.", null=True),
        col("url", TEXT, "The address it was fetched from; null for files.", null=True),
        col("canonical_url", TEXT, "Its address, normalised for comparison.", null=True),
        *printed_list("authors", "Authors in printed order."),
        col("language", TEXT, "ISO 639 code that the page declares.", null=True),
        col("text", TEXT, "The whole text: its blocks in order, joined by a blank line."),
        col("text_sha256", TEXT, "SHA-256 of the body: no front matter, repeats, furniture."),
        col(
            "signature",
            LONGS,
            "Bands of the body's MinHash: two briefs with one in common may be copies.",
            default=[],
        ),
        col("links_sha256", TEXT, "SHA-256 of the addresses it links to.", null=True),
        col("word_count", INT, "Words in text."),
        col("coverage", pa.float64(), "Share (0 to 1) of the text in known sections.", null=True),
        col("unknown_headings", TEXTS, "Headings that the profile has no section for."),
        col("truncated", BOOL, "Whether the page was cut off."),
        col("duplicate_of", TEXT, "The brief that this one is a mirror of.", "derived", null=True),
        col(
            "gone_at",
            INSTANT,
            "When its page was found gone (404, 410); null if it is there, or came back.",
            "derived",
            null=True,
        ),
        col("license_url", TEXT, "Licence that the page, or else its headers, link to.", null=True),
        col("robots_allowed", BOOL, "What robots.txt said of its address.", null=True),
        col(
            "noai",
            BOOL,
            "Whether page or headers forbid use for AI; null if silent.",
            null=True,
        ),
        col("profile", TEXT, "Profile that took it apart."),
        col("profile_version", INT, "Version of that profile."),
        col("revision", INT, "1 as first seen, one more for each edit seen."),
        _CAPTURE,
        col("first_seen_at", INSTANT, "Fetch time of its first capture (UTC)."),
        col("revised_at", INSTANT, "Fetch time of the capture of this revision (UTC)."),
    ),
    key=("brief_id",),
    history=True,
)

DEVELOPMENTS = Table(
    "developments",
    "One reported development of a brief.",
    (
        col("development_id", TEXT, "Stable id: a hash of the brief and the printed text."),
        _BRIEF_ID,
        _POSITION,
        *printed("headline", "Label before the colon; null if it has none.", null=True),
        *printed("text", "The development, without its label."),
    ),
    key=("development_id",),
    history=True,
)

STATEMENTS = Table(
    "statements",
    "One expert's words in a brief.",
    (
        col("statement_id", TEXT, "Stable id: a hash of the brief and the printed quote."),
        _BRIEF_ID,
        col("expert_id", TEXT, "Who said it: experts.expert_id.", "derived", null=True),
        _POSITION,
        *printed("quote", "The words, without the outer quotation marks."),
        col("is_quotation", BOOL, "False where the brief prints them without quotation marks."),
        *printed("speaker", "The name as printed, honorifics included."),
        *printed("role", "The role as printed, one string.", null=True),
        *printed("affiliation", "The organisation printed in the role; never inferred.", null=True),
        *printed("attribution", "Name and role together, as printed.", null=True),
        col(
            "partial",
            TEXT,
            "name or role, if the page was cut off within it: a cut name is nobody's.",
            "derived",
            null=True,
        ),
    ),
    key=("statement_id",),
    history=True,
)

LINKS = Table(
    "links",
    "Something that a brief cites.",
    (
        col("link_id", TEXT, "Stable id: a hash of the brief and the printed text."),
        _BRIEF_ID,
        col("section", TEXT, "Section it stands in; background for link lines."),
        _POSITION,
        *printed("text", "The printed anchor, or the whole line where there is none."),
        *printed("title", "Title without quotation marks and comma; link lines only.", null=True),
        *printed_list("authors", "Authors in printed order; link lines only."),
        *printed("outlet", "Outlet as printed; link lines only.", null=True),
        col("url", TEXT, "Where the anchor leads.", null=True),
        col("canonical_url", TEXT, "url, normalised for comparison.", null=True),
        col("domain", TEXT, "Host of url, without www.", null=True),
        col("target_brief_id", TEXT, "The brief it leads to, if in here.", "derived", null=True),
        col("resolved_by", TEXT, "How that was found: url or title.", "derived", null=True),
    ),
    key=("link_id",),
    history=True,
)

BLOCKS = Table(
    "blocks",
    "One block of a brief, in order; its text is in the view block_texts.",
    (
        _BRIEF_ID,
        _POSITION,
        col("section", TEXT, "title, lead, developments, statements, context, background, ..."),
        col("kind", TEXT, "heading, paragraph, item, quotation, cell or preformatted."),
        col("text_start", INT, "Offset of the block in briefs.text, in code points."),
        col("text_end", INT, "Offset behind the block."),
    ),
    key=("brief_id", "position"),
)

REVISIONS = Table(
    "revisions",
    "One edit of a brief: how it read since then. As first seen: briefs_history.",
    (
        _BRIEF_ID,
        col("revision", INT, "Number of the revision, from 2."),
        col("seen_at", INSTANT, "Fetch time of the capture that showed it (UTC)."),
        _CAPTURE,
        col("title", TEXT, "Title as of then.", null=True),
        col("text", TEXT, "Text as of then."),
    ),
    key=("brief_id", "revision"),
)

CHANGES = Table(
    "changes",
    "One item that a revision changed.",
    (
        _BRIEF_ID,
        col("revision", INT, "The revision that changed it."),
        col("position", INT, "Place among the changes of the revision, from 1."),
        col(
            "item",
            TEXT,
            "title, published_on, development, statement or link; text is a paragraph beside them.",
        ),
        col("change", TEXT, "added, removed, reworded or moved."),
        col("old_id", TEXT, "Id of the row before; paragraphs have none.", null=True),
        col("new_id", TEXT, "Id of the row after; paragraphs have none.", null=True),
        col("old_text", TEXT, "Printed text before.", null=True),
        col("new_text", TEXT, "Printed text after.", null=True),
    ),
    key=("brief_id", "revision", "position"),
)

SIMILAR_TEXTS = Table(
    "similar_texts",
    "Two bodies that may be copies of one, compared; briefs have them by text_sha256.",
    (
        col("one_sha256", TEXT, "The lesser hash: briefs.text_sha256."),
        col("other_sha256", TEXT, "The greater hash: briefs.text_sha256."),
        col("similarity", pa.float64(), "Share (0 to 1) of common runs of three words."),
        col("same_matter", BOOL, "Whether numbers and names are the same where they differ."),
    ),
    key=("one_sha256", "other_sha256"),
    ledger=True,
)

BRIEF_KEYS = Table(
    "brief_keys",
    "A key that leads to a brief; a capture is matched by any of them.",
    (
        col("key", TEXT, "url:..., title:... (publisher, day, title) or text:... (hash)."),
        _BRIEF_ID,
    ),
    key=("key",),
)

EXPERTS = Table(
    "experts",
    "A person whose words are in the warehouse, with the latest printed role.",
    (
        col("expert_id", TEXT, "Stable id: a hash of publisher and folded name."),
        col("publisher", TEXT, "Publisher of the latest brief with a statement.", null=True),
        col("name", TEXT, "The latest printed form of the name."),
        col("role", TEXT, "The latest printed role.", null=True),
        col("affiliation", TEXT, "The organisation printed in that role.", null=True),
        col("first_seen_on", DAY, "Day of the first brief with a statement.", null=True),
        col("last_seen_on", DAY, "Day of the latest brief with a statement.", null=True),
        col("statements", INT, "How many statements, mirrors not counted."),
    ),
    key=("expert_id",),
    derived=True,
)

EXPERT_ALIASES = Table(
    "expert_aliases",
    "A form in which an expert's name is printed.",
    (
        col("expert_id", TEXT, "The person: experts.expert_id."),
        col("name", TEXT, "The form, as printed."),
        col("publishers", TEXTS, "Publishers that print it; joined across by decision alone."),
        col("first_seen_on", DAY, "Day of the first brief that prints it.", null=True),
        col("last_seen_on", DAY, "Day of the latest brief that prints it.", null=True),
        col("statements", INT, "How many statements print it, mirrors not counted."),
    ),
    key=("expert_id", "name"),
    derived=True,
)

EXPERT_ROLES = Table(
    "expert_roles",
    "A role that an expert is printed with, from its first day to its last.",
    (
        col("expert_id", TEXT, "The person: experts.expert_id."),
        col("role", TEXT, "The role, as printed."),
        col("affiliation", TEXT, "The organisation printed in it.", null=True),
        col("first_seen_on", DAY, "Day of the first brief that prints it.", null=True),
        col("last_seen_on", DAY, "Day of the latest brief that prints it.", null=True),
        col("statements", INT, "How many statements print it, mirrors not counted."),
    ),
    key=("expert_id", "role"),
    derived=True,
)

CAPTURES = Table(
    "captures",
    "A stored page. Its bytes are in the landing file.",
    (
        col("capture_id", TEXT, "Stable id: a hash of uri, fetch time and content."),
        col("source", TEXT, "The source that brought it: sources.source."),
        col("uri", TEXT, "Address or path that was asked for."),
        col("final_uri", TEXT, "Address that answered, after redirects."),
        col("fetched_at", INSTANT, "When its last byte had come (UTC)."),
        col("status", INT, "HTTP status; null for files.", null=True),
        col("headers", HEADERS, "Response headers, in order."),
        col(
            "request_headers",
            HEADERS,
            "Request headers, values that are secret left out; null for files.",
            null=True,
        ),
        col(
            "redirects",
            TEXTS,
            "Addresses that redirected, in order, before final_uri answered; null for files.",
            null=True,
        ),
        col("content_type", TEXT, "Content-Type as stated.", null=True),
        col("sha256", TEXT, "SHA-256 of the bytes."),
        col("bytes", pa.int64(), "How many bytes."),
        col("robots_allowed", BOOL, "What robots.txt said; null if it was not asked.", null=True),
        col("noai", BOOL, "Whether the headers forbid use for AI; null if silent.", null=True),
        col("license_url", TEXT, "Licence that a Link header names.", null=True),
        col("entry_title", TEXT, "Title in the feed that led to it.", null=True),
        col("entry_published", TEXT, "Time in that feed, as printed, with its zone.", null=True),
        col("entry_authors", TEXTS, "Authors in that feed.", null=True),
        col("declared_publisher", TEXT, "Publisher that its source declares.", null=True),
        col(
            "landing_file",
            TEXT,
            "Landing file that holds the bytes; empty once they are no longer kept.",
            "ledger",
        ),
    ),
    key=("capture_id",),
)

ATTEMPTS = Table(
    "attempts",
    "One thing tried, with exactly one outcome.",
    (
        col("attempt_id", TEXT, "Stable id: a hash of the run, the uri and their order."),
        col("run_id", TEXT, "The run that tried: runs.run_id."),
        col("source", TEXT, "The source: sources.source."),
        col("uri", TEXT, "Address or path that was tried."),
        col("at", INSTANT, "When (UTC). A keyword of DuckDB: quote it in SQL."),
        col("capture_id", TEXT, "The stored page, if the attempt has one.", null=True),
        col("brief_id", TEXT, "The brief it led to.", null=True),
        col("outcome", TEXT, "new, revised, unchanged, duplicate, rejected or held."),
        col("reason", TEXT, "Why it was rejected or held: a fixed word.", null=True),
        col("message", TEXT, "The same for a person: what happened and what to do.", null=True),
    ),
    key=("attempt_id",),
    ledger=True,
)

SOURCES = Table(
    "sources",
    "The state of one source.",
    (
        col("source", TEXT, "Name in sources.toml, or the path or address given."),
        col("kind", TEXT, "feed, folder, pages, sitemap, listing or warc."),
        col("location", TEXT, "Address or path."),
        col("last_run_id", TEXT, "The run that asked it last."),
        col("last_success_at", INSTANT, "When it last answered (UTC).", null=True),
        col("last_new_at", INSTANT, "When it last brought a new brief (UTC).", null=True),
        col("failures_in_row", INT, "Runs in a row in which it did not answer."),
        col("last_error", TEXT, "Why it did not answer, the last time.", null=True),
        col("last_asked_at", INSTANT, "When it was last asked (UTC).", null=True),
        col("next_ask_at", INSTANT, "Not asked again before (UTC); null if at once.", null=True),
        col("newest_on", DAY, "The latest day on which it published, as it says.", null=True),
        col("cadence_days", pa.float64(), "Days between its publications, the median.", null=True),
        col("recent_days", DAYS, "Up to 40 days on which it published, oldest first.", null=True),
    ),
    key=("source",),
    ledger=True,
)

PAGES = Table(
    "pages",
    "An address that a source on the web has: how it answered, and when it is asked again.",
    (
        col("uri", TEXT, "The address, as it is asked for."),
        col("source", TEXT, "The source that named it first: sources.source."),
        col("role", TEXT, "page, or index: a feed, sitemap or listing that names pages."),
        col("first_seen_at", INSTANT, "When it first came; before that, when it was first named."),
        col("checked_at", INSTANT, "When it last answered (UTC).", null=True),
        col("last_full_at", INSTANT, "When it last answered with its content (UTC).", null=True),
        col("next_check_at", INSTANT, "When it is asked again; null if never.", null=True),
        col("checks", INT, "How many times it answered."),
        col("failures", INT, "How many times in a row it did not."),
        col("etag", TEXT, "Its ETag, to ask whether it changed.", null=True),
        col("last_modified", TEXT, "Its Last-Modified, for the same.", null=True),
        col("sha256", TEXT, "SHA-256 of its content.", null=True),
        col("told_at", INSTANT, "When it changed, as the index tells.", null=True),
        col("gone_at", INSTANT, "Since when it is gone (404, 410).", null=True),
    ),
    key=("uri",),
    ledger=True,
)

ROBOTS = Table(
    "robots",
    "A robots.txt, as fetched; it holds for a day.",
    (
        col("origin", TEXT, "Scheme, host and port."),
        col("fetched_at", INSTANT, "When (UTC)."),
        col("text", TEXT, "What it says; null where there is none, and all is allowed.", null=True),
    ),
    key=("origin",),
    ledger=True,
)

HOSTS = Table(
    "hosts",
    "A host that asked to be left alone for a while (Retry-After).",
    (
        col("host", TEXT, "The host's name."),
        col("closed_until", INSTANT, "Not asked before (UTC)."),
    ),
    key=("host",),
    ledger=True,
)

RUNS = Table(
    "runs",
    "One run of the pipeline.",
    (
        col("run_id", TEXT, "Start time and a random part; also the name of its night."),
        col("command", TEXT, "ingest, nightly, ..."),
        col("started_at", INSTANT, "When it started (UTC)."),
        col("finished_at", INSTANT, "When it was done, or found to be cut off (UTC)."),
        col("version", TEXT, "Version of Briefhouse."),
        col("schema_version", INT, "Version of this schema."),
        col("tried", INT, "Attempts of the run."),
        col("new", INT, "Attempts that brought a new brief."),
        col("revised", INT, "Attempts that showed an edit."),
        col("unchanged", INT, "Attempts that found what is known."),
        col("duplicate", INT, "Attempts that brought a known brief by another way."),
        col("rejected", INT, "Attempts that gave no brief."),
        col("held", INT, "Attempts held back by a check."),
        col("published", BOOL, "Whether the run published a night."),
        col("message", TEXT, "Why nothing was stored, or that it was cut off.", null=True),
    ),
    key=("run_id",),
    ledger=True,
)

CHECKS = Table(
    "checks",
    "One check of one run.",
    (
        col("run_id", TEXT, "The run: runs.run_id."),
        col("name", TEXT, "Name of the check."),
        col("subject", TEXT, "Table, source or profile that it looks at."),
        col("value", pa.float64(), "What was found.", null=True),
        col("lower", pa.float64(), "Least value that passes.", null=True),
        col("upper", pa.float64(), "Greatest value that passes.", null=True),
        col("passed", BOOL, "Whether it passed."),
        col("source", TEXT, "The source that it looks at, if one.", null=True),
        col("counted", INT, "Briefs or pages that it was counted over.", null=True),
        col("usual", pa.float64(), "The median of the nights before.", null=True),
        col("message", TEXT, "What broke, for a person.", null=True),
        col("released_at", INSTANT, "When a person let it pass (UTC).", null=True),
    ),
    key=("run_id", "name", "subject"),
    ledger=True,
)

PUBLICATION = Table(
    "publication",
    "What this night holds: one row a table.",
    (
        col("table_name", TEXT, "Name of the table."),
        col("run_id", TEXT, "The run that published the night: runs.run_id."),
        col("published_at", INSTANT, "When the night was made (UTC)."),
        col("schema_version", INT, "Version of the schema; columns are only added to it."),
        col("rows", pa.int64(), "Rows of the table."),
    ),
    key=("table_name",),
    derived=True,
    ledger=True,
)

RELEASES = Table(
    "releases",
    "A capture that was held and that a person let in.",
    (
        col("capture_id", TEXT, "The capture: captures.capture_id."),
        col("source", TEXT, "Its source: sources.source."),
        col("released_at", INSTANT, "When (UTC)."),
        col("message", TEXT, "Why it was held.", null=True),
    ),
    key=("capture_id",),
    ledger=True,
)

REEXTRACTED = Table(
    "reextracted",
    "A publisher's briefs that were extracted anew from landing, and accepted.",
    (
        col("run_id", TEXT, "The run: runs.run_id."),
        col("publisher", TEXT, "The publisher; '' where none is known."),
        col("at", INSTANT, "When (UTC). A keyword of DuckDB: quote it in SQL."),
        col("profile_versions", TEXTS, "The profiles and versions that read them, such as fdd/3."),
        col("briefs", INT, "Briefs that were extracted anew."),
        col("briefs_changed", INT, "Briefs of which a value changed."),
        col("briefs_with_loss", INT, "Briefs that lost a value or a row."),
        col("rows_added", INT, "Rows that they have more."),
        col("rows_removed", INT, "Rows that they have less."),
        col("values_changed", INT, "Values that changed."),
    ),
    key=("run_id", "publisher"),
    ledger=True,
)

TOMBSTONES = Table(
    "tombstones",
    "A key of something forgotten: what has it is refused.",
    (
        col("key_sha256", TEXT, "Hash of an address, title, text or content."),
        col("forgotten_at", INSTANT, "When (UTC)."),
    ),
    key=("key_sha256", "forgotten_at"),
    ledger=True,
)

_VALIDITY = (
    col("valid_from", INSTANT, "Fetch time of the capture that brought the row (UTC)."),
    col("valid_to", INSTANT, "Fetch time of the capture that ended it; null now.", null=True),
)


def history_of(table: Table) -> Table:
    """Return the history table of ``table``: its columns and their validity."""
    return Table(
        f"{table.name}_history",
        f"Every row there ever was of {table.name}.",
        (*table.fields, *_VALIDITY),
        key=(*table.key, "valid_from"),
    )


def without_derived(table: Table) -> Table:
    """Return ``table`` as the lake keeps it: without what a night derives."""
    return replace(table, fields=tuple(f for f in table.fields if not is_marked(f, "derived")))


CURRENT = (
    BRIEFS, DEVELOPMENTS, STATEMENTS, LINKS, BLOCKS, REVISIONS, CHANGES, BRIEF_KEYS,
    SIMILAR_TEXTS,
    EXPERTS, EXPERT_ALIASES, EXPERT_ROLES, CAPTURES, ATTEMPTS, SOURCES, PAGES, ROBOTS, HOSTS,
    RUNS, CHECKS, RELEASES, REEXTRACTED, TOMBSTONES,
    PUBLICATION,
)  # fmt: skip
HISTORY = {table.name: history_of(table) for table in CURRENT if table.history}
"""The published history of each table that has one."""
CHILDREN = (DEVELOPMENTS, STATEMENTS, LINKS)
"""The tables of a brief's items, in the order in which a diff shows them."""

PUBLISHED: tuple[Table, ...] = (*CURRENT, *HISTORY.values())
"""Every table of a published night."""

STORED: tuple[Table, ...] = (
    *(without_derived(HISTORY[t.name]) if t.history else t for t in CURRENT if not t.derived),
)
"""Every table of the lake."""
KEPT = {table.name: table for table in STORED}


def stored_as(table: Table) -> str:
    """Return the name under which the lake keeps the rows of ``table``."""
    return f"{table.name}_history" if table.history else table.name
