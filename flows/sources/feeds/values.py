"""The values of a feed's elements: addresses that can be asked for, titles, markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from lxml import etree

from extractors.text import clean, collapse
from flows.sources.feeds.names import Element

_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.S)
_NAMESPACE = re.compile(r'\sxmlns(?::[\w.-]+)?="[^"]*"')
_BREAKS = str.maketrans("", "", "\t\r\n")
_BRACKETED = re.compile(r"^\s*[^\s@()]+@[^\s()]+\s*\((.+)\)\s*$")
_MAILBOX = re.compile(r"^\s*\"?([^<>\"@]+?)\"?\s*<[^<>]*>\s*$")
_ODD = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}]")  # no host has these
_WHOLE = ("http://", "https://")
_MAX_URL = 8192


def address(base: str, link: str | None) -> str | None:
    """Return ``link`` as an absolute http(s) address, or None if it is none."""
    if not link or not (link := link.strip().translate(_BREAKS)):
        return None
    if len(link) > _MAX_URL:
        return None
    try:
        joined = link if link.lower().startswith(_WHOLE) else urljoin(base, link)
        parts = urlsplit(joined)
        host, _ = parts.hostname, parts.port  # a port that is no number raises
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or _ODD.search(host):
        return None
    return clean(joined)


def joined(base: str, declared: str) -> str:
    """Return the base that ``declared`` (an xml:base) makes of ``base``; ``base`` if it is none."""
    return address(base, declared) or base


def plain(text: str | None) -> str | None:
    """Return a title or name as one line of text, its markup and entities resolved."""
    if not text:
        return None
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = unescape(text)
    return collapse(clean(text)) or None


def text_of(element: Element) -> str:
    """Return all text inside an element."""
    return "".join(element.itertext()) if len(element) else element.text or ""


def inner_markup(element: Element) -> str:
    """Return what stands inside an element as HTML; text alone stays as it is.

    Namespaces are dropped, because HTML knows none: the tree is changed by this.
    """
    if not len(element):
        return element.text or ""
    for inner in element.iterdescendants("{*}*"):
        inner.tag = inner.tag.rpartition("}")[2]
    etree.cleanup_namespaces(element)
    parts = [escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return _TAG.sub(lambda tag: _NAMESPACE.sub("", tag[0]), "".join(parts))


def paragraphs(text: str) -> str:
    """Return plain text as HTML, one paragraph for each run of lines."""
    runs = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return "".join(f"<p>{escape(run.strip(), quote=False)}</p>" for run in runs if run.strip())


def person(text: str | None) -> str | None:
    """Return the name in ``name``, ``name <mail>`` or ``mail (name)``; None for a mere address."""
    if not text:
        return None
    found = _BRACKETED.match(text) or _MAILBOX.match(text)
    name = plain(found[1] if found else text)
    return None if name is None or "@" in name or "://" in name else name


def names(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Return the names of people among ``texts``, each once."""
    return tuple(dict.fromkeys(name for text in texts if (name := person(text))))


def first(*values: str | None) -> str | None:
    """Return the first value that has more than white space, trimmed."""
    return next((v.strip() for v in values if v and v.strip()), None)
