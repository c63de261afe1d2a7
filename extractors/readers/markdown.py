"""Markdown to blocks, by way of the HTML that it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

from extractors.dates import parse_metadata
from extractors.model import Document, Stamp
from extractors.readers.html.page import Page
from extractors.readers.wrapped import wrap_width
from extractors.text import clean, collapse

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_MAX_FRONT_MATTER = 20_000
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")  # so clippers note an author
_NAMES = re.compile(r"\s*(?:,\s*and\s|,|;|\sand\s)\s*")
_BREAKS = re.compile(r"\r\n?|\f")


def read_markdown(text: str, *, url: str = "") -> Document:
    """Read Markdown with CommonMark's rules, tables, and YAML front matter.

    Where lines are not wrapped, each is a paragraph, as its writer saw it.
    """
    text = _BREAKS.sub("\n", text)
    values, text = _front_matter(text)
    markdown = MarkdownIt("commonmark").enable("table")
    if wrap_width(text.splitlines()) is None:
        markdown.add_render_rule("softbreak", _paragraph_break)
    page = Page(f"<html><body>{markdown.render(text)}</body></html>", url=url).read(["body"])
    return replace(
        page,
        format="markdown",
        canonical_url=_address(values),
        title=_first(values, "title") or page.title,
        kind=_first(values, "type", "kind", "category", "series", "section"),
        authors=_authors(values),
        published=_published(values),
        language=(_first(values, "lang", "language") or "").lower().split("-")[0] or None,
    )


def _paragraph_break(*_: Any) -> str:
    return "<br><br>\n"


def _front_matter(text: str) -> tuple[dict[str, list[str]], str]:
    """Part the YAML at the top, if there is any, from the text; its values are all strings."""
    found = _FRONT_MATTER.match(text)
    if found is None or len(found[1]) > _MAX_FRONT_MATTER:
        return {}, text
    import yaml

    try:
        # CommonMark would make a heading of it; the base loader makes strings and nothing else
        raw = yaml.load(found[1], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}, text
    if not isinstance(raw, dict):
        return {}, text
    values = {str(key).strip().lower(): list(_strings(value)) for key, value in raw.items()}
    return values, text[found.end() :]


def _strings(value: object) -> Sequence[str]:
    """Return the strings in a value: its own, a list's, or the names in a list of people."""
    found = []
    for item in value[:200] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = item.get("name")
        if isinstance(item, str) and item.strip():
            found.append(collapse(clean(item)))
    return found


def _first(values: dict[str, list[str]], *keys: str) -> str | None:
    return next((values[key][0] for key in keys if values.get(key)), None)


def _authors(values: dict[str, list[str]]) -> tuple[str, ...]:
    names = next((values[key] for key in ("authors", "author", "by") if values.get(key)), [])
    if len(names) == 1:
        names = [name for name in _NAMES.split(names[0]) if name]
    return tuple(dict.fromkeys(_WIKI_LINK.sub(r"\1", name) for name in names))


def _published(values: dict[str, list[str]]) -> Stamp | None:
    for key in ("date", "published", "published_on", "pubdate", "publish_date"):
        if values.get(key) and (stamp := parse_metadata(values[key][0].replace(" -", "-"))):
            return stamp
    return None


def _address(values: dict[str, list[str]]) -> str | None:
    for key in ("canonical_url", "canonical", "url", "link", "source"):
        address = _first(values, key)
        try:
            if address and urlsplit(address).scheme.lower() in ("http", "https"):
                return address
        except ValueError:
            continue
    return None
