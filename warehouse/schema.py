"""The schema, declared once: DDL, comments, Parquet and the data dictionary come from here.

The tables stand in `warehouse/tables/`, by what they hold; all else imports them from here.

A table's columns are pyarrow fields whose metadata holds a description and, where it applies, the
mark ``ledger`` (a column of the pipeline's own books, which a rebuild need not reproduce) or
``derived`` (computed at publication from the whole record, not stored in the lake).
"""

from __future__ import annotations

from dataclasses import replace

from warehouse.table import INSTANT, Table, col, is_marked
from warehouse.tables.books import ATTEMPTS, CHECKS, REEXTRACTED, RELEASES, RUNS, TOMBSTONES
from warehouse.tables.collecting import CAPTURES, HOSTS, PAGES, ROBOTS, SOURCES
from warehouse.tables.derived import (
    EXPERT_ALIASES,
    EXPERT_ROLES,
    EXPERTS,
    PUBLICATION,
    SIMILAR_TEXTS,
)
from warehouse.tables.record import (
    BLOCKS,
    BRIEF_KEYS,
    BRIEFS,
    CHANGES,
    DEVELOPMENTS,
    LINKS,
    REVISIONS,
    STATEMENTS,
)

__all__ = [
    "ATTEMPTS",
    "BLOCKS",
    "BRIEFS",
    "BRIEF_KEYS",
    "CAPTURES",
    "CHANGES",
    "CHECKS",
    "CHILDREN",
    "CURRENT",
    "DEVELOPMENTS",
    "EXPERTS",
    "EXPERT_ALIASES",
    "EXPERT_ROLES",
    "HISTORY",
    "HOSTS",
    "KEPT",
    "LINKS",
    "PAGES",
    "PUBLICATION",
    "PUBLISHED",
    "REEXTRACTED",
    "RELEASES",
    "REVISIONS",
    "ROBOTS",
    "RUNS",
    "SCHEMA_VERSION",
    "SIMILAR_TEXTS",
    "SOURCES",
    "STATEMENTS",
    "STORED",
    "TOMBSTONES",
    "stored_as",
]

# One more in each release that adds to the schema; see docs/decisions.md.
SCHEMA_VERSION = 2

_VALIDITY = (
    col("valid_from", INSTANT, "Fetch time of the capture that brought the row (UTC)."),
    col("valid_to", INSTANT, "Fetch time of the capture that ended it; null now.", null=True),
)


def _history_of(table: Table) -> Table:
    """Return the history table of ``table``: its columns and their validity."""
    return Table(
        f"{table.name}_history",
        f"Every row there ever was of {table.name}.",
        (*table.fields, *_VALIDITY),
        key=(*table.key, "valid_from"),
    )


def _as_kept(table: Table) -> Table:
    """Return ``table`` as the lake keeps it: without what a night derives."""
    return replace(table, fields=tuple(f for f in table.fields if not is_marked(f, "derived")))


CURRENT = (
    BRIEFS, DEVELOPMENTS, STATEMENTS, LINKS, BLOCKS, REVISIONS, CHANGES, BRIEF_KEYS,
    SIMILAR_TEXTS,
    EXPERTS, EXPERT_ALIASES, EXPERT_ROLES, CAPTURES, ATTEMPTS, SOURCES, PAGES, ROBOTS, HOSTS,
    RUNS, CHECKS, RELEASES, REEXTRACTED, TOMBSTONES,
    PUBLICATION,
)  # fmt: skip
HISTORY = {table.name: _history_of(table) for table in CURRENT if table.history}
"""The published history of each table that has one."""
CHILDREN = (DEVELOPMENTS, STATEMENTS, LINKS)
"""The tables of a brief's items, in the order in which a diff shows them."""

PUBLISHED: tuple[Table, ...] = (*CURRENT, *HISTORY.values())
"""Every table of a published night."""

STORED: tuple[Table, ...] = (
    *(_as_kept(HISTORY[t.name]) if t.history else t for t in CURRENT if not t.derived),
)
"""Every table of the lake."""
KEPT = {table.name: table for table in STORED}


def stored_as(table: Table) -> str:
    """Return the name under which the lake keeps the rows of ``table``."""
    return f"{table.name}_history" if table.history else table.name
