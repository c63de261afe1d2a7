"""What is known of every address and file that was ever captured: a column store, not a dict.

A million captures as Python objects took a minute and most of a gigabyte at the start of a run that
asks for a thousand of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.attempts import Known
from warehouse.lake import filled
from warehouse.schema import ATTEMPTS

_FIELDS = ("sha256", "fetched_at", "outcome", "reason", "message", "brief_id")


class KnownCaptures(Mapping[str, Known]):
    """What became of the latest capture of each uri; threads may share it."""

    def __init__(self, rows: pa.Table) -> None:
        """Take rows of uri and the fields of :class:`Known`, in the order of uri and time."""
        self._rows = {name: rows[name].combine_chunks() for name in rows.column_names}
        self._uris = self._rows["uri"]

    def __getitem__(self, uri: str) -> Known:
        behind = self._behind(uri)
        if not behind or self._uris[behind - 1].as_py() != uri:
            raise KeyError(uri)
        return self._at(behind - 1)

    def _behind(self, uri: str) -> int:
        # bytes of UTF-8, by which DuckDB sorts, have the order of code points
        return bisect_left(range(len(self._uris)), True, key=lambda i: self._uris[i].as_py() > uri)

    def _at(self, nth: int) -> Known:
        return Known(**{name: self._rows[name][nth].as_py() for name in _FIELDS})

    def captured(self, uri: str, sha256: str, fetched_at: datetime) -> Known | None:
        """Return what became of this very capture, which need not be the latest; None if new."""
        nth = self._behind(uri) - 1
        while nth >= 0 and self._uris[nth].as_py() == uri:
            found = self._at(nth)
            if (found.sha256, found.fetched_at) == (sha256, fetched_at):
                return found
            nth -= 1
        return None

    def __iter__(self) -> Iterator[str]:
        """Yield each uri once, in order."""
        before = None
        for uri in self._uris:
            if (this := uri.as_py()) != before:
                yield this
            before = this

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def refused_for(self, reasons: Collection[str]) -> set[str]:
        """Return the uris whose latest capture was refused for one of ``reasons``."""
        of_reasons = pc.is_in(self._rows["reason"], pa.array(list(reasons), pa.string()))
        found = {str(uri) for uri in self._uris.filter(of_reasons).to_pylist()}
        return {uri for uri in found if self[uri].reason in reasons}


def captured(
    known: Mapping[str, Known], uri: str, sha256: str, fetched_at: datetime
) -> Known | None:
    """Return what became of this very capture; None if it is not known, or not the latest of it."""
    if isinstance(known, KnownCaptures):
        return known.captured(uri, sha256, fetched_at)
    latest = known.get(uri)
    same = latest is not None and (latest.sha256, latest.fetched_at) == (sha256, fetched_at)
    return latest if same else None


def refused_for(known: Mapping[str, Known], reasons: Collection[str]) -> set[str]:
    """Return the uris whose latest capture was refused for one of ``reasons``."""
    if isinstance(known, KnownCaptures):
        return known.refused_for(reasons)
    return {uri for uri, before in known.items() if before.reason in reasons}


def late_captures(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the captures that were fetched before what stood of their briefs when they came."""
    if ATTEMPTS.name not in filled(connection):
        return set()
    rows = connection.execute(
        "SELECT capture_id FROM lake.attempts WHERE outcome = 'duplicate' AND reason = 'late'"
    ).fetchall()
    return {row[0] for row in rows}


def known_captures(connection: duckdb.DuckDBPyConnection) -> KnownCaptures:
    """Return what the lake knows of every uri."""
    rows = connection.execute(
        """SELECT c.uri, c.sha256, c.fetched_at, a.outcome, a.reason, a.message, a.brief_id
        FROM lake.captures c JOIN lake.attempts a USING (capture_id) ORDER BY c.uri, c.fetched_at"""
    ).to_arrow_table()
    return KnownCaptures(rows)
