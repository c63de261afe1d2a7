"""The ledger of collecting: sources, pages, robots files and closed hosts, as rows and back.

Runs read it at their start and write what changed at their end, together with the run itself. A
run that is killed in between leaves the older state: what it fetched is fetched once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.lake import append, filled
from warehouse.schema import HOSTS, PAGES, ROBOTS, SOURCES
from warehouse.table import Table


@dataclass(frozen=True, slots=True)
class SourceState:
    """How one source does; see the table ``sources``. Times are in UTC."""

    source: str
    kind: str
    location: str
    last_run_id: str = ""
    last_success_at: datetime | None = None
    last_new_at: datetime | None = None
    failures_in_row: int = 0
    last_error: str | None = None
    last_asked_at: datetime | None = None
    next_ask_at: datetime | None = None
    newest_on: date | None = None
    cadence_days: float | None = None
    recent_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What is remembered of one address; see the table ``pages``. Times are in UTC."""

    uri: str
    source: str
    role: str
    first_seen_at: datetime
    checked_at: datetime | None = None
    last_full_at: datetime | None = None
    next_check_at: datetime | None = None
    checks: int = 0
    failures: int = 0
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    told_at: datetime | None = None
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Robots:
    """A robots.txt as fetched; ``text`` is None where there is none."""

    origin: str
    fetched_at: datetime
    text: str | None


@dataclass(frozen=True, slots=True)
class _Closed:
    host: str
    closed_until: datetime


@dataclass(frozen=True)
class Ledger:
    """The ledger, or what changed of it; ``closed`` is host -> until when it is left alone."""

    sources: Sequence[SourceState] = ()
    pages: Sequence[Page] = ()
    robots: Sequence[Robots] = ()
    closed: Mapping[str, datetime] = field(default_factory=dict)


def read_ledger(connection: duckdb.DuckDBPyConnection, sources: Iterable[str] | None) -> Ledger:
    """Return the state of every source, the pages of ``sources``, robots files, closed hosts.

    None means the pages of all sources.
    """
    present = filled(connection)
    states = _read(connection, SOURCES, SourceState, present)
    connection.register("asked", pa.table({"source": pa.array(list(sources or ()), pa.string())}))
    where = "WHERE source IN (SELECT source FROM asked)" if sources is not None else ""
    pages = _read(connection, PAGES, Page, present, where)
    connection.unregister("asked")
    closed = _read(connection, HOSTS, _Closed, present, "WHERE closed_until > now()")
    return Ledger(
        [_state(row) for row in states],
        [Page(*row) for row in pages],
        [Robots(*row) for row in _read(connection, ROBOTS, Robots, present)],
        dict(closed),
    )


def _state(row: Sequence[Any]) -> SourceState:
    values = list(row)
    values[-1] = tuple(values[-1] or ())  # recent_days
    return SourceState(*values)


def _read(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    row: type[Any],
    present: set[str],
    where: str = "",
) -> list[tuple[Any, ...]]:
    """Return the rows of a ledger table, their values in the order of the fields of ``row``."""
    if table.name not in present:
        return []
    columns = ", ".join(f'"{f.name}"' for f in fields(row))
    return connection.execute(f"SELECT {columns} FROM lake.{table.name} {where}").fetchall()


def write_ledger(connection: duckdb.DuckDBPyConnection, run_id: str, ledger: Ledger) -> None:
    """Replace the rows of what changed. The caller holds the transaction."""
    present = filled(connection)
    sources = [{**_values(s), "last_run_id": run_id} for s in ledger.sources]
    robots = [_values(r) for r in ledger.robots]
    pages = [_values(p) for p in ledger.pages]
    _replace(connection, SOURCES, sources, present)
    _replace(connection, PAGES, pages, present)
    _replace(connection, ROBOTS, robots, present)
    _replace(connection, HOSTS, [_values(_Closed(*c)) for c in ledger.closed.items()], present)


def _values(row: Any) -> dict[str, Any]:
    return {f.name: getattr(row, f.name) for f in fields(row)}


def _replace(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    present: set[str],
) -> None:
    if not rows:
        return
    (key,) = table.key
    if table.name in present:
        keys = pa.table({key: pa.array([row[key] for row in rows], pa.string())})
        connection.register("replaced_keys", keys)
        connection.execute(
            f'DELETE FROM lake.{table.name} WHERE "{key}" IN (SELECT "{key}" FROM replaced_keys)'
        )
        connection.unregister("replaced_keys")
    append(connection, table, rows)
