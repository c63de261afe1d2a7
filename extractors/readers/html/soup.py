"""A tree builder for BeautifulSoup that reads slimmed markup.

selectolax has parsed the page already, as browsers do, and :mod:`slim` leaves tags that are whole,
balanced and few. Reading those takes no second parser: that would halve the speed, and mend what is
not broken (libxml2 cuts a page at 256 levels).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import TreeBuilder
from bs4.element import NavigableString

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": "\xa0", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


def read_soup(slimmed: str) -> BeautifulSoup:
    """Build the tree of slimmed markup."""
    # without a tag or a line break BeautifulSoup warns that it might be a file's name
    return BeautifulSoup(slimmed if "<" in slimmed else slimmed + "\n", builder=_SlimBuilder())


class _SlimBuilder(TreeBuilder):
    def __init__(self) -> None:
        super().__init__(multi_valued_attributes={}, string_containers={})

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[Any]:
        """Yield the markup as it is: it is a string already."""
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        """Hand the tags and the text between them to the soup, in order."""
        soup: Any = self.soup
        at = 0
        for tag in _TAG.finditer(markup):
            begin = tag.start()
            if begin > at:
                soup.object_was_parsed(NavigableString(unescape(markup[at:begin])))
            at = tag.end()
            end, name, rest = tag.groups()
            if end:
                soup.handle_endtag(name)
            else:
                found = _ATTRIBUTE.findall(rest) if rest else ()
                soup.handle_starttag(name, None, None, {k: unescape(v) for k, v in found})
        if at < len(markup):
            soup.object_was_parsed(NavigableString(unescape(markup[at:])))


def unescape(text: str) -> str:
    """Undo the five escapes that serialised HTML has."""
    return _ENTITY.sub(lambda m: _ENTITIES[m[0]], text) if "&" in text else text
