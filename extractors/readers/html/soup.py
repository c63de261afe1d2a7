"""A tree builder for BeautifulSoup that reads slimmed markup.

selectolax has parsed the page already, as browsers do, and :mod:`slim` leaves tags that are whole,
balanced and few. Reading those takes no second parser: that would halve the speed, and mend what is
not broken (libxml2 cuts a page at 256 levels).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from bs4 import BeautifulSoup
from bs4.builder import TreeBuilder
from bs4.element import NavigableString, Tag

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:\s([a-z]+)="([^"]*)")?>')
_NOTHING = ("", "", "", "", "")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": "\xa0", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


def read_soup(slimmed: str) -> BeautifulSoup:
    """Build the tree of slimmed markup."""
    # without a tag or a line break BeautifulSoup warns that it might be a file's name
    return BeautifulSoup(slimmed if "<" in slimmed else slimmed + "\n", builder=_SlimBuilder())


def untie(soup: BeautifulSoup) -> None:
    """Take a tree apart that is not needed any more, so that its memory is free at once.

    It is one knot of references, which else only a collection of garbage would free: a twentieth
    of what a page costs.
    """
    element: Any = soup
    while element is not None:
        following = element.next_element
        element.__dict__.clear()
        element = following


class SlimTag(Tag):
    """A tag that holds for its own only what tells it from others of its tree.

    ``Tag`` sets two dozen attributes on each, which takes longer than all else about it.
    """

    parser_class = BeautifulSoup
    namespace = prefix = sourceline = sourcepos = None
    next_element: Any = None
    next_sibling: Any = None
    previous_sibling: Any = None
    known_xml = hidden = can_be_empty_element = False
    cdata_list_attributes = preserve_whitespace_tags = None
    interesting_string_types = Tag.MAIN_CONTENT_STRING_TYPES
    _namespaces: dict[str, str] = {}  # noqa: RUF012 - bs4 declares it so

    def __init__(self, name: str, attrs: dict[str, str], parent: Tag, previous: Any) -> None:
        self.name = name
        self.attrs = attrs  # type: ignore[assignment]
        self.contents = []
        _hang(self, parent, previous)


class SlimString(NavigableString):
    """A string that, as :class:`SlimTag`, holds for its own only what tells it from others."""

    hidden = False
    next_element: Any = None
    next_sibling: Any = None
    previous_sibling: Any = None
    __getitem__ = str.__getitem__


class _SlimBuilder(TreeBuilder):
    def __init__(self) -> None:
        super().__init__(multi_valued_attributes={}, string_containers={})

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[Any]:
        """Yield the markup as it is: it is a string already."""
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        """Hang the tags and the text between them into the soup, in order."""
        root: Any = self.soup
        parent: Tag = root
        last: Tag | NavigableString = root
        first, *rest = _TAG.split(markup)  # text, then "/" or "", name, attribute, value, text ...
        if first:
            last = _string(first, parent, last)
        cells = "<table" in markup
        pieces = iter(rest)
        behind = zip(pieces, pieces, pieces, pieces, pieces, strict=True)
        for (end, name, attribute, value, text), below in pairwise((*behind, _NOTHING)):
            if not end:
                attributes = {attribute: unescape(value)} if attribute else {}
                parent = last = SlimTag(name, attributes, parent, last)
            else:
                parent = _closed(name, parent)
            # white space between two blocks is none; cells are measured with it
            if text and (name == "a" or below[1] == "a" or cells or not text.isspace()):
                last = _string(text, parent, last)


def _string(text: str, parent: Tag, previous: Tag | NavigableString) -> NavigableString:
    string = str.__new__(SlimString, unescape(text))  # its own would be linked twice
    _hang(string, parent, previous)
    return string


def _hang(element: SlimTag | SlimString, parent: Tag, previous: Tag | NavigableString) -> None:
    """Hang a new element behind the last of ``parent``, as ``PageElement.setup`` does."""
    element.parent = parent
    element.previous_element = previous
    previous.next_element = element
    contents = parent.contents
    if contents:
        element.previous_sibling = contents[-1]
        contents[-1].next_sibling = element
    contents.append(element)


def _closed(name: str, parent: Tag) -> Tag:
    """Return what is open once the innermost element of ``name`` has ended, if there is one."""
    at: Tag | None = parent
    while at is not None and at.name != name:
        at = at.parent
    return parent if at is None or at.parent is None else at.parent


def unescape(text: str) -> str:
    """Undo the five escapes that serialised HTML has."""
    return _ENTITY.sub(lambda m: _ENTITIES[m[0]], text) if "&" in text else text
