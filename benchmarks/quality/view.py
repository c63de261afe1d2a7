"""An extraction as plain values, in the shape of the golden files."""

from __future__ import annotations

from typing import Any

from extractors import extract
from flows.golden import view

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
    return {**view(brief), "truncated": brief.truncated} if brief else NOTHING
