"""Finding the feeds and sitemaps of a site, and declaring them as sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from flows.fetch.fetcher import Fetcher
from flows.fetch.model import Ask
from flows.settings import Settings
from flows.sources.discover import Candidate, find_feeds, robots_sitemaps, well_known
from flows.sources.feeds.read import looks_like_feed
from flows.sources.index import Index, NotAnIndexError, read_index
from flows.sources.memory import key_of
from flows.sources.model import Failure, Source
from warehouse.landing import Capture
from warehouse.urls import domain

_MOST = 12
"""Addresses asked of one site: enough for all that a site names, and for a few usual paths."""
_NAME = "discover"


@dataclass(frozen=True, slots=True)
class Found:
    """A feed or sitemap that answered as one. ``pages`` counts what it names."""

    url: str
    kind: str
    found_by: str
    title: str | None
    pages: int
    sitemaps: int
    newest: str | None

    @property
    def remark(self) -> str:
        """What it holds, in words."""
        parts = [f"{self.pages} pages" if self.pages or not self.sitemaps else ""]
        parts.append(f"{self.sitemaps} sitemaps" if self.sitemaps else "")
        parts.append(f"newest of {self.newest}" if self.newest else "")
        words = ", ".join(part for part in parts if part)
        return f"{self.title}: {words}" if self.title else words


def discover(url: str, fetcher: Fetcher, settings: Settings) -> tuple[list[Found], Failure | None]:
    """Ask a site for its feeds and sitemaps; return those that answer, or why it does not.

    Usual paths are tried only where the site names nothing. All is asked at the usual pace.
    """
    answer = _get(fetcher, url)
    if isinstance(answer, Failure):
        return [], answer
    base = answer.final_uri or url
    if looks_like_feed(answer.body, answer.content_type or ""):
        found = _as_source(Candidate(base, "feed", "the address given"), answer, settings)
        return ([found] if found else []), None
    rules = fetcher.robots.known(base)
    robots = rules.file.text if rules else None
    named = [
        *find_feeds(answer.body, base, answer.content_type or ""),
        *robots_sitemaps(robots or "", base),
    ]
    found_all = list(_asked(named, fetcher, settings))
    if not found_all:
        found_all = list(_asked(well_known(urljoin(base, "/")), fetcher, settings))
    return found_all, None


def _asked(
    candidates: Iterable[Candidate], fetcher: Fetcher, settings: Settings
) -> Iterator[Found]:
    seen: set[str] = set()
    for candidate in candidates:
        key = key_of(candidate.url)
        if key in seen or len(seen) >= _MOST:
            continue
        seen.add(key)
        answer = _get(fetcher, candidate.url)
        if isinstance(answer, Capture) and (found := _as_source(candidate, answer, settings)):
            yield found


def _get(fetcher: Fetcher, url: str) -> Capture | Failure:
    answer = fetcher.get(Ask(url, _NAME))
    if isinstance(answer, Capture | Failure):
        return answer
    return Failure(url, "gone", f"{url} is not there")


def _as_source(candidate: Candidate, answer: Capture, settings: Settings) -> Found | None:
    """Return a candidate with what it holds, or None if it is not what it was taken for."""
    source = Source(_NAME, candidate.kind, (candidate.url,))
    try:
        index = read_index(source, candidate.kind, answer, settings.max_entries)
    except NotAnIndexError:
        return None
    return Found(
        answer.final_uri or candidate.url,
        candidate.kind,
        candidate.found_by,
        candidate.title,
        len(index.pages),
        len(index.further) if candidate.kind == "sitemap" else 0,
        _newest(index),
    )


def _newest(index: Index) -> str | None:
    if index.days:
        return max(index.days).isoformat()
    told = [page.told_at for page in (*index.pages, *index.further) if page.told_at]
    return max(told).date().isoformat() if told else None


def declaration(found: Iterable[Found]) -> str:
    """Return [[source]] tables for ``sources.toml``, each named by its host and kind."""
    parts, names = [], set()
    for each in found:
        host = domain(each.url) or ""
        name = base = host if each.kind == "feed" else f"{host}-{each.kind}"
        nth = 1
        while name in names:
            nth += 1
            name = f"{base}-{nth}"
        names.add(name)
        parts.append(
            f"# {_remark(each.remark)} (found by {each.found_by})\n"
            f'[[source]]\nname = {_quoted(name)}\nkind = "{each.kind}"\nurl = {_quoted(each.url)}\n'
        )
    return "\n".join(parts)


def _remark(text: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04x}", escaped) + '"'
