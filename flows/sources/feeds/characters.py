"""From a feed's bytes to the text of an XML document that has no declaration and no DTD."""

from __future__ import annotations

import re

from extractors.readers.encoding import decode
from flows.sources.feeds.model import NotAFeed

_DECLARED = re.compile(rb"""^[^<]{0,200}<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})""")
_EBCDIC_DECLARATION = b"\x4c\x6f\xa7\x94"  # "<?xm" in EBCDIC
_CHARSET = re.compile(r"charset\s*=", re.I)
_START = re.compile(
    r"<(?:\?xml|!doctype|(?:\w+:)?(?:rss|rdf|feed|channel|urlset|sitemapindex|html|head|body)\b)",
    re.I,
)
_JUNK = 8192  # characters in front of the document that are forgiven: warnings of PHP, blank lines
_PROLOGUE = re.compile(r"\s*(?:<\?(?:xml\b|xml-stylesheet|[\w-]+)[^>]*\?>\s*|<!--.*?-->\s*)*", re.S)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[(.*?)\]\s*)?>", re.I | re.S)
_ENTITY = re.compile(
    r"<!ENTITY\s+(?P<parameter>%\s+)?[^\s%]+\s+"
    r"(?:(?P<outside>SYSTEM|PUBLIC)\b|\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')",
    re.I,
)
_REFERENCE = re.compile(r"[&%](?!#)[\w.:-]+;")


def xml_text(body: bytes, content_type: str = "") -> str:
    """Decode ``body`` and take off what stands in front of its root element.

    The encoding is what fits the bytes: a byte order mark, UTF-8 if they are that, else what the
    document declares, else what its server says. Raises :class:`NotAFeed` with reason ``unsafe``
    for a DTD whose entities expand to others or stand elsewhere; no entity is ever expanded.
    """
    text = _decoded(body, content_type).lstrip("\ufeff \t\r\n\x00")
    if found := _START.search(text[:_JUNK]):
        text = text[found.start() :]
    text = text[_end(_PROLOGUE, text) :]
    while doctype := _DOCTYPE.match(text):
        _refuse_entities(doctype[1] or "")
        text = text[doctype.end() :]
        text = text[_end(_PROLOGUE, text) :]
    if "<!ENTITY" in text[:_JUNK]:
        raise _unsafe("declares entities in a DTD that is not whole")
    return text


def _end(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0


def _decoded(body: bytes, content_type: str) -> str:
    if body.startswith(_EBCDIC_DECLARATION):
        return body.decode("cp037", "replace")
    declared = _DECLARED.match(body[:1024])
    if declared:
        content_type = f"text/xml; charset={declared[1].decode('ascii', 'replace')}"
    elif not _CHARSET.search(content_type):
        content_type = ""
    return decode(body, content_type)


def _refuse_entities(subset: str) -> None:
    for entity in _ENTITY.finditer(subset):
        if entity["parameter"]:
            continue  # old RSS names W3C's lists of characters so; they are known without it
        if entity["outside"]:
            raise _unsafe("declares an external entity")
        if _REFERENCE.search(entity["a"] or entity["b"] or ""):
            raise _unsafe("declares entities that expand to others")


def _unsafe(what: str) -> NotAFeed:
    return NotAFeed(f"the document {what}, which no feed needs; it is not read", "unsafe")
