"""The schema, declared once: DDL, comments, Parquet and the data dictionary come from here.

A table's columns are pyarrow fields whose metadata holds a description and, where it applies, the
mark ``ledger`` (a column of the pipeline's own books, which a rebuild need not reproduce) or
``derived`` (computed at publication from the whole record, not stored in the lake).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pyarrow as pa

Column: TypeAlias = "pa.Field[Any]"

SCHEMA_VERSION = 1

_TEXT = pa.string()
_INT = pa.int32()
_BOOL = pa.bool_()
_DAY = pa.date32()
_INSTANT = pa.timestamp("us", tz="UTC")
_TEXTS = pa.list_(pa.string())
_INTS = pa.list_(pa.int32())
_HEADERS = pa.list_(pa.struct([("name", pa.string()), ("value", pa.string())]))


@dataclass(frozen=True)
class Table:
    """One table: its columns, what one row is, its key, and where it is kept.

    ``history`` tables are stored in the lake as ``<name>_history``; their current rows are those
    without ``valid_to``. ``derived`` tables are computed at publication.
    """

    name: str
    doc: str
    fields: tuple[Column, ...]
    key: tuple[str, ...]
    history: bool = False
    derived: bool = False
    ledger: bool = False
    schema: pa.Schema = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "schema", pa.schema(self.fields))

    @property
    def columns(self) -> list[str]:
        return [f.name for f in self.fields]

    @property
    def stored(self) -> list[str]:
        """The columns that the lake holds: all but the derived ones."""
        return [f.name for f in self.fields if not is_marked(f, "derived")]


def describe(f: Column) -> str:
    """Return the description of a column."""
    return (f.metadata or {}).get(b"description", b"").decode()


def is_marked(f: Column, mark: str) -> bool:
    """Tell whether a column carries ``mark`` ("ledger" or "derived")."""
    return mark.encode() in (f.metadata or {})


def _col(name: str, kind: pa.DataType, doc: str, *marks: str, null: bool = False) -> Column:
    metadata = {"description": doc, **dict.fromkeys(marks, "yes")}
    return pa.field(name, kind, nullable=null, metadata=metadata)


def _printed(name: str, doc: str, *, null: bool = False, meta: bool = False) -> tuple[Column, ...]:
    """Declare a printed field with its span; ``meta`` if page metadata alone may give it."""
    loose = null or meta
    return (
        _col(name, _TEXT, doc, null=null),
        _col(
            f"{name}_start", _INT, f"Offset of {name} in briefs.text, in code points.", null=loose
        ),
        _col(f"{name}_end", _INT, f"Offset behind {name} in briefs.text.", null=loose),
    )


def _printed_list(name: str, doc: str) -> tuple[Column, ...]:
    where = "null where only the page's metadata gives it"
    return (
        _col(name, _TEXTS, doc),
        _col(f"{name}_start", _INTS, f"Offset of each of {name} in briefs.text; {where}."),
        _col(f"{name}_end", _INTS, f"Offset behind each of {name} in briefs.text; {where}."),
    )


_BRIEF_ID = _col("brief_id", _TEXT, "The brief: briefs.brief_id.")
_CAPTURE = _col(
    "capture_id", _TEXT, "The stored page that the row was read from: captures.capture_id."
)
_POSITION = _col("position", _INT, "Place in printed order within the brief, from 1.")

BRIEFS = Table(
    "briefs",
    "A brief as it stands now.",
    (
        _col("brief_id", _TEXT, "Stable id: a hash of publisher, day and title as first seen."),
        _col("publisher", _TEXT, "Who published it; null where no profile knows.", null=True),
        *_printed("kind", "Kind as printed in the dateline, such as Flash Brief.", null=True),
        *_printed("title", "Title as printed, or as the page's metadata gives it.", null=True),
        _col("published_on", _DAY, "The publisher's calendar day; null where unknown.", null=True),
        _col("published_at", _INSTANT, "The instant (UTC), where the page states one.", null=True),
        _col(
            "published_utc_offset_min", _INT, "Offset of local time from UTC, minutes.", null=True
        ),
        *_printed("published_printed", "The day as printed in the dateline.", null=True),
        _col("url", _TEXT, "The address it was fetched from; null for files.", null=True),
        _col("canonical_url", _TEXT, "Its address, normalised for comparison.", null=True),
        *_printed_list("authors", "Authors in printed order."),
        _col("language", _TEXT, "ISO 639 code that the page declares.", null=True),
        _col("text", _TEXT, "The whole text: its blocks in order, joined by a blank line."),
        _col("text_sha256", _TEXT, "SHA-256 of the body: no front matter, repeats, furniture."),
        _col("links_sha256", _TEXT, "SHA-256 of the addresses it links to.", null=True),
        _col("word_count", _INT, "Words in text."),
        _col("coverage", pa.float64(), "Share (0 to 1) of the text in known sections.", null=True),
        _col("unknown_headings", _TEXTS, "Headings that the profile has no section for."),
        _col("truncated", _BOOL, "Whether the page was cut off."),
        _col("duplicate_of", _TEXT, "The brief that this one is a mirror of.", null=True),
        _col("gone_at", _INSTANT, "When its page was first found gone (404, 410).", null=True),
        _col("license_url", _TEXT, "Licence that the page links to.", null=True),
        _col("robots_allowed", _BOOL, "What robots.txt said of its address.", null=True),
        _col(
            "noai", _BOOL, "Whether the page forbids use for AI (noai); null if silent.", null=True
        ),
        _col("profile", _TEXT, "Profile that took it apart."),
        _col("profile_version", _INT, "Version of that profile."),
        _col("revision", _INT, "1 as first seen, one more for each edit seen."),
        _CAPTURE,
        _col("first_seen_at", _INSTANT, "Fetch time of its first capture (UTC)."),
        _col("revised_at", _INSTANT, "Fetch time of the capture of this revision (UTC)."),
    ),
    key=("brief_id",),
    history=True,
)

DEVELOPMENTS = Table(
    "developments",
    "One reported development of a brief.",
    (
        _col("development_id", _TEXT, "Stable id: a hash of the brief and the printed text."),
        _BRIEF_ID,
        _POSITION,
        *_printed("headline", "Label before the colon; null if it has none.", null=True),
        *_printed("text", "The development, without its label."),
    ),
    key=("development_id",),
    history=True,
)

STATEMENTS = Table(
    "statements",
    "One expert's words in a brief.",
    (
        _col("statement_id", _TEXT, "Stable id: a hash of the brief and the printed quote."),
        _BRIEF_ID,
        _col("expert_id", _TEXT, "Who said it: experts.expert_id.", "derived", null=True),
        _POSITION,
        *_printed("quote", "The words, without the outer quotation marks."),
        _col("is_quotation", _BOOL, "False where the brief prints them without quotation marks."),
        *_printed("speaker", "The name as printed, honorifics included."),
        *_printed("role", "The role as printed, one string.", null=True),
        *_printed(
            "affiliation", "The organisation printed in the role; never inferred.", null=True
        ),
        *_printed("attribution", "Name and role together, as printed.", null=True),
    ),
    key=("statement_id",),
    history=True,
)

LINKS = Table(
    "links",
    "Something that a brief cites.",
    (
        _col("link_id", _TEXT, "Stable id: a hash of the brief and the printed text."),
        _BRIEF_ID,
        _col("section", _TEXT, "Section it stands in; background for link lines."),
        _POSITION,
        *_printed("text", "The printed anchor, or the whole line where there is none."),
        *_printed("title", "Title without quotation marks and comma; link lines only.", null=True),
        *_printed_list("authors", "Authors in printed order; link lines only."),
        *_printed("outlet", "Outlet as printed; link lines only.", null=True),
        _col("url", _TEXT, "Where the anchor leads.", null=True),
        _col("canonical_url", _TEXT, "url, normalised for comparison.", null=True),
        _col("domain", _TEXT, "Host of url, without www.", null=True),
        _col("target_brief_id", _TEXT, "The brief it leads to, if in here.", "derived", null=True),
        _col("resolved_by", _TEXT, "How that was found: url or title.", "derived", null=True),
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
        _col("section", _TEXT, "title, lead, developments, statements, context, background, ..."),
        _col("kind", _TEXT, "heading, paragraph, item, quotation, cell or preformatted."),
        _col("text_start", _INT, "Offset of the block in briefs.text, in code points."),
        _col("text_end", _INT, "Offset behind the block."),
    ),
    key=("brief_id", "position"),
)

REVISIONS = Table(
    "revisions",
    "One edit of a brief: how it read since then. As first seen: briefs_history.",
    (
        _BRIEF_ID,
        _col("revision", _INT, "Number of the revision, from 2."),
        _col("seen_at", _INSTANT, "Fetch time of the capture that showed it (UTC)."),
        _CAPTURE,
        _col("title", _TEXT, "Title as of then.", null=True),
        _col("text", _TEXT, "Text as of then."),
    ),
    key=("brief_id", "revision"),
)

CHANGES = Table(
    "changes",
    "One item that a revision changed.",
    (
        _BRIEF_ID,
        _col("revision", _INT, "The revision that changed it."),
        _col("position", _INT, "Place among the changes of the revision, from 1."),
        _col("item", _TEXT, "title, published_on, development, statement or link."),
        _col("change", _TEXT, "added, removed, reworded or moved."),
        _col("old_id", _TEXT, "Id of the row before.", null=True),
        _col("new_id", _TEXT, "Id of the row after.", null=True),
        _col("old_text", _TEXT, "Printed text before.", null=True),
        _col("new_text", _TEXT, "Printed text after.", null=True),
    ),
    key=("brief_id", "revision", "position"),
)

BRIEF_KEYS = Table(
    "brief_keys",
    "A key that leads to a brief; a capture is matched by any of them.",
    (
        _col("key", _TEXT, "url:..., title:... (publisher, day, title) or text:... (hash)."),
        _BRIEF_ID,
    ),
    key=("key",),
)

EXPERTS = Table(
    "experts",
    "A person whose words are in the warehouse, with the latest printed role.",
    (
        _col("expert_id", _TEXT, "Stable id: a hash of publisher and folded name."),
        _col(
            "publisher", _TEXT, "Publisher of the briefs; people are not joined across.", null=True
        ),
        _col("name", _TEXT, "The latest printed form of the name."),
        _col("role", _TEXT, "The latest printed role.", null=True),
        _col("affiliation", _TEXT, "The organisation printed in that role.", null=True),
        _col("first_seen_on", _DAY, "Day of the first brief with a statement.", null=True),
        _col("last_seen_on", _DAY, "Day of the latest brief with a statement.", null=True),
        _col("statements", _INT, "How many statements, mirrors not counted."),
    ),
    key=("expert_id",),
    derived=True,
)

EXPERT_ALIASES = Table(
    "expert_aliases",
    "A form in which an expert's name is printed.",
    (
        _col("expert_id", _TEXT, "The person: experts.expert_id."),
        _col("name", _TEXT, "The form, as printed."),
        _col("first_seen_on", _DAY, "Day of the first brief that prints it.", null=True),
        _col("last_seen_on", _DAY, "Day of the latest brief that prints it.", null=True),
        _col("statements", _INT, "How many statements print it, mirrors not counted."),
    ),
    key=("expert_id", "name"),
    derived=True,
)

EXPERT_ROLES = Table(
    "expert_roles",
    "A role that an expert is printed with, from its first day to its last.",
    (
        _col("expert_id", _TEXT, "The person: experts.expert_id."),
        _col("role", _TEXT, "The role, as printed."),
        _col("affiliation", _TEXT, "The organisation printed in it.", null=True),
        _col("first_seen_on", _DAY, "Day of the first brief that prints it.", null=True),
        _col("last_seen_on", _DAY, "Day of the latest brief that prints it.", null=True),
        _col("statements", _INT, "How many statements print it, mirrors not counted."),
    ),
    key=("expert_id", "role"),
    derived=True,
)

CAPTURES = Table(
    "captures",
    "A stored page. Its bytes are in the landing file.",
    (
        _col("capture_id", _TEXT, "Stable id: a hash of uri, fetch time and content."),
        _col("source", _TEXT, "The source that brought it: sources.source."),
        _col("uri", _TEXT, "Address or path that was asked for."),
        _col("final_uri", _TEXT, "Address that answered, after redirects."),
        _col("fetched_at", _INSTANT, "When its last byte had come (UTC)."),
        _col("status", _INT, "HTTP status; null for files.", null=True),
        _col("headers", _HEADERS, "Response headers, in order."),
        _col("content_type", _TEXT, "Content-Type as stated.", null=True),
        _col("sha256", _TEXT, "SHA-256 of the bytes."),
        _col("bytes", pa.int64(), "How many bytes."),
        _col("robots_allowed", _BOOL, "What robots.txt said; null if it was not asked.", null=True),
        _col("landing_file", _TEXT, "Landing file that holds the bytes.", "ledger"),
    ),
    key=("capture_id",),
)

ATTEMPTS = Table(
    "attempts",
    "One thing tried, with exactly one outcome.",
    (
        _col("attempt_id", _TEXT, "Stable id: a hash of the run, the uri and their order."),
        _col("run_id", _TEXT, "The run that tried: runs.run_id."),
        _col("source", _TEXT, "The source: sources.source."),
        _col("uri", _TEXT, "Address or path that was tried."),
        _col("at", _INSTANT, "When (UTC)."),
        _col("capture_id", _TEXT, "The stored page, if the attempt has one.", null=True),
        _col("brief_id", _TEXT, "The brief it led to.", null=True),
        _col("outcome", _TEXT, "new, revised, unchanged, duplicate, rejected or held."),
        _col("reason", _TEXT, "Why it was rejected or held: a fixed word.", null=True),
        _col("message", _TEXT, "The same for a person: what happened and what to do.", null=True),
    ),
    key=("attempt_id",),
    ledger=True,
)

SOURCES = Table(
    "sources",
    "The state of one source.",
    (
        _col("source", _TEXT, "Name in sources.toml, or the path or address given."),
        _col("kind", _TEXT, "feed, folder, pages, sitemap, listing or warc."),
        _col("location", _TEXT, "Address or path."),
        _col("last_run_id", _TEXT, "The run that asked it last."),
        _col("last_success_at", _INSTANT, "When it last answered (UTC).", null=True),
        _col("last_new_at", _INSTANT, "When it last brought a new brief (UTC).", null=True),
        _col("failures_in_row", _INT, "Runs in a row in which it did not answer."),
        _col("last_error", _TEXT, "Why it did not answer, the last time.", null=True),
    ),
    key=("source",),
    ledger=True,
)

RUNS = Table(
    "runs",
    "One run of the pipeline.",
    (
        _col("run_id", _TEXT, "Start time and a random part; also the name of its night."),
        _col("command", _TEXT, "ingest, nightly, ..."),
        _col("started_at", _INSTANT, "When it started (UTC)."),
        _col("finished_at", _INSTANT, "When it was done (UTC)."),
        _col("version", _TEXT, "Version of Briefhouse."),
        _col("schema_version", _INT, "Version of this schema."),
        _col("tried", _INT, "Attempts of the run."),
        _col("new", _INT, "Attempts that brought a new brief."),
        _col("revised", _INT, "Attempts that showed an edit."),
        _col("unchanged", _INT, "Attempts that found what is known."),
        _col("duplicate", _INT, "Attempts that brought a known brief by another way."),
        _col("rejected", _INT, "Attempts that gave no brief."),
        _col("held", _INT, "Attempts held back by a check."),
        _col("published", _BOOL, "Whether the run published a night."),
    ),
    key=("run_id",),
    ledger=True,
)

CHECKS = Table(
    "checks",
    "One check of one run.",
    (
        _col("run_id", _TEXT, "The run: runs.run_id."),
        _col("name", _TEXT, "Name of the check."),
        _col("subject", _TEXT, "Table, source or profile that it looks at."),
        _col("value", pa.float64(), "What was found.", null=True),
        _col("lower", pa.float64(), "Least value that passes.", null=True),
        _col("upper", pa.float64(), "Greatest value that passes.", null=True),
        _col("passed", _BOOL, "Whether it passed."),
    ),
    key=("run_id", "name", "subject"),
    ledger=True,
)

_VALIDITY = (
    _col("valid_from", _INSTANT, "Fetch time of the capture that brought the row (UTC)."),
    _col("valid_to", _INSTANT, "Fetch time of the capture that ended it; null now.", null=True),
)


def history_of(table: Table) -> Table:
    """Return the history table of ``table``: its stored columns and their validity."""
    kept = tuple(f for f in table.fields if not is_marked(f, "derived"))
    return Table(
        f"{table.name}_history",
        f"Every row there ever was of {table.name}.",
        (*kept, *_VALIDITY),
        key=(*table.key, "valid_from"),
    )


CURRENT = (
    BRIEFS, DEVELOPMENTS, STATEMENTS, LINKS, BLOCKS, REVISIONS, CHANGES, BRIEF_KEYS,
    EXPERTS, EXPERT_ALIASES, EXPERT_ROLES, CAPTURES, ATTEMPTS, SOURCES, RUNS, CHECKS,
)  # fmt: skip
HISTORY = {table.name: history_of(table) for table in CURRENT if table.history}
CHILDREN = (DEVELOPMENTS, STATEMENTS, LINKS)
"""The tables of a brief's items, in the order in which a diff shows them."""

