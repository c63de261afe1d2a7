"""The keys of a ``[[source]]``: which kinds have them, what they mean, what they may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flows.sources.credentials import VARIABLE
from flows.sources.model import KINDS

WEB = ("feed", "pages", "sitemap", "listing")
FILES = ("folder", "warc")
_HARMLESS = frozenset(("accept", "accept-language", "referer", "from"))
_OURS = frozenset(("host", "connection", "content-length", "transfer-encoding", "user-agent"))
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_DURATION = re.compile(r"(\d{1,5})\s*(m|h|d|w)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class Key:
    """A key: the kinds that have it, its meaning, and what reads its value.

    ``read`` returns the value as :class:`~flows.sources.model.Source` keeps it, and raises
    ValueError with what the key must be.
    """

    kinds: tuple[str, ...]
    doc: str
    read: Callable[[Any], Any]


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a string that is not empty")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(v, str) and v for v in value):
        raise ValueError("must be a list of strings")
    return tuple(value)


def _patterns(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else _texts(value)


def is_address(text: str) -> bool:
    """Tell whether ``text`` is an address rather than a path."""
    return text.lower().startswith(("http://", "https://"))


def _address(value: Any) -> str:
    if not is_address(_text(value)):
        raise ValueError(f"is no address: {value!r}; it starts with http:// or https://")
    if "@" in value.partition("://")[2].split("/")[0]:
        raise ValueError("has a user or password in it; write `user` and `password` instead")
    return str(value)


def _addresses(value: Any) -> tuple[str, ...]:
    return tuple(_address(url) for url in _texts(value))


def _kind(value: Any) -> str:
    if value not in KINDS:
        raise ValueError(f"{value!r} is none of {', '.join(KINDS)}")
    return str(value)


def _day(value: Any) -> date:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            value = None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("must be a day such as 2024-03-01")
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("must be a whole number, 1 or more")
    return value


def _seconds(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 86_400:
        raise ValueError("must be a number of seconds, 0 to 86400")
    return float(value)


def _content(value: Any) -> str:
    if value not in ("page", "feed"):
        raise ValueError(f'{value!r} is neither "page" nor "feed"')
    return str(value)


def _duration(value: Any) -> timedelta:
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or not int(found[1]):
        raise ValueError('must be a time such as "30m", "12h", "1d" or "2w"')
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _secret(value: Any) -> str:
    if not VARIABLE.search(_text(value)):
        raise ValueError('must come from the environment: write "${NAME}", and set NAME there')
    return str(value)


def _headers(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not value:
        raise ValueError('must be a table, as { "X-Key" = "${NAME}" }')
    for name, text in value.items():
        if not _TOKEN.fullmatch(name) or name.lower() in _OURS:
            raise ValueError(f"can't set {name!r}")
        if not isinstance(text, str) or any(char in text for char in "\r\n\x00"):
            raise ValueError(f"{name!r} must be a string of one line")
        if name.lower() not in _HARMLESS and not VARIABLE.search(text):
            raise ValueError(
                f"{name!r} may be a secret and must come from the environment: "
                'write "${NAME}", and set NAME there'
            )
    return tuple(value.items())


KEYS: dict[str, Key] = {
    "name": Key(
        KINDS, "what the source is called in `attempts`, `sources` and `--source`; unique", _text
    ),
    "kind": Key(KINDS, "`feed`, `folder`, `pages`, `sitemap`, `listing` or `warc`", _kind),
    "url": Key(WEB, "its address, http or https", _address),
    "urls": Key(WEB, "several addresses, a list", _addresses),
    "path": Key(
        (*FILES, "pages"),
        "a folder or file, relative to this file; of `pages`, a text file with an address a line",
        _text,
    ),
    "paths": Key((*FILES, "pages"), "several of them, a list", _texts),
    "publisher": Key(
        KINDS,
        "who publishes what comes from here: the name of a profile, or a name of your own for "
        "briefs whose publisher no profile knows",
        _text,
    ),
    "include": Key(KINDS, "patterns, a list: only what one of them matches", _patterns),
    "exclude": Key(KINDS, "patterns, a list: nothing that one of them matches", _patterns),
    "since": Key(
        ("feed", "pages", "sitemap", "listing", "warc"), "the first day that is wanted", _day
    ),
    "until": Key(
        ("feed", "pages", "sitemap", "listing", "warc"), "the last day that is wanted", _day
    ),
    "pages": Key(
        ("listing", "feed"),
        "how many pages of a listing (or of a feed that has older ones) are read at most; a page "
        "that shows nothing new ends it sooner. Default 10",
        _count,
    ),
    "content": Key(
        ("feed",),
        '`"page"`: fetch the page of each entry; `"feed"`: take the text that the feed itself '
        "carries, and fetch nothing. Default page",
        _content,
    ),
    "max_entries": Key(
        WEB, "documents taken of it in one run; default BRIEFHOUSE_MAX_ENTRIES", _count
    ),
    "delay": Key(
        WEB, "seconds between two requests to its hosts; default BRIEFHOUSE_DELAY", _seconds
    ),
    "every": Key(KINDS, 'how long it is left alone after it answered: `"12h"`, `"7d"`', _duration),
    "headers": Key(WEB, 'request headers, as `{ "X-Key" = "${TANK_KEY}" }`', _headers),
    "user": Key(WEB, "user name for HTTP's basic authentication, from the environment", _secret),
    "password": Key(WEB, "its password, from the environment", _secret),
    "token": Key(WEB, "bearer token, from the environment", _secret),
    "proxy": Key(WEB, "address of a proxy, from the environment", _secret),
    "enabled": Key(KINDS, "`false` leaves the source out of `nightly`. Default true", _switch),
}
"""Every key, in the order in which the documentation shows them."""
