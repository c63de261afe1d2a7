"""Addresses in the form in which two of them can be compared."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

# Parameters that say how a reader came, not what the page is.
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|ref_src|cmpid|_hsenc|_hsmi|"
    r"mkt_tok|yclid|twclid|share|emailutm_\w+)$",
    re.I,
)
# Most addresses: nothing in them is to be changed but "www." and a final slash.
_PLAIN = re.compile(
    r"https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*)((?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)*)/?"
)
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_DEFAULT_PORTS = {"http": 80, "https": 443}


@lru_cache(maxsize=4096)
def canonical(url: str | None) -> str | None:
    """Return ``url`` normalised for comparison, or None if it is no http(s) address.

    http and https, ``www.``, a final slash, the fragment, default ports and tracking parameters
    make no difference; the order of the other parameters does not either.
    """
    if not url:
        return None
    if plain := _PLAIN.fullmatch(url):
        return f"https://{plain[1]}{plain[2]}"
    try:
        parts = urlsplit(url.strip().encode("utf-8", "replace").decode())
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").lower().rstrip(".")
    if parts.scheme.lower() not in _DEFAULT_PORTS or host.split() != [host]:
        return None  # no host, or one with blanks in it
    host = f"[{host}]" if ":" in host else host.removeprefix("www.")
    if port is not None and port != _DEFAULT_PORTS[parts.scheme.lower()]:
        host = f"{host}:{port}"
    path = quote(_ESCAPE.sub(_unescape, parts.path), safe="/%:@!$&'()*+,;=~-._")
    path = re.sub(r"/{2,}", "/", path).rstrip("/")
    query = _query(parts.query) if parts.query else ""
    return urlunsplit(("https", host, path, query, ""))


def is_root(address: str) -> bool:
    """Tell whether a canonical address is a site's front page."""
    return "/" not in address.removeprefix("https://") and "?" not in address


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(sorted((key, value) for key, value in pairs if not _TRACKING.match(key)))


def _unescape(escape: re.Match[str]) -> str:
    """Undo an escape that means nothing; %2F is no slash and stays."""
    char = chr(int(escape[1], 16))
    return char if char.isascii() and (char.isalnum() or char in "-._~") else escape[0].upper()


@lru_cache(maxsize=4096)
def domain(url: str | None) -> str | None:
    """Return the host of ``url`` in lower case without ``www.``, or None."""
    if not url:
        return None
    try:
        host = (urlsplit(url.strip()).hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def same_site(one: str | None, other: str | None) -> bool:
    """Tell whether two addresses lie below the same registrable domain."""
    a, b = domain(one), domain(other)
    if a is None or b is None:
        return False
    return a == b or registrable(a) == registrable(b)


def registrable(host: str) -> str:
    """Return the registrable domain of ``host``, by the public suffix list."""
    return _suffixes().privatesuffix(host) or host


@cache
def _suffixes() -> PublicSuffixList:
    """Read the list once, and not before it is needed: that takes a quarter second."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
