"""Addresses as a page gives them, resolved against the page's own."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

# Nothing is to be resolved in these, but in the last the origin: urljoin parses both addresses and
# puts one together again, which takes twenty times as long.
_WHOLE = re.compile(r"https?://[a-z0-9.-]+(?:/[^\s\[\]\\]*)?$")
_PATH = r"(?:/[a-zA-Z0-9_~%+,=@:&-][a-zA-Z0-9_.~%+,=@:&-]*)+/?"
_PLAIN = re.compile(rf"https?://[a-z0-9.-]+{_PATH}")
_ROOTED = re.compile(_PATH)


def join(base: str, href: str) -> str:
    """Resolve ``href`` against ``base`` as :func:`urllib.parse.urljoin` does.

    Raises ValueError for what is no address.
    """
    if _PLAIN.fullmatch(href):
        return href
    if _ROOTED.fullmatch(href):
        scheme, host, *_ = urlsplit(base)
        if host and scheme in ("http", "https"):
            return f"{scheme}://{host}{href}"
    return urljoin(base, href)


def target(base: str, href: str) -> str | None:
    """Resolve a link; None for what leads nowhere outside the page, or not into the web."""
    if not href or href[0] == "#":
        return None
    if _WHOLE.match(href) and href.find("/.", len("https://")) == -1:
        return href
    try:
        url = join(base, href)
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    return url if scheme in ("", "http", "https") else None
