"""What is known of every uri: the latest capture of each, looked up in sorted columns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from warehouse.attempts import Known
from warehouse.known import KnownCaptures, refused_for
from warehouse.store import open_store

FIRST = datetime(2025, 4, 1, tzinfo=UTC)
URIS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=4)
ROWS = st.lists(st.tuples(URIS, st.sampled_from([None, "timeout", "empty"])), max_size=30)


@given(ROWS)
def test_it_is_the_mapping_that_a_dict_would_be(rows):
    at = [FIRST + timedelta(seconds=nth) for nth in range(len(rows))]
    expected = {
        uri: Known(f"{nth}", at[nth], "new", reason, None, None)
        for nth, (uri, reason) in enumerate(rows)
    }
    order = sorted(range(len(rows)), key=lambda nth: (rows[nth][0].encode(), at[nth]))
    found = KnownCaptures(
        pa.table(
            {
                "uri": pa.array([rows[i][0] for i in order], pa.string()),
                "sha256": pa.array([f"{i}" for i in order], pa.string()),
                "fetched_at": pa.array([at[i] for i in order], pa.timestamp("us", tz="UTC")),
                "outcome": pa.array(["new" for _ in order], pa.string()),
                "reason": pa.array([rows[i][1] for i in order], pa.string()),
                "message": pa.nulls(len(rows), pa.string()),
                "brief_id": pa.nulls(len(rows), pa.string()),
            }
        )
    )
    assert dict(found) == expected
    assert len(found) == len(expected)
    assert found.get("absent") is None
    assert refused_for(found, ("timeout",)) == refused_for(expected, ("timeout",))


def test_from_the_lake(warehouse, draft, page, clock):
    for day in (2, 1):  # the later capture is merged first
        warehouse.merge(page("/in/a.txt", draft(title=f"Day {day}").text(), clock(day)))
    warehouse.merge(page("/in/b.txt", b"", clock(3)))
    with open_store(warehouse.root) as store:
        known = store.known()
        assert set(known) == {"/in/a.txt", "/in/b.txt"}
        assert known["/in/a.txt"].fetched_at == clock(2)
        assert (known["/in/b.txt"].outcome, known["/in/b.txt"].reason) == ("rejected", "empty")
