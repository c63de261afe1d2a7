"""Listing pages: the links to briefs on one, and where the next one is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.readers.encoding import decode
from extractors.text import collapse, fold
from flows.sources.feeds.values import address
from flows.sources.selection import Selection
from warehouse.urls import canonical, same_site

_NEXT_WORDS = re.compile(
    r"(?:next|older)(?:\s+(?:page|posts?|entries|articles|stories|results|items))?"
    r"|previous (?:posts|entries)|load more|show more|more posts|view more"
)
_ARROWS = "«»‹›←→<> \u00a0|"
_PAGE_PATH = re.compile(r"/(?:page|p|seite)[/-]?(\d{1,5})(?=/|$|\.)", re.I)
_PAGE_KEYS = ("page", "paged", "pg", "p", "pagenum", "currentpage")
_FURNITURE = frozenset(("nav", "footer", "aside"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_UP = 12  # levels between a link and the heading or furniture that it stands in


@dataclass(frozen=True, slots=True)
class Listing:
    """The links to briefs in printed order, each once; ``next_page`` is where there are more."""

    links: tuple[str, ...]
    next_page: str | None = None


def read_listing(
    body: bytes, base_url: str, content_type: str = "", *, selection: Selection | None = None
) -> Listing:
    """Read a listing page. Never raises: a page without links gives none.

    With ``selection.include`` every link that it takes is a brief's. Without, those are that lead
    to the same site and are (or are in) headings, outside menus and columns at the side.
    """
    selection = selection or Selection()
    tree = LexborHTMLParser(decode(body, content_type))
    base = base_url
    if node := tree.css_first("base[href]"):
        base = address(base_url, node.attributes.get("href")) or base_url
    anchors = [
        (node, url)
        for node in tree.css("a[href]")
        if (url := address(base, node.attributes.get("href")))
    ]
    following = _next_page(tree, anchors, base, base_url)
    here = {canonical(base_url), canonical(following)}
    links: dict[str | None, str] = {}
    for node, url in anchors:
        url = url.partition("#")[0]
        if not selection.takes_url(url) or canonical(url) in here:
            continue
        if selection.include or (same_site(url, base_url) and _is_headline(node)):
            links.setdefault(canonical(url), url)
    return Listing(tuple(links.values()), following)


def _is_headline(node: LexborNode) -> bool:
    """Tell whether a link is, holds or stands in a heading, and in no furniture."""
    above: list[str] = []
    at = node.parent
    while at is not None and len(above) < _UP:
        above.append(at.tag or "")
        at = at.parent
    if not _FURNITURE.isdisjoint(above) or ("header" in above and "article" not in above):
        return False
    if not _HEADINGS.isdisjoint(above):
        return True
    return any(node.css_first(heading) is not None for heading in sorted(_HEADINGS))


def _next_page(
    tree: LexborHTMLParser, anchors: list[tuple[LexborNode, str]], base: str, page_url: str
) -> str | None:
    """Return the next page: as rel=next says, as a link's words say, or by its number."""
    candidates = (*_declared(tree, base), *_worded(anchors), *_numbered(anchors, page_url))
    for url in candidates:
        if same_site(url, page_url) and url.partition("#")[0] != page_url.partition("#")[0]:
            return url.partition("#")[0]
    return None


def _declared(tree: LexborHTMLParser, base: str) -> Iterator[str]:
    for node in tree.css('link[rel~="next"],a[rel~="next"]'):
        if url := address(base, node.attributes.get("href")):
            yield url


def _worded(anchors: Iterable[tuple[LexborNode, str]]) -> Iterator[str]:
    for node, url in anchors:
        given = node.attributes
        words = (node.text(), given.get("aria-label") or "", given.get("title") or "")
        if any(_NEXT_WORDS.fullmatch(fold(collapse(w).strip(_ARROWS))) for w in words):
            yield url
    for node, url in anchors:
        if "next" in (node.attributes.get("class") or "").lower().split():
            yield url


def _numbered(anchors: Iterable[tuple[LexborNode, str]], page_url: str) -> Iterator[str]:
    place, number = _numbering(page_url)
    for _, url in anchors:
        other, its = _numbering(url)
        if other == place and its == (1 if number is None else number) + 1:
            yield url


def _numbering(url: str) -> tuple[str, int | None]:
    """Return an address without its page number, and the number, None if it has none."""
    parts = urlsplit(url)
    if found := _PAGE_PATH.search(parts.path):
        path = parts.path[: found.start()] + parts.path[found.end() :]
        return f"{parts.hostname}{path.rstrip('/')}?{parts.query}", int(found[1])
    query = parse_qs(parts.query, keep_blank_values=True)
    number = None
    for key in _PAGE_KEYS:
        if key in query and query[key][0].isdigit() and len(query[key][0]) < 6:
            number = int(query.pop(key)[0])
            break
    return f"{parts.hostname}{parts.path.rstrip('/')}?{_flat(query)}", number


def _flat(query: dict[str, list[str]]) -> str:
    return "&".join(f"{key}={value}" for key in sorted(query) for value in query[key])
