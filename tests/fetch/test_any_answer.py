"""Whatever bytes a server sends, an answer comes of them and no error."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.fetch.fetcher import Fetcher
from flows.fetch.model import Ask, Gone, NotModified
from flows.fetch.robots import RobotsCache, RobotsFile
from flows.settings import Settings
from flows.sources.model import Failure
from warehouse.attempts import REASONS
from warehouse.landing import Capture

LINES = [
    b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 302 Found\r\n", b"HTTP/1.1 404\r\n", b"HTTP/1.1 304 x\r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.0 503 Busy\r\n", b"HTTP/9.9 999\r\n", b"\r\n",
    b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"Content-Length: 5, 7\r\n",
    b"Content-Length: 99999999999999999999999\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: x\r\n", b"Content-Encoding: gzip\r\n", b"Content-Encoding: \xff\r\n",
    b"Location: /x\r\n", b"Location: http://[::1\r\n", b"Location: \xff\xfe\r\n",
    b"Location: //\r\n", b"Location: http://\xc3\xbc.example:99999/\r\n", b"Location: \r\n",
    b"Retry-After: -5\r\n", b"Retry-After: \xf0\r\n", b"Content-Type: \xff; charset=\r\n",
    b"Link: <;rel=license\r\n", b"X-Robots-Tag: :,:\r\n", b"Set-Cookie: a=\x01\r\n",
    b" folded\r\n", b"no colon\r\n", b": no name\r\n", b"\x00\r\n", b"5\r\nhello\r\n0\r\n\r\n",
    b"zz\r\n", b"fffffffffffffffff\r\n", b"hello", b"\x1f\x8b\x08\x00",
]  # fmt: skip


@pytest.fixture(scope="module")
def mouth():
    """A server that says what it is told to, and closes the line."""
    listener = socket.create_server(("127.0.0.1", 0))
    words = {}

    def serve():
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                with client, suppress(OSError):
                    client.settimeout(5)
                    client.recv(65536)
                    client.sendall(words["say"])
                    client.shutdown(socket.SHUT_WR)
                    client.recv(65536)

    threading.Thread(target=serve, daemon=True).start()
    yield words, f"http://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.one_of(
        st.lists(st.sampled_from(LINES), max_size=8).map(
            lambda lines: b"HTTP/1.1 200 OK\r\n" + b"".join(lines)
        ),
        st.lists(st.one_of(st.sampled_from(LINES), st.binary(max_size=12)), max_size=8).map(
            b"".join
        ),
    ),
    st.booleans(),
)
def test_any_bytes(mouth, said, conditional):
    words, base = mouth
    words["say"] = said
    given_settings = Settings(
        delay=0, allow_hosts="127.0.0.1", retries=0, read_timeout=2, max_redirects=3
    )
    known = RobotsCache([RobotsFile(base, datetime.now(UTC))])
    fetcher = Fetcher(given_settings, robots=known, resolver=lambda host: [host])
    found = fetcher.get(Ask(base + "/page", "s", etag='"1"' if conditional else None))
    if isinstance(found, Failure):
        assert found.reason in REASONS
        found.message.encode()
    else:
        assert isinstance(found, (Capture, Gone, NotModified))
        if isinstance(found, Capture):
            repr(found.row()).encode()


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.text(max_size=30).map(lambda text: f"http://{text}"),
        st.text(max_size=30).map(lambda text: f"https://tank.example/{text}"),
        st.text(max_size=20).map(lambda text: f"http://{text}@tank.example:{text}/"),
    )
)
def test_any_address(url):
    def resolver(host):
        return ["10.0.0.1"]

    found = Fetcher(Settings(delay=0), resolver=resolver).get(Ask(url, "s"))
    assert isinstance(found, Failure)
    assert found.reason in ("unsupported", "forbidden-address", "unreachable")
    found.message.encode()
