"""Replacing the rows of briefs by what today's code reads in their captures.

It is no edit by the publisher: the briefs' captures are merged anew, in order, as if today's code
had been there from the start. So rows keep the ``valid_from`` of their captures, and ``revisions``
has what the pages showed, no row for the change of code. All of it is one transaction, in which the
rows before and after are compared; who does not accept the difference rolls it back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.compare import EXAMPLES, difference
from warehouse.lake import append, filled
from warehouse.replay import Planned, keep_attempts, merge_anew
from warehouse.schema import (
    BLOCKS,
    BRIEF_KEYS,
    BRIEFS,
    CHANGES,
    CHILDREN,
    REEXTRACTED,
    REVISIONS,
    stored_as,
)
from warehouse.table import Table, is_marked

# What follows from other values, or from the captures alone.
_LEFT_OUT = {"brief_id", "capture_id", "revision", "profile_version", "first_seen_at", "revised_at"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """How one column, or the rows of one table, changed at one publisher."""

    table: str
    column: str | None
    what: str
    rows: int
    examples: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True)
class PublisherDiff:
    """What a re-extraction changes at one publisher.

    ``lost`` are briefs that lost a value or a row, ``renamed`` those that have another id now, and
    ``worse`` those of which either is true.
    """

    publisher: str
    briefs: int
    changed: int
    lost: int
    renamed: int
    worse: int
    changes: list[FieldChange] = field(default_factory=list)

    @property
    def share_worse(self) -> float:
        return self.worse / self.briefs if self.briefs else 0.0


def briefs_of(
    connection: duckdb.DuckDBPyConnection, capture_ids: Iterable[str], profile: str | None
) -> set[str]:
    """Return the briefs that have one of these captures, or all that ``profile`` read."""
    _register(connection, "some_captures", capture_ids)
    query = """SELECT DISTINCT brief_id FROM lake.attempts WHERE brief_id IS NOT NULL
        AND capture_id IN (SELECT id FROM some_captures)"""
    if profile is not None:
        query += """ AND brief_id IN (SELECT brief_id FROM lake.briefs_history
            WHERE valid_to IS NULL AND profile = ?)"""
    rows = connection.execute(query, [profile] if profile is not None else []).fetchall()
    connection.unregister("some_captures")
    return {row[0] for row in rows}


def profiles_used(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the profiles that read the briefs as they stand; some may be gone since."""
    if stored_as(BRIEFS) not in filled(connection):
        return set()
    rows = connection.execute(
        "SELECT DISTINCT profile FROM lake.briefs_history WHERE valid_to IS NULL"
    ).fetchall()
    return {row[0] for row in rows}


def captures_of(connection: duckdb.DuckDBPyConnection, briefs: Collection[str]) -> set[str]:
    """Return every capture that led to one of these briefs."""
    _register(connection, "some_briefs", briefs)
    rows = connection.execute(
        """SELECT DISTINCT capture_id FROM lake.attempts WHERE capture_id IS NOT NULL
        AND brief_id IN (SELECT id FROM some_briefs)"""
    ).fetchall()
    connection.unregister("some_briefs")
    return {row[0] for row in rows}


