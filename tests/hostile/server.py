"""A site on the loopback interface that does everything a site should not do.

Each behaviour of ``behaviours.toml`` is a function here, named like it, that answers one request.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

TABLE = Path(__file__).with_name("behaviours.toml")


@dataclass(frozen=True)
class Behaviour:
    """A row of the table; see the file for what each column means."""

    name: str
    does: str
    fetch: str
    asked: int = 1
    closed: int | None = None
    note: str = ""
    run: str = ""
    role: str = "page"
    tls: bool = False


def behaviours() -> list[Behaviour]:
    """Return the rows of the table."""
    return [Behaviour(**row) for row in tomllib.loads(TABLE.read_text("utf-8"))["behaviour"]]


@dataclass
class HostileSite:
    """The site: its ports, and how often each path was asked.

    Behaviours that concern a whole host (its robots.txt, its wish for peace, its certificate) have
    a port of their own, so that they don't touch the others.
    """

    ports: dict[str, int]
    ca_file: Path
    asked: Counter[str] = field(default_factory=Counter)
    headers: list[dict[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.ports['']}"

    @property
    def secure(self) -> str:
        """The site with a good certificate, of the authority of ``ca_file``."""
        return f"https://127.0.0.1:{self.ports['good-certificate']}"

    def url(self, behaviour: Behaviour) -> str:
        """Return the address at which the site behaves so."""
        scheme = "https" if behaviour.tls else "http"
        port = self.ports.get(behaviour.name, self.ports[""])
        return f"{scheme}://127.0.0.1:{port}/{behaviour.name}"


class Handler(BaseHTTPRequestHandler):
    """Answers by the function that is named like the first part of the path."""

    protocol_version = "HTTP/1.1"
    site: HostileSite
    robots: str = ""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.site.asked[path] += 1
        self.site.headers.append(dict(self.headers))
        name = path.strip("/").split("/")[0]
        if path == "/robots.txt":
            answer = ROBOTS.get(self.robots, lambda on: on.send(404, b""))
        else:
            answer = ANSWERS.get(name, good)
        with suppress(OSError):  # whoever asks may have had enough
            answer(self)

    def send(self, status: int, body: bytes, kind: str = "text/html", **headers: str) -> None:
        """Send a whole answer in one piece."""
        self.start(status, kind, **{"Content-Length": str(len(body)), **headers})
        self.wfile.write(body)

    def start(self, status: int, kind: str = "text/html", **headers: str) -> None:
        """Send the head of an answer; underscores in names stand for hyphens."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def drop(self) -> None:
        """Close the line without a word."""
        self.close_connection = True
        with suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

    def drip(self, piece: bytes) -> None:
        """Send ``piece`` every now and then, for longer than anybody waits."""
        while not self.site.released.wait(0.05):
            self.wfile.write(piece)
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        pass


Answer = Callable[[Handler], None]
ANSWERS: dict[str, Answer] = {}
ROBOTS: dict[str, Answer] = {}


def answers(name: str, to: dict[str, Answer] = ANSWERS) -> Callable[[Answer], Answer]:
    """Register an answer under the name of its behaviour."""

    def register(answer: Answer) -> Answer:
        to[name] = answer
        return answer

    return register


PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Mills Close in Port Vessa</title></head><body>"
    "<article><h1>Mills Close in Port Vessa</h1><p>The last mill of Port Vessa closed its gates "
    "on Monday, “for want of flour,” as its owner Odile Farrow said — three days early.</p>"
    "</article></body></html>"
)


def good(on: Handler) -> None:
    on.send(200, PAGE.encode(), "text/html; charset=utf-8")


# --- time ----------------------------------------------------------------------------------------


@answers("silent")
@answers("robots-silent", ROBOTS)
def silent(on: Handler) -> None:
    on.site.released.wait(60)
    on.drop()


@answers("slow-headers")
def slow_headers(on: Handler) -> None:
    on.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    on.drip(b"x")


@answers("slow-body")
def slow_body(on: Handler) -> None:
    on.start(200, Content_Length="100000")
    on.drip(b"x")


# --- size ----------------------------------------------------------------------------------------


@answers("endless-body")
def endless_body(on: Handler) -> None:
    on.start(200, Transfer_Encoding="chunked")
    while not on.site.released.is_set():
        on.wfile.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


@answers("endless-headers")
def endless_headers(on: Handler) -> None:
    on.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not on.site.released.is_set():
        on.wfile.write(b"X-More: " + b"x" * 4000 + b"\r\n")


@answers("endless-line")
def endless_line(on: Handler) -> None:
    on.wfile.write(b"HTTP/1.1 200 ")
    while not on.site.released.is_set():
        on.wfile.write(b"x" * 0x10000)


@answers("announced-too-large")
def announced_too_large(on: Handler) -> None:
    on.start(200, Content_Length=str(10**12))
    on.site.released.wait(60)


@answers("gzip-bomb")
def gzip_bomb(on: Handler) -> None:
    on.send(200, gzip.compress(bytes(30_000_000), 1), Content_Encoding="gzip")


