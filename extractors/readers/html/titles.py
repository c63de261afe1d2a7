"""A page's title without the name of its site, as far as that is certain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from selectolax.lexbor import LexborNode

from extractors.text import clean, collapse, fold

_MAX_TITLE = 1_000  # characters: more is no title
_PARTS = re.compile(r"\s+[|\-–—·•:»«/]+\s+|\s*\|\s*|:\s+")
_MOST_HEADS = 20  # more nest in one another, or are no titles
_MOST_PARTS = 6
_POST = "entry-title"  # the class that microformats give to a post's title
_NO_TITLE = frozenset(("home", "homepage", "untitled", "untitled document", "index", "404"))


def title_of(
    heads: Sequence[LexborNode], candidates: Iterable[str], site: Sequence[str | None]
) -> str | None:
    """Return the first of ``candidates`` that is a title, without the site's name about it.

    The name is certain where the page declares it (``site``), or where one of the page's
    ``heads`` is the rest: what is marked as a post's title, else an h1, which may be a blog's.
    """
    own = {fold(name) for name in site if name}
    for candidate in candidates:
        title = candidate[:_MAX_TITLE]
        bare = _without(title, own) or _headed(heads, title) or title
        if bare and fold(bare) not in own and fold(bare) not in _NO_TITLE:
            return bare
    return None


def _without(title: str, own: set[str]) -> str | None:
    for mark in _PARTS.finditer(title):
        if fold(title[mark.end() :]) in own:
            return title[: mark.start()].strip()
        if fold(title[: mark.start()]) in own:
            return title[mark.end() :].strip()
    return None


def _headed(nodes: Sequence[LexborNode], title: str) -> str | None:
    if not _PARTS.search(title):
        return None
    posts = [node for node in nodes if _POST in (node.attributes.get("class") or "")]
    for heads in (posts, [node for node in nodes if node.tag == "h1"]):
        texts = {fold(collapse(clean(node.text()))) for node in heads[:_MOST_HEADS]}
        marks = [*_PARTS.finditer(title)][:_MOST_PARTS]
        outer = [(0, mark.start()) for mark in marks] + [(mark.end(), len(title)) for mark in marks]
        inner = [(a.end(), b.start()) for a, b in combinations(marks, 2)]  # a chapter stands before
        for start, end in (*outer, *inner):
            part = title[start:end].strip()
            if len(part.split()) > 1 and fold(part) in texts:
                return part
    return None
