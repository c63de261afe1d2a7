"""The invented samples against their golden files: every value, and nothing besides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractors import Brief, extract
from extractors.profile_file import shipped
from flows.golden import view

ROOT = Path(__file__).parents[2]
GOLDEN = sorted((ROOT / "tests" / "golden").rglob("*.json"))
PROFILES = {profile.name for profile in shipped().known}


def _load(golden: Path) -> tuple[Brief, dict[str, Any]]:
    sample = ROOT / "samples" / golden.relative_to(ROOT / "tests" / "golden").with_suffix("")
    brief = extract(sample.read_bytes(), uri=sample.name).brief
    assert brief is not None
    return brief, json.loads(golden.read_text("utf-8"))


def _name(golden: Path) -> str:
    return f"{golden.parent.name}/{golden.stem}"


@pytest.mark.parametrize("golden", GOLDEN, ids=_name)
def test_supported(golden: Path) -> None:
    brief, want = _load(golden)
    got = view(brief)
    assert {key: got[key] for key in want} == want
    assert not brief.truncated


def test_every_sample_has_a_golden_file() -> None:
    samples = {p.relative_to(ROOT / "samples") for p in (ROOT / "samples").rglob("*.*")}
    golden = {g.relative_to(ROOT / "tests" / "golden").with_suffix("") for g in GOLDEN}
    assert samples == golden


def test_every_profile_has_a_golden_file() -> None:
    assert {golden.parent.name for golden in GOLDEN} >= PROFILES
