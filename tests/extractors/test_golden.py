"""The invented samples against their golden files: every value, and nothing besides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors import Brief, extract
from extractors.model import Printed
from extractors.profile_file import shipped

ROOT = Path(__file__).parents[2]
GOLDEN = sorted((ROOT / "tests" / "golden").rglob("*.json"))
PROFILES = {profile.name for profile in shipped().known}


def _load(golden: Path) -> tuple[Brief, dict[str, Any]]:
    sample = ROOT / "samples" / golden.relative_to(ROOT / "tests" / "golden").with_suffix("")
    brief = extract(sample.read_bytes(), uri=sample.name).brief
    assert brief is not None
    return brief, json.loads(golden.read_text("utf-8"))


def _text(value: Printed | None) -> str | None:
    return value.text if value else None


def _view(brief: Brief) -> dict[str, Any]:
    return {
        "publisher": brief.publisher,
        "profile": brief.profile,
        "kind": _text(brief.kind),
        "title": _text(brief.title),
        "published_on": brief.published and brief.published.on and brief.published.on.isoformat(),
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


def _name(golden: Path) -> str:
    return f"{golden.parent.name}/{golden.stem}"


@pytest.mark.parametrize("golden", GOLDEN, ids=_name)
def test_supported(golden: Path) -> None:
    brief, want = _load(golden)
    got = _view(brief)
    assert {key: got[key] for key in want} == want
    assert not brief.truncated


def test_every_sample_has_a_golden_file() -> None:
    samples = {p.relative_to(ROOT / "samples") for p in (ROOT / "samples").rglob("*.*")}
    golden = {g.relative_to(ROOT / "tests" / "golden").with_suffix("") for g in GOLDEN}
    assert samples == golden


def test_every_profile_has_a_golden_file() -> None:
    assert PROFILES <= {golden.parent.name for golden in GOLDEN}
