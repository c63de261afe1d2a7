"""Tables of the record: briefs, what is in them, and how they were edited."""

from __future__ import annotations

import pyarrow as pa

from warehouse.table import (
    BOOL,
    DAY,
    INSTANT,
    INT,
    LONGS,
    TEXT,
    TEXTS,
    Table,
    col,
    printed,
    printed_list,
)

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

BRIEF_KEYS = Table(
    "brief_keys",
    "A key that leads to a brief; a capture is matched by any of them. Of several briefs to which "
    "an address led in turn, it leads to the last.",
    (
        col(
            "key",
            TEXT,
            "url:..., title:... (publisher, day, title), page:... (address, day, title) where the "
            "publisher is not known, or text:... (hash).",
        ),
        _BRIEF_ID,
        col(
            "since",
            INSTANT,
            "Fetch time of the capture since which it leads there.",
            "ledger",
            null=True,
        ),
    ),
    key=("key", "brief_id"),
)
