"""Forgetting a brief: out of landing, lake and nights, with tombstones that keep it away.

tombstones and rows (one transaction) -> landing -> a new night, the old ones go -> the bytes

A kill anywhere leaves the tombstones, so that the next run finds what is left in landing and
erases it, and a note of what is erased (`warehouse.erasing`), so that `forget` finishes it.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.attempts import Attempt, refusal
from warehouse.lake import append, filled
from warehouse.landing import landing_files, read_landing, write_landing
from warehouse.ledger import Ledger
from warehouse.publish import nights
from warehouse.remains import erase_sources
from warehouse.root import DataRoot, storage_errors
from warehouse.schema import STORED, TOMBSTONES
from warehouse.table import Table
from warehouse.target import Target
from warehouse.tombstones import (
    address_keys,
    is_forgotten,
    keys_to_forget,
    masked_places,
    tombstone,
)


def erase_rows(connection: duckdb.DuckDBPyConnection, target: Target, at: datetime) -> None:
    """Delete every row of the brief and of its pages, and leave tombstones.

    The caller holds the write lock and an open transaction.
    """
    append(
        connection,
        TOMBSTONES,
        [{"key_sha256": tombstone(key), "forgotten_at": at} for key in sorted(target.keys)],
    )
    for name, values in (("brief_id", target.brief_ids), ("uri", target.addresses)):
        _delete(connection, name, values)
    erase_captures(connection, target.captures)
    for table in STORED:
        if table.name in filled(connection):
            _blank_messages(connection, table, target.addresses)
    erase_sources(connection, target.keys)


def erase_captures(connection: duckdb.DuckDBPyConnection, captures: Collection[str]) -> None:
    """Delete every row of stored pages. The caller holds the lock and an open transaction."""
    _delete(connection, "capture_id", captures)


def _delete(connection: duckdb.DuckDBPyConnection, name: str, values: Collection[str]) -> None:
    """Delete the rows of every table that have one of ``values`` in a column."""
    present = filled(connection)
    for table in STORED:
        if table.name in present and name in table.columns and values:
            connection.execute(
                f"DELETE FROM lake.{table.name} WHERE list_contains(?, {name})", [sorted(values)]
            )


def _blank_messages(
    connection: duckdb.DuckDBPyConnection, table: Table, addresses: Iterable[str]
) -> None:
    """Take messages out of the books that name one of the addresses."""
    for name in ("message", "last_error"):
        if name in table.columns:
            for address in addresses:
                connection.execute(
                    f"UPDATE lake.{table.name} SET {name} = NULL WHERE contains({name}, ?)",
                    [address],
                )


def erase_from_landing(root: DataRoot, captures: Collection[str]) -> int:
    """Write the landing files anew that hold these captures, without them; return how many."""
    ids = pa.array(sorted(captures), pa.string())
    written = 0
    for name in landing_files(root):
        try:
            table = read_landing(root, name).drop_columns(["landing_file"])
        except (OSError, pa.ArrowInvalid):
            continue  # damaged; the proof looks at its bytes
        kept = table.filter(pc.invert(pc.is_in(table["capture_id"], value_set=ids)))
        if kept.num_rows == table.num_rows:
            continue
        written += 1
        if kept.num_rows:
            write_landing(root, name, kept)
        else:
            with storage_errors(root.landing / name):
                (root.landing / name).unlink()
    return written


def tombstones(
    connection: duckdb.DuckDBPyConnection, name: str, present: Collection[str]
) -> frozenset[str]:
    """Return the tombstones of the attached lake or night ``name``; ``present`` are its tables."""
    if TOMBSTONES.name not in present:
        return frozenset()
    rows = connection.execute(f"SELECT DISTINCT key_sha256 FROM {name}.tombstones").fetchall()
    return frozenset(row[0] for row in rows)


def forgotten_rows(staged: pa.Table, known: frozenset[str]) -> dict[str, Attempt]:
    """Return the staged captures that have a tombstone's key, each with its attempt."""
    found: dict[str, Attempt] = {}
    if not known:
        return found
    columns = ["capture_id", "source", "uri", "final_uri", "fetched_at", "sha256", "keys"]
    bodies = pc.struct_field(staged["brief"], "text_sha256").to_pylist()
    for row, body in zip(staged.select(columns).to_pylist(), bodies, strict=True):
        addresses = (row["uri"], row["final_uri"])
        keys = keys_to_forget(row["keys"] or (), addresses, (body,), (row["sha256"],))
        if is_forgotten(known, keys):
            found[row["capture_id"]] = refusal(row["source"], row["uri"], row["fetched_at"])
    return found


def remembered(ledger: Ledger, known: frozenset[str]) -> Ledger:
    """Return a ledger without the addresses of what was forgotten."""
    if not known:
        return ledger
    pages = [page for page in ledger.pages if not is_forgotten(known, address_keys(page.uri))]
    sources = [
        replace(state, location=masked_places(state.location, partial(is_forgotten, known)))
        for state in ledger.sources
        if not is_forgotten(known, address_keys(state.source))
    ]
    return replace(ledger, pages=pages, sources=sources)


def delete_other_nights(root: DataRoot) -> list[str]:
    """Delete every night but the current one; return their names."""
    current = root.current.readlink().name
    others = [name for name in nights(root) if name != current]
    for name in others:
        shutil.rmtree(root.published / name)
    return others
