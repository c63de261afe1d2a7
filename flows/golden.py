"""Golden files: what a document is known to give, as JSON, to compare with what it gives now."""

from __future__ import annotations

import difflib
import json
from typing import Any

from extractors.model import Brief, Printed


def view(brief: Brief) -> dict[str, Any]:
    """Return a brief's values without their offsets, in the form of a golden file."""
    published = brief.published.on if brief.published else None
    return {
        "publisher": brief.publisher,
        "profile": brief.profile,
        "kind": _text(brief.kind),
        "title": _text(brief.title),
        "published_on": published.isoformat() if published else None,
        "authors": [author.text for author in brief.authors],
        "developments": [
            {"headline": _text(d.headline), "text": d.text.text} for d in brief.developments
        ],
        "statements": [
            {
                "quote": s.quote.text,
                "is_quotation": s.is_quotation,
                "speaker": s.speaker.text,
                "role": _text(s.role),
                "affiliation": _text(s.affiliation),
            }
            for s in brief.statements
        ],
        "links": [
            {
                "section": link.section,
                "text": link.text.text,
                "title": _text(link.title),
                "authors": [author.text for author in link.authors],
                "outlet": _text(link.outlet),
                "url": link.url,
            }
            for link in brief.links
        ],
        "context_headings": list(brief.unknown_headings),
    }


def dump(values: dict[str, Any]) -> str:
    """Return ``values`` as the text of a golden file."""
    return json.dumps(values, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def differences(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """Compare the keys that ``expected`` has; returns the lines of a diff, none if all agree."""
    compared = {key: found.get(key) for key in expected}
    return list(
        difflib.unified_diff(
            dump(expected).splitlines(),
            dump(compared).splitlines(),
            "expected",
            "found",
            lineterm="",
            n=2,
        )
    )


def _text(value: Printed | None) -> str | None:
    return value.text if value else None
