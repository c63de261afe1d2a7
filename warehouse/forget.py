"""Forgetting a brief: out of landing, lake and nights, with tombstones that keep it away.

tombstones and rows (one transaction) -> landing -> a new night, the old ones go -> the bytes

A kill anywhere leaves the tombstones, so that the next run finds what is left in landing and
erases it, and a note of what is erased (`warehouse.erasing`), so that `forget` finishes it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.attempts import Attempt, refusal
from warehouse.derive import find_originals
from warehouse.lake import append, filled
from warehouse.landing import landing_files, read_landing, write_landing
from warehouse.ledger import Ledger
from warehouse.publish import nights
from warehouse.remains import erase_sources
from warehouse.root import DataRoot, storage_errors
from warehouse.schema import SIMILAR_TEXTS, STORED, TOMBSTONES
from warehouse.table import Table
from warehouse.tombstones import (
    address_keys,
    is_forgotten,
    keys_to_forget,
    masked_places,
    tombstone,
)
from warehouse.urls import canonical

_NEEDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,]{23,78}[A-Za-z0-9]")
_NEEDLES = 40  # passages to look for: enough that no row of the brief is without one


@dataclass(frozen=True, slots=True)
class Target:
    """A brief to forget, and all by which it is found.

    ``mirrors`` are other briefs with the same words or nearly so (id, address or title), and
    ``cited_by`` those that link to it: both stay, and keep what is theirs.
    """

    brief_ids: tuple[str, ...]
    titles: tuple[str, ...]
    captures: frozenset[str]
    addresses: frozenset[str]
    keys: frozenset[str]
    texts: tuple[str, ...]
    mirrors: tuple[tuple[str, str], ...]
    cited_by: tuple[str, ...]


def find(connection: duckdb.DuckDBPyConnection, wanted: str) -> Target | None:
    """Return the brief with an id or address, or None. Several lead to one address at times."""
    present = filled(connection)
    if not {"briefs_history", "captures", "attempts", "brief_keys"} <= present:
        return None
    ids = _column(
        connection,
        """SELECT DISTINCT brief_id FROM lake.attempts WHERE brief_id = $1 OR capture_id IN (
            SELECT capture_id FROM lake.captures
            WHERE capture_id = $1 OR uri = $1 OR final_uri = $1)
        UNION SELECT brief_id FROM lake.brief_keys WHERE key = $2
        UNION SELECT brief_id FROM lake.briefs_history WHERE brief_id = $1 OR url = $1""",
        [wanted, f"url:{canonical(wanted)}"],
    )
    ids = [i for i in ids if i is not None]
    captures = _column(
        connection,
        """SELECT capture_id FROM lake.captures WHERE capture_id = $1 OR uri = $1 OR final_uri = $1
        UNION SELECT capture_id FROM lake.attempts
            WHERE capture_id IS NOT NULL AND list_contains($2, brief_id)""",
        [wanted, ids],
    )
    if not ids and not captures:
        return None
    pages = connection.execute(
        """SELECT uri, final_uri, sha256 FROM lake.captures
        WHERE list_contains($1, capture_id)""",
        [captures],
    ).fetchall()
    versions = connection.execute(
        """SELECT title, text, text_sha256, url, canonical_url FROM lake.briefs_history
        WHERE list_contains($1, brief_id)""",
        [ids],
    ).fetchall()
    keys = _column(
        connection, "SELECT key FROM lake.brief_keys WHERE list_contains($1, brief_id)", [ids]
    )
    bodies = [body for *_, body, _, _ in versions]
    addresses = {a for uri, final, _ in pages for a in (uri, final)}
    addresses |= {a for *_, url, normal in versions for a in (url, normal) if a}
    shared = _shared(connection, addresses, ids)
    addresses = {address for address in addresses if _place(address) not in shared}
    keys = [key for key in keys if key.removeprefix("url:") not in shared]
    mirrors = connection.execute(
        """SELECT brief_id, coalesce(url, title, '') FROM lake.briefs_history
        WHERE valid_to IS NULL AND (text_sha256 <> '' AND list_contains($1, text_sha256)
            OR list_contains($3, brief_id))
        AND NOT list_contains($2, brief_id) ORDER BY ALL""",
        [bodies, ids, _mirrors(connection, ids) if SIMILAR_TEXTS.name in present else []],
    ).fetchall()
    cited_by = (
        _column(
            connection,
            """SELECT DISTINCT brief_id FROM lake.links_history
        WHERE (list_contains($1, url) OR list_contains($1, canonical_url))
        AND NOT list_contains($2, brief_id) ORDER BY ALL""",
            [sorted(addresses), ids],
        )
        if "links_history" in present
        else []
    )
    return Target(
        tuple(sorted(ids)),
        tuple(sorted({title for title, *_ in versions if title})),
        frozenset(captures),
        frozenset(addresses),
        frozenset(keys_to_forget(keys, addresses, bodies, [sha for *_, sha in pages])),
        tuple(text for _, text, *_ in versions),
        tuple(mirrors),
        tuple(cited_by),
    )


def _shared(
    connection: duckdb.DuckDBPyConnection, addresses: Collection[str], ids: Collection[str]
) -> set[str]:
    """Return the places (canonical) among ``addresses`` that showed other briefs too.

    A rolling page does. They are those briefs' as well, and stay.
    """
    rows = connection.execute(
        """SELECT c.uri, c.final_uri FROM lake.captures c JOIN lake.attempts a USING (capture_id)
        WHERE (list_contains($1, c.uri) OR list_contains($1, c.final_uri))
        AND a.brief_id IS NOT NULL AND NOT list_contains($2, a.brief_id)""",
        [sorted(addresses), sorted(ids)],
    ).fetchall()
    return {_place(place) for row in rows for place in row if place}


def _place(address: str) -> str:
    return canonical(address) or address


def _mirrors(connection: duckdb.DuckDBPyConnection, ids: Collection[str]) -> list[str]:
    """Return the briefs that a night shows as mirrors of these, or of which these are mirrors."""
    found = find_originals(connection, "lake")
    originals = {found.get(brief_id, brief_id) for brief_id in ids}
    return sorted(originals | {mirror for mirror, of in found.items() if of in originals})


def _column(connection: duckdb.DuckDBPyConnection, query: str, values: list[object]) -> list[str]:
    return [row[0] for row in connection.execute(query, values).fetchall()]


def erase_rows(connection: duckdb.DuckDBPyConnection, target: Target, at: datetime) -> None:
    """Delete every row of the brief and of its pages, and leave tombstones.

    The caller holds the write lock and an open transaction.
    """
    append(
        connection,
        TOMBSTONES,
        [{"key_sha256": tombstone(key), "forgotten_at": at} for key in sorted(target.keys)],
    )
    present = filled(connection)
    by_column: Mapping[str, Collection[str]] = {
        "brief_id": target.brief_ids,
        "capture_id": target.captures,
        "uri": target.addresses,
    }
    for table in STORED:
        if table.name in present:
            for name, values in by_column.items():
                if name in table.columns and values:
                    connection.execute(
                        f"DELETE FROM lake.{table.name} WHERE list_contains(?, {name})",
                        [sorted(values)],
                    )
            _blank_messages(connection, table, target.addresses)
    erase_sources(connection, target.keys)


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


def forgotten_rows(staged: pa.Table, known: frozenset[str]) -> dict[str, Attempt]:
    """Return the staged captures that have a tombstone's key, each with its attempt."""
    found = {}
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


def needles(target: Target, others: Iterable[str]) -> list[str]:
    """Return passages that only this brief has: what a proof of its absence looks for.

    They are plain words without marks, so that no encoding and no markup hides them. ``others``
    are the texts that stay.
    """
    rest = "\n".join(others)
    found = [
        passage
        for text in (*target.titles, *target.texts)
        for passage in dict.fromkeys(_NEEDLE.findall(text))
        if passage not in rest
    ]
    distinct = list(dict.fromkeys(found))
    step = max(1, len(distinct) // _NEEDLES)
    return distinct[::step][:_NEEDLES]
