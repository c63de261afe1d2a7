"""RSS 0.9x, 1.0 and 2.0, with the modules in use, and CDF."""

from __future__ import annotations

from collections import defaultdict

from flows.sources.feeds import atom
from flows.sources.feeds.model import Entry
from flows.sources.feeds.names import (
    Element,
    attribute,
    children,
    declared_base,
    name,
)
from flows.sources.feeds.values import address, first, inner_markup, joined, names, plain, text_of

_PUBLISHED = ("pubdate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published",
              "atom:issued", "published", "issued", "date")  # fmt: skip
_UPDATED = ("dcterms:modified", "atom:updated", "atom:modified", "updated", "modified")
_AUTHORS = ("dc:creator", "author", "dc:author", "atom:author")
_CONTENT = ("content:encoded", "atom:content", "xhtml:body", "xhtml:div", "content", "fullitem")
_SUMMARY = ("description", "atom:summary", "summary", "abstract")


def read_item(element: Element, own: str, base: str) -> Entry:
    """Read one ``<item>``; ``base`` is the address its relative links belong to."""
    declared = declared_base(element)
    base = joined(base, declared)
    found: dict[str, list[Element]] = defaultdict(list)
    for child in children(element):
        found[name(child.tag, own)].append(child)
    guid_at = next(iter(found.get("guid", ())), None)
    guid = first(text_of(guid_at)) if guid_at is not None else None
    content = next((e for key in _CONTENT for e in found.get(key, ()) if _filled(e)), None)
    summary = next((e for key in _SUMMARY for e in found.get(key, ()) if _filled(e)), None)
    within = content if content is not None else summary
    inner = declared_base(within) if within is not None else ""
    url = _url(element, found, guid_at, base)
    return Entry(
        url=url,
        title=plain(_first(found, ("title", "dc:title", "atom:title"))),
        published=_first(found, _PUBLISHED),
        updated=_first(found, _UPDATED),
        authors=names(_author(e) for key in _AUTHORS for e in found.get(key, ())),
        content=_markup(content),
        summary=_markup(summary),
        guid=guid or first(element.get(_ABOUT)),
        base=joined(base, inner) if inner or declared else None,
        refused_link=None if url else _first(found, ("link",)),
    )


_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def _url(
    element: Element, found: dict[str, list[Element]], guid: Element | None, base: str
) -> str | None:
    """Choose the address: the publisher's own before a tracker's, a link before a permalink."""
    for link in (*found.get("feedburner:origlink", ()), *found.get("link", ())):
        own = joined(base, declared_base(link))
        if url := address(own, text_of(link)) or address(own, attribute(link, "href")):
            return url
    if url := atom.alternate(found.get("atom:link", ()), base):
        return url
    if guid is not None:
        permanent, text = attribute(guid, "ispermalink").lower(), text_of(guid).strip()
        whole = text.lower().startswith(("http://", "https://"))
        if permanent == "true" or (whole and permanent not in ("false", "no", "0")):
            return address(base, text)
    about = first(element.get(_ABOUT), attribute(element, "href"))
    return address(base, about) if about else None


def _filled(element: Element) -> bool:
    return bool(len(element) or (element.text or "").strip())


def _markup(element: Element | None) -> str | None:
    if element is None:
        return None
    if name(element.tag).startswith("atom:"):
        return atom.markup(element)
    return first(inner_markup(element))


def _author(element: Element) -> str:
    """Return the name in an author's element, which may have one for it within."""
    named = next((c for c in element.iter() if name(str(c.tag)).endswith("name")), element)
    return text_of(named)


def _first(found: dict[str, list[Element]], keys: tuple[str, ...]) -> str | None:
    return first(*(text_of(element) for key in keys for element in found.get(key, ())))
