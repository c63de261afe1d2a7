"""The brief that the tests of formats print in each of them, and what must come out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors import Brief, extract
from flows.golden import view

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "fdd" / "2025-02-11-harbor-agreement.txt"
GOLDEN = ROOT / "tests" / "golden" / "fdd" / "2025-02-11-harbor-agreement.txt.json"
SHARED = ("publisher", "kind", "title", "published_on", "developments", "statements", "links")
"""What every rendering of one brief has; bylines and subheadings may be lost."""


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
        got = view(found.brief)
        assert {key: got[key] for key in SHARED} == {key: want[key] for key in SHARED}
        return found.brief

    return check
