"""What was forgotten stays away: hashes of every key by which it could come back. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable

from warehouse.urls import canonical


def tombstone(key: str) -> str:
    """Return the hash under which a key is kept."""
    return hashlib.sha256(f"forgotten\x1f{key}".encode("utf-8", "replace")).hexdigest()


def address_keys(*addresses: str | None) -> set[str]:
    """Return the keys of addresses and paths: as they are, and as briefs are matched by them."""
    found = set()
    for address in addresses:
        if address:
            found.add(f"uri:{address}")
            if normal := canonical(address):
                found.add(f"url:{normal}")
    return found


def keys_to_forget(
    keys: Iterable[str],
    addresses: Iterable[str | None],
    bodies: Iterable[str | None],
    contents: Iterable[str | None],
) -> set[str]:
    """Return every key of a brief: its own, addresses, and hashes of its words and of its bytes."""
    return {
        *keys,
        *address_keys(*addresses),
        *(f"body:{body}" for body in bodies if body),
        *(f"bytes:{content}" for content in contents if content),
    }


def is_forgotten(known: frozenset[str], keys: Iterable[str]) -> bool:
    """Tell whether one of these keys is a tombstone's."""
    return bool(known) and any(tombstone(key) in known for key in keys)


def masked_places(location: str, forgotten: Callable[[set[str]], bool]) -> str:
    """Return the places of a source, which ", " parts, without those that were forgotten."""
    places = location.split(", ")
    return ", ".join(masked(f"uri:{p}") if forgotten(address_keys(p)) else p for p in places)


def masked(key: str) -> str:
    """Return what stands in the books for the address of something forgotten."""
    return f"(forgotten {tombstone(key)[:12]})"
