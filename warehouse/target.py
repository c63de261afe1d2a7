"""What there is to forget: a brief, and every key, page and address that is its alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import duckdb

from warehouse.decide import Decision
from warehouse.derive import find_originals
from warehouse.identity import lasting_key
from warehouse.lake import filled
from warehouse.schema import SIMILAR_TEXTS
from warehouse.tombstones import keys_to_forget
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


def joined(one: Target, other: Target) -> Target:
    """Return all that either names: an erasure that was cut off, and what has come since."""
    parts: list[Any] = []
    for field in fields(Target):
        a, b = getattr(one, field.name), getattr(other, field.name)
        parts.append(a | b if isinstance(a, frozenset) else tuple(dict.fromkeys((*a, *b))))
    return Target(*parts)


Foresee = Callable[[Collection[str]], Sequence[Decision]]
"""Tells what would become of held captures; one that can't be read is left out."""

_HELD = "SELECT capture_id FROM lake.attempts WHERE outcome = 'held' AND capture_id IS NOT NULL"


def find(connection: duckdb.DuckDBPyConnection, wanted: str, foresee: Foresee) -> Target | None:
    """Return the brief with an id or address, or None. Several lead to one address at times.

    What other briefs have as well is theirs: an address that showed or declared them too, title
    and day, words and bytes that they have had. Held pages, at any address, are its if they would
    lead to it; what the others of them have is others'.
    """
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
    captures = set(
        _column(
            connection,
            """SELECT capture_id FROM lake.captures
            WHERE capture_id = $1 OR uri = $1 OR final_uri = $1
            UNION SELECT capture_id FROM lake.attempts
                WHERE capture_id IS NOT NULL AND list_contains($2, brief_id)""",
            [wanted, ids],
        )
    )
    if not ids and not captures:
        return None
    versions = connection.execute(
        """SELECT title, text, url, canonical_url FROM lake.briefs_history
        WHERE list_contains($1, brief_id)""",
        [ids],
    ).fetchall()
    held = foresee(_column(connection, _HELD, []))
    captures |= {d.arrival.capture_id for d in held if d.brief_id in ids}
    waiting = [d.arrival for d in held if d.arrival.capture_id not in captures]
    pages = _pages(connection, captures)
    addresses = {a for page in pages for a in page[:2]}
    addresses |= {a for *_, url, normal in versions for a in (url, normal) if a}
    others = {key for _, key in _lasting_keys(connection, ids)}
    others |= {key for arrival in waiting for key in arrival.keys}
    shared = _shared(connection, addresses, ids)
    shared |= {key.removeprefix("url:") for key in others}
    shared |= {
        _place(a) for page in _pages(connection, {w.capture_id for w in waiting}) for a in page[:2]
    }
    addresses = {address for address in addresses if _place(address) not in shared}
    contents = {sha256 for *_, sha256 in pages} - {arrival.sha256 for arrival in waiting}
    bodies = _own_bodies(connection, ids) - {arrival.text_sha256 for arrival in waiting}
    captures |= _rejected(connection, addresses)
    keys = _column(
        connection,
        "SELECT DISTINCT key FROM lake.brief_keys WHERE list_contains($1, brief_id)",
        [ids],
    )
    mirrors = connection.execute(
        """SELECT brief_id, coalesce(url, title, '') FROM lake.briefs_history
        WHERE valid_to IS NULL AND (text_sha256 <> '' AND text_sha256 IN (
            SELECT text_sha256 FROM lake.briefs_history WHERE list_contains($1, brief_id))
            OR list_contains($2, brief_id))
        AND NOT list_contains($1, brief_id) ORDER BY ALL""",
        [ids, _mirrors(connection, ids) if SIMILAR_TEXTS.name in present else []],
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
        frozenset(
            keys_to_forget(
                (key for key in keys if key.removeprefix("url:") not in shared),
                addresses,
                bodies,
                _own_contents(connection, contents, captures),
            )
        ),
        tuple(text for _, text, *_ in versions),
        tuple(mirrors),
        tuple(cited_by),
    )


def _pages(
    connection: duckdb.DuckDBPyConnection, captures: Collection[str]
) -> list[tuple[str, str, str]]:
    """Return address asked, address that answered and hash of the bytes of each capture."""
    return connection.execute(
        "SELECT uri, final_uri, sha256 FROM lake.captures WHERE list_contains($1, capture_id)",
        [sorted(captures)],
    ).fetchall()


def _rejected(connection: duckdb.DuckDBPyConnection, addresses: Collection[str]) -> set[str]:
    """Return the rejected pages of addresses that are one brief's alone: they go with it."""
    return set(
        _column(
            connection,
            """SELECT capture_id FROM lake.captures c JOIN lake.attempts a USING (capture_id)
            WHERE a.brief_id IS NULL AND a.outcome <> 'held'
            AND (list_contains($1, c.uri) OR list_contains($1, c.final_uri))""",
            [sorted(addresses)],
        )
    )


