"""Page lists: text files with an address a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.readers.encoding import decode
from flows.sources.feeds.values import address
from flows.sources.keys import is_address
from flows.sources.model import Failure, Source


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


def listed_pages(source: Source) -> Iterator[str | Failure]:
    """Yield the wanted pages of a source of kind ``pages``: its addresses, and those of its files.

    A file that can't be read, and a line that is no address, is a :class:`Failure`.
    """
    for location in source.locations:
        if is_address(location):
            if source.selection.takes_url(location):
                yield location
            continue
        try:
            found = read_list(Path(location).read_bytes())
        except OSError as error:
            reason = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
            message = f"can't read {location}: {error.strerror or error}"
            yield Failure(location, reason, message, whole=True)
            continue
        yield from (url for url in found.urls if source.selection.takes_url(url))
        for number, line in found.refused:
            message = f"{location}, line {number}: {line!r} is no address"
            yield Failure(f"{location}#{number}", "unsupported", message)