def replace_rows(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    briefs: Collection[str],
    planned: Sequence[Planned],
    staged: Sequence[Path],
) -> list[PublisherDiff]:
    """Merge the captures of ``briefs`` anew and return what that changed, by publisher.

    ``planned`` are all their captures, and others that may give a brief now. The caller holds the
    write lock and an open transaction, and commits or rolls back.
    """
    _register(connection, "replaced_ids", briefs)
    _register(connection, "merged_ids", [p.capture_id for p in planned])
    for name in ("replaced", "merged"):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM {name}_ids")
        connection.unregister(f"{name}_ids")
    _set_aside(connection)
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE attempts_before AS FROM lake.attempts
        WHERE capture_id IN (SELECT id FROM merged)"""
    )
    for table in (BRIEFS, *CHILDREN, BLOCKS, REVISIONS, CHANGES, BRIEF_KEYS):
        if stored_as(table) in filled(connection):
            connection.execute(
                f"DELETE FROM lake.{stored_as(table)} WHERE brief_id IN (SELECT id FROM replaced)"
            )
    for name in ("captures", "attempts"):
        connection.execute(f"DELETE FROM lake.{name} WHERE capture_id IN (SELECT id FROM merged)")
    merge_anew(connection, run_id, planned, staged)
    keep_attempts(connection, "attempts_before")
    return _diffs(connection)


def lost_pages(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int, str, str]]:
    """Return why pages give no brief any more, after :func:`replace_rows`.

    Of each reason: how many pages, and the address and the message of one.
    """
    return connection.execute(
        """SELECT now.reason, count(*), min(now.uri), arg_min(now.message, now.uri)
        FROM lake.attempts now JOIN attempts_before before USING (attempt_id)
        WHERE now.outcome = 'rejected' AND before.outcome <> 'rejected'
        GROUP BY now.reason ORDER BY count(*) DESC, now.reason"""
    ).fetchall()


def _register(connection: duckdb.DuckDBPyConnection, name: str, ids: Iterable[str]) -> None:
    connection.register(name, pa.table({"id": pa.array(sorted(ids), pa.string())}))


def _set_aside(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the current rows of the briefs to compare with, in ``before_<table>``."""
    for table in (BRIEFS, *CHILDREN):
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE before_{table.name} AS
            SELECT * FROM lake.{stored_as(table)}
            WHERE valid_to IS NULL AND brief_id IN (SELECT id FROM replaced)"""
        )


def _diffs(connection: duckdb.DuckDBPyConnection) -> list[PublisherDiff]:
    # which brief one has become: that to which its page leads now; of several, the one it was
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE became AS
        SELECT arg_min(b.brief_id, (b.brief_id <> a.brief_id, b.brief_id)) AS was,
            a.brief_id AS now
        FROM before_briefs b JOIN lake.attempts a ON a.capture_id = b.capture_id
        WHERE a.brief_id IS NOT NULL GROUP BY a.brief_id"""
    )
    for table in (BRIEFS, *CHILDREN):
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE after_{table.name} AS
            SELECT r.* REPLACE (coalesce(became.was, r.brief_id) AS brief_id)
            FROM lake.{stored_as(table)} r LEFT JOIN became ON became.now = r.brief_id
            WHERE r.valid_to IS NULL AND r.brief_id IN (SELECT brief_id FROM lake.attempts
                WHERE capture_id IN (SELECT id FROM merged))"""
        )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE published_by AS
        SELECT brief_id, coalesce(a.publisher, b.publisher, '') AS publisher
        FROM before_briefs b FULL JOIN after_briefs a USING (brief_id)"""
    )
    publishers = connection.execute(
        "SELECT publisher, count(*) FROM published_by GROUP BY publisher ORDER BY publisher"
    ).fetchall()
    return [_diff(connection, publisher, briefs) for publisher, briefs in publishers]


