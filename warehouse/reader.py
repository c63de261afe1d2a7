"""Reading the published night: resolved once, then one whole night to the end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.definitions import past_definitions
from warehouse.errors import NothingPublishedError
from warehouse.root import DataRoot
from warehouse.table import quoted


def current_night(root: DataRoot) -> Path:
    """Return the folder of the night that is current now; it does not change any more."""
    try:
        return root.current.resolve(strict=True)
    except OSError:
        raise NothingPublishedError(root.path) from None


def open_published(root: DataRoot, as_of: datetime | None = None) -> duckdb.DuckDBPyConnection:
    """Open the current night's warehouse, read-only, for any SQL.

    With ``as_of`` the names of tables and views mean what they held at that moment; the night
    itself is attached as ``night``. Raises :class:`NothingPublishedError` before the first
    publication.
    """
    path = str(current_night(root) / "warehouse.duckdb")
    if as_of is None:
        connection = duckdb.connect(path, read_only=True, config=_config())
        connection.execute("SET TimeZone = 'UTC'")
        return connection
    connection = duckdb.connect(config=_config())
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(f"ATTACH {quoted(path)} AS night (READ_ONLY)")
    connection.execute(";".join(past_definitions("night", as_of)))
    return connection


def _config() -> dict[str, str | bool | int | float | list[str]]:
    return {"autoinstall_known_extensions": "false"}
