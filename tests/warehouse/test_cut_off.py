"""A run that was cut off between merging and publishing: booked by the next, and not lost."""

from __future__ import annotations

from datetime import UTC, datetime

from warehouse.marker import Run, mark, marked, unmark
from warehouse.runs import CUT_OFF
from warehouse.store import open_store

RUNS = "SELECT tried, new, published, message FROM runs ORDER BY run_id"


def test_the_next_run_books_it(warehouse, draft, page, clock):
    warehouse.merge(page("/in/1.txt", draft().text(), clock(1)))  # and then it was killed
    warehouse.night(page("/in/2.txt", draft(title="Mills Close").text(), clock(2)))
    assert warehouse.query(RUNS) == [(1, 1, False, CUT_OFF), (1, 1, True, None)]
    assert warehouse.value("SELECT count(*) FROM attempts") == 2
    assert not warehouse.root.unpublished.exists()


def test_one_that_merged_nothing_is_not_booked(warehouse, draft, page, clock):
    started = datetime(2025, 3, 1, tzinfo=UTC)
    mark(warehouse.root.unpublished, Run("20250301T000000Z-0", "ingest", started, "0"))
    warehouse.night(page("/in/1.txt", draft().text(), clock(1)))
    assert warehouse.query(RUNS) == [(1, 1, True, None)]


def test_one_that_was_taken_for_cut_off_and_lives_books_itself(warehouse, draft, page, clock):
    slow = warehouse.run()
    files = warehouse.land(slow, page("/in/1.txt", draft().text(), clock(1)))
    with open_store(warehouse.root) as store:
        with store.writing():
            merged = store.merge(slow, warehouse.stage(files))
        warehouse.night()  # another run, which finds the first one's attempts without its row
        assert warehouse.query(RUNS) == [(1, 1, False, CUT_OFF), (0, 0, True, None)]
        with store.writing():
            store.finish(slow, slow.started_at, merged, (), _nothing())
        warehouse.night(page("/in/2.txt", draft(title="Mills Close").text(), clock(2)))
    rows = warehouse.query(RUNS)
    assert len(rows) == 3
    assert all(message is None for *_, message in rows)


def _nothing():
    from warehouse.ledger import Ledger

    return Ledger()


def test_a_line_that_was_cut_off_names_no_run(tmp_path):
    path = tmp_path / "unpublished"
    run = Run("1", "ingest", datetime(2025, 3, 1, tzinfo=UTC), "0")
    path.write_bytes(b'["0", "inge')
    mark(path, run)
    mark(path, run)
    assert marked(path) == {"1": run}
    assert len(path.read_bytes().split()) > 1
    unmark(path)
    assert marked(path) == {}
