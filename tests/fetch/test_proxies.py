"""Proxies carry the requests, and open no hole in the checks."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

import pytest

from flows.fetch.fetcher import Fetcher
from flows.fetch.model import Access, Ask
from flows.settings import Settings
from tests.hostile.server import hostile_site
from warehouse.landing import Capture

PAGE = (200, {"Content-Type": "text/html"}, b"<p>by proxy</p>")


def _public(host):
    return ["93.184.216.34"]


@pytest.fixture
def proxied(recorder):
    """Fetch by a proxy on the loopback interface, which answers for every host itself."""

    def get(url, resolver=_public, access=None):
        access = access or Access(proxy=f"http://clerk:pass-2-gate@127.0.0.1:{recorder.port}")
        return Fetcher(Settings(delay=0), resolver=resolver).get(Ask(url, "s", access=access))

    return get


def test_a_source_s_own_proxy_is_used(recorder, proxied):
    recorder.answers["/1"] = PAGE
    found = proxied("http://tank.example/1")
    assert isinstance(found, Capture) and found.body == b"<p>by proxy</p>"
    assert [r.target for r in recorder.requests] == [
        "http://tank.example/robots.txt", "http://tank.example/1",
    ]  # fmt: skip
    assert recorder.requests[0].headers["Proxy-Authorization"].startswith("Basic ")
    assert recorder.requests[0].headers["Host"] == "tank.example"
    assert "pass-2-gate" not in repr(found.row())
    assert all(name != "Proxy-Authorization" for name, _ in found.request_headers)


def test_the_environment_s_proxy_is_used_but_for_what_it_excepts(recorder, monkeypatch, proxied):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{recorder.port}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{recorder.port}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    recorder.answers["/1"] = PAGE
    assert isinstance(proxied("http://tank.example/1", access=Access()), Capture)
    assert recorder.requests[-1].target == "http://tank.example/1"
    settings = Settings(delay=0, allow_hosts="127.0.0.1")
    assert isinstance(Fetcher(settings).get(Ask(recorder.base + "/1", "s")), Capture)
    assert recorder.requests[-1].target == "/1"


@pytest.mark.parametrize(
    "url",
    ["http://169.254.169.254/latest/", "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/"],
)
def test_what_may_not_be_asked_may_not_be_asked_by_proxy(recorder, proxied, url):
    def literal(host):
        return [host]

    assert proxied(url, resolver=literal).reason == "forbidden-address"
    assert recorder.requests == []


def test_a_name_that_leads_inside_is_refused_though_the_proxy_would_go(recorder, proxied):
    found = proxied("http://inside.example/1", resolver=lambda host: ["10.0.0.7"])
    assert found.reason == "forbidden-address"
    assert recorder.requests == []


def test_each_redirect_is_checked_too(recorder, proxied):
    recorder.answers["/1"] = (302, {"Location": "http://inside.example/2"}, b"")
    addresses = {"tank.example": ["93.184.216.34"], "inside.example": ["192.168.7.7"]}
    found = proxied("http://tank.example/1", resolver=addresses.__getitem__)
    assert found.reason == "forbidden-address"
    assert not any("inside" in request.target for request in recorder.requests)


def test_a_name_that_only_the_proxy_knows_needs_the_allow_list(recorder, proxied):
    def unknown(host):
        raise socket.gaierror(-2, "Name or service not known")

    found = proxied("http://only-there.example/1", resolver=unknown)
    assert found.reason == "unreachable"
    assert recorder.requests == []


def test_a_proxy_that_can_t_be_used_is_told(monkeypatch, proxied):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    for name in ("HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    found = proxied("http://tank.example/1", access=Access())
    assert (found.reason, "proxy" in found.message) == ("unsupported", True)


@pytest.fixture
def tunnel():
    """A proxy that only tunnels; yields its address and the targets that it was asked for."""
    asked = []
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(source, sink):
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def serve():
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                head = b""
                while b"\r\n\r\n" not in head:
                    head += client.recv(65536)
                asked.append(head.split(b"\r\n")[0].decode())
                port = head.split()[1].decode().rsplit(":", 1)[1]
                server = socket.create_connection(("127.0.0.1", int(port)))
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    listener.close()


def test_https_goes_through_a_tunnel_and_certificates_hold_all_the_same(tunnel, tmp_path):
    proxy, asked = tunnel
    with hostile_site(tmp_path) as site:
        settings = Settings(delay=0, ca_bundle=site.ca_file, allow_hosts="127.0.0.1")
        get = Fetcher(settings).get
        access = Access(proxy=proxy, bearer="tok_51f0c2")
        assert isinstance(get(Ask(site.secure + "/1", "s", access=access)), Capture)
        assert asked == [f"CONNECT {site.secure.removeprefix('https://')} HTTP/1.0"]
        assert site.headers[-1]["Authorization"] == "Bearer tok_51f0c2"
        bad = f"https://127.0.0.1:{site.ports['unknown-certificate']}/1"
        assert get(Ask(bad, "s", access=access)).reason == "certificate"
