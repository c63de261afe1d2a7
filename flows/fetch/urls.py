"""Parts of addresses that fetching and declaring both look at."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit, urlunsplit


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
