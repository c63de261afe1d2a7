"""Page lists: text files with an address a line."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.readers.encoding import decode
from flows.sources.feeds.values import address


@dataclass(frozen=True, slots=True)
class PageList:
    """The addresses of a list, each once, and its lines that are none, by number from 1."""

    urls: tuple[str, ...]
    refused: tuple[tuple[int, str], ...] = ()


def read_list(body: bytes) -> PageList:
    """Read a list: an address first in each line; lines that begin with ``#`` are remarks."""
    urls: dict[str, None] = {}
    refused = []
    for number, line in enumerate(decode(body).splitlines(), start=1):
        first = next(iter(line.split()), "#").strip("\"'<>,;")
        if first.startswith("#"):
            continue
        is_whole = first.lower().startswith(("http://", "https://"))
        if is_whole and (url := address("", first)):
            urls[url] = None
        else:
            refused.append((number, line.strip()[:200]))
    return PageList(tuple(urls), tuple(refused))
