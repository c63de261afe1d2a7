"""A web of many hosts on the loopback interface: every answer takes its time, and is counted.

Host ``127.0.0.(2 + h)`` has the feeds ``/feed/<n>`` and the pages ``/page/<n>/<k>``. Everything has
an ETag that is true.
"""

from __future__ import annotations

import asyncio
import hashlib
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from benchmarks.invented import briefs

_FIRST_HOST = 2


@dataclass(frozen=True)
class Web:
    """How large the web is: feeds in all, entries of each, hosts, and seconds an answer takes."""

    feeds: int
    entries: int
    hosts: int
    answer: float
    port: int = 0

    def address(self, nth: int) -> str:
        """Return the address of a feed."""
        return f"http://{self.host(nth)}:{self.port}/feed/{nth}"

    def host(self, nth: int) -> str:
        return f"127.0.0.{_FIRST_HOST + nth % self.hosts}"


@contextmanager
def serving(web: Web) -> Iterator[tuple[Web, Connection]]:
    """Serve ``web`` from a process of its own.

    Yields it with its port, and a connection: what is sent asks for the counts of requests since
    the last time, by kind (robots, feed, page, unchanged).
    """
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(web, theirs))
    process.start()
    try:
        port = ours.recv()
        yield Web(web.feeds, web.entries, web.hosts, web.answer, port), ours
    finally:
        process.terminate()
        process.join()


def _serve(web: Web, channel: Connection) -> None:
    asyncio.run(_Server(web, channel).run())


class _Server:
    def __init__(self, web: Web, channel: Connection) -> None:
        self._web = web
        self._channel = channel
        self._texts = [_as_text(brief) for brief in briefs(40)]
        self._counts: dict[str, int] = {}

    async def run(self) -> None:
        first = await asyncio.start_server(self._talk, self._web.host(0), 0, backlog=256)
        port = first.sockets[0].getsockname()[1]
        others = [
            await asyncio.start_server(self._talk, self._web.host(n), port, backlog=256)
            for n in range(1, self._web.hosts)
        ]
        self._web = Web(self._web.feeds, self._web.entries, self._web.hosts, self._web.answer, port)
        asyncio.get_running_loop().add_reader(self._channel.fileno(), self._tell)
        self._channel.send(port)
        await asyncio.gather(*(server.serve_forever() for server in (first, *others)))

    def _tell(self) -> None:
        try:
            self._channel.recv()
        except EOFError:  # whoever started this is gone
            raise SystemExit from None
        self._channel.send(self._counts)
        self._counts = {}

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
                await asyncio.sleep(self._web.answer)
                writer.write(self._answer(lines[0].split()[1], headers))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, path: str, headers: dict[str, str]) -> bytes:
        kind, *numbers = path.strip("/").split("/")
        if kind == "robots.txt":
            self._count("robots")
            return _response("404 Not Found", "text/plain", b"")
        if kind == "feed":
            body, stated = self._feed(int(numbers[0])), "application/rss+xml"
        else:
            body, stated = self._page(int(numbers[0]), int(numbers[1])), "text/plain; charset=utf-8"
        etag = f'"{hashlib.md5(body).hexdigest()}"'
        if headers.get("if-none-match") == etag:
            self._count("unchanged")
            return _response("304 Not Modified", stated, b"", etag)
        self._count(kind)
        return _response("200 OK", stated, body, etag)

    def _count(self, kind: str) -> None:
        self._counts[kind] = self._counts.get(kind, 0) + 1

    def _feed(self, nth: int) -> bytes:
        base = f"http://{self._web.host(nth)}:{self._web.port}"
        items = "".join(
            f"<item><title>Brief {k}</title><link>{base}/page/{nth}/{k}</link>"
            f"<pubDate>{k % 28 + 1:02} Mar 2025 06:00:00 GMT</pubDate></item>"
            for k in range(self._web.entries)
        )
        return (
            '<?xml version="1.0"?><rss version="2.0"><channel><title>Briefs</title>'
            f"<link>{base}</link><description>Invented</description>{items}</channel></rss>"
        ).encode()

    def _page(self, nth: int, k: int) -> bytes:
        text = self._texts[(nth * self._web.entries + k) % len(self._texts)]
        return text.replace(b"@", f" {nth}-{k}".encode())


def _as_text(brief: object) -> bytes:
    """Return a short form of an invented brief, with a mark where its number goes."""
    (label, text), *_ = brief.developments  # type: ignore[attr-defined]
    return f"March 3, 2025 | Flash Brief\n{brief.title}@\nLatest Developments\n- {label}: {text}\n".encode()  # type: ignore[attr-defined]  # noqa: E501


def _response(status: str, stated: str, body: bytes, etag: str = "") -> bytes:
    tag = f"ETag: {etag}\r\n" if etag else ""
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {stated}\r\n{tag}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
