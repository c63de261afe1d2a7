"""The fetcher: every request of a run passes through here.

ask -> robots.txt -> the host's turn -> exchange -> redirect, ask again, or judge -> answer
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from requests import PreparedRequest

from extractors.text import clean
from flows.fetch.addresses import AllowList, Guard, Resolver, system_resolver
from flows.fetch.exchange import Limits, Proxies, exchange, prepare
from flows.fetch.hosts import Hosts
from flows.fetch.judge import LaterError, challenge_of, judge, redacted
from flows.fetch.model import Access, Answer, Ask, FetchError, Reply, sendable
from flows.fetch.redirects import target_of
from flows.fetch.robots import MAX_BYTES, MAX_REDIRECTS, RobotsCache, RobotsFile
from flows.fetch.transport import Transport
from flows.fetch.urls import keeps_own, origin_of, server_of, split_credentials
from flows.fetch.waiting import asked_to_wait, pause
from flows.settings import Settings
from flows.sources.model import Failure

_BACKOFF = 0.5  # seconds before the first repetition; twice as many before the next


@dataclass
class _Trip:
    """One address on its way: what it may still take, and where it led so far."""

    limits: Limits
    access: Access
    max_redirects: int
    headers: Mapping[str, str] = field(default_factory=dict)
    led: list[str] = field(default_factory=list)


class Fetcher:
    """Fetches for all threads of one run.

    ``robots`` and ``closed`` carry over what earlier runs learned; :meth:`RobotsCache.files` and
    :meth:`closed` give what the next run needs of this one.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        robots: RobotsCache | None = None,
        closed: Mapping[str, datetime] | None = None,
        resolver: Resolver = system_resolver,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.robots = robots or RobotsCache()
        self._settings = settings
        self._hosts = Hosts(settings.delay, closed, sleep=sleep)
        guard = Guard(AllowList.parse(settings.allow_hosts), resolver)
        self._transport = Transport(settings, guard)
        self._proxies = Proxies()

    def get(self, ask: Ask) -> Answer:
        """Fetch one address. Never raises for what a server does.

        The reason of a failure is ``unsupported``, ``robots``, ``forbidden-address``,
        ``unreachable``, ``timeout``, ``certificate``, ``too-large``, ``truncated-answer``,
        ``damaged``, ``redirects``, ``challenge``, ``retry-later`` or ``http-status``.
        """
        access, uri = ask.access, clean(ask.url)
        try:
            url, credentials = split_credentials(ask.url)
            uri = clean(url)
            if credentials is not None:
                access = replace(access, user=credentials[0], password=credentials[1])
            return self._get(ask, url, uri, access)
        except FetchError as error:
            until = error.until if isinstance(error, LaterError) else None
            message = redacted(f"{uri} {error.message}", access)
            return Failure(uri, error.reason, message, retry_at=until)
        except ValueError:
            return Failure(uri, "unsupported", f"{uri!r} is no address")

    def ready_at(self, host: str) -> float:
        """Return when the next turn at a host (see :func:`server_of`) is, in monotonic seconds."""
        return self._hosts.ready_at(host)

    def closed(self) -> dict[str, datetime]:
        """Return the hosts that want to be left alone, and until when (UTC)."""
        return self._hosts.closed()

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._transport.close()

    def _get(self, ask: Ask, url: str, uri: str, access: Access) -> Answer:
        conditions = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
        size = ask.max_bytes or self._settings.max_bytes
        trip = _Trip(
            Limits(size, self._settings.total_timeout),
            access,
            self._settings.max_redirects,
            {name: value for name, value in conditions.items() if value and sendable(value)},
        )
        if ask.delay:
            self._hosts.slow(server_of(url), ask.delay)
        reply = self._follow(url, trip, self._obey)
        return judge(ask, uri, access, reply, trip.led)

    def _follow(self, url: str, trip: _Trip, check: Callable[[str, Access], None]) -> Reply:
        """Return the answer at the end of all redirects; each address is checked by ``check``."""
        own = trip.access.own_headers
        while True:
            request = prepare(url, {"User-Agent": self._settings.agent, **trip.headers, **own})
            url = str(request.url)
            if url in trip.led:
                raise FetchError("redirects", f"leads in a circle, by {url}")
            if len(trip.led) > trip.max_redirects:
                raise FetchError("redirects", f"leads on more than {trip.max_redirects} times")
            check(url, trip.access)
            reply = self._ask(request, trip)
            target = target_of(reply)
            if target is None:
                return reply
            trip.led.append(url)
            if not keeps_own(url, target):
                own = {}
            url = target

    def _obey(self, url: str, access: Access) -> None:
        """Raise :class:`FetchError` if robots.txt, or its failure, forbids ``url``."""
        host = server_of(url)
        self._refuse_closed(host)
        rules = self.robots.rules(url, lambda origin: self._robots_file(origin, access))
        if rules.file.reason is not None:
            self._refuse_closed(host)  # it may have said so just now
            raise FetchError(rules.file.reason, rules.file.error or "")
        if not rules.allow(url):
            raise FetchError("robots", f"is not asked: {origin_of(url)}/robots.txt forbids it")
        if rules.delay:
            self._hosts.slow(host, rules.delay)

    def _robots_file(self, origin: str, access: Access) -> RobotsFile:
        limits = Limits(MAX_BYTES, self._settings.total_timeout, cut=True)
        trip = _Trip(limits, access, MAX_REDIRECTS)
        now = datetime.now(UTC)
        try:
            reply = self._follow(f"{origin}/robots.txt", trip, lambda url, access: None)
        except FetchError as error:
            if error.reason == "redirects":
                return RobotsFile(origin, now)
            return RobotsFile(origin, now, reason=error.reason, error=error.message)
        if reply.status == 200:
            return RobotsFile(origin, now, text=reply.body.decode("utf-8", "replace"))
        if reply.status == 429 or reply.status >= 500:
            words = f"{reply.status} {reply.phrase}".rstrip()
            why = f"is not asked: its robots.txt answered {words}"
            return RobotsFile(origin, now, reason="http-status", error=why)
        return RobotsFile(origin, now)

    def _ask(self, request: PreparedRequest, trip: _Trip) -> Reply:
        """Send a request in its host's turn, again if that is worth it; return the answer."""
        host = server_of(str(request.url))
        proxy = trip.access.proxy or self._proxies.of(str(request.url))
        for nth in range(self._settings.retries + 1):
            last = nth == self._settings.retries
            try:
                with self._hosts.turn(host):
                    self._refuse_closed(host)
                    reply = self._metered(request, proxy, trip)
            except FetchError as error:
                if last or not error.again:
                    raise
                self._hosts.pause(host, _BACKOFF * 2**nth)
                continue
            until = asked_to_wait(reply.status, reply.header("Retry-After"), reply.at)
            wait = (until - reply.at).total_seconds() if until else None
            seconds = pause(reply.status, wait, nth, _BACKOFF)
            if last or seconds is None or challenge_of(reply):
                break
            self._hosts.pause(host, seconds)
        if until is not None:
            self._hosts.close(host, until)
        return reply

    def _metered(self, request: PreparedRequest, proxy: str | None, trip: _Trip) -> Reply:
        """Exchange, and count the time that it takes against that of the whole trip."""
        started = time.monotonic()
        try:
            return exchange(self._transport, request, proxy, trip.limits)
        finally:
            left = trip.limits.seconds - (time.monotonic() - started)
            trip.limits = replace(trip.limits, seconds=left)

    def _refuse_closed(self, host: str) -> None:
        if until := self._hosts.closed_until(host):
            raise LaterError(f"is not asked: {host} wants to be left alone", until)
