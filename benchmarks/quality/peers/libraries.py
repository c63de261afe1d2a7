"""Each extractor behind one function: bytes and address in, title, day, authors and text out."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from extractors import extract

_ASIDE = ("title", "repeat", "boilerplate")


def installed() -> list[tuple[str, Callable[[bytes, str], dict[str, Any]]]]:
    """Return the peers that can be imported here."""
    peers = (("trafilatura", trafilatura), ("newspaper4k", newspaper4k))
    modules = {"trafilatura": "trafilatura", "newspaper4k": "newspaper"}
    return [(name, read) for name, read in peers if find_spec(modules[name])]


def briefhouse(body: bytes, uri: str) -> dict[str, Any]:
    """Read with this project; its text without title, repeats and boilerplate."""
    brief = extract(body, uri=uri).brief
    if brief is None:
        return {"title": None, "day": None, "authors": [], "text": ""}
    kept = [brief.text[b.start : b.end] for b in brief.blocks if b.section not in _ASIDE]
    day = brief.published.on if brief.published else None
    return {
        "title": brief.title.text if brief.title else None,
        "day": day.isoformat() if day else None,
        "authors": [author.text for author in brief.authors],
        "text": "\n".join(kept),
    }


def trafilatura(body: bytes, uri: str) -> dict[str, Any]:
    """Read with trafilatura, as its documentation advises for metadata."""
    import trafilatura as library

    found = library.extract(body, output_format="json", with_metadata=True, include_comments=False)
    view = json.loads(found) if found else {}
    author = view.get("author") or ""
    return {
        "title": view.get("title"),
        "day": view.get("date"),
        "authors": [name.strip() for name in author.split(";") if name.strip()],
        "text": view.get("text") or "",
    }


def newspaper4k(body: bytes, uri: str) -> dict[str, Any]:
    """Read with newspaper4k, which fetches nothing when given the page."""
    from newspaper import Article  # type: ignore[import-untyped]

    address = uri if uri.startswith("http") else "https://www.example.com/article"
    article = Article(address, fetch_images=False)
    article.download(input_html=body.decode("utf-8", "replace"))
    article.parse()
    day = article.publish_date
    return {
        "title": article.title or None,
        "day": day.date().isoformat() if day else None,
        "authors": list(article.authors),
        "text": article.text or "",
    }
