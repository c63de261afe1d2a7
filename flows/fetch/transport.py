"""One request, one answer: connections to checked addresses, metered in time and bytes.

Built of requests' adapter on urllib3's connections. requests' sessions are not used: they follow
redirects unchecked and take credentials from ``.netrc``.
"""

from __future__ import annotations

import logging
import os
import socket
import ssl
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util.ssl_ import create_urllib3_context

from flows.fetch.addresses import Guard, by_turns
from flows.settings import Settings

_MAX_ADDRESSES = 4  # tried of one name, one after the other
_POOLS = 64  # hosts whose connection is kept open


class OverLimitError(Exception):
    """A server sent more bytes than it may."""


class Meter(threading.local):
    """What the exchange that this thread is at may still take: seconds and bytes."""

    def __init__(self, connect: float, read: float) -> None:
        self.connect = connect
        self.read = read
        self.ends_at = 0.0
        self.bytes_left = 0

    def start(self, seconds: float, size: int) -> None:
        self.ends_at = time.monotonic() + seconds
        self.bytes_left = size

    def left(self, longest: float) -> float:
        """Return the seconds that a step may take; raises TimeoutError if there are none left."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("the whole took too long")
        return min(left, longest)

    def took(self, size: int) -> None:
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise OverLimitError


class _Metered:
    """A socket that looks at the meter whenever it receives.

    urllib3's time-outs are per read, so that a server which sends a byte now and then, in its
    headers too, would hold a thread for ever.
    """

    meter: Meter | None = None

    def recv_into(self, *arguments: Any) -> int:
        self._limit()
        size = int(super().recv_into(*arguments))  # type: ignore[misc]
        self._count(size)
        return size

    def recv(self, *arguments: Any) -> bytes:
        self._limit()
        received = bytes(super().recv(*arguments))  # type: ignore[misc]
        self._count(len(received))
        return received

    def _limit(self) -> None:
        if self.meter is not None:  # else in a TLS handshake, which has a time-out as a whole
            self.settimeout(self.meter.left(self.meter.read))  # type: ignore[attr-defined]

    def _count(self, size: int) -> None:
        if self.meter is not None:
            self.meter.took(size)


class _Socket(_Metered, socket.socket):
    pass


class _TLSSocket(_Metered, ssl.SSLSocket):
    pass


class _Guarded:
    """What both kinds of connection do their own way: they connect to checked addresses alone."""

    guard: Guard
    meter: Meter
    # of urllib3's connection
    host: str
    port: int
    proxy: Any
    sock: Any
    socket_options: Any
    _dns_host: str

    def _new_conn(self) -> socket.socket:
        name = self._dns_host.strip("[]")
        try:
            if self.proxy is None:
                found = self.guard.addresses(name, self.port)
            else:  # the user's own choice; what it is asked for was checked before
                found = Guard().resolve(name)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error  # type: ignore[arg-type]
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error  # type: ignore[arg-type]
        failure: OSError = OSError("no address")
        for address in by_turns(found)[:_MAX_ADDRESSES]:
            family = socket.AF_INET if address.version == 4 else socket.AF_INET6
            sock = _Socket(family, socket.SOCK_STREAM)
            try:
                sock.settimeout(self.meter.left(self.meter.connect))
                for option in self.socket_options or ():
                    sock.setsockopt(*option)
                sock.connect((str(address), self.port))
            except OSError as error:
                sock.close()
                failure = error
            else:
                sock.meter = self.meter
                return sock
        if isinstance(failure, TimeoutError):
            raise ConnectTimeoutError(self, "no connection in time") from failure
        raise NewConnectionError(self, str(failure)) from failure  # type: ignore[arg-type]


class _Adapter(HTTPAdapter):
    """requests' adapter over guarded connections, with one TLS context for all of them."""

    def __init__(self, guard: Guard, meter: Meter, ca_bundle: str) -> None:
        marks = {"guard": guard, "meter": meter}
        plain = type("_GuardedHTTP", (_Guarded, HTTPConnection), marks)

        def connect(connection: Any) -> None:
            HTTPSConnection.connect(connection)
            # after the handshake, which has its own time-out; within a proxy's TLS there is
            # another one, and the socket is that of the proxy
            getattr(connection.sock, "socket", connection.sock).meter = meter

        tls = type("_GuardedHTTPS", (_Guarded, HTTPSConnection), {**marks, "connect": connect})
        self._classes = {
            "http": type("_HTTPPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("_HTTPSPool", (HTTPSConnectionPool,), {"ConnectionCls": tls}),
        }
        self._ca_bundle = ca_bundle
        self._context: ssl.SSLContext | None = None
        super().__init__(pool_connections=_POOLS, pool_maxsize=1)

    def init_poolmanager(self, *arguments: Any, **more: Any) -> None:
        super().init_poolmanager(*arguments, **more)
        self.poolmanager.pool_classes_by_scheme = self._classes

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        if proxy in self.proxy_manager:
            return self.proxy_manager[proxy]
        manager = super().proxy_manager_for(proxy, proxy_ssl_context=self._tls(), **more)
        manager.pool_classes_by_scheme = self._classes
        return manager

    def build_connection_pool_key_attributes(
        self, request: Any, verify: Any, cert: Any = None
    ) -> Any:
        host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {"ssl_context": self._tls()} if host["scheme"] == "https" else {}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Leave the certificates to the context, which always demands them."""

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            context = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED)
            context.check_hostname = True
            if Path(self._ca_bundle).is_dir():
                context.load_verify_locations(capath=self._ca_bundle)
            else:
                context.load_verify_locations(self._ca_bundle)
            context.sslsocket_class = _TLSSocket
            self._context = context
        return self._context


class Transport:
    """Sends one request at a time for each thread. It judges nothing, and follows nothing."""

    def __init__(self, settings: Settings, guard: Guard) -> None:
        # urllib3 logs a traceback, with the address, for headers that make no sense
        logging.getLogger("urllib3").setLevel(logging.ERROR)
        self.meter = Meter(settings.connect_timeout, settings.read_timeout)
        self._guard = guard
        bundle = settings.ca_bundle or os.environ.get("REQUESTS_CA_BUNDLE")
        self._adapter = _Adapter(guard, self.meter, str(bundle or DEFAULT_CA_BUNDLE_PATH))

    def send(self, request: requests.PreparedRequest, proxy: str | None) -> requests.Response:
        """Send a request and return the answer, its body unread.

        Raises what requests and urllib3 raise, and :class:`ForbiddenAddressError` or
        :class:`OverLimitError`.
        """
        url = str(request.url)
        proxies: dict[str, str] = {}
        if proxy:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            self._guard.addresses(parts.hostname or "", port)
            proxies = {"http": proxy, "https": proxy}
        return self._adapter.send(
            request,
            stream=True,
            timeout=(self.meter.connect, self.meter.read),
            proxies=proxies,
        )

    def close(self) -> None:
        self._adapter.close()
