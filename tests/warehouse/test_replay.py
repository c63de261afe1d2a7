"""In which order captures merge anew. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from warehouse.replay import Planned, batches

START = datetime(2025, 1, 1, tzinfo=UTC)
PLANNED = st.lists(
    st.builds(
        lambda n, day, kind, later: Planned(
            f"{n:04}",
            "f",
            START + timedelta(days=day + (later if kind == "released" else 0)),
            START + timedelta(days=day),
            f"/{n}",
            "",
            kind,
        ),
        st.integers(0, 9999),
        st.integers(0, 9),
        st.sampled_from(["plain", "plain", "released", "held"]),
        st.integers(0, 9),
    ),
    max_size=40,
    unique_by=lambda p: p.capture_id,
).map(lambda several: sorted(several, key=lambda p: p.order))


@given(PLANNED)
def test_every_capture_is_in_one_batch_in_the_order_of_merging(planned):
    found = batches(planned)
    assert [c for _, ids in found for c in ids] == [p.capture_id for p in planned]


@given(PLANNED)
def test_a_batch_is_of_one_kind_and_of_one_release(planned):
    by_id = {p.capture_id: p for p in planned}
    for kind, ids in batches(planned):
        assert {by_id[c].kind for c in ids} == {kind}
        if kind == "released":
            assert len({by_id[c].at for c in ids}) == 1


def test_what_was_released_merges_behind_what_had_been_merged_by_then():
    held = Planned("a", "f", START + timedelta(days=5), START, "/a", "", "released")
    later = Planned("b", "f", START + timedelta(days=2), START + timedelta(days=2), "/a", "")
    assert batches(sorted([held, later], key=lambda p: p.order)) == [
        ("plain", ["b"]),
        ("released", ["a"]),
    ]
