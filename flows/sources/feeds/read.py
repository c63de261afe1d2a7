"""Reading a feed: told apart by its content, read as XML, mended if need be.

bytes -> text without declaration and DTD -> tree -> entries
                      mended -> tree
                      feedparser; of what is long, as much as can be recovered
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from flows.sources.feeds import atom, rss
from flows.sources.feeds.characters import xml_text
from flows.sources.feeds.jsonfeed import read_json_feed
from flows.sources.feeds.loose import MAX_CHARACTERS, read_loose
from flows.sources.feeds.mend import mend
from flows.sources.feeds.model import Entry, Feed, NotAFeed
from flows.sources.feeds.names import Element, attribute, children, declared_base, name, namespace
from flows.sources.feeds.tree import parse
from flows.sources.feeds.values import address, joined, plain, text_of

MAX_TAGS = 3_000_000
"""Tags of one feed: a tree takes a hundred bytes for each, and no feed has so many."""

_WINDOW = 4096
_FEED = re.compile(r"<(?:\w+:)?(?:rss|rdf|feed|channel)\b", re.I)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.I)
_ROOTS = {"rss": "rss", "rdf": "rdf", "rdf:rdf": "rdf", "feed": "atom", "channel": "cdf"}


def looks_like_feed(body: bytes, content_type: str = "") -> bool:
    """Tell whether ``body`` is a feed, by its first element; HTML is none, whatever its type."""
    try:
        text = xml_text(body[:_WINDOW], content_type)
    except NotAFeed:
        return True  # reading it tells what is wrong with it
    if text.startswith("{"):
        return '"https://jsonfeed.org/version' in text or '"http://jsonfeed.org/version' in text
    page, feed = _PAGE.search(text), _FEED.search(text)
    return feed is not None and (page is None or feed.start() < page.start())


def read_feed(body: bytes, base_url: str, content_type: str = "", *, max_entries: int) -> Feed:
    """Read a feed: RSS, RDF, Atom, JSON Feed or CDF.

    Args:
        body: the bytes as they came.
        base_url: the address that answered, after redirects.
        content_type: the Content-Type header, or "".
        max_entries: entries that are read; the feed tells how many were left out.

    Raises:
        NotAFeed: the bytes are no feed, or one that declares entities to do harm.
    """
    text = xml_text(body, content_type)
    if text.startswith("{"):
        feed = read_json_feed(text, base_url)
    elif not text:
        raise NotAFeed("it is empty")
    elif _PAGE.match(text):
        raise NotAFeed("it is an HTML page")
    elif text.count("<") > MAX_TAGS:
        raise NotAFeed(f"it has more than {MAX_TAGS:,} tags, which no feed needs", "too-large")
    else:
        feed = _read_xml(text, base_url, max_entries)
    unique = tuple(_each_once(feed.entries))
    left_out = feed.left_out + max(0, len(unique) - max_entries)
    return replace(feed, entries=unique[:max_entries], left_out=left_out)


def _read_xml(text: str, base_url: str, limit: int) -> Feed:
    given = text
    root = parse(text)
    if root is None:
        text = mend(text)
        root = parse(text)
    if root is not None:
        feed = _from_tree(root, base_url, limit)
        if feed is not None and (feed.entries or not _ENTRY.search(text)):
            return feed
        if feed is None and not _FEED.search(text[:_WINDOW]):
            raise NotAFeed(f"it is XML, but no feed: its root is <{name(root.tag)}>")
    elif not _FEED.search(given) and not _ENTRY.search(given):
        raise NotAFeed("it is neither XML nor anything like a feed")
    if len(given) <= MAX_CHARACTERS:
        try:
            return read_loose(text, base_url)
        except NotAFeed:
            return read_loose(given, base_url)  # where the root's own tag is broken
    root = parse(text, recover=True)
    feed = _from_tree(root, base_url, limit, anywhere=True) if root is not None else None
    if feed is None or not feed.entries:
        raise NotAFeed(f"it is no XML, and too long ({len(text):,} characters) to be mended")
    return feed


def _from_tree(root: Element, base_url: str, limit: int, *, anywhere: bool = False) -> Feed | None:
    """Read a feed's tree; None if it is none.

    Where ends of tags are lost, entries stand ``anywhere``: in a title, or in the entry before.
    """
    own = namespace(root)
    dialect = _ROOTS.get(name(root.tag, own if "rdf-syntax" not in own else ""))
    if dialect is None:
        return None
    if dialect == "rdf":
        own = ""
    base = joined(base_url, declared_base(root))
    found: list[tuple[Element, str]] = []
    links: list[Element] = []
    title = home = None
    for element, inherited in _walk(root, own, base, anywhere):
        key = name(element.tag, own)
        if key in ("item", "entry", "atom:entry"):
            found.append((element, inherited))
        elif key == "title":
            title = title or plain(text_of(element))
        elif key in ("link", "atom:link"):
            links.append(element)
            if key == "link" and not attribute(element, "href"):
                home = home or address(inherited, text_of(element))
    if anywhere:  # each entry holds itself alone: else the first would have the text of all
        for element, _ in reversed(found):
            element.getparent().remove(element)
    waiting = iter(found)
    entries = _each_once(_entry(element, own, at, base_url) for element, at in waiting)
    return Feed(
        dialect,
        tuple(islice(entries, limit)),
        title=title,
        home_url=home or atom.alternate((e for e in links if attribute(e, "href")), base),
        self_url=atom.related(links, "self", base),
        hub_url=atom.related(links, "hub", base),
        next_url=atom.related(links, "next", base),
        left_out=sum(1 for _ in waiting),
    )


_GROUPS = frozenset(("channel", "items"))


def _walk(root: Element, own: str, base: str, anywhere: bool) -> Iterator[tuple[Element, str]]:
    """Yield the elements of a feed and its channels in order, each with the base that holds."""
    stack = [(child, base) for child in reversed(children(root))]
    while stack:
        element, inherited = stack.pop()
        yield element, inherited
        if anywhere or name(element.tag, own) in _GROUPS:
            inner = joined(inherited, declared_base(element))
            stack += [(child, inner) for child in reversed(children(element))]


def _entry(element: Element, own: str, inherited: str, base_url: str) -> Entry:
    """Read an entry, and give it the base that the feed around it declares."""
    is_item = name(element.tag, own) == "item"
    entry = (rss.read_item if is_item else atom.read_entry)(element, own, inherited)
    if entry.base is None and inherited != base_url:
        return replace(entry, base=inherited)
    return entry


def _each_once(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield each address once: a changed id makes no other entry; what says nothing is none."""
    seen: set[str] = set()
    for entry in entries:
        if not (entry.url or entry.refused_link or entry.guid or entry.title or entry.page()):
            continue
        key = entry.url or (f"id:{entry.guid}" if entry.guid else f"title:{entry.title}")
        if key not in seen:
            seen.add(key)
            yield entry
