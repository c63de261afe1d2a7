"""``forget``: a brief erased everywhere, and the proof that it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows import __version__
from flows.pipeline import new_run_id
from flows.settings import Settings
from flows.sources.looks import forget_looks
from warehouse.erasing import Erasure, note, noted, take_off
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
from warehouse.remains import Remains, remains
from warehouse.root import DataRoot, storage_errors, writing
from warehouse.store import Run, Store, decisions_for, open_store


@dataclass(frozen=True)
class Forgotten:
    """What was erased, and what a search of every file found of it: ``left`` is {} if nothing.

    ``addresses_left`` are occurrences of its addresses; ``remains`` tells which are others' words.
    """

    target: Target
    landing_files: int
    nights: list[str]
    night: Path
    passages: int
    left: dict[str, int]
    addresses_left: dict[str, int]
    remains: Remains
    vacuumed: bool

    @property
    def in_pages(self) -> bool:
        """Whether stored pages of others name it."""
        return any(name.startswith("landing/") for name in self.addresses_left)

    @property
    def done(self) -> bool:
        """Whether nothing is left but what others say."""
        return not (self.left or self.unexplained or self.remains.books) and self.vacuumed

    @property
    def unexplained(self) -> list[str]:
        """The files that name it, though nothing that others say is a reason for it."""
        theirs = ["landing/"]
        if self.remains.briefs or self.remains.longer:
            theirs += ["lake/", "published/"]
        return [name for name in self.addresses_left if not name.startswith(tuple(theirs))]


def look_up(settings: Settings, wanted: str) -> Target | None:
    """Return what ``forget`` would erase, or has yet to finish erasing."""
    root = DataRoot(settings.data.absolute())
    if not root.catalog.exists():
        return None
    if cut_off := _cut_off(root, wanted):
        return cut_off.target
    with open_store(root) as store:
        return find(store.connection, wanted)


def forget(settings: Settings, wanted: str) -> Forgotten | None:
    """Erase a brief from landing, lake and nights, and search every file for what is left of it.

    Returns None if there is no such brief. Safe to kill: the same call finishes it.
    """
    root = DataRoot(settings.data.absolute())
    with storage_errors(root.path):
        return _forget(root, settings, wanted)


def _forget(root: DataRoot, settings: Settings, wanted: str) -> Forgotten | None:
    started = datetime.now(UTC)
    this = Run(new_run_id(started), "forget", started, __version__)
    with open_store(root, decisions_for(root, settings.experts)) as store, store.writing():
        target = find(store.connection, wanted)
        erasure = _cut_off(root, wanted)
        if target is not None:
            passages = needles(target, _other_texts(store, target))
            note(root, erasure := Erasure(wanted, target, tuple(passages)))
            root.unpublished.touch()
            with transaction(store.connection):
                erase_rows(store.connection, target, started)
        elif erasure is None:
            return None
        written = erase_from_landing(root, erasure.target.captures)
        forget_looks(root.path / "state", erasure.target.addresses)
        store.book(this, datetime.now(UTC), ())
        night = store.publish(this)
        nights = delete_other_nights(root)
        compact_lake(store.connection, timedelta(0), timedelta(0))
    with writing(root):
        named = sorted(erasure.target.addresses)
        vacuumed = vacuum_catalog(root, [*named, *erasure.passages])
        take_off(root, erasure)  # the search would find the words in it
        left = occurrences(root, erasure.passages)
        addresses = occurrences(root, named)
        kept = remains(night, named)
        if left or not vacuumed:
            note(root, erasure)  # so that the same command may try again
    return Forgotten(
        erasure.target,
        written,
        nights,
        night,
        len(erasure.passages),
        left,
        addresses,
        kept,
        vacuumed,
    )


def _cut_off(root: DataRoot, wanted: str) -> Erasure | None:
    return next((erasure for erasure in noted(root) if erasure.concerns(wanted)), None)


def _other_texts(store: Store, target: Target) -> Sequence[str]:
    """Return the texts that stay, in all their versions."""
    rows = store.connection.execute(
        "SELECT text FROM lake.briefs_history WHERE NOT list_contains(?, brief_id)",
        [list(target.brief_ids)],
    ).fetchall()
    return [row[0] for row in rows]
