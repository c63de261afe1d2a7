"""The front of a page: all of it up to the end of its article, where nothing behind can matter.

Half of a page's markup stands below its article, and parsing is a sixth of what a page costs. The
tree of the front is the page's tree as far as it goes if three things hold; where one does not,
the whole page is parsed.

- The article has ended where the front ends: an element put there is none of its descendants. From
  then on no parser changes what is in it (HTML standard, 13.2.6: only elements that are still open,
  and their children, get or lose anything).
- No other element of the article's name begins behind.
- Nothing behind is what metadata is read from. Dates and authors that are only marked in the text
  are asked for where none are declared; whether there may be any behind is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick
from selectolax.lexbor import LexborHTMLParser, LexborNode

_NAME = re.compile(r"[a-z]+")
_END = "x-end-of-front"
# What is read of a page wherever it stands (`metadata`), and what works upon the whole of it.
_TELLING = (b"<h1", b"<meta", b"<base", b"<link", b"<html", b"<frameset", b"ld+json", b"license")
_DATES = (
    b"<time",
    b"datepublished",
    b"<abbr",
    b"meta-date",
)  # every element that `published` takes for a date
# every element that `bylines` and `author_boxes` take for an author's name
_AUTHORS = (b"author", b"byline", b"written", b"reader-credits")
_LEAST = 4_000  # characters behind the front: fewer cost less to parse than to look through


_NEEDLES = (*_TELLING, *_DATES, *_AUTHORS)


@lru_cache(maxsize=32)
def _behind(name: str) -> BytesAhoCorasick:
    """Return what finds the needles, and elements called ``name`` behind them all."""
    return BytesAhoCorasick([*_NEEDLES, b"<" + name.encode()])


class Front(NamedTuple):
    """The tree of a page's front, and whether dates and authors may be marked behind it."""

    tree: LexborHTMLParser
    dates_behind: bool
    authors_behind: bool


def parse_front(html: bytes, selectors: Sequence[str]) -> Front | None:
    """Parse the front of a page whose article is in the elements that ``selectors`` begin with.

    Returns None if the first selector is not the bare name of an element, or the front is not
    certain to be enough.
    """
    name = selectors[0] if selectors else ""
    end_tag = f"</{name}>".encode()
    end = html.rfind(end_tag) + len(end_tag)
    if not _NAME.fullmatch(name) or end < len(end_tag) or len(html) - end < _LEAST:
        return None
    behind = html[end:].lower()
    places = {n for n, _, _ in _behind(name).find_matches_as_indexes(behind, overlapping=True)}
    if len(_NEEDLES) in places:
        return None
    found = {_NEEDLES[n] for n in places}
    if not found.isdisjoint(_TELLING):
        return None
    tree = LexborHTMLParser(html[:end] + f"<{_END}></{_END}>".encode())
    at = mark = _last(tree)
    if mark is None or mark.tag != _END:
        return None  # the end tag stood in a script or a comment, or in a table
    while at is not None:
        if at.tag in (name, "table"):  # what stands behind in a table may be set before it
            return None
        at = at.parent
    mark.decompose()
    return Front(tree, not found.isdisjoint(_DATES), not found.isdisjoint(_AUTHORS))


def _last(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the node of a tree that begins last."""
    last, below = None, tree.body
    while below is not None:
        last, below = below, below.last_child
    return last
