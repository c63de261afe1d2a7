"""What a site offers to collect from: its feeds and sitemaps, as its pages and robots.txt say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from extractors.readers.encoding import decode
from extractors.text import collapse, fold
from flows.sources.feeds.values import address, plain

_TYPES = frozenset(
    (
        "application/rss+xml", "application/atom+xml", "application/rdf+xml",
        "application/feed+json", "application/json", "text/xml", "application/xml",
    )
)  # fmt: skip
_FEED_PATH = re.compile(
    r"/(?:feeds?|rss|atom)(?:/|$)|(?:feed|rss|atom|index)\.(?:xml|json|rss|rdf|atom)$"
    r"|\.(?:rss|atom|rdf)$",
    re.I,
)
_FEED_WORDS = frozenset(("rss", "rss feed", "feed", "atom", "atom feed", "subscribe via rss"))
_COMMENTS = re.compile(r"/comments/feed/?$|\bcomments?\b.*\bfeed\b", re.I)
_OFF_SITE_FEEDS = ("feeds.feedburner.com", "feedproxy.google.com", "feedly.com")
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.I | re.M)

FEED_PATHS = (
    "/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/feed.json", "/index.xml", "/rss/",
)  # fmt: skip
SITEMAP_PATHS = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/sitemap.xml.gz")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be a source; only asking tells. ``found_by`` says where it stood."""

    url: str
    kind: Literal["feed", "sitemap"]
    found_by: str
    title: str | None = None


def find_feeds(body: bytes, base_url: str, content_type: str = "") -> tuple[Candidate, ...]:
    """Return the feeds and sitemaps that a page names, each once, those of comments last."""
    tree = LexborHTMLParser(decode(body, content_type))
    base = base_url
    if node := tree.css_first("base[href]"):
        base = address(base_url, node.attributes.get("href")) or base_url
    found: dict[str, Candidate] = {}
    for node in tree.css("link[href]"):
        given = node.attributes
        relations = (given.get("rel") or "").lower().split()
        kind = (given.get("type") or "").lower().partition(";")[0].strip()
        url = address(base, given.get("href"))
        if url is None:
            continue
        if "sitemap" in relations:
            found.setdefault(url, Candidate(url, "sitemap", "the page's head"))
        elif "feed" in relations or ("alternate" in relations and _is_feed(kind, url)):
            found.setdefault(
                url, Candidate(url, "feed", "the page's head", plain(given.get("title")))
            )
    for node in tree.css("a[href]"):
        href = node.attributes.get("href") or ""
        url = address(base, href.removeprefix("feed:"))
        if url is None or url.partition("#")[0] == base_url.partition("#")[0]:
            continue
        text = fold(collapse(node.text()))
        if _FEED_PATH.search(urlsplit(url).path) or text in _FEED_WORDS or _is_feed_host(url):
            found.setdefault(url, Candidate(url, "feed", "a link of the page", plain(node.text())))
    return tuple(sorted(found.values(), key=_is_of_comments))


def robots_sitemaps(robots: str, base_url: str) -> tuple[Candidate, ...]:
    """Return the sitemaps that a robots.txt names."""
    urls = (address(base_url, line[1]) for line in _SITEMAP_LINE.finditer(robots))
    return tuple(Candidate(url, "sitemap", "robots.txt") for url in dict.fromkeys(urls) if url)


def well_known(url: str) -> tuple[Candidate, ...]:
    """Return where feeds and sitemaps stand by custom, for sites that name none."""
    feeds = (Candidate(urljoin(url, path), "feed", "a usual path") for path in FEED_PATHS)
    maps = (Candidate(urljoin(url, path), "sitemap", "a usual path") for path in SITEMAP_PATHS)
    return (*feeds, *maps)


def _is_feed(kind: str, url: str) -> bool:
    if kind in ("application/json", "text/xml", "application/xml"):  # WordPress's API has it too
        return _FEED_PATH.search(urlsplit(url).path) is not None
    return kind in _TYPES


def _is_feed_host(url: str) -> bool:
    return urlsplit(url).hostname in _OFF_SITE_FEEDS


def _is_of_comments(candidate: Candidate) -> bool:
    return bool(_COMMENTS.search(candidate.url) or _COMMENTS.search(candidate.title or ""))
