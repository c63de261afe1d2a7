"""What an HTML page says of itself in its head: titles, dates, authors, addresses, rights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from extractors.dates import parse_metadata
from extractors.model import Stamp
from extractors.text import clean, collapse

_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
)
_AUTHOR_NAMES = ("author", "citation_author", "dc.creator", "parsely-author", "article:author")
_TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "citation_title")
_MAX_JSON = 500_000  # a head's JSON-LD is a few kilobytes; more is somebody's state dump


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's own account of itself; every field is None or empty where the page is silent."""

    url: str | None
    base_url: str
    canonical_url: str | None
    title: str | None
    authors: tuple[str, ...]
    published: Stamp | None
    language: str | None
    site: str | None
    license_url: str | None
    noai: bool | None

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names that tell whose page this is, the fetched address first."""
        hosts = []
        for address in (self.url, self.canonical_url):
            if address and (host := _host(address)) and host not in hosts:
                hosts.append(host)
        return tuple(hosts)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def read_metadata(tree: LexborHTMLParser, url: str = "") -> Metadata:
    """Read the head of a parsed page that was fetched from ``url`` ("" if that isn't known)."""
    page_url = url if _scheme(url) in ("http", "https") else ""
    base = tree.css_first("base[href]")
    base_url = _join(page_url, base.attributes.get("href")) if base else page_url
    named = _named(tree)
    link = tree.css_first('link[rel="canonical"]')
    canonical = _join(page_url, link.attributes.get("href")) if link else ""
    canonical = canonical or _join(page_url, _first(named, ("og:url",)))
    things = list(_json_ld(tree))
    if not base_url and canonical:
        base_url = canonical
    return Metadata(
        url=page_url or None,
        base_url=base_url,
        canonical_url=canonical if _scheme(canonical) in ("http", "https") else None,
        title=_title(tree, named, things),
        authors=_authors(named, things),
        published=_published(tree, named, things),
        language=_language(tree),
        site=_first(named, ("og:site_name",)),
        license_url=_license(tree, page_url, things),
        noai=_noai(named),
    )


def _scheme(address: str) -> str:
    """Return the scheme of ``address`` in lower case; "" for what is no address."""
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""


def _join(base: str, href: str | None) -> str:
    if not href or not href.strip():
        return ""
    try:
        return clean(urljoin(base, href.strip()))
    except ValueError:
        return ""


def _named(tree: LexborHTMLParser) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        value = collapse(clean(attributes.get("content") or ""))
        if key and value:
            named.setdefault(key.strip().lower(), []).append(value)
    return named


def _first(named: dict[str, list[str]], keys: tuple[str, ...]) -> str | None:
    return next((named[key][0] for key in keys if key in named), None)


def _json_ld(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css('script[type="application/ld+json"]'):
        source = node.text()
        if len(source) > _MAX_JSON:
            continue
        try:
            found = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        queue = found if isinstance(found, list) else [found]
        for thing in queue[:200]:
            if not isinstance(thing, dict):
                continue
            graph = thing.get("@graph")
            yield thing
            if isinstance(graph, list):
                yield from (part for part in graph[:200] if isinstance(part, dict))


def _strings(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = item.get("name")
        if isinstance(item, str) and item.strip():
            yield collapse(clean(item))


def _title(
    tree: LexborHTMLParser, named: dict[str, list[str]], things: list[dict[str, Any]]
) -> str | None:
    for thing in things:
        if (headline := next(_strings(thing.get("headline")), None)) is not None:
            return headline
    if (title := _first(named, _TITLE_NAMES)) is not None:
        return title
    node = tree.css_first("title")
    return (collapse(clean(node.text())) or None) if node else None


def _authors(named: dict[str, list[str]], things: list[dict[str, Any]]) -> tuple[str, ...]:
    for thing in things:
        if "headline" in thing or "datePublished" in thing:
            authors = tuple(dict.fromkeys(_strings(thing.get("author"))))
            if authors:
                return authors
    for key in _AUTHOR_NAMES:
        if key in named:
            names = (name for name in named[key] if "://" not in name)
            return tuple(dict.fromkeys(names))
    return ()


def _published(
    tree: LexborHTMLParser, named: dict[str, list[str]], things: list[dict[str, Any]]
) -> Stamp | None:
    candidates = [s for thing in things for s in _strings(thing.get("datePublished"))]
    candidates += [named[key][0] for key in _DATE_NAMES if key in named]
    node = tree.css_first('time[itemprop="datePublished"], time[pubdate], time.published')
    if node is not None:
        candidates.append(node.attributes.get("datetime") or "")
    stamps = [stamp for text in candidates if (stamp := parse_metadata(text))]
    # A day in local time beats an instant in UTC: the publisher's day can't be had from the latter.
    return next((s for s in stamps if s.on), stamps[0] if stamps else None)


def _language(tree: LexborHTMLParser) -> str | None:
    root = tree.css_first("html")
    declared = (root.attributes.get("lang") or "").strip().lower() if root else ""
    return declared.split("-")[0].split("_")[0] or None


def _license(tree: LexborHTMLParser, url: str, things: list[dict[str, Any]]) -> str | None:
    node = tree.css_first('link[rel="license"], a[rel="license"]')
    if node is not None and (found := _join(url, node.attributes.get("href"))):
        return found
    return next((s for thing in things for s in _strings(thing.get("license"))), None)


def _noai(named: dict[str, list[str]]) -> bool | None:
    directives = {
        word.strip().lower()
        for key in ("robots", "tdm-reservation")
        for value in named.get(key, [])
        for word in value.split(",")
    }
    if not directives:
        return None
    return bool(directives & {"noai", "noimageai", "1"})