@answers("gzip-in-gzip-bomb")
def gzip_in_gzip_bomb(on: Handler) -> None:
    packed = gzip.compress(gzip.compress(bytes(30_000_000), 1))
    on.send(200, packed, Content_Encoding="gzip, gzip")


@answers("not-gzip")
def not_gzip(on: Handler) -> None:
    packed = bytearray(gzip.compress(PAGE.encode()))
    packed[12:40] = bytes(28)
    on.send(200, bytes(packed), Content_Encoding="gzip")


@answers("brotli-unasked")
def brotli_unasked(on: Handler) -> None:
    on.send(200, b"\x0b\x02\x80hello\x03", Content_Encoding="br")


@answers("robots-endless", ROBOTS)
def robots_endless(on: Handler) -> None:
    on.start(200, "text/plain", Transfer_Encoding="chunked")
    line = b"# nothing is forbidden here, at great length\n" * 1000
    while not on.site.released.is_set():
        on.wfile.write(b"%x\r\n" % len(line) + line + b"\r\n")


# --- redirects -----------------------------------------------------------------------------------


def _redirect(to: str) -> Answer:
    return lambda on: on.send(302, b"", Location=to)


answers("redirect-loop")(lambda on: on.send(301, b"", Location="/redirect-back"))
answers("redirect-back")(_redirect("/redirect-loop"))
answers("redirect-to-metadata")(_redirect("http://169.254.169.254/latest/meta-data/"))
answers("redirect-to-file")(_redirect("file:///etc/passwd"))
answers("redirect-to-nonsense")(_redirect("http://[not-an-address/"))


@answers("redirect-chain")
def redirect_chain(on: Handler) -> None:
    on.send(302, b"", Location=on.path + "/x")


@answers("redirect-to-loopback-name")
def redirect_to_loopback_name(on: Handler) -> None:
    on.send(302, b"", Location=f"http://localhost:{on.site.ports['']}/secret")


# --- lies ----------------------------------------------------------------------------------------


@answers("etag-that-lies")
def etag_that_lies(on: Handler) -> None:
    if on.headers.get("If-None-Match") == '"always"':
        on.start(304, ETag='"always"')
        return
    version = on.site.asked["/etag-that-lies"]
    on.send(200, PAGE.replace("Monday", f"day {version}").encode(), ETag='"always"')


@answers("html-at-a-feed")
def html_at_a_feed(on: Handler) -> None:
    on.send(200, PAGE.encode(), "application/rss+xml")


_CLOUDFLARE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>bank.example</h1>"
    b"<p>Verifying you are human. This may take a few seconds.</p><script>(function(){"
    b"window._cf_chl_opt={cvId:'3',cZone:'tank.example'};var a=document.createElement('script');"
    b"a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=8f';}());</script>"
    b"</body></html>"
)

for _status in (200, 403, 503):
    answers(f"challenge-{_status}")(lambda on, s=_status: on.send(s, _CLOUDFLARE))


@answers("challenge-incapsula")
def challenge_incapsula(on: Handler) -> None:
    on.send(
        200,
        b"<html><head><META NAME='robots' CONTENT='noindex'></head><body><iframe id='main-iframe' "
        b"src='/_Incapsula_Resource?SWUDNSAI=31&incident_id=1'>Request unsuccessful. Incapsula "
        b"incident ID: 1</iframe></body></html>",
    )


@answers("challenge-akamai")
def challenge_akamai(on: Handler) -> None:
    on.send(
        403,
        b"<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1> You don't "
        b"have permission to access this page.<P>Reference&#32;&#35;18&#46;5c&#46;17&#46;1"
        b"<P>https&#58;&#47;&#47;errors.edgesuite.net&#47;18&#46;5c</BODY></HTML>",
    )


@answers("article-about-challenges")
def article_about_challenges(on: Handler) -> None:
    article = PAGE.replace(
        "</article>",
        "<p>The page that says “Just a moment...” sets <code>window._cf_chl_opt</code> and loads "
        "/cdn-cgi/challenge-platform/h/b/orchestrate; Incapsula's asks for _Incapsula_Resource."
        "</p></article><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
    )
    on.send(200, article.encode(), "text/html; charset=utf-8")


@answers("wrong-charset")
def wrong_charset(on: Handler) -> None:
    on.send(200, PAGE.encode(), "text/html; charset=iso-8859-1")


@answers("missing-charset")
def missing_charset(on: Handler) -> None:
    on.send(200, PAGE.encode("windows-1252"), "text/html")


# --- statuses ------------------------------------------------------------------------------------

for _status in (403, 404, 410, 429, 500, 503):
    answers(f"status-{_status}")(lambda on, s=_status: on.send(s, b"<p>no</p>"))
ROBOTS["robots-broken"] = lambda on: on.send(500, b"")
ROBOTS["robots-forbid"] = lambda on: on.send(
    200, b"User-agent: *\nDisallow: /robots-forbid\n", "text/plain"
)


@answers("status-429-long")
def status_429_long(on: Handler) -> None:
    on.send(429, b"", Retry_After="3600")


