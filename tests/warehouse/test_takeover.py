"""What a night may take over from the one before. Pure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.takeover import (
    GAPS,
    LEAST_BYTES,
    MOST_GROWTH,
    MOST_NIGHTS,
    Basis,
    Before,
    Snapshot,
    Takeover,
    basis_for,
    basis_of,
    code_hash,
    plan,
)

BASIS = Basis(7, "2025-04-01 03:00:00", "code", 10 * LEAST_BYTES, 3)
LOG = [
    Snapshot(7, BASIS.snapshot_at, "inserted_into_table:4"),
    Snapshot(8, "2025-04-02 03:00:00", "inserted_into_table:4,deleted_from_table:5"),
    Snapshot(9, "2025-04-02 03:00:01", "inlined_insert:6,inlined_delete:5"),
]
TOMBSTONES = "21"


def _before(size=BASIS.whole_bytes, **changed):
    basis = basis_for(LOG[0], "code", size, None)
    return Before(Path("night"), {
        "files": {"warehouse.duckdb": {"bytes": size}},
        "basis": {**basis, "whole_bytes": BASIS.whole_bytes, "nights": 3, **changed},
    })  # fmt: skip


def _plan(before=None, log=LOG, code="code"):
    return plan(before or _before(), code, log, TOMBSTONES)


def test_changes_row_by_row_name_the_tables_to_look_at():
    assert _plan() == Takeover(None, frozenset("456"))
    assert _plan(log=LOG[:1]) == Takeover(None, frozenset())


@pytest.mark.parametrize(
    ("why", "before", "log", "code"),
    [
        ("no night before", Before(Path("night"), {"files": {}}), LOG, "code"),
        ("no night before", _before(of_a_later_version=1), LOG, "code"),
        ("another version", None, LOG, "other code"),
        ("took over from each other", _before(nights=MOST_NIGHTS), LOG, "code"),
        ("is cheaper", _before(whole_bytes=LEAST_BYTES - 1), LOG, "code"),
        ("grown", _before(int(BASIS.whole_bytes * MOST_GROWTH) + GAPS + 1), LOG, "code"),
        ("does not know any more", None, [], "code"),
        ("does not know any more", None, LOG[1:], "code"),
        ("all that changed", None, [LOG[0], LOG[2]], "code"),
        ("does not know", None, [replace(LOG[0], at="2025-03-31 03:00:00"), *LOG[1:]], "code"),
        ("otherwise than by rows: merge_adjacent", None,
         [*LOG, Snapshot(10, "later", "merge_adjacent:4")], "code"),
        ("otherwise than by rows: ", None, [*LOG, Snapshot(10, "later", "")], "code"),
        ("forgotten", None, [*LOG, Snapshot(10, "later", f"inlined_insert:{TOMBSTONES}")], "code"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_written_whole(why, before, log, code):
    taken = _plan(before, log, code)
    assert taken.whole is not None
    assert why in taken.whole
    assert not taken.changed


def test_a_first_night_is_written_whole():
    assert plan(None, "code", LOG[-1:], TOMBSTONES).whole


@given(st.integers(0, 200))
def test_nights_in_a_row_end_some_day(number):
    size, before, whole = BASIS.whole_bytes, None, 0
    for nth in range(number):
        night = before and Before(
            Path("night"), {"files": {"warehouse.duckdb": {"bytes": size}}, "basis": before}
        )
        log = [Snapshot(nth, str(nth), "inlined_insert:4"),
               Snapshot(nth + 1, str(nth + 1), "inlined_insert:4")]  # fmt: skip
        taken = plan(night, "code", log, TOMBSTONES)
        size = BASIS.whole_bytes if taken.whole else size + size // 100
        whole += taken.whole is not None
        before = basis_for(log[-1], "code", size, None if taken.whole else basis_of(night))
        assert size <= BASIS.whole_bytes * (MOST_GROWTH + 0.02) + GAPS
    assert whole >= number / (MOST_NIGHTS + 1)


def test_the_hash_of_the_code_stays_within_a_version():
    assert code_hash() == code_hash()
