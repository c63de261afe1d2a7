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
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick
from selectolax.lexbor import LexborHTMLParser

_NAME = re.compile(r"[a-z]+")
_END = "x-end-of-front"
# What is read of a page wherever it stands (`metadata`), and what works upon the whole of it.
_TELLING = (b"<h1", b"<meta", b"<base", b"<link", b"<html", b"<frameset", b"ld+json", b"license")
_DATES = (b"<time", b"datepublished")  # every element that `published` takes for a date
_AUTHORS = (b"author", b"byline")  # every element that `bylines` takes for an author's name
_LEAST = 4_000  # characters behind the front: fewer cost less to parse than to look through


_NEEDLES = (*_TELLING, *_DATES, *_AUTHORS)
_BEHIND = BytesAhoCorasick(list(_NEEDLES))


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
    found = {_NEEDLES[n] for n, _, _ in _BEHIND.find_matches_as_indexes(behind)}
    if b"<" + name.encode() in behind or not found.isdisjoint(_TELLING):
        return None
    tree = LexborHTMLParser(html[:end] + f"<{_END}></{_END}>".encode())
    at = mark = tree.css_first(_END)
    if mark is None:
        return None  # the end tag stood in a script or a comment
    while at is not None:
        if at.tag in (name, "table"):  # what stands behind in a table may be set before it
            return None
        at = at.parent
    mark.decompose()
    return Front(tree, not found.isdisjoint(_DATES), not found.isdisjoint(_AUTHORS))
