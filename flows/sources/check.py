"""Asking sources without storing anything: what would come, and what is in the way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flows.fetch.fetcher import Fetcher
from flows.fetch.model import Answer, Ask, Gone, NotModified
from flows.fetch.urls import server_of
from flows.settings import Settings
from flows.sources.access import access_for, access_of
from flows.sources.discover import find_feeds
from flows.sources.feeds.read import looks_like_feed
from flows.sources.index import NotAnIndexError, day_of, read_index
from flows.sources.keys import FILES
from flows.sources.lists import listed_pages
from flows.sources.model import Failure, Source
from flows.sources.schedule import Job, Schedule
from warehouse.landing import Capture

_PAGES = 3
"""Pages of a list that are asked: enough to tell that it is right."""
_FILES = 100_000
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class Finding:
    """What checking a source found, in lines for people; ``ok`` if it would be collected."""

    source: Source
    ok: bool = True
    lines: list[str] = field(default_factory=list)

    def add(self, line: str, *, ok: bool = True) -> None:
        self.lines.append(line)
        self.ok = self.ok and ok


def check(sources: Iterable[Source], fetcher: Fetcher, settings: Settings) -> list[Finding]:
    """Ask each source now, at the usual pace, and return what is found, in their order."""
    findings = [Finding(source) for source in sources]

    def do(finding: Finding) -> Iterator[Job]:
        try:
            _check(finding, fetcher, settings)
        except Exception as error:  # what nobody foresaw is this source's finding, not the others'
            message = f"checking failed: {type(error).__name__}: {error}; please report it"
            finding.add(message, ok=False)
        return iter(())

    jobs = [Job(server_of(f.source.locations[0]), partial(do, f)) for f in findings]
    Schedule(fetcher.ready_at, 16).run(jobs)
    return findings


def _check(finding: Finding, fetcher: Fetcher, settings: Settings) -> None:
    source = finding.source
    if source.kind in FILES:
        for location in source.locations:
            _check_path(finding, Path(location))
        return
    try:
        access = access_of(source, os.environ)
    except ValueError as error:
        finding.add(str(error), ok=False)
        return
    addresses = []
    for found in listed_pages(source) if source.kind == "pages" else source.locations:
        if isinstance(found, Failure):
            finding.add(found.message, ok=False)
        else:
            addresses.append(found)
    for url in addresses[:_PAGES]:
        ask = Ask(url, source.name, access=access_for(access, source, url), delay=source.delay)
        _check_answer(finding, url, fetcher.get(ask), settings)
        _check_robots(finding, url, fetcher)
    if len(addresses) > _PAGES:
        finding.add(f"{len(addresses) - _PAGES} more addresses, not asked now")


def _check_path(finding: Finding, path: Path) -> None:
    if not path.exists():
        finding.add(f"{path}: there is no such file or folder", ok=False)
    elif path.is_file():
        finding.add(f"{path}: a file of {path.stat().st_size:,} bytes")
    else:
        number = 0
        for _, folders, files in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".")]
            number += sum(not name.startswith(".") for name in files)
            if number > _FILES:
                break
        finding.add(f"{path}: a folder with {number:,} files{' at least' * (number > _FILES)}")


def _check_answer(finding: Finding, url: str, answer: Answer, settings: Settings) -> None:
    source = finding.source
    if isinstance(answer, Failure):
        finding.add(f"{answer.reason}: {answer.message}", ok=False)
        return
    if isinstance(answer, Gone | NotModified):
        status = answer.capture.status if isinstance(answer, Gone) else 304
        finding.add(f"{url} answered {status}: there is no such page", ok=False)
        return
    led = f", after a redirect to {answer.final_uri}" if answer.final_uri not in ("", url) else ""
    stated = answer.content_type or "without a type"
    finding.add(f"{url} answered {answer.status}{led}: {len(answer.body):,} bytes, {stated}")
    is_feed = looks_like_feed(answer.body, answer.content_type or "")
    if source.kind == "pages" and not is_feed:
        return
    kind = "feed" if source.kind == "pages" else source.kind
    try:
        _check_index(finding, kind, answer, settings)
    except NotAnIndexError as error:
        finding.add(f"{error.reason}: {error}", ok=False)
        if kind == "feed":
            base = answer.final_uri or url
            for candidate in find_feeds(answer.body, base, answer.content_type or ""):
                finding.add(f"the page names a {candidate.kind}: {candidate.url}")


def _check_index(finding: Finding, kind: str, answer: Capture, settings: Settings) -> None:
    """Tell what an index names, and how much of it is wanted."""
    source = finding.source
    limit = source.max_entries or settings.max_entries
    every = replace(source, selection=type(source.selection)())
    total = len(read_index(every, kind, answer, limit).pages) if kind != "listing" else 0
    index = read_index(source, kind, answer, limit)
    wanted = f", {len(index.pages)} of them wanted" if total > len(index.pages) else ""
    number = total or len(index.pages)
    finding.add(f"a {kind} that names {number} page{'s' * (number != 1)}{wanted}")
    if kind == "sitemap" and index.further:
        finding.add(f"an index of {len(index.further)} sitemaps, not asked now")
    if kind == "listing" and index.further:
        finding.add(f"it goes on at {index.further[0].url}")
    if index.pages:
        newest = max(index.pages, key=lambda page: page.told_at or _LONG_AGO)
        title = (newest.entry.title if newest.entry else None) or newest.url
        day = day_of(newest.entry.published or newest.entry.updated) if newest.entry else None
        finding.add(f"the newest{f', of {day}' if day else ''}: {title}")
    elif not index.further:
        finding.add("it names no page that is wanted", ok=bool(total))


def _check_robots(finding: Finding, url: str, fetcher: Fetcher) -> None:
    rules = fetcher.robots.known(url)
    if rules is None or rules.file.error is not None:
        return
    if rules.file.text is None:
        finding.add("no robots.txt: all is allowed")
    elif rules.allow(url):
        pace = f", and asks for {rules.delay:g} s between two requests" if rules.delay else ""
        finding.add(f"robots.txt allows it{pace}")
