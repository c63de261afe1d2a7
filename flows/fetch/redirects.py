"""Where an answer leads, and whether the source's own headers may go there too."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urljoin, urlsplit

from requests.utils import requote_uri

from flows.fetch.model import FetchError, Reply
from flows.fetch.urls import split_credentials

_REDIRECTS = (301, 302, 303, 307, 308)
_PORTS = {"http": 80, "https": 443}


def target_of(reply: Reply) -> str | None:
    """Return the address that an answer redirects to, without credentials, or None.

    Raises :class:`FetchError` if that is no address.
    """
    location = reply.header("Location")
    if reply.status not in _REDIRECTS or not location:
        return None
    with suppress(UnicodeError):  # read as latin-1, but whoever writes more than ASCII means UTF-8
        location = location.encode("latin-1").decode("utf-8")
    try:
        found, _ = split_credentials(urljoin(reply.url, requote_uri(location.strip())))
    except ValueError:
        raise FetchError("redirects", "leads to what is no address") from None
    if not found.lower().startswith(("http://", "https://")):
        raise FetchError("unsupported", "leads to an address that is neither http nor https")
    return found


def keeps_own(before: str, after: str) -> bool:
    """Tell whether what only a source's host may see may be sent to ``after`` as well.

    So it is on the same origin, and where http becomes https; never the other way.
    """
    one, other = urlsplit(before), urlsplit(after)
    if one.hostname != other.hostname:
        return False
    ports = [p.port or _PORTS.get(p.scheme) for p in (one, other)]
    if one.scheme == other.scheme:
        return ports[0] == ports[1]
    return (one.scheme, other.scheme) == ("http", "https") and ports == [80, 443]
