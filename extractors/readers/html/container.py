"""Where on a page the article is: cut by a profile's selectors, else by what reads as prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from extractors.readers.html.accordions import BUTTONS, unfolded
from extractors.readers.html.prose import find_article
from extractors.text import collapse

RAW = "script,style,noscript,template,iframe,svg"
# Less text than this share of the page in a selector's match means that it is a teaser card.
_SHARE = 0.2
_PLENTY = 1_500  # characters: no teaser card has so many, so the page need not be measured
# Of several matches the brief is the longest; one of a comparable length is another part of it.
_COMPARABLE = 0.25
_HIDING = '[hidden],[aria-hidden="true"],[style*="none" i],[style*="hidden" i]'
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_MOST = 0.5


def cut(
    tree: LexborHTMLParser, selectors: Sequence[str], drop: Sequence[str] = ()
) -> list[LexborNode]:
    """Return the nodes that hold the article, in document order.

    The first of ``selectors`` wins that matches a good part of the page; without one the prose
    decides. What ``drop`` selects does not count.
    """
    body = tree.body
    if body is None:
        return []
    page: int | None = None
    for selector in selectors:
        found = _outermost(tree.css(selector))
        if not found:
            continue
        sizes = [_size(node) for node in found]
        longest = max(sizes)
        if longest < _PLENTY:
            page = _size(body) if page is None else page
            alike = _long(found, sizes)
            if longest < page * _SHARE or (len(alike) > 1 and _are_cards(tree, alike, page)):
                continue
        return _long(found, sizes)
    drop_all(body, (RAW,))
    drop_hidden(body)
    drop_all(body, drop)
    return find_article(body)


def _are_cards(tree: LexborHTMLParser, nodes: Sequence[LexborNode], page: int) -> bool:
    """Tell whether several small articles are parts of one piece that has its title above them."""
    if tree.css_first("main h1") is None or any(node.css_first("h1") for node in nodes):
        return False
    return max(map(_size, nodes)) < page * _MOST and tree.css_first("main article") is not None


def is_selector(text: str) -> bool:
    """Tell whether ``text`` is a CSS selector that pages can be asked for."""
    try:
        LexborHTMLParser("").css(text)
    except SelectolaxError:
        return False
    return True


def matched(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """Return the nodes that ``cut`` would, if ``selector`` finds them whatever else there is."""
    found = _outermost(tree.css(selector))
    if len(found) == 1:
        drop_all(found[0], (RAW,))
        if len(collapse(found[0].text()[: 2 * _PLENTY])) >= _PLENTY:
            return found
    sizes = [_size(node) for node in found]
    return _long(found, sizes) if max(sizes, default=0) >= _PLENTY else []


def _long(nodes: Sequence[LexborNode], sizes: Sequence[int]) -> list[LexborNode]:
    least = max(1, *sizes) * _COMPARABLE
    return [node for node, size in zip(nodes, sizes, strict=True) if size >= least]


def drop_all(node: LexborNode, selectors: Sequence[str]) -> None:
    """Take what ``selectors`` match out of ``node``, but not the node itself."""
    for selector in selectors:
        for part in node.css(selector):
            if part.mem_id != node.mem_id:
                part.decompose()


def drop_hidden(node: LexborNode, *, folded: bool = False) -> None:
    """Take out of ``node`` what the page does not show.

    An element that holds most of the text is kept: scripts show it, or a dialogue hid it when the
    page was saved. So is what a headline unfolds, if it is ``folded`` text of an article.
    """
    hidden = [part for part in node.css(_HIDING) if part.mem_id != node.mem_id and _hides(part)]
    if not hidden:
        return
    enough = len(collapse(node.text())) * _MOST
    panels = (unfolded(button) for button in node.css(BUTTONS)) if folded else ()
    kept = {panel.mem_id for panel in panels if panel is not None}
    for part in hidden:
        if part.mem_id not in kept and len(collapse(part.text())) < enough:
            part.decompose()


def _hides(node: LexborNode) -> bool:
    attributes = node.attributes
    if attributes.get("aria-hidden") == "true":
        return True
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    return _HIDDEN_STYLE.search(attributes.get("style") or "") is not None


def _size(node: LexborNode) -> int:
    """Count the characters of a node's text; its scripts are taken out of the tree."""
    drop_all(node, (RAW,))
    return len(collapse(node.text()))


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Drop the nodes that lie within another of ``nodes``; document order is kept."""
    if len(nodes) < 2:
        return nodes
    ids = {node.mem_id for node in nodes}
    kept = []
    for node in nodes:
        parent = node.parent
        while parent is not None and parent.mem_id not in ids:
            parent = parent.parent
        if parent is None:
            kept.append(node)
    return kept
