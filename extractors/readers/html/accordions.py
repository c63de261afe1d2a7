"""Accordions: buttons that are the headlines of what they unfold."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from extractors.text import collapse, has_more_words

BUTTONS = (
    "button[aria-expanded],button[aria-controls],button[data-toggle],button[data-bs-toggle],"
    'button[class*="accordion" i]'
)
_PANELS = frozenset(("div", "section", "p", "article", "dd"))
_MAX_WORDS = 14
_MIN_PROSE = 40  # characters
_SENTENCE = re.compile(r"[.!?][”’\"')\]]*(?:\s|$)")
# Buttons that unfold no text of the page's own.
_TOOLS = re.compile(
    r"(?:share|menu|close|search|more|show|read|view|expand|subscribe|sign|log|cookie|filter|sort|"
    r"listen|play|print|save|download|cite|footnotes?|endnotes?|contents|table of)\b",
    re.I,
)


def unfolded(button: LexborNode) -> LexborNode | None:
    """Return the panel that ``button`` heads: prose right behind it, or behind the box it fills."""
    text = collapse(button.text())
    if not text or has_more_words(text, _MAX_WORDS) or _TOOLS.match(text):
        return None
    at: LexborNode | None = button
    for _ in range(2):  # the box may be a heading's place: <div><button>...</button></div>
        panel = _next_element(at) if at is not None else None
        if panel is not None:
            break
        at = at.parent if at is not None else None
        if at is None or collapse(at.text()) != text:
            return None
    if panel is None or panel.tag not in _PANELS:
        return None
    told = collapse(panel.text())
    return panel if len(told) >= _MIN_PROSE and _SENTENCE.search(told) else None


def _next_element(node: LexborNode) -> LexborNode | None:
    at = node.next
    while at is not None and (at.is_comment_node or (at.is_text_node and not at.text().strip())):
        at = at.next
    return at if at is not None and not at.is_text_node else None
