"""The scorer: exact matches, in order, field by field."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.quality.floors import Floors, lowered
from benchmarks.quality.score import Tally, compare, mistakes, total


def _view(**known: Any) -> dict[str, Any]:
    view: dict[str, Any] = {"title": "A Ferry Stops", "authors": ["Ada Voss"], "statements": []}
    return {**view, **known}


def test_the_same_values_are_all_right() -> None:
    found = compare(_view(), _view())
    assert all(tally.f1 == 1 for tally in found.values())
    assert found["document"] == Tally(1)


def test_a_missing_and_a_spurious_value_count_on_their_own_sides() -> None:
    found = compare(_view(authors=["Ada Voss", "Ivo Munn"]), _view(authors=["Ada Voss", "Bram"]))
    assert found["author"] == Tally(right=1, spurious=1, missing=1)
    assert found["author"].precision == found["author"].recall == found["author"].f1 == 0.5
    assert found["title"].f1 == 1
    assert found["document"].f1 == 0


def test_null_is_no_value_and_a_guess_where_nothing_is_true_is_wrong() -> None:
    assert compare(_view(title=None), _view(title=None))["title"] == Tally()
    assert compare(_view(title=None), _view(title="Guess"))["title"] == Tally(spurious=1)


def test_a_row_is_right_only_as_a_whole() -> None:
    said = {"quote": "Ferries wait.", "is_quotation": True, "speaker": "Ada Voss", "role": "Fellow",
            "affiliation": None}  # fmt: skip
    found = compare(_view(statements=[said]), _view(statements=[{**said, "role": "Chair"}]))
    assert found["statement.quote"].f1 == found["statement.speaker"].f1 == 1
    assert found["statement.role"].f1 == found["statement"].f1 == 0


@pytest.mark.parametrize(
    ("given", "wrong"),
    [(["a", "b"], ([], [])), (["b", "a"], (["a"], ["b"])), (["a", "b", "b"], ([], ["b"])),
     ([], (["a", "b"], []))],
)  # fmt: skip
def test_order_and_number_count(given: list[str], wrong: tuple[list[str], list[str]]) -> None:
    assert mistakes(["a", "b"], given) == wrong


def test_what_the_truth_leaves_out_is_not_scored() -> None:
    truth = _view()
    del truth["authors"]
    assert "author" not in compare(truth, _view())


def test_tallies_add_up() -> None:
    assert total([{"title": Tally(1)}, {"title": Tally(0, 1, 1)}]) == {"title": Tally(1, 1, 1)}


def test_lower_scores_and_lost_fields_are_named() -> None:
    found = Floors("x", {"fdd": {"title": Tally(1, 1, 1)}})
    assert lowered({"fdd": {"title": 0.5}}, found) == []
    assert lowered({"fdd": {"title": 0.9}}, found) == ["fdd title: 0.9000 -> 0.5000"]
    assert lowered({"fdd": {"kind": 0.9}}, found) == ["fdd kind: 0.9000 -> gone"]
    assert lowered({"isw": {"title": 0.9}}, found) == ["isw title: 0.9000 -> gone"]
