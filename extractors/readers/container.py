"""Where on a page the article is: cut by selectors, by markup, or by where the text is dense."""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ARTICLE = ("article", '[itemprop="articleBody"]', "main", '[role="main"]')
# Less text than this share of the page in <article> means that the markup lies: a teaser card.
_ARTICLE_SHARE = 0.2
# Of several matches the brief is the longest; one of a comparable length is another part of it.
_COMPARABLE = 0.25
# Text in a paragraph counts for the elements so many levels above it: beyond, all is the page.
_LEVELS = 4
_MOST = 0.8
_PARAGRAPHS = "p,li,blockquote,div,td,dd,section"
_PARTS = {"p", "ul", "ol", "li", "blockquote", "tr", "dl"}  # never the whole of an article
_MIN_PARAGRAPH = 40  # characters of its own; less is a menu's entry or a caption


def cut(tree: LexborHTMLParser, selectors: Sequence[str]) -> list[LexborNode]:
    """Return the nodes that hold the article, in document order.

    The first of ``selectors`` wins that matches a good part of the page; without one the page's
    own markup and the density of its text decide.
    """
    body = tree.body
    if body is None:
        return []
    enough = (len(body.text()) or 1) * _ARTICLE_SHARE
    for selector in selectors:
        found = _outermost(tree.css(selector))
        longest = max((len(node.text()) for node in found), default=0)
        if found and longest >= enough:
            return [node for node in found if len(node.text()) >= longest * _COMPARABLE]
    for selector in _ARTICLE:
        best = max(tree.css(selector), key=lambda n: len(n.text()), default=None)
        if best is not None and len(best.text()) >= enough:
            return [best]
    return [_densest(body)]


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Drop the nodes that lie within another of ``nodes``; document order is kept."""
    ids = {node.mem_id for node in nodes}
    kept = []
    for node in nodes:
        parent = node.parent
        while parent is not None and parent.mem_id not in ids:
            parent = parent.parent
        if parent is None:
            kept.append(node)
    return kept


def _densest(body: LexborNode) -> LexborNode:
    """Return the deepest node that still holds most of the page's paragraph text."""
    weights: dict[int, int] = {}
    nodes: dict[int, LexborNode] = {}
    for paragraph in body.css(_PARAGRAPHS):
        size = _own_text(paragraph)
        if size < _MIN_PARAGRAPH:
            continue
        # an element may itself hold the piece, set with line breaks
        node = paragraph if paragraph.css_first("br") else paragraph.parent
        for _ in range(_LEVELS):
            if node is None or node.mem_id == body.mem_id:
                break
            if node.tag in _PARTS:
                node = node.parent
                continue
            weights[node.mem_id] = weights.get(node.mem_id, 0) + size
            nodes[node.mem_id] = node
            node = node.parent
    if not weights:
        return body
    most = max(weights.values())
    enough = [key for key, weight in weights.items() if weight >= _MOST * most]
    return nodes[min(enough, key=lambda key: len(nodes[key].text()))]


def _own_text(node: LexborNode) -> int:
    """Count the characters that stand in ``node`` itself; a link's text is no prose."""
    return len(" ".join(node.text(deep=False).split()))
