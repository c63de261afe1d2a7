"""The brief that the tests of formats print in each of them, and what must come out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors import Brief, extract
from extractors.model import Printed

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "fdd" / "2025-02-11-harbor-agreement.txt"
GOLDEN = ROOT / "tests" / "golden" / "fdd" / "2025-02-11-harbor-agreement.txt.json"


@pytest.fixture(scope="session")
def harbor() -> tuple[str, ...]:
    """The lines of an invented brief: one for each block, bullets with ``- ``."""
    return tuple(SAMPLE.read_text("utf-8").splitlines())


@pytest.fixture(scope="session")
def same_as_golden() -> Callable[..., Brief]:
    """Read ``harbor`` from some file and check that it gives what its plain text gives."""
    want = json.loads(GOLDEN.read_text("utf-8"))

    def check(body: bytes, uri: str, content_type: str = "") -> Brief:
        found = extract(body, uri=uri, content_type=content_type)
        assert found.brief is not None, found.rejection
        got = _view(found.brief)
        assert got == {key: want[key] for key in got}
        return found.brief

    return check


def _text(value: Printed | None) -> str | None:
    return value.text if value else None


def _view(brief: Brief) -> dict[str, Any]:
    assert brief.published is not None
    return {
        "publisher": brief.publisher,
        "kind": _text(brief.kind),
        "title": _text(brief.title),
        "published_on": str(brief.published.on),
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
    }
