"""What a source is asked with: its headers and credentials, for its own origins alone."""

from __future__ import annotations

from collections.abc import Mapping

from flows.fetch.model import Access
from flows.fetch.urls import keeps_own
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
    """Return what ``url`` is asked with: another origin than the source's sees only the proxy."""
    if any(keeps_own(location, url) for location in source.locations):
        return access
    return Access(proxy=access.proxy)
