"""``reprocess``: what landing holds, read by today's code, in place of what was read before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from extractors.profile import ProfileError
from extractors.profile_file import shipped
from flows import __version__
from flows.pipeline import Notify, new_run_id
from flows.profiles import own_profiles
from flows.runner import Runner
from flows.settings import Settings
from flows.staging import take_apart
from warehouse.errors import WarehouseError
from warehouse.keys import sharing_addresses
from warehouse.lake import transaction
from warehouse.reextract import (
    PublisherDiff,
    book,
    briefs_of,
    captures_of,
    lost_pages,
    profiles_used,
    replace_rows,
)
from warehouse.replay import Planned, in_order, missing_files, plan, profiles_in
from warehouse.root import DataRoot, storage_errors
from warehouse.store import Run, Store, decisions_for, open_store


@dataclass(frozen=True)
class Reprocessed:
    """What today's code reads otherwise, by publisher; ``night`` if it was published.

    ``refused`` names the publishers whose loss is above the threshold and was not accepted.
    ``lost`` tells why pages give no brief any more: reason, number, address and message of one.
    """

    captures: int
    diffs: list[PublisherDiff] = field(default_factory=list)
    night: Path | None = None
    refused: list[str] = field(default_factory=list)
    lost: list[tuple[str, int, str, str]] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return any(d.changes for d in self.diffs)


class RefusedError(WarehouseError):
    """A re-extraction that was not published, because too many briefs lose a value or their id."""

    def __init__(self, report: Reprocessed) -> None:
        self.report = report
        super().__init__("\n".join(_outcome(report)))


class _RolledBack(Exception):
    """Nothing of the transaction is wanted."""


def reprocess(
    settings: Settings,
    runner: Runner,
    notify: Notify = lambda stage, done, total: None,
    *,
    profile: str | None = None,
    since: date | None = None,
    accept: bool = False,
    dry_run: bool = False,
) -> Reprocessed:
    """Extract what landing holds anew, compare, and publish what is accepted.

    ``profile`` takes only briefs that it read, or reads now; ``since`` only those with a page
    fetched on that day (UTC) or later. Without ``accept`` nothing is changed if at one publisher
    more than ``settings.reprocess_loss`` of the briefs lose a value or their id; with ``dry_run``
    never. Raises :class:`~extractors.profile.ProfileError` for a profile that is not there and
    read none.
    """
    root = DataRoot(settings.data.absolute())
    root.must_exist()
    decisions = decisions_for(root, settings.experts)
    started = datetime.now(UTC)
    this = Run(new_run_id(started), "reprocess", started, __version__)
    with storage_errors(root.path), open_store(root, decisions) as store, store.writing():
        if profile is not None:
            _need_profile(profile, store, settings)
        try:
            work = _Work(this, store, settings, runner, notify)
            scope = work.scope(profile, since)
            if not scope.planned:
                return Reprocessed(0)
            diffs: list[PublisherDiff] = []
            refused: list[str] = []
            lost: list[tuple[str, int, str, str]] = []
            try:
                with transaction(store.connection):
                    diffs = replace_rows(
                        store.connection, this.run_id, scope.briefs, scope.planned, scope.staged
                    )
                    lost = lost_pages(store.connection)
                    if not accept:
                        loss = settings.reprocess_loss
                        refused = [d.publisher for d in diffs if d.share_worse > loss]
                    if refused or dry_run or not any(d.changes for d in diffs):
                        raise _RolledBack
                    root.unpublished.touch()
                    book(store.connection, this.run_id, datetime.now(UTC), diffs)
            except _RolledBack:
                return Reprocessed(len(scope.planned), diffs, None, refused, lost)
            store.book(this, datetime.now(UTC), ())
            night = store.publish(this)
            notify("publish", 1, 1)
            return Reprocessed(len(scope.planned), diffs, night, lost=lost)
        finally:
            shutil.rmtree(root.staging / this.run_id, ignore_errors=True)


def _need_profile(name: str, store: Store, settings: Settings) -> None:
    profiles = own_profiles(settings.profiles) or shipped()
    there_are = {profile.name for profile in profiles.known} | profiles_used(store.connection)
    if name not in there_are:
        raise ProfileError(f"no profile {name!r}; there are {', '.join(sorted(there_are))}")


def in_words(report: Reprocessed) -> Iterator[str]:
    """Tell what a re-extraction changes, field by field and publisher by publisher."""
    yield f"{report.captures} stored pages were read anew."
    for diff in report.diffs:
        yield (
            f"{diff.publisher or '(no publisher)'}: {diff.briefs} brief{'s' * (diff.briefs != 1)}, "
            f"{diff.changed} changed, {diff.lost} lost a value"
            + (f", {diff.renamed} got another id" if diff.renamed else "")
        )
        for change in diff.changes:
            name = f"{change.table}.{change.column}" if change.column else change.table
            yield f"  {name}: {change.rows} {change.what}"
            for key, old, new in change.examples:
                shown = f": {_short(old)} -> {_short(new)}" if change.column else ""
                yield f"    {key}{shown}"
    for reason, pages, uri, message in report.lost:
        yield f"Pages that give no brief any more ({reason}): {pages}, such as {uri}"
        yield f"  {message}"
    yield from _outcome(report)


def _outcome(report: Reprocessed) -> Iterator[str]:
    if report.refused:
        names = ", ".join(name or "(no publisher)" for name in report.refused)
        refused = [diff for diff in report.diffs if diff.publisher in report.refused]
        ways = ["lose a value"] if any(diff.lost for diff in refused) else []
        ways += ["get another id"] if any(diff.renamed for diff in refused) else []
        yield f"Nothing was changed: too many briefs of {names} {' or '.join(ways)}."
        if any(diff.renamed for diff in refused):
            yield "What was noted by id elsewhere would lead nowhere: briefs, and all rows of them."
        yield "If that is right, run it again with --accept (in a flow: accept = true)."
    elif report.night:
        yield f"Published: {report.night}"
    elif report.changed:
        yield "Nothing was changed: --dry-run."
    else:
        yield "Today's code reads the same; nothing to publish."


def _short(value: Any) -> str:
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= 70 else f"{text[:66]} ...'"


@dataclass(frozen=True)
class _Scope:
    briefs: set[str]
    planned: list[Planned]
    staged: list[Path]


@dataclass(frozen=True)
class _Work:
    this: Run
    store: Store
    settings: Settings
    runner: Runner
    notify: Notify

    def scope(self, profile: str | None, since: date | None) -> _Scope:
        """Return the briefs to read anew, all their captures, and these taken apart."""
        connection = self.store.connection
        every = {p.capture_id: p for p in plan(connection) if p.kind != "held"}
        start = datetime.combine(since or date.min, time(), UTC)
        asked = {c for c, p in every.items() if since is None or p.fetched_at >= start}
        lacking = missing_files(self.store.root, every.values())
        gone = {c for c, p in every.items() if p.landing_file in lacking}
        asked -= gone
        left = briefs_of(connection, gone, None)  # a page of theirs is not kept: they stay as read
        asked -= captures_of(connection, left)
        if profile is None:
            briefs = sharing_addresses(connection, briefs_of(connection, asked, None)) - left
            captures = (captures_of(connection, briefs) | asked) & set(every)
            planned = in_order(every[c] for c in captures)
            return _Scope(briefs, planned, self._taken_apart(planned))
        # a page that another profile read may be one of this profile's now: all are tried
        tried = self._taken_apart(in_order(every[c] for c in asked))
        asked -= captures_of(connection, left)
        theirs = {
            c for c, found in profiles_in(connection, tried).items() if found == profile
        } & asked
        briefs = briefs_of(connection, asked, profile) | briefs_of(connection, theirs, None)
        briefs = sharing_addresses(connection, briefs) - left
        captures = (captures_of(connection, briefs) | theirs) & set(every)
        more = self._taken_apart(in_order(every[c] for c in captures - asked))
        return _Scope(briefs, in_order(every[c] for c in captures), [*tried, *more])

    def _taken_apart(self, planned: list[Planned]) -> list[Path]:
        root, run_id = self.store.root, self.this.run_id
        return take_apart(root, run_id, planned, self.settings, self.runner, self.notify)
