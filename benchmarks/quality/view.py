"""An extraction as plain values, in the shape of the golden files."""

from __future__ import annotations

from typing import Any

from extractors import Brief, extract
from extractors.model import Printed

NOTHING: dict[str, Any] = {
    "publisher": None,
    "profile": None,
    "kind": None,
    "title": None,
    "published_on": None,
    "authors": [],
    "developments": [],
    "statements": [],
    "links": [],
    "context_headings": [],
    "truncated": False,
}
"""What a document gives that was refused."""


def extracted(body: bytes, uri: str) -> dict[str, Any]:
    """Take one document apart and return what came of it."""
    brief = extract(body, uri=uri).brief
    return view(brief) if brief else NOTHING


def view(brief: Brief) -> dict[str, Any]:
    """Return ``brief`` as plain values."""
    return {
        "publisher": brief.publisher,
        "profile": brief.profile,
        "kind": _text(brief.kind),
        "title": _text(brief.title),
        "published_on": _day(brief),
        "authors": [author.text for author in brief.authors],
        "developments": [
            {"headline": _text(row.headline), "text": row.text.text} for row in brief.developments
        ],
        "statements": [
            {
                "quote": row.quote.text,
                "is_quotation": row.is_quotation,
                "speaker": row.speaker.text,
                "role": _text(row.role),
                "affiliation": _text(row.affiliation),
            }
            for row in brief.statements
        ],
        "links": [
            {
                "section": row.section,
                "text": row.text.text,
                "title": _text(row.title),
                "authors": [author.text for author in row.authors],
                "outlet": _text(row.outlet),
                "url": row.url,
            }
            for row in brief.links
        ],
        "context_headings": list(brief.unknown_headings),
        "truncated": brief.truncated,
    }


def _text(value: Printed | None) -> str | None:
    return value.text if value else None


def _day(brief: Brief) -> str | None:
    return brief.published.on.isoformat() if brief.published and brief.published.on else None
