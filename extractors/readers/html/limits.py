"""Absurd markup made harmless before a parser sees it: text is kept, nesting beyond use is not.

Parsers follow the HTML standard, by which every ``<div>`` looks through all open elements and every
paragraph opens all unclosed ``<font>`` tags again: 100,000 of them take minutes or all memory.
"""

from __future__ import annotations

import re

from extractors.readers.errors import Unreadable

MAX_CHARACTERS = 32_000_000
"""A longer page is refused: its tree would take gigabytes."""

# Noncharacters that the readers mark places with; no page may have them.
_MARKS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6"
_MARKS_BEGIN = (b"\xef", b"\xef\xb7")  # how all of them begin in UTF-8; a byte is found at once
_MAX_TAGS = 1_500_000
_MANY_TAGS = 4_000  # of fewer no parser makes trouble, however they are nested
_DEEPEST = 500  # levels of nesting that are kept; real pages stay below 100
_MAX_OPEN = 50  # emphasis and the like with attributes that may stay unclosed at a time
_LONG = 200_000  # characters of a page that may have such a tag
_MAX_ATTRIBUTES = 2_000  # of one tag; a parser compares each with all before it
_OVERLOADED = re.compile(r"<([a-z][a-z0-9-]*)\s[^<>]{40000,}>", re.I)
_TAG = re.compile(
    r"<!--(?:.*?-->|.*)|<(?P<raw>script|style|textarea|title)\b(?:.*?</(?P=raw)\b|.*)"
    r"|<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*)(?P<rest>[^<>]*)>?",
    re.I | re.S,
)
# Elements that never hold others, and those that the next of their kind closes.
_FLAT = frozenset(
    (
        "area base br col embed hr img input link meta source track wbr param p li dt dd tr td th "
        "thead tbody tfoot option html head body optgroup rt rp"
    ).split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())


def harmless(html: str) -> str:
    """Return markup that parses in linear time: ``html`` itself unless it is absurd.

    Raises :class:`Unreadable` (``too-large``) beyond :data:`MAX_CHARACTERS`.
    """
    if len(html) > MAX_CHARACTERS:
        raise Unreadable(
            "too-large",
            f"the page has {len(html):,} characters, more than {MAX_CHARACTERS:,}; split it",
        )
    tags = html.count("<")
    if tags > _MAX_TAGS:
        raise Unreadable("too-large", f"the page has {tags:,} tags, more than {_MAX_TAGS:,}")
    for mark in _MARKS:
        if mark in html:
            html = html.replace(mark, "\ufffd")
    if len(html) > _LONG:
        html = _OVERLOADED.sub(_without_attributes, html)
    return flatten(html, _DEEPEST) if tags > _MANY_TAGS else html


def is_harmless(utf8: bytes) -> bool:
    """Tell of a page's bytes, at a glance, that :func:`harmless` would not change them."""
    return (
        len(utf8) <= _LONG
        and utf8.count(b"<") <= _MANY_TAGS
        and not all(begin in utf8 for begin in _MARKS_BEGIN)
    )


def _without_attributes(tag: re.Match[str]) -> str:
    return f"<{tag[1]}>" if tag[0].count("=") > _MAX_ATTRIBUTES else tag[0]


def flatten(html: str, deepest: int, instead: str = "<p>", *, serialised: bool = False) -> str:
    """Leave out the tags of elements nested deeper than ``deepest``, ``instead`` in their place.

    No text is lost. In ``serialised`` markup every element is closed where it ends.
    """
    depth = 0
    unclosed = 0
    deep: dict[str, int] = {}  # open elements of each name that were left out

    def keep(m: re.Match[str]) -> str:
        nonlocal depth, unclosed
        name = m["name"]
        if name is None:
            return m[0]
        name = name.lower()
        if name in _FLAT and not serialised:
            return m[0]
        if name in _FORMATTING and not serialised:
            unclosed = max(0, unclosed - 1) if m["end"] else unclosed + 1
            return m[0] if unclosed <= _MAX_OPEN else ""
        if m["end"]:
            if deep.get(name):
                deep[name] -= 1
                return instead
            depth = max(0, depth - 1)
            return m[0]
        if depth >= deepest:
            deep[name] = deep.get(name, 0) + 1
            return instead
        depth += 1
        return m[0]

    return _TAG.sub(keep, html)
