"""The way of one capture through this package: bytes in, a brief or a reason out."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from extractors.frontmatter import read_dateline
from extractors.model import Document, Extraction, Rejection
from extractors.profile import Profile, generic, profiles
from extractors.readers.encoding import decode, looks_binary
from extractors.readers.text import read_text
from extractors.text import fold
from extractors.understand import understand

_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|h[1-6]|ul)\b", re.I)
_HTML_NAME = re.compile(r"\.(?:html?|xhtml|php|aspx?)$", re.I)


def extract(body: bytes, *, uri: str = "", content_type: str = "") -> Extraction:
    """Take one stored page apart.

    Args:
        body: the bytes as they came.
        uri: where they came from: an http(s) address, a path, or "".
        content_type: the Content-Type header, or "".

    Returns:
        An :class:`~extractors.model.Extraction`: a brief, or a rejection whose ``reason`` is one
        of ``empty``, ``binary`` and ``no-text``. Bad input does not raise.
    """
    if not body.strip():
        return _reject("empty", "the file has no content; nothing to extract")
    if looks_binary(body):
        return _reject(
            "binary", "the content is binary, not HTML or text; convert it or leave it out"
        )
    text = decode(body, content_type)
    url = uri if _scheme(uri) in ("http", "https") else ""
    if _is_html(text, uri, content_type):
        # selectolax and BeautifulSoup cost a tenth of a second to import: text needs neither
        from extractors.readers.html import Page

        page = Page(text, url=url)
        profile = _by_host(page.metadata.hosts)
        cut = profile or generic()
        document = page.read(cut.article, cut.drop)
    else:
        document = read_text(text, url=url)
        profile = _by_host((_host(url),)) if url else None
    if not any(block.text.strip() for block in document.blocks):
        return _reject("no-text", "the page holds no text of its own; it may need a browser")
    return Extraction(brief=understand(document, profile or _by_signature(document) or generic()))


def _reject(reason: str, message: str) -> Extraction:
    return Extraction(rejection=Rejection(reason, message))


def _scheme(uri: str) -> str:
    """Return the scheme of ``uri`` in lower case, "" for a path or what is no address."""
    try:
        return urlsplit(uri).scheme.lower()
    except ValueError:
        return ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _is_html(text: str, uri: str, content_type: str) -> bool:
    if "html" in content_type.lower():
        return True
    if content_type.lower().startswith("text/plain"):
        return False
    path = uri.split("?", 1)[0]
    if _HTML_NAME.search(path):
        return True
    return len(_MARKUP.findall(text[:20_000])) >= 2


def _by_host(hosts: tuple[str, ...]) -> Profile | None:
    for host in hosts:
        for profile in profiles():
            if profile.serves(host):
                return profile
    return None


def _by_signature(document: Document) -> Profile | None:
    """Recognise a publisher by its layout: the sections its headings open, the kinds it prints."""
    for profile in profiles():
        if not profile.signatures:
            continue
        signs: set[str] = set()
        for block in document.blocks:
            if block.marginal or block.kind == "item":
                continue
            for line in block.text.split("\n"):
                if rule := profile.section_of(line):
                    signs.add(rule.name)
                # below the first section it is the dateline of some other piece: a teaser's
                elif not signs and _names_kind(line, profile):
                    signs.add("kind")
        if any(signature <= signs for signature in profile.signatures):
            return profile
    return None


def _names_kind(line: str, profile: Profile) -> bool:
    dateline = read_dateline(line)
    return bool(dateline and dateline["kind"] and fold(dateline["kind"]) in profile.kinds)
