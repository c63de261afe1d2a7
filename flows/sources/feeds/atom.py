"""Atom 0.3 and 1.0."""

from __future__ import annotations

import base64
import binascii
from collections import defaultdict
from collections.abc import Iterable
from html import escape

from extractors.readers.encoding import decode
from flows.sources.feeds.model import Entry
from flows.sources.feeds.names import Element, attribute, children, declared_base, name
from flows.sources.feeds.values import (
    address,
    first,
    inner_markup,
    joined,
    names,
    paragraphs,
    plain,
    text_of,
)

_PAGES = ("", "text/html", "application/xhtml+xml")
_PUBLISHED = ("published", "issued", "created", "dc:date", "dcterms:issued", "pubdate")
_UPDATED = ("updated", "modified", "dcterms:modified")


def read_entry(element: Element, own: str, base: str) -> Entry:
    """Read one ``<entry>``; ``base`` is the address its relative links belong to."""
    declared = declared_base(element)
    base = joined(base, declared)
    found: dict[str, list[Element]] = defaultdict(list)
    for child in children(element):
        found[name(child.tag, own).removeprefix("atom:")].append(child)
    content = next((e for e in found.get("content", ()) if markup(e)), None)
    summary = next((e for e in found.get("summary", ()) if markup(e)), None)
    within = content if content is not None else summary
    inner = _base_within(within) if within is not None else ""
    guid = _first(found, ("id", "guid"))
    url = _url(found, guid, base)
    return Entry(
        url=url,
        title=_title(found),
        published=_first(found, _PUBLISHED),
        updated=_first(found, _UPDATED),
        authors=names(
            _person(e, own) for key in ("author", "dc:creator") for e in found.get(key, ())
        ),
        content=markup(content) if content is not None else None,
        summary=markup(summary) if summary is not None else None,
        guid=guid,
        base=joined(base, inner) if inner or declared else None,
        refused_link=None if url else first(*(attribute(e, "href") for e in found.get("link", ()))),
    )


def alternate(links: Iterable[Element], base: str) -> str | None:
    """Return where the entry's page is: the first of ``links`` to a web page, else the first."""
    others: list[str] = []
    for link in links:
        if attribute(link, "rel").lower() not in ("", "alternate", _IANA + "alternate"):
            continue
        href = attribute(link, "href") or text_of(link)
        url = address(joined(base, declared_base(link)), href)
        if url and attribute(link, "type").lower().partition(";")[0].strip() in _PAGES:
            return url
        if url:
            others.append(url)
    return others[0] if others else None


_IANA = "http://www.iana.org/assignments/relation/"


def related(links: Iterable[Element], wanted: str, base: str) -> str | None:
    """Return where the first of ``links`` with the relation ``wanted`` leads."""
    for link in links:
        if attribute(link, "rel").lower().removeprefix(_IANA) == wanted:
            return address(joined(base, declared_base(link)), attribute(link, "href"))
    return None


def markup(element: Element) -> str | None:
    """Return an Atom content construct as HTML; None if it has none, as a picture or a source."""
    kind = attribute(element, "type").lower().partition(";")[0].strip() or "text"
    mode = attribute(element, "mode").lower()
    is_html = kind in ("html", "text/html", "application/xhtml+xml", "xhtml")
    is_text = kind in ("text", "text/plain")
    if not is_html and not is_text and not kind.endswith(("+xml", "/xml")):
        return None if not kind.startswith("text/") else _encoded(element, is_html=False)
    if mode == "base64":
        return _encoded(element, is_html=is_html)
    if len(element):
        inner = element
        if len(element) == 1 and not (element.text or "").strip():
            only = element[0]
            if isinstance(only.tag, str) and name(only.tag) in ("xhtml:div", "div"):
                inner = only  # the div is the construct's, not the text's
        return first(inner_markup(inner))
    text = element.text or ""
    if is_html or mode == "escaped":
        return first(text)
    return first(paragraphs(text))


def _encoded(element: Element, *, is_html: bool) -> str | None:
    try:
        text = decode(base64.b64decode(text_of(element), validate=False))
    except (binascii.Error, ValueError):
        return None
    return first(text if is_html else paragraphs(text))


def _base_within(element: Element) -> str:
    bases = [declared_base(element)]
    if len(element) == 1 and isinstance(element[0].tag, str):
        bases.append(declared_base(element[0]))
    outer, inner = (*bases, "")[:2]
    return joined(outer, inner) if outer and inner else inner or outer


def _url(found: dict[str, list[Element]], guid: str | None, base: str) -> str | None:
    for link in found.get("feedburner:origlink", ()):
        if url := address(base, text_of(link)):
            return url
    if url := alternate(found.get("link", ()), base):
        return url
    for content in found.get("content", ()):
        if attribute(content, "type").lower() in _PAGES[1:] and attribute(content, "src"):
            return address(joined(base, declared_base(content)), attribute(content, "src"))
    is_address = guid is not None and guid.lower().startswith(("http://", "https://"))
    return address(base, guid) if is_address else None


def _title(found: dict[str, list[Element]]) -> str | None:
    for title in found.get("title", ()):
        kind = attribute(title, "type").lower()
        text = text_of(title)
        if attribute(title, "mode").lower() == "base64":
            text = _encoded(title, is_html=True) or ""
        elif kind in ("text", "text/plain", "xhtml") and attribute(title, "mode") != "escaped":
            text = escape(text, quote=False)
        if line := plain(text):
            return line
    return None


def _person(element: Element, own: str) -> str:
    named = (c for c in children(element) if name(c.tag, own).removeprefix("atom:") == "name")
    return text_of(next(named, element))


def _first(found: dict[str, list[Element]], keys: tuple[str, ...]) -> str | None:
    return first(*(text_of(element) for key in keys for element in found.get(key, ())))
