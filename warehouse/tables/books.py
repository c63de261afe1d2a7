"""Tables of the pipeline's own books: what was tried, checked, let in, forgotten."""

from __future__ import annotations

import pyarrow as pa

from warehouse.table import BOOL, INSTANT, INT, TEXT, TEXTS, Table, col

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
        col(
            "value",
            pa.float64(),
            "What was found; once let pass, what the pages let in gave.",
            null=True,
        ),
        col("lower", pa.float64(), "Least value that passes.", null=True),
        col("upper", pa.float64(), "Greatest value that passes.", null=True),
        col("passed", BOOL, "Whether it passed."),
        col("source", TEXT, "The source that it looks at, if one.", null=True),
        col("counted", INT, "Briefs or pages that it was counted over.", null=True),
        col("usual", pa.float64(), "What was usual in the nights before.", null=True),
        col("message", TEXT, "What broke, for a person.", null=True),
        col("released_at", INSTANT, "When a person let it pass (UTC).", null=True),
    ),
    key=("run_id", "name", "subject"),
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
        col("briefs_renamed", INT, "Briefs that have another brief_id since.", default=0),
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
