"""Names of elements without their spelling: prefixes, versions of namespaces, upper case."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

Element: TypeAlias = Any  # lxml's element, which has no types of its own

_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_NAMESPACES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://backend.userland.com/rss": "rss",
    "http://backend.userland.com/rss2": "rss",
    "http://blogs.law.harvard.edu/tech/rss": "rss",
    "http://purl.org/rss/1.0/": "rss",
    "http://my.netscape.com/rdf/simple/0.9/": "rss",
    "http://channel.netscape.com/rdf/simple/0.9/": "rss",
    "http://purl.org/net/rss1.1#": "rss",
}
_USUAL = frozenset(_NAMESPACES.values())


@lru_cache(maxsize=4096)
def name(tag: str, own: str = "") -> str:
    """Return the name of an element: ``title``, ``dc:date``, ``atom:link``; ``?:x`` if unknown.

    ``own`` is the namespace of the document's root; elements of it, of RSS and of none have no
    prefix.
    """
    space, _, local = tag.rpartition("}")
    space, local = space.lstrip("{"), local.lower()
    if space in ("", own):
        return local
    short = _NAMESPACES.get(space.lower().replace("https://", "http://"))
    if short is None and space.startswith("undeclared:"):
        short = space.removeprefix("undeclared:")
    if short == "rss":
        return local
    return f"{short if short in _USUAL else '?'}:{local}"


def namespace(element: Element) -> str:
    """Return the namespace of an element, "" if it has none."""
    return str(element.tag).rpartition("}")[0].lstrip("{")


def attribute(element: Element, wanted: str) -> str:
    """Return an attribute whatever the case of its name, "" if it is not there."""
    found = element.get(wanted)
    if found is None:
        found = next((v for k, v in element.attrib.items() if k.lower() == wanted), "")
    return str(found).strip()


def declared_base(element: Element) -> str:
    """Return the element's own xml:base, "" if it has none."""
    return (element.get(_XML_BASE) or "").strip()


def children(element: Element) -> list[Element]:
    """Return the child elements: no comments, no instructions."""
    return [child for child in element if isinstance(child.tag, str)]