@answers("status-429-short")
def status_429_short(on: Handler) -> None:
    if on.site.asked["/status-429-short"] == 1:
        on.send(429, b"", Retry_After="2")
    else:
        good(on)


@answers("status-503-recovers")
def status_503_recovers(on: Handler) -> None:
    if on.site.asked["/status-503-recovers"] < 3:
        on.send(503, b"")
    else:
        good(on)


@answers("status-503-date")
def status_503_date(on: Handler) -> None:
    until = datetime.now(UTC) + timedelta(hours=2)
    on.send(503, b"", Retry_After=format_datetime(until, usegmt=True))


@answers("status-503-week")
def status_503_week(on: Handler) -> None:
    on.send(503, b"", Retry_After=str(7 * 24 * 3600))


# --- lines that break ----------------------------------------------------------------------------


@answers("truncated-length")
def truncated_length(on: Handler) -> None:
    on.start(200, Content_Length=str(len(PAGE.encode())))
    on.wfile.write(PAGE.encode()[:100])
    on.drop()


@answers("truncated-chunks")
def truncated_chunks(on: Handler) -> None:
    on.start(200, Transfer_Encoding="chunked")
    on.wfile.write(b"100\r\n" + PAGE.encode()[:0x80])
    on.drop()


@answers("truncated-gzip")
def truncated_gzip(on: Handler) -> None:
    packed = gzip.compress(PAGE.encode())
    on.send(200, packed[: len(packed) // 2], Content_Encoding="gzip")


@answers("reset")
def reset(on: Handler) -> None:
    on.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    on.close_connection = True
    on.rfile.close()
    on.connection.close()


@answers("no-http")
def no_http(on: Handler) -> None:
    on.wfile.write(b"220 mail.example ESMTP ready\r\n")
    on.drop()


# --- feeds ---------------------------------------------------------------------------------------


def _rss(items: str, doctype: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{doctype}<rss version="2.0"><channel><title>Briefs</title>'
        f"<link>/</link><description>Invented</description>{items}</channel></rss>"
    ).encode()


def _item(on: Handler, nth: int, more: str = "") -> str:
    link = f"{on.site.base}/entry{on.path}/{nth}"
    return f"<item><title>Brief {nth}</title><link>{link}</link>{more}</item>"


def _feed(on: Handler, items: str, doctype: str = "") -> None:
    on.send(200, _rss(items, doctype), "application/rss+xml")


@answers("entity-bomb")
def entity_bomb(on: Handler) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY e0 "lol">{levels}]>'
    _feed(on, _item(on, 1, "<description>&e11;</description>"), bomb)


@answers("external-entity")
def external_entity(on: Handler) -> None:
    doctype = '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    _feed(on, _item(on, 1, "<description>&file;</description>"), doctype)


@answers("feed-50000")
def feed_50000(on: Handler) -> None:
    _feed(on, "".join(_item(on, nth) for nth in range(50_000)))


@answers("changed-guids")
def changed_guids(on: Handler) -> None:
    nth = on.site.asked["/changed-guids"]
    items = "".join(_item(on, n, f"<guid isPermaLink='false'>{nth}-{n}</guid>") for n in range(3))
    _feed(on, items)


@answers("future-dates")
def future_dates(on: Handler) -> None:
    date = "<pubDate>Tue, 01 Jan 2199 00:00:00 GMT</pubDate>"
    _feed(on, "".join(_item(on, n, date) for n in range(3)))


# --- the site ------------------------------------------------------------------------------------


@contextmanager
def hostile_site(folder: Path) -> Iterator[HostileSite]:
    """Serve all behaviours; the certificate of their authority is put into ``folder``."""
    authority = trustme.CA()
    ca_file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    certificates = {
        "good-certificate": authority.issue_cert("127.0.0.1"),
        "unknown-certificate": trustme.CA().issue_cert("127.0.0.1"),
        "certificate-of-another": authority.issue_cert("another.example"),
        "expired-certificate": authority.issue_cert(
            "127.0.0.1", not_after=datetime.now(UTC) - timedelta(days=1)
        ),
    }
    alone = [row.name for row in behaviours() if row.closed or row.name in ROBOTS]
    site = HostileSite({}, ca_file)
    servers = {
        name: _Server(site, name, certificates.get(name)) for name in ("", *alone, *certificates)
    }
    site.ports.update({name: server.server_port for name, server in servers.items()})
    for server in servers.values():
        threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    try:
        yield site
    finally:
        site.released.set()
        for server in servers.values():
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, site: HostileSite, name: str, certificate: Any) -> None:
        super().__init__(("127.0.0.1", 0), type("_", (Handler,), {"site": site, "robots": name}))
        self._context: ssl.SSLContext | None = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(self._context)

    def finish_request(self, request: Any, client_address: Any) -> None:
        with suppress(OSError):  # in the thread of the request: a handshake may fail, or wait
            if self._context is not None:
                request = self._context.wrap_socket(request, server_side=True)
            super().finish_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass
