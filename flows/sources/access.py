"""What a source is asked with: its headers and credentials, for its own hosts alone."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flows.fetch.model import Access
from flows.sources.model import Source


def access_of(source: Source, environment: Mapping[str, str]) -> Access:
    """Return what a source declares, its variables replaced.

    Raises ValueError, without any value, for a variable that is not set or can't be sent.
    """
    declared = source.credentials.resolve(environment)
    return Access(
        declared.headers, declared.user, declared.password, declared.token, declared.proxy
    )


def access_for(access: Access, source: Source, url: str) -> Access:
    """Return what ``url`` is asked with: another host than the source's own sees only the proxy."""
    if host_of(url) in {host_of(location) for location in source.locations}:
        return access
    return Access(proxy=access.proxy)


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address, the address itself if it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()


def host_of(url: str) -> str:
    """Return the host of an address, "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
