"""Boxes beside or below a text that name its authors: cards, panes, a list under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractors.names import is_person, is_post
from extractors.text import collapse, fold

_BOXES = '[class*="authors" i],[class*="author-" i],[class*="written-by" i]'
# Whole names of classes: "more-from-author" and "author-posts" are lists of what they wrote.
_OF_AUTHORS = re.compile(
    r"(?:(?!.*(?:more|other|related|latest|recent|posts?|by|about|top|all|popular|featured|our|meet))[a-z0-9_-]*[-_])?"
    r"authors(?:[-_]+(?:block|list|box|cards?|wrapper|section|inner|names?))?"
    r"|author[-_]+(?:block|list|box|cards|names?)|(?:[a-z0-9_-]*[-_])?written-by"
)
_LABELS = frozenset(("written by", "authors", "author(s)", "the authors", "by"))
_NAMES = 'a,h2,h3,h4,h5,h6,[class*="name" i],[class*="title" i]'
_ELSEWHERE = re.compile(
    r"related|recommend|latest|popular|recent|comment|footer|sidebar-?(?:posts|related)|archive|"
    r"quote|book|event|podcast"
)
# Heads of lists that a site has of all its authors.
_OF_SITE = re.compile(
    r"\b(?:our|more|other|featured|popular|top|all|meet|browse) (?:\w+ )?authors?\b", re.I
)
_MAX_BOX = 1_500  # characters
_MOST = 15
_MOST_BOXES = 20
_MOST_HEADINGS = 100


def boxed(tree: LexborHTMLParser) -> list[str]:
    """Return the names in the first box that a page has for its authors."""
    for box in _boxes(tree):
        if box.tag in ("body", "html") or _is_elsewhere(box) or len(box.text()) > _MAX_BOX:
            continue
        head = box.css_first("h2,h3,h4,h5")
        if head is not None and _OF_SITE.search(collapse(head.text())):
            continue
        texts = (collapse(node.text(separator=" ")) for node in box.css(_NAMES)[: 4 * _MOST])
        names = dict.fromkeys(text for text in texts if is_person(text) and not is_post(text))
        if 0 < len(names) <= _MOST:
            return list(names)
    return []


def _boxes(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    for box in tree.css(_BOXES)[:_MOST_BOXES]:
        classes = (box.attributes.get("class") or "").lower().split()
        if any(_OF_AUTHORS.fullmatch(name) for name in classes):
            yield box
    for heading in tree.css("h2,h3,h4,h5")[:_MOST_HEADINGS]:
        if heading.parent is not None and fold(collapse(heading.text())) in _LABELS:
            yield heading.parent


def _is_elsewhere(node: LexborNode) -> bool:
    """Tell whether a box is part of a list of other pieces, or of the page's foot."""
    at: LexborNode | None = node
    while at is not None and at.tag not in ("body", "-undef"):
        if at.tag in ("footer", "nav"):
            return True
        if _ELSEWHERE.search((at.attributes.get("class") or "").lower()):
            return True
        at = at.parent
    return False