def _shared(
    connection: duckdb.DuckDBPyConnection, addresses: Collection[str], ids: Collection[str]
) -> set[str]:
    """Return the places (canonical) among ``addresses`` that are other briefs' too.

    A rolling page shows several, and templates declare one address for all their pages.
    """
    rows = connection.execute(
        """SELECT c.uri, c.final_uri FROM lake.captures c JOIN lake.attempts a USING (capture_id)
        WHERE (list_contains($1, c.uri) OR list_contains($1, c.final_uri))
        AND a.brief_id IS NOT NULL AND NOT list_contains($2, a.brief_id)
        UNION ALL SELECT substring(key, 5), NULL FROM lake.brief_keys
        WHERE list_contains($3, key) AND NOT list_contains($2, brief_id)""",
        [sorted(addresses), sorted(ids), sorted({f"url:{_place(a)}" for a in addresses})],
    ).fetchall()
    return {_place(place) for row in rows for place in row if place}


def beside(connection: duckdb.DuckDBPyConnection, target: Target) -> set[str]:
    """Return the other briefs that share an address, or title and day, with these.

    Once these are gone, what led to them leads to the others, as it would have without them.
    """
    ids = list(target.brief_ids)
    keys = _column(
        connection, "SELECT key FROM lake.brief_keys WHERE list_contains($1, brief_id)", [ids]
    )
    places = {key.removeprefix("url:") for key in keys if key.startswith("url:")}
    shown = connection.execute(
        """SELECT brief_id, canonical_url FROM lake.briefs_history
        UNION SELECT brief_id, unnest([c.uri, c.final_uri])
        FROM lake.attempts JOIN lake.captures c USING (capture_id) WHERE brief_id IS NOT NULL"""
    ).fetchall()
    led = _column(
        connection, "SELECT brief_id FROM lake.brief_keys WHERE list_contains($1, key)", [keys]
    )
    titled = {brief_id for brief_id, key in _lasting_keys(connection, ids) if key in keys}
    there = {brief_id for brief_id, address in shown if address and _place(address) in places}
    return {*led, *titled, *there}.difference(ids)


def _lasting_keys(
    connection: duckdb.DuckDBPyConnection, ids: Collection[str]
) -> set[tuple[str, str]]:
    """Return the keys of title and day that other briefs (ids) have had on the days of these.

    They may lead to one of these all the same: it had the title first, and the other was edited.
    """
    rows = connection.execute(
        """SELECT DISTINCT brief_id, publisher, published_on, title, url, canonical_url
        FROM lake.briefs_history WHERE NOT list_contains($1, brief_id) AND published_on IN (
            SELECT published_on FROM lake.briefs_history WHERE list_contains($1, brief_id))""",
        [sorted(ids)],
    ).fetchall()
    return {
        (brief_id, key)
        for brief_id, publisher, day, title, url, declared in rows
        if (key := lasting_key(publisher, day, title, canonical(url) or canonical(declared)))
    }


def _own_bodies(connection: duckdb.DuckDBPyConnection, ids: Collection[str]) -> set[str]:
    """Return the hashes of bodies that these briefs alone have had.

    One too short for a signature may be anybody's: "The new episode is out now."
    """
    found = _column(
        connection,
        """SELECT DISTINCT text_sha256 FROM lake.briefs_history
        WHERE list_contains($1, brief_id) AND len(signature) > 0 AND text_sha256 NOT IN (
            SELECT text_sha256 FROM lake.briefs_history WHERE NOT list_contains($1, brief_id))""",
        [sorted(ids)],
    )
    return set(found)


def _own_contents(
    connection: duckdb.DuckDBPyConnection, contents: Collection[str], captures: Collection[str]
) -> set[str]:
    """Return the ``contents`` (hashes of bytes) that no other capture with a brief has."""
    others = _column(
        connection,
        """SELECT c.sha256 FROM lake.captures c JOIN lake.attempts a USING (capture_id)
        WHERE list_contains($1, c.sha256) AND NOT list_contains($2, capture_id)
        AND a.brief_id IS NOT NULL""",
        [sorted(contents), sorted(captures)],
    )
    return set(contents).difference(others)


def _place(address: str) -> str:
    return canonical(address) or address


def _mirrors(connection: duckdb.DuckDBPyConnection, ids: Collection[str]) -> list[str]:
    """Return the briefs that a night shows as mirrors of these, or of which these are mirrors."""
    found = find_originals(connection, "lake")
    originals = {found.get(brief_id, brief_id) for brief_id in ids}
    return sorted(originals | {mirror for mirror, of in found.items() if of in originals})


def _column(connection: duckdb.DuckDBPyConnection, query: str, values: list[object]) -> list[str]:
    return [row[0] for row in connection.execute(query, values).fetchall()]


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
