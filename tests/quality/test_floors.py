"""The golden corpus: what was reached once is kept, on the corpus that it was reached on."""

from __future__ import annotations

import pytest

from benchmarks.quality import floors, report
from benchmarks.quality.corpus import corpus, digest
from benchmarks.quality.floors import Floors
from benchmarks.quality.formats import MODULES


@pytest.fixture(scope="module")
def reached() -> Floors:
    """The whole corpus, scored once."""
    return Floors(digest(corpus()), report.by_publisher(report.score(corpus())))


def test_the_corpus_is_the_pinned_one(reached: Floors) -> None:
    assert reached.digest == floors.pinned()["digest"]


def test_no_field_falls_below_its_floor(reached: Floors) -> None:
    assert floors.lowered(floors.pinned()["f1"], reached) == []


def test_the_corpus_has_every_layout() -> None:
    generated = [case for case in corpus() if not case.name.startswith("samples/")]
    assert len(generated) >= 300
    assert {case.format for case in generated} == set(MODULES)
    assert len({case.body for case in generated}) == len(generated)
