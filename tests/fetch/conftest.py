"""A site that keeps its lines open, notes everything it is asked, and answers as it is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows.fetch.fetcher import Fetcher
from flows.settings import Settings


@dataclass(frozen=True)
class Request:
    """One request as it came: when (monotonic), by which line, and for what."""

    at: float
    line: int
    target: str
    headers: dict[str, str]


@dataclass
class Recorder:
    """``answers`` maps a path to (status, headers, body), or to a function of the request."""

    port: int = 0
    answers: dict[str, object] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asked(self, path: str) -> list[Request]:
        """Return the requests for a path, or for an absolute address that has it."""
        return [request for request in self.requests if request.target.endswith(path)]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Recorder

    def do_GET(self) -> None:
        site = self.site
        request = Request(
            time.monotonic(), self.client_address[1], self.path, dict(self.headers.items())
        )
        with site.lock:
            site.requests.append(request)
            site.busy += 1
            site.busiest = max(site.busiest, site.busy)
        path = "/" + self.path.partition("://")[2].partition("/")[2] if "://" in self.path else ""
        known = site.answers.get(path or self.path, (404, {}, b""))
        status, headers, body = known(request) if callable(known) else known
        head = [f"HTTP/1.1 {status} Said", f"Content-Length: {len(body)}"]
        head += [f"{name}: {value}" for name, value in headers.items()]
        with site.lock:
            site.busy -= 1
        # in one piece, for the system waits 40 ms before it sends a second one
        self.wfile.write("\r\n".join([*head, "", ""]).encode() + body)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _serve() -> tuple[Recorder, ThreadingHTTPServer]:
    site = Recorder()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("_", (_Handler,), {"site": site}))
    server.daemon_threads = True
    site.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return site, server


@pytest.fixture
def recorders() -> Iterator[Callable[[], Recorder]]:
    """Start as many sites as a test needs."""
    servers = []

    def start() -> Recorder:
        site, server = _serve()
        servers.append(server)
        return site

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def recorder(recorders) -> Recorder:
    """One such site."""
    return recorders()


@pytest.fixture
def fetcher() -> Callable[..., Fetcher]:
    """Make a fetcher that may ask the loopback interface; settings by name."""

    def make(robots=None, closed=None, sleep=lambda seconds: None, **settings) -> Fetcher:
        given = {"delay": 0, "allow_hosts": "127.0.0.1", **settings}
        return Fetcher(Settings(**given), robots=robots, closed=closed, sleep=sleep)

    return make
