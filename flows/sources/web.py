"""Pages and feeds over HTTP."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from extractors.text import clean
from flows.settings import Settings
from flows.sources.feeds.captures import announced, carried
from flows.sources.feeds.model import NotAFeed
from flows.sources.feeds.read import looks_like_feed, read_feed
from flows.sources.model import Collected, Failure, Source
from flows.sources.pace import Pace
from warehouse.landing import Capture

# What is worth trying again: the server was busy or the line broke, not that it said no.
_RETRY = Retry(
    total=2,
    read=False,  # a host that keeps silent for the whole time-out does so again
    backoff_factor=0.5,
    status_forcelist=(502, 503, 504),
    allowed_methods=("GET",),
    raise_on_status=False,
    respect_retry_after_header=False,
)
_CHUNK = 64 * 1024


@dataclass
class Fetcher:
    """Fetches one address after the other, at the pace that it shares with the other sources.

    ``get`` gives a capture, or a failure with reason ``unreachable``, ``timeout``,
    ``http-status``, ``too-large`` or ``unsupported``; it never raises for what a server does.
    """

    settings: Settings
    pace: Pace

    def __post_init__(self) -> None:
        self._session = requests.Session()
        self._session.headers["User-Agent"] = self.settings.agent
        self._session.max_redirects = self.settings.max_redirects
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_RETRY))

    def get(self, source: str, url: str) -> Capture | Failure:
        try:
            parts = urlsplit(url)
        except ValueError:
            return Failure(url, "unsupported", f"{url!r} is no address")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return Failure(url, "unsupported", f"{url!r} is not http or https")
        self.pace.wait(parts.hostname)
        try:
            return self._get(source, url)
        except requests.Timeout:
            return Failure(url, "timeout", f"{url} did not answer in time; it is tried next night")
        # urllib3 and idna have errors of their own for hosts that no request can be made to
        except (requests.RequestException, HTTPError, UnicodeError, ValueError) as error:
            return Failure(
                url, "unreachable", f"{url} can't be reached: {_cause(error)}; check the address"
            )

    def _get(self, source: str, url: str) -> Capture | Failure:
        limit = self.settings.max_bytes
        deadline = time.monotonic() + self.settings.total_timeout
        timeouts = (self.settings.connect_timeout, self.settings.read_timeout)
        with self._session.get(url, timeout=timeouts, stream=True) as response:
            if response.status_code != 200:
                return Failure(
                    url, "http-status", f"{url} answered {response.status_code} {response.reason}"
                )
            body = bytearray()
            for chunk in response.iter_content(_CHUNK):
                body += chunk
                if len(body) > limit:
                    return Failure(url, "too-large", f"{url} is larger than {limit:,} bytes")
                if time.monotonic() > deadline:
                    raise requests.Timeout(f"no end after {self.settings.total_timeout:g} s")
            return Capture(
                source,
                clean(url),
                datetime.now(UTC),
                bytes(body),
                final_uri=clean(response.url),
                status=response.status_code,
                headers=tuple((clean(k), clean(v)) for k, v in response.headers.items()),
                content_type=clean(response.headers.get("Content-Type", "")) or None,
            )


def _cause(error: Exception) -> str:
    """Return the innermost reason: requests and urllib3 wrap it twice."""
    inner: BaseException = error
    while (below := inner.__cause__ or inner.__context__) is not None:
        inner = below
    return clean(str(inner)) or type(inner).__name__


def collect_web(source: Source, settings: Settings, pace: Pace) -> Collected:
    """Yield the pages of a source: each address itself or, where it is a feed, what it links to."""
    fetcher = Fetcher(settings, pace)
    for url in source.locations:
        answer = fetcher.get(source.name, url)
        if isinstance(answer, Failure):
            yield Failure(answer.uri, answer.reason, answer.message, whole=True)
        elif looks_like_feed(answer.body, answer.content_type or ""):
            yield from _entries(source, answer, fetcher, settings)
        elif source.kind == "feed":
            yield Failure(url, "not-a-feed", f"{url} is no feed; check the address", whole=True)
        else:
            yield answer


def _entries(source: Source, feed: Capture, fetcher: Fetcher, settings: Settings) -> Collected:
    try:
        found = read_feed(
            feed.body,
            feed.final_uri or feed.uri,
            feed.content_type or "",
            max_entries=settings.max_entries,
        )
    except NotAFeed as error:
        yield Failure(feed.uri, error.reason, f"{feed.uri}: {error}", whole=True)
        return
    for entry in found.entries:
        if source.content == "feed" and (text := carried(feed, entry)):
            yield text
        elif link := entry.url or entry.refused_link:
            answer = fetcher.get(source.name, link)
            yield answer if isinstance(answer, Failure) else announced(answer, entry)
