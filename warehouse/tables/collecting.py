"""Tables of what was collected, and of whom to ask again when."""

from __future__ import annotations

import pyarrow as pa

from warehouse.table import BOOL, DAY, DAYS, HEADERS, INSTANT, INT, TEXT, TEXTS, Table, col

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
