"""``forget``: a brief erased everywhere, and the proof that it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows import __version__
from flows.pipeline import new_run_id
from flows.settings import Settings
from warehouse.forget import (
    Target,
    delete_other_nights,
    erase_from_landing,
    erase_rows,
    find,
    needles,
)
from warehouse.lake import transaction
from warehouse.maintain import compact_lake, vacuum_catalog
from warehouse.proof import occurrences
from warehouse.root import DataRoot, writing
from warehouse.store import Run, Store, decisions_for, open_store


@dataclass(frozen=True)
class Forgotten:
    """What was erased, and what a search of every file found of it: ``left`` is {} if nothing.

    ``addresses_left`` are occurrences of its addresses alone, in the words of briefs that cite it.
    """

    target: Target
    landing_files: int
    nights: list[str]
    night: Path
    passages: int
    left: dict[str, int]
    addresses_left: dict[str, int]
    vacuumed: bool


def look_up(settings: Settings, wanted: str) -> Target | None:
    """Return what ``forget`` would erase."""
    root = DataRoot(settings.data.absolute())
    if not root.catalog.exists():
        return None
    with open_store(root) as store:
        return find(store.connection, wanted)


def forget(settings: Settings, wanted: str) -> Forgotten | None:
    """Erase a brief from landing, lake and nights, and search every file for what is left of it.

    Returns None if there is no such brief. Safe to kill and to run again.
    """
    root = DataRoot(settings.data.absolute())
    started = datetime.now(UTC)
    this = Run(new_run_id(started), "forget", started, __version__)
    with open_store(root, decisions_for(root, settings.experts)) as store, store.writing():
        target = find(store.connection, wanted)
        if target is None:
            return None
        passages = needles(target, _other_texts(store, target))
        root.unpublished.touch()
        with transaction(store.connection):
            erase_rows(store.connection, target, started)
        written = erase_from_landing(root, target.captures)
        store.book(this, datetime.now(UTC), ())
        night = store.publish(this)
        nights = delete_other_nights(root)
        compact_lake(store.connection, timedelta(0), timedelta(0))
    with writing(root):
        vacuumed = vacuum_catalog(root)
        left = occurrences(root, passages)
        addresses = occurrences(root, sorted(target.addresses))
    return Forgotten(target, written, nights, night, len(passages), left, addresses, vacuumed)


def _other_texts(store: Store, target: Target) -> Sequence[str]:
    """Return the texts that stay, in all their versions."""
    rows = store.connection.execute(
        "SELECT text FROM lake.briefs_history WHERE NOT list_contains(?, brief_id)",
        [list(target.brief_ids)],
    ).fetchall()
    return [row[0] for row in rows]
