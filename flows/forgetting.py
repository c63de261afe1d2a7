"""``forget``: a brief erased everywhere, and the proof that it is."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows import __version__
from flows.late import Together, merge_late, together
from flows.pipeline import new_run_id
from flows.runner import DirectRunner
from flows.settings import Settings
from flows.sources.looks import forget_looks
from flows.staging import take_apart
from warehouse.decide import Decision
from warehouse.erasing import Erasure, note, noted, take_off
from warehouse.errors import WarehouseError
from warehouse.forget import delete_other_nights, erase_from_landing, erase_rows
from warehouse.known import late_captures
from warehouse.lake import transaction
from warehouse.maintain import compact_lake, vacuum_catalog
from warehouse.merge import foreseen
from warehouse.proof import search
from warehouse.reextract import replace_rows
from warehouse.remains import Remains, remains
from warehouse.replay import plan
from warehouse.root import DataRoot, storage_errors, writing
from warehouse.store import Run, Store, decisions_for, open_store
from warehouse.target import Target, beside, find, joined, needles


@dataclass(frozen=True)
class Forgotten:
    """What was erased, and what a search of every file found of it: ``left`` is {} if nothing.

    ``addresses_left`` are occurrences of its addresses; ``remains`` tells which are others' words.
    ``unread`` held pages could not be read, so that nobody knows whose they are; they stay.
    ``damaged`` are files of which nobody can tell what they hold; ``teased`` tells that stored
    pages of others have its title, as a list of further reading does. ``stayed`` says in words what
    of others could not be merged anew without it, because a page can't be read.
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
    unread: int
    damaged: tuple[str, ...]
    teased: bool
    stayed: tuple[str, ...]

    @property
    def in_pages(self) -> bool:
        """Whether stored pages of others name it."""
        return self.teased or any(name.startswith("landing/") for name in self.addresses_left)

    @property
    def done(self) -> bool:
        """Whether nothing is left but what others say."""
        found = self.left or self.unexplained or self.remains.books or self.damaged
        return not found and self.vacuumed

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
        return find(store.connection, wanted, _Held(store, settings).foresee)


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
    stayed: list[str] = []
    with open_store(root, decisions_for(root, settings.experts)) as store, ExitStack() as locked:
        if late_captures(store.connection):  # a run was cut off: they may be another brief's
            _, why = merge_late(store, this, (), settings, DirectRunner(), lambda *_: None)
            stayed += [why] if why else []
            shutil.rmtree(root.staging / this.run_id, ignore_errors=True)
        locked.enter_context(store.writing())
        held = _Held(store, settings)
        target = find(store.connection, wanted, held.foresee)
        erasure = _cut_off(root, wanted)
        if target is not None:
            passages = needles(target, _other_texts(store, target, held.texts))
            if erasure is not None:  # cut off, and more has come since
                target = joined(erasure.target, target)
                passages = list(dict.fromkeys([*erasure.passages, *passages]))
            note(root, erasure := Erasure(wanted, target, tuple(passages)))
            root.unpublished.touch()
            with _staged_beside(store, this.run_id, settings, target, stayed) as others:
                erase(store, this.run_id, target, others, started)
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
        titles = [p for p in erasure.passages if any(p in t for t in erasure.target.titles)]
        words = search(root, [p for p in erasure.passages if p not in titles])
        titled, addresses = search(root, titles), search(root, named)
        kept = remains(night, named)
        teased = {name for name in titled.found if name.startswith("landing/")}
        left = words.found | {n: k for n, k in titled.found.items() if n not in teased}
        if left or not vacuumed:
            note(root, erasure)  # so that the same command may try again
    return Forgotten(
        erasure.target,
        written,
        nights,
        night,
        len(erasure.passages),
        left,
        addresses.found,
        kept,
        vacuumed,
        held.unread,
        tuple(dict.fromkeys([*words.unread, *titled.unread, *addresses.unread])),
        bool(teased),
        tuple(stayed),
    )


def erase(store: Store, run_id: str, target: Target, others: Together, at: datetime) -> None:
    """Delete the rows of a brief, and merge ``others`` as if it had never been, at once."""
    with transaction(store.connection):
        erase_rows(store.connection, target, at)
        if others.briefs:
            replace_rows(store.connection, run_id, others.briefs, others.pages, others.staged)


@contextmanager
def _staged_beside(
    store: Store, run_id: str, settings: Settings, target: Target, stayed: list[str]
) -> Iterator[Together]:
    """Take the pages apart of briefs that share an address or title with those of ``target``.

    None, if one of their pages can't be read: they stay as they are, which ``stayed`` is told.
    """
    work = partial(
        take_apart, store.root, run_id, settings=settings, runner=DirectRunner(),
        notify=lambda *_: None,
    )  # fmt: skip
    try:
        others = Together(set(), [], [], set())
        try:
            near = beside(store.connection, target)
            others = together(store, near, work, without=target.brief_ids)
        except WarehouseError as error:
            stayed.append(f"briefs that share its addresses or title are not merged anew: {error}")
        yield others
    finally:
        shutil.rmtree(store.root.staging / run_id, ignore_errors=True)


class _Held:
    """Held pages, taken apart once where ``forget`` meets some: their briefs, and their words."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self.texts: dict[str, str] = {}
        self.unread = 0

    def foresee(self, captures: Collection[str]) -> list[Decision]:
        """Return what would become of each held one of ``captures``.

        What can't be read is left out, counted, and stays.
        """
        held = [p for p in plan(self._store.connection, captures) if p.kind == "held"]
        run_id = new_run_id(datetime.now(UTC))
        staged: list[Path] = []
        try:
            file = attrgetter("landing_file")
            for _, pages in groupby(sorted(held, key=file), file):
                with suppress(WarehouseError):  # gone, or damaged: the others are read
                    staged += take_apart(
                        self._store.root, run_id, list(pages), self._settings, DirectRunner(),
                        lambda *_: None,
                    )  # fmt: skip
            self.unread = len(held)
            if not staged:
                return []
            rows = pa.concat_tables(map(pq.read_table, staged), promote_options="default")
        finally:
            shutil.rmtree(self._store.root.staging / run_id, ignore_errors=True)
        texts = pc.struct_field(rows["brief"], "text").to_pylist()
        told = zip(rows["capture_id"].to_pylist(), texts, strict=True)
        self.unread -= rows.num_rows
        self.texts = {str(capture_id): text for capture_id, text in told if text}
        return foreseen(self._store.connection, rows)


def _cut_off(root: DataRoot, wanted: str) -> Erasure | None:
    return next((erasure for erasure in noted(root) if erasure.concerns(wanted)), None)


def _other_texts(store: Store, target: Target, held: Mapping[str, str]) -> Sequence[str]:
    """Return the texts that stay, in all their versions, and those of ``held`` pages."""
    rows = store.connection.execute(
        "SELECT text FROM lake.briefs_history WHERE NOT list_contains(?, brief_id)",
        [list(target.brief_ids)],
    ).fetchall()
    waiting = [text for capture_id, text in held.items() if capture_id not in target.captures]
    return [*(row[0] for row in rows), *waiting]