def _diff(connection: duckdb.DuckDBPyConnection, publisher: str, briefs: int) -> PublisherDiff:
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE of_publisher AS "
        "SELECT brief_id FROM published_by WHERE publisher = ?",
        [publisher],
    )
    changes: list[FieldChange] = []
    changed: list[str] = []
    lost: list[str] = []
    renamed = "SELECT was, now FROM became WHERE was <> now AND was IN (FROM of_publisher)"
    ids = connection.execute(f"{renamed} ORDER BY ALL").fetchall()
    if ids:
        shown = tuple((was, was, now) for was, now in ids[:EXAMPLES])
        changes.append(FieldChange(BRIEFS.name, "brief_id", "changed", len(ids), shown))
    for table in (BRIEFS, *CHILDREN):
        key = ("brief_id",) if table is BRIEFS else ("brief_id", "position")
        columns = compared_columns(table)
        left, right = (
            f"(SELECT {', '.join((*key, *columns))} FROM {side}_{table.name} "
            "WHERE brief_id IN (FROM of_publisher))"
            for side in ("before", "after")
        )
        found = difference(connection, table, left, right, columns, key)
        if found.removed:
            keys = tuple((k, None, None) for k in found.removed_keys)
            changes.append(FieldChange(table.name, None, "rows removed", found.removed, keys))
        if found.added:
            keys = tuple((k, None, None) for k in found.added_keys)
            changes.append(FieldChange(table.name, None, "rows added", found.added, keys))
        for column, (rows, examples) in found.changed.items():
            changes.append(FieldChange(table.name, column, "changed", rows, examples))
        on = " AND ".join(f"l.{name} = r.{name}" for name in key)
        differs = " OR ".join(f'l."{n}" IS DISTINCT FROM r."{n}"' for n in columns)
        less = " OR ".join(
            f"({_has(table, n, 'l')} AND NOT {_has(table, n, 'r')})" for n in columns
        )
        changed.append(
            f"SELECT coalesce(l.brief_id, r.brief_id) AS brief_id FROM {left} l "
            f"FULL JOIN {right} r ON {on} WHERE {differs}"
        )
        lost.append(
            f"SELECT l.brief_id FROM {left} l LEFT JOIN {right} r ON {on} "
            f"WHERE r.brief_id IS NULL OR {less}"
        )
    return PublisherDiff(
        publisher,
        briefs,
        changed=_count(connection, changed),
        lost=_count(connection, lost),
        renamed=len(ids),
        worse=_count(connection, [*lost, f"SELECT was AS brief_id FROM ({renamed})"]),
        changes=changes,
    )


def _count(connection: duckdb.DuckDBPyConnection, queries: Sequence[str]) -> int:
    row = connection.execute(
        f"SELECT count(DISTINCT brief_id) FROM ({' UNION ALL '.join(queries)})"
    ).fetchone()
    return int(row[0]) if row else 0


def compared_columns(table: Table) -> list[str]:
    """Return the columns in which a re-extraction is compared: printed values, not their places."""
    return [
        f.name
        for f in table.fields
        if f.name not in {*_LEFT_OUT, table.key[0], "position"}
        and not is_marked(f, "derived")
        and not f.name.endswith(("_start", "_end", "_sha256"))
    ]


def _has(table: Table, column: str, side: str) -> str:
    """Return the condition under which a row has a value worth keeping in a column."""
    kind = str(table.schema.field(column).type)
    value = f'{side}."{column}"'
    if column in ("unknown_headings", "truncated", "coverage", "word_count"):
        return f"({value} IS NOT NULL)"  # less of it is no loss
    return f"(len({value}) > 0)" if kind.startswith("list") else f"({value} IS NOT NULL)"


def book(
    connection: duckdb.DuckDBPyConnection, run_id: str, at: datetime, diffs: Iterable[PublisherDiff]
) -> None:
    """Write the ledger of an accepted re-extraction."""
    versions: dict[str, list[str]] = {}
    for publisher, version in connection.execute(
        """SELECT DISTINCT coalesce(publisher, ''), profile || '/' || profile_version
        FROM after_briefs ORDER BY ALL"""
    ).fetchall():
        versions.setdefault(publisher, []).append(version)
    append(
        connection,
        REEXTRACTED,
        [
            {
                "run_id": run_id,
                "publisher": d.publisher,
                "at": at,
                "profile_versions": versions.get(d.publisher, []),
                "briefs": d.briefs,
                "briefs_changed": d.changed,
                "briefs_with_loss": d.lost,
                "briefs_renamed": d.renamed,
                "rows_added": sum(c.rows for c in d.changes if c.what == "rows added"),
                "rows_removed": sum(c.rows for c in d.changes if c.what == "rows removed"),
                "values_changed": sum(c.rows for c in d.changes if c.what == "changed"),
            }
            for d in diffs
        ],
    )
