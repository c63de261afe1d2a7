"""Parts of addresses that fetching and declaring both look at."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}


def split_credentials(url: str) -> tuple[str, tuple[str, str] | None]:
    """Return an address without user and password, and these. Raises ValueError for no address."""
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url, None
    held, _, host = parts.netloc.rpartition("@")
    user, _, password = held.partition(":")
    return urlunsplit(parts._replace(netloc=host)), (unquote(user), unquote(password))


def server_of(url: str) -> str:
    """Return the host by which turns are counted; at an unusual port, with that port.

    There it is another program, such as one of several on an intranet's machine.
    """
    try:
        parts = urlsplit(url)
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    return name if port in (None, 80, 443) else f"{name}:{port}"


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address, the address itself if it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def keeps_own(before: str, after: str) -> bool:
    """Tell whether what only a source's host may see may be sent to ``after`` as well.

    So it is on the same origin, and where http becomes https; never the other way.
    """
    try:
        one, other = urlsplit(before), urlsplit(after)
        ports = [p.port or _PORTS.get(p.scheme) for p in (one, other)]
    except ValueError:
        return False
    if one.hostname != other.hostname:
        return False
    if one.scheme == other.scheme:
        return ports[0] == ports[1]
    return (one.scheme, other.scheme) == ("http", "https") and ports == [80, 443]
