"""What a whole answer means: a page, nothing new, a page that is gone, or a failure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from extractors.text import clean
from flows.fetch.challenge import challenger
from flows.fetch.model import Access, Answer, Ask, FetchError, Gone, NotModified, Reply
from flows.fetch.rights import license_url, noai
from flows.fetch.robots import AGENT
from flows.fetch.waiting import asked_to_wait
from warehouse.landing import Capture

_GONE = (404, 410)
_MAY_CHALLENGE = (200, 202, 401, 403, 405, 429, 503)
_HIDDEN = {"authorization", "cookie", "proxy-authorization", "set-cookie"}
_MASK = "(hidden)"


class LaterError(FetchError):
    """A host that wants to be left alone until a time."""

    def __init__(self, message: str, until: datetime) -> None:
        self.until = until
        super().__init__("retry-later", f"{message}; it is asked again after {until:%F %R} UTC")


def judge(ask: Ask, uri: str, access: Access, reply: Reply, redirects: Iterable[str]) -> Answer:
    """Return what ``reply`` is for ``ask``; raises :class:`FetchError` if it is no answer to it."""
    if service := challenge_of(reply):
        raise FetchError(
            "challenge", f"answered with a challenge of {service}, which wants a person"
        )
    if reply.status == 304 and (ask.etag or ask.last_modified):
        return NotModified(
            uri,
            reply.at,
            reply.header("ETag") or ask.etag,
            reply.header("Last-Modified") or ask.last_modified,
            clean(reply.url),
        )
    if reply.status == 200:
        return _capture(ask, uri, access, reply, redirects)
    if reply.status in _GONE:
        return Gone(_capture(ask, uri, access, reply, redirects))
    words = f"answered {reply.status} {reply.phrase}".rstrip()
    until = asked_to_wait(reply.status, reply.header("Retry-After"), reply.at)
    if until is not None:
        raise LaterError(words, until)
    raise FetchError("http-status", words)


def challenge_of(reply: Reply) -> str | None:
    """Return whose challenge for persons a reply is, or None."""
    if reply.status not in _MAY_CHALLENGE:
        return None
    return challenger(reply.status, reply.header, reply.body)


def _capture(ask: Ask, uri: str, access: Access, reply: Reply, redirects: Iterable[str]) -> Capture:
    return Capture(
        ask.source,
        uri,
        reply.at,
        reply.body,
        final_uri=clean(reply.url),
        status=reply.status,
        headers=_shown(reply.headers, access, set()),
        content_type=clean(reply.header("Content-Type") or "") or None,
        robots_allowed=True,  # what is not allowed is not asked for
        request_headers=_shown(_pairs(reply.sent), access, {n.lower() for n, _ in access.headers}),
        redirects=tuple(clean(url) for url in redirects),
        noai=noai(reply.all("X-Robots-Tag"), reply.all("TDM-Reservation"), AGENT),
        license_url=license_url(reply.all("Link"), reply.url),
    )


def _pairs(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    return list(headers.items())


def _shown(
    headers: Iterable[tuple[str, str]], access: Access, hidden: set[str]
) -> tuple[tuple[str, str], ...]:
    """Return headers as they may be stored: without cookies and without what is secret."""
    return tuple(
        (
            clean(name),
            _MASK if name.lower() in _HIDDEN | hidden else redacted(clean(value), access),
        )
        for name, value in headers
    )


def redacted(text: str, access: Access) -> str:
    """Return ``text`` without any secret value of ``access``."""
    for secret in access.secrets:
        text = text.replace(secret, _MASK)
    return text
