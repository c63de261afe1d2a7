"""Reading the published night: resolved once, then one whole night to the end."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.errors import NothingPublishedError
from warehouse.root import DataRoot


def current_night(root: DataRoot) -> Path:
    """Return the folder of the night that is current now; it does not change any more."""
    try:
        return root.current.resolve(strict=True)
    except OSError:
        raise NothingPublishedError(root.path) from None


def open_published(root: DataRoot) -> duckdb.DuckDBPyConnection:
    """Open the current night's warehouse, read-only, for any SQL.

    Raises :class:`NothingPublishedError` before the first publication.
    """
    night = current_night(root)
    connection = duckdb.connect(
        str(night / "warehouse.duckdb"),
        read_only=True,
        config={"autoinstall_known_extensions": "false"},
    )
    connection.execute("SET TimeZone = 'UTC'")
    return connection
