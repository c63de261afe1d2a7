"""What is asked for, and what comes of it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from flows.sources.model import Failure
from warehouse.landing import Capture

# What makes a request whole is this program's to say; a source can't.
_OURS = {
    "accept-encoding", "connection", "content-length", "host", "proxy-authorization",
    "te", "transfer-encoding", "upgrade",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Access:
    """How one source is asked, beside what all are: headers, credentials, a proxy.

    The values come from the environment, so none is shown by ``repr``. Raises ValueError, without
    the value, for what can't be sent.
    """

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    bearer: str | None = field(default=None, repr=False)
    proxy: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for name, value in self.headers:
            if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
                raise ValueError(f"{name!r} is no name of a header")
            if name.lower() in _OURS:
                raise ValueError(f"the header {name} can't be set for a source")
            if not sendable(value):
                raise ValueError(
                    f"the value of the header {name} has characters that no header can have; "
                    "is there a line break in the variable?"
                )
        if self.bearer is not None and not (sendable(self.bearer) and self.bearer.isascii()):
            raise ValueError("the bearer token has characters that no header can have")
        if self.proxy and not self.proxy.lower().startswith(("http://", "https://")):
            raise ValueError("a proxy is an address that starts with http:// or https://")

    @property
    def own_headers(self) -> dict[str, str]:
        """The headers that only the source's own host may see."""
        found = dict(self.headers)
        if self.bearer is not None:
            found["Authorization"] = f"Bearer {self.bearer}"
        elif self.user is not None:
            pair = f"{self.user}:{self.password or ''}".encode()
            found["Authorization"] = "Basic " + base64.b64encode(pair).decode()
        return found

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that must not be seen, longest first."""
        found = {value for _, value in self.headers}
        found |= {v for v in (self.user, self.password, self.bearer, self.proxy) if v}
        found |= {value.partition(" ")[2] for value in self.own_headers.values() if " " in value}
        return tuple(sorted((v for v in found if len(v) >= 4), key=len, reverse=True))


def sendable(value: str) -> bool:
    """Tell whether a header can have this value."""
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return value == value.strip() and not any(ord(c) < 32 and c != "\t" for c in value)


@dataclass(frozen=True, slots=True)
class Ask:
    """One address to fetch, for a source; conditional if ``etag`` or ``last_modified`` is given.

    ``max_bytes`` goes before the limit of the settings; ``delay`` (seconds) slows its host down.
    """

    url: str
    source: str
    etag: str | None = None
    last_modified: str | None = None
    access: Access = Access()
    max_bytes: int | None = None
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server says that nothing changed since the version that the ask names."""

    uri: str
    at: datetime
    etag: str | None
    last_modified: str | None
    final_uri: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The server says that there is no such page (404) any more (410); its answer is kept."""

    capture: Capture


Answer: TypeAlias = Capture | NotModified | Gone | Failure


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of a server, its body decoded: not yet judged."""

    url: str
    status: int
    phrase: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime
    sent: Mapping[str, str] = field(default_factory=dict, repr=False)

    def header(self, name: str) -> str | None:
        """Return the first header of that name, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def all(self, name: str) -> list[str]:
        """Return every header of that name, in order."""
        wanted = name.lower()
        return [value for key, value in self.headers if key.lower() == wanted]


class FetchError(Exception):
    """An exchange that gave no reply. ``reason`` is a fixed word; ``again`` if worth repeating."""

    def __init__(self, reason: str, message: str, *, again: bool = False) -> None:
        self.reason = reason
        self.message = message
        self.again = again
        super().__init__(message)
