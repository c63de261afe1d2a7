"""Held and released captures in any order: a rebuild gives what the nights gave."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from warehouse.compare import night_differences
from warehouse.landing import landing_files
from warehouse.publish import publish
from warehouse.rebuild import Beside, fill, fresh_lake
from warehouse.replay import plan
from warehouse.store import open_store

TITLES = ("Harbor Pilots Walk Out in Port Vessa", "Mills Close")
WORDS = ("Forty", "Fifty", "Sixty")

# a page: which brief, in which words, at its address or at another site's
pages = st.tuples(st.integers(0, 1), st.integers(0, 2), st.booleans())
nights = st.tuples(st.just("night"), st.lists(pages, min_size=1, max_size=2), st.booleans())
releases = st.tuples(st.just("release"), st.integers(0, 5), st.booleans())


class Record:
    """A warehouse whose steps are an hour apart."""

    def __init__(self, warehouse, page, draft, clock):
        self.made, self._page, self._draft = warehouse, page, draft
        self._clock = (clock(1) + timedelta(hours=n) for n in range(100))
        self.now = next(self._clock)
        self.held = []
        made = draft(title="Ferries Stop")  # a night with checks, as holds come from them
        self.made.night(page("/in/ferries.txt", made.text(), clock(0)))

    def night(self, pages, hold):
        captures = []
        for n, (nth, words, copied) in enumerate(pages):
            brief = self._draft(title=TITLES[nth])
            if WORDS[words] != "Forty":
                brief = brief.reworded(0, "Forty", WORDS[words])
            host = "https://wire.example" if copied else "https://www.tank.example"
            captures.append(self._page(f"{host}/{nth}", brief.html(), self._at(n)))
        run = self.made.run()
        files = self.made.land(run, *captures)
        with open_store(self.made.root) as store, store.writing():
            merged = self._let_in(store, run)
            verdict = lambda source, profile: "too few briefs" if hold else None  # noqa: E731
            merged += store.merge(run, self.made.stage(files), verdict)
        self.held += [a.capture_id for a in merged if a.outcome == "held"]
        self.now = next(self._clock)

    def release(self, nth, at_once):
        """Let in one held capture; it is merged at once, or by the next night."""
        if not self.held:
            return
        capture = self.held.pop(nth % len(self.held))
        with open_store(self.made.root) as store, store.writing():
            assert store.release(capture, self.now)[0] == 1
            if at_once:
                self._let_in(store, self.made.run())
        self.now = next(self._clock)

    def _at(self, n):
        return self.now + timedelta(minutes=n)

    def _let_in(self, store, run):
        merged = []
        for waiting in store.released():
            staged = self.made.stage(list(waiting))
            ids = pa.array(sorted(set().union(*waiting.values())))
            staged = staged.filter(pa.compute.is_in(staged["capture_id"], value_set=ids))
            merged += store.merge(run, staged)
        return merged

    def rebuilt(self, folder):
        """Return the night of a lake built from landing alone."""
        root, run = self.made.root, self.made.run()
        beside = Beside(root.path, folder)
        folder.mkdir()
        staged = folder / "staged.parquet"
        pq.write_table(self.made.stage(landing_files(root)), staged)
        with open_store(root) as store:
            planned = plan(store.connection)
        with fresh_lake(beside) as connection:
            fill(connection, root, run.run_id, planned, [staged])
            return publish(connection, beside, run.run_id)


@pytest.mark.slow
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(  # two edits held, the later one let in first, both merged by the next run
    steps=[
        ("night", [(0, 0, False)], False),
        ("night", [(0, 1, False)], True),
        ("night", [(0, 2, False)], True),
        ("release", 1, False),
        ("release", 0, False),
    ]
)
@given(steps=st.lists(nights | releases, min_size=3, max_size=8))
def test_a_rebuild_gives_what_the_nights_gave(
    steps, new_warehouse, empty_root, tmp_path, page, draft, clock
):
    shutil.rmtree(tmp_path, ignore_errors=True)
    shutil.copytree(empty_root, tmp_path / "data")
    record = Record(new_warehouse(tmp_path / "data"), page, draft, clock)
    for kind, what, flag in steps:
        getattr(record, kind)(what, flag)
    record.night([(1, 0, False)], hold=False)  # whatever waits is merged
    record.made.night()
    assert night_differences(record.made.night_path, record.rebuilt(tmp_path / "rebuilt")) == []
