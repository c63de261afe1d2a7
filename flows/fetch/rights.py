"""The rights signals of an answer's headers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

_NO_AI = {"noai", "noimageai"}
# "otherbot: noindex" speaks to one robot; "unavailable_after: ..." and the like are directives.
_DIRECTIVES_WITH_VALUES = {
    "unavailable_after", "max-snippet", "max-image-preview", "max-video-preview",
}  # fmt: skip
_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w*-]+\s*(?:=\s*(?:"[^"]*"|[^\s",;]+))?)*)')
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))', re.I)


def noai(robots_tags: Iterable[str], tdm_reservation: Iterable[str], agent: str) -> bool | None:
    """Tell whether X-Robots-Tag or TDM-Reservation forbid use for AI; None if they are silent.

    What is said to another robot by name does not count.
    """
    directives: set[str] = set()
    for tag in robots_tags:
        name, colon, rest = tag.partition(":")
        name = name.strip().lower()
        if colon and name not in _DIRECTIVES_WITH_VALUES and "," not in name:
            if name not in agent.lower():
                continue
            tag = rest
        directives |= {word.strip().lower() for word in tag.split(",")}
    reserved = {value.strip() for value in tdm_reservation}
    directives.discard("")
    if not directives and not reserved:
        return None
    return bool(directives & _NO_AI) or "1" in reserved


def license_url(links: Iterable[str], base: str) -> str | None:
    """Return the address of the licence that a Link header names, or None."""
    for value in links:
        for target, parameters in _LINK.findall(value[:16_384]):
            rel = _REL.search(parameters)
            if rel and "license" in (rel[1] or rel[2] or "").lower().split():
                try:
                    found = urljoin(base, str(target).strip())
                    if urlsplit(found).scheme in ("http", "https"):
                        return found
                except ValueError:
                    continue
    return None
