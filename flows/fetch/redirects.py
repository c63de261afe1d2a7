"""Where an answer leads."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import urljoin

from requests.utils import requote_uri

from flows.fetch.model import FetchError, Reply
from flows.fetch.urls import split_credentials

_REDIRECTS = (301, 302, 303, 307, 308)


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
