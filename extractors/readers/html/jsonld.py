"""JSON-LD: what a page states of its article for machines, broken or nested as it may be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from selectolax.lexbor import LexborNode

from extractors.text import clean, collapse, fold

_MAX_JSON = 500_000  # a head's JSON-LD is a few kilobytes; more is somebody's state dump
_MAX_THINGS = 200
_OPENING = re.compile(r"(?://)?\s*(?:<!\[CDATA\[|<!--)")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|CreativeWork|AnalysisNewsArticle)$")
_PAGE = re.compile(r"(?:\w*WebPage|\w*Article|\w*Posting|Report|CreativeWork)$")


Thing = dict[str, Any]


def read_things(scripts: Iterable[LexborNode]) -> list[Thing]:
    """Return the objects that JSON-LD scripts describe, those within a graph included."""
    things: list[Thing] = []
    for node in scripts:
        source = node.text()
        if len(source) <= _MAX_JSON and (found := _load(source)) is not None:
            things += _flat(found)
    return things[:_MAX_THINGS]


def _load(source: str) -> Any:
    for mend in (str, _mended):
        try:
            return json.loads(mend(source), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _mended(source: str) -> str:
    """Take out what editors leave in JSON: comment marks about it, commas before brackets."""
    text = source.strip()
    if opening := _OPENING.match(text):
        text = text[opening.end() :]
    for mark in (";", "]]>", "-->", "//"):
        text = text.removesuffix(mark).rstrip()
    return _TRAILING_COMMA.sub("", text)


def _flat(found: Any) -> Iterator[Thing]:
    for thing in (found if isinstance(found, list) else [found])[:_MAX_THINGS]:
        if not isinstance(thing, dict):
            continue
        yield thing
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            inner = thing.get(key)
            for part in (inner if isinstance(inner, list) else [inner])[:_MAX_THINGS]:
                if isinstance(part, dict):
                    yield part


def article_of(things: Sequence[Thing], names: Sequence[str]) -> Thing | None:
    """Return the thing that is the page's article: the only one, or the one of these ``names``.

    Pages list the pieces that they link to as well; of several none is certain without a name.
    """
    articles = [t for t in things if is_a(t, _ARTICLE) and next(strings(t.get("headline")), None)]
    if not articles:
        articles = [t for t in things if "@type" not in t and "headline" in t]
    known = [fold(name) for name in names if name]
    for thing in articles:
        headline = fold(next(strings(thing.get("headline")), ""))
        if len(headline) > 3 and any(name.startswith(headline) for name in known):
            return thing
    distinct = {next(strings(t.get("headline")), "") for t in articles}
    return articles[0] if len(distinct) == 1 else None


def dated(things: Sequence[Thing], article: Thing | None) -> Iterator[str]:
    """Yield when the article was published, then when its page was; not pictures or comments."""
    if article is not None:
        yield from strings(article.get("datePublished"))
    pages = [thing for thing in things if is_a(thing, _PAGE) or "@type" not in thing]
    articles = sum(is_a(thing, _ARTICLE) for thing in pages)
    for thing in pages:
        if article is not None or articles <= 1 or not is_a(thing, _ARTICLE):
            same = thing is article or not is_a(thing, _ARTICLE)
            if same:
                yield from strings(thing.get("datePublished"))


def people(article: Thing) -> Iterator[str]:
    """Yield the names of the article's authors that are not said to be organisations."""
    authors = article.get("author") or article.get("creator")
    for author in authors if isinstance(authors, list) else [authors]:
        if not (isinstance(author, dict) and is_a(author, re.compile(r".*Organization$"))):
            yield from strings(author)


def is_a(thing: Thing, kind: re.Pattern[str]) -> bool:
    """Tell whether one of a thing's types matches ``kind``."""
    types = thing.get("@type")
    return any(
        isinstance(name, str) and kind.match(name.rpartition("/")[2]) is not None
        for name in (types if isinstance(types, list) else [types])
    )


def strings(value: Any) -> Iterator[str]:
    """Yield the strings of a value, the names of objects among them."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = item.get("name")
            item = item[0] if isinstance(item, list) and item else item
        if isinstance(item, str) and item.strip():
            yield collapse(clean(item))
