"""Tables of what is worked out from the whole record."""

from __future__ import annotations

import pyarrow as pa

from warehouse.table import BOOL, DAY, INSTANT, INT, TEXT, TEXTS, Table, col

SIMILAR_TEXTS = Table(
    "similar_texts",
    "Two bodies that may be copies of one, compared; briefs have them by text_sha256.",
    (
        col("one_sha256", TEXT, "The lesser hash: briefs.text_sha256."),
        col("other_sha256", TEXT, "The greater hash, or the same: briefs.text_sha256."),
        col("similarity", pa.float64(), "Share (0 to 1) of common runs of three words."),
        col("same_matter", BOOL, "Whether numbers and names are the same where they differ."),
        col("same_rows", BOOL, "Whether each has all rows of the other.", default=False),
    ),
    key=("one_sha256", "other_sha256"),
    ledger=True,
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
