"""Our addresses against feedparser's, for one document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from flows.sources.feeds.model import NotAFeed
from flows.sources.feeds.read import read_feed
from warehouse.urls import canonical

BASE = "https://tank.example/feeds/briefs.xml"
_ROOT = re.compile(rb"<((?:\w+:)?(?:rss|rdf|feed|channel))\b", re.I)
_BEGUN = re.compile(rb"<(?:\w+:)?(?:item|entry)\b", re.I)
_ENDED = re.compile(rb"</(?:\w+:)?(?:item|entry)\b", re.I)
_RELATIVE = re.compile(rb"<guid>(?!http)", re.I)

REASONS = {
    "cut": "the document is cut off: an entry that is not whole is left for the next run",
    "about": "an RSS 1.0 item without link has its address in rdf:about; feedparser gives none",
    "guid": "a guid that is no whole address is no permalink; feedparser makes one of any",
    "ampersand": "feedparser makes `&b;=2` of a bare `&b=2` in a guid",
    "bytes": "a byte that is none of an address became another character in one",
    "dtd": "a DTD that is broken, or whose entities name others, is refused; no feed needs one",
    "broken": "feedparser stops or goes astray where all entries can be had",
}
"""Why the addresses may differ: the words that :func:`compare` gives."""


@dataclass(frozen=True)
class Comparison:
    """The addresses that each found; ``reason`` is None where they are the same."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    reason: str | None = None


def ours(body: bytes) -> tuple[str, ...]:
    """Return the addresses that Briefhouse reads."""
    try:
        feed = read_feed(body, BASE, max_entries=10_000)
    except NotAFeed:
        return ()
    return tuple(canonical(entry.url) or "" for entry in feed.entries if entry.url)


def theirs(body: bytes) -> tuple[str, ...]:
    """Return the addresses that feedparser reads: http(s) ones, each once."""
    import feedparser

    headers = {"content-location": BASE, "content-type": "application/xml"}
    try:
        parsed = feedparser.parse(BytesIO(body), response_headers=headers)
    except ValueError:  # it does not expect a null character in the name of an encoding
        return ()
    found = (canonical(e.get("feedburner_origlink") or e.get("link")) for e in parsed.entries)
    return tuple(dict.fromkeys(url for url in found if url))


def compare(body: bytes, expected: tuple[str, ...]) -> Comparison:
    """Compare both readings; ``expected`` are the addresses before anything was broken.

    A difference is "unexplained" unless one of REASONS holds.
    """
    a, b = ours(body), theirs(body)
    return Comparison(a, b, None if a == b else _reason(body, a, b, expected))


def _reason(body: bytes, a: tuple[str, ...], b: tuple[str, ...], expected: tuple[str, ...]) -> str:
    extra = [url for url in b if url not in a]
    if a == (b := tuple(url.replace("%3B=", "=") for url in b)):
        return "ampersand"
    told = tuple(url for url in a if url in b or not _is_about(body, url))
    if told == b:
        return "about"
    if _is_cut(body) and told == b[: len(told)] and len(b) - len(told) <= max(1, _unclosed(body)):
        return "cut"
    if set(a) < set(b) and len(_RELATIVE.findall(body)) >= len(extra):
        return "guid"
    if not a and b"<!DOCTYPE" in body:
        return "dtd"
    odd = sum(x != y for x, y in zip(a, b, strict=False))
    if [_ascii(x) for x in a] == [_ascii(x) for x in b] or (len(a) == len(b) and odd == 1):
        return "bytes"
    if a and not b:
        return "broken"
    whole = {url.partition("?")[0] for url in expected}
    good, theirs_good = (sum(u.partition("?")[0] in whole for u in urls) for urls in (a, b))
    if good > theirs_good or (good == theirs_good and len(a) < len(b)):
        return "broken"
    return "unexplained"


def _is_about(body: bytes, url: str) -> bool:
    slug = url.partition("?")[0].rpartition("/")[2].encode()
    return re.search(rb'rdf:about="[^"]*' + re.escape(slug), body) is not None


def _is_cut(body: bytes) -> bool:
    root = _ROOT.search(body)
    return root is None or re.search(rb"</" + re.escape(root[1]) + rb"\s*>", body, re.I) is None


def _unclosed(body: bytes) -> int:
    return len(_BEGUN.findall(body)) - len(_ENDED.findall(body))


def _ascii(url: str) -> str:
    return re.sub(r"(?:%[89A-Fa-f][0-9A-Fa-f]|\?)+", "", url)