PUBLISHED: tuple[Table, ...] = (*CURRENT, *HISTORY.values())
"""Every table of a published night."""

STORED: tuple[Table, ...] = (
    *(HISTORY[t.name] if t.history else t for t in CURRENT if not t.derived),
)
"""Every table of the lake."""


def stored_as(table: Table) -> str:
    """Return the name under which the lake keeps the rows of ``table``."""
    return f"{table.name}_history" if table.history else table.name


BY_NAME = {table.name: table for table in PUBLISHED}

_SQL_TYPES: dict[pa.DataType, str] = {
    _TEXT: "VARCHAR",
    _INT: "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    _BOOL: "BOOLEAN",
    _DAY: "DATE",
    _INSTANT: "TIMESTAMP WITH TIME ZONE",
    _TEXTS: "VARCHAR[]",
    _INTS: "INTEGER[]",
    _HEADERS: "STRUCT(name VARCHAR, value VARCHAR)[]",
}


def sql_type(f: Column) -> str:
    """Return the DuckDB type of a column."""
    return _SQL_TYPES[f.type]


def quoted(text: str) -> str:
    """Return ``text`` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def ddl(table: Table, schema: str = "") -> str:
    """Return the CREATE TABLE statement, with NOT NULL where a column must have a value."""
    columns = ", ".join(
        f'"{f.name}" {sql_type(f)}{"" if f.nullable else " NOT NULL"}' for f in table.fields
    )
    return f'CREATE TABLE {schema}"{table.name}" ({columns})'


def comments(table: Table, schema: str = "") -> list[str]:
    """Return the COMMENT statements of a table and its columns."""
    name = f'{schema}"{table.name}"'
    return [
        f"COMMENT ON TABLE {name} IS {quoted(table.doc)}",
        *(f'COMMENT ON COLUMN {name}."{f.name}" IS {quoted(describe(f))}' for f in table.fields),
    ]
