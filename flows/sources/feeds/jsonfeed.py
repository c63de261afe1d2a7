"""JSON Feed 1 and 1.1."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from flows.sources.feeds.model import Entry, Feed, NotAFeed
from flows.sources.feeds.values import address, first, names, paragraphs, plain

_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def read_json_feed(text: str, base_url: str) -> Feed:
    """Read a JSON Feed; one that is cut off gives the items before the cut.

    Raises :class:`NotAFeed` for any other JSON.
    """
    try:
        found = json.loads(text, strict=False)
    except RecursionError:
        raise NotAFeed("it is nested too deeply for a JSON Feed", "unsafe") from None
    except ValueError as error:
        found = _cut(text)
        if found is None:
            raise NotAFeed(f"it is no JSON: {error}") from None
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise NotAFeed("it is JSON, but no JSON Feed")
    if "jsonfeed.org" not in str(found.get("version", "jsonfeed.org")):
        raise NotAFeed("it is JSON, but no JSON Feed")
    return Feed(
        "json",
        tuple(_entry(item, base_url) for item in found["items"] if isinstance(item, dict)),
        title=plain(_string(found, "title")),
        home_url=address(base_url, _string(found, "home_page_url")),
        self_url=address(base_url, _string(found, "feed_url")),
        hub_url=next(_hubs(found, base_url), None),
        next_url=address(base_url, _string(found, "next_url")),
    )


def _cut(text: str) -> dict[str, Any] | None:
    """Return what is whole of a JSON Feed that is cut off or broken within an item."""
    items = _ITEMS.search(text)
    if items is None or "jsonfeed.org/version" not in text[: items.start() + 2000]:
        return None
    decoder = json.JSONDecoder(strict=False)
    whole = []
    at = items.end()
    while text.startswith("{", at := _skip(text, at)):
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        whole.append(item)
    return {"items": whole}


def _skip(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _entry(item: dict[str, Any], base_url: str) -> Entry:
    guid = item.get("id")
    identifier = str(guid).strip() if isinstance(guid, str | int) else None
    links = [_string(item, "url"), _string(item, "external_url")]
    if identifier and identifier.lower().startswith(("http://", "https://")):
        links.append(identifier)  # the standard: the ideal id is the item's address
    url = next((url for link in links if (url := address(base_url, link))), None)
    plain_text = _string(item, "content_text")
    return Entry(
        url=url,
        title=plain(_string(item, "title")),
        published=first(_string(item, "date_published")),
        updated=first(_string(item, "date_modified")),
        authors=names(_authors(item)),
        content=first(_string(item, "content_html"), paragraphs(plain_text or "")),
        summary=first(paragraphs(_string(item, "summary") or "")),
        guid=identifier or None,
        refused_link=None if url else first(*links),
    )


def _authors(item: dict[str, Any]) -> Iterator[str | None]:
    several = item.get("authors")
    for author in (*(several if isinstance(several, list) else ()), item.get("author")):
        if isinstance(author, dict):
            yield _string(author, "name")


def _hubs(found: dict[str, Any], base_url: str) -> Iterator[str]:
    hubs = found.get("hubs")
    for hub in hubs if isinstance(hubs, list) else ():
        if isinstance(hub, dict) and (url := address(base_url, _string(hub, "url"))):
            yield url


def _string(found: dict[str, Any], key: str) -> str | None:
    value = found.get(key)
    return value if isinstance(value, str) else None
