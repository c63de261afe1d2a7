"""Merging into the lake: duplicates, revisions, history, and the order of things."""

from __future__ import annotations

import pytest

from warehouse.ledger import Ledger
from warehouse.schema import CHILDREN, HISTORY
from warehouse.store import open_store


def _outcomes(attempts):
    return [attempt.outcome for attempt in attempts]


@pytest.fixture(scope="module")
def both(new_warehouse, tmp_path_factory, draft, page, clock):
    made = new_warehouse(tmp_path_factory.mktemp("both") / "data")
    made.merge(page("/in/walkout.txt", draft().text(), clock(1)))
    attempts = made.night(page("http://tank.example/walkout", draft().html(), clock(2)))
    return made, attempts


class TestOneBriefTwoWays:
    """A text file, then the page of the same brief."""

    def test_it_is_one_brief(self, both):
        warehouse, attempts = both
        assert _outcomes(attempts) == ["duplicate"]
        assert warehouse.value("SELECT count(*) FROM briefs") == 1
        assert warehouse.value("SELECT count(*) FROM developments") == 3
        assert warehouse.value("SELECT count(*) FROM revisions") == 0

    def test_both_captures_are_kept_and_lead_to_it(self, both):
        warehouse, _ = both
        assert warehouse.value("SELECT count(*) FROM captures") == 2
        ids = warehouse.query("SELECT DISTINCT brief_id FROM attempts")
        assert ids == warehouse.query("SELECT brief_id FROM briefs")

    def test_the_address_is_a_key_of_it_from_now_on(self, both):
        warehouse, _ = both
        keys = dict(warehouse.query("SELECT split_part(key, ':', 1), brief_id FROM brief_keys"))
        assert set(keys) == {"title", "url"}
        assert len(set(keys.values())) == 1


@pytest.fixture(scope="module")
def edited(new_warehouse, tmp_path_factory, draft, page, clock):
    made = new_warehouse(tmp_path_factory.mktemp("edited") / "data")
    url = "http://tank.example/walkout"
    before = draft()
    after = draft(
        title="Harbor Pilots Walk Out in Port Vessa Again",
        developments=[
            before.developments[2],
            (before.developments[0][0], before.developments[0][1].replace("Forty", "Fifty")),
            ("Navy Lends Four Pilots", "The navy offered four of its own on March 4."),
        ],
        background=[*before.background, ("The Price of a Tug", "Amos Tregear", None)],
    )
    made.merge(page(url, before.html(), clock(1)))
    attempts = made.night(page(url, after.html(), clock(2)))
    return made, before, after, attempts, clock


class TestAnEdit:
    """A brief, and the same page a day later with one development changed and one link more."""

    def test_it_is_a_revision_not_a_second_brief(self, edited):
        warehouse, _, after, attempts, clock = edited
        assert _outcomes(attempts) == ["revised"]
        row = warehouse.dicts("SELECT * FROM briefs")
        assert len(row) == 1
        assert (row[0]["revision"], row[0]["title"]) == (2, after.title)
        assert row[0]["first_seen_at"] == clock(1)
        assert row[0]["revised_at"] == clock(2)

    def test_the_revision_is_booked_as_it_reads_now(self, edited):
        warehouse, _, after, _, clock = edited
        rows = warehouse.dicts("SELECT * FROM revisions")
        assert [(r["revision"], r["title"], r["seen_at"]) for r in rows] == [
            (2, after.title, clock(2))
        ]
        assert rows[0]["text"] == warehouse.value("SELECT text FROM briefs")

    def test_each_changed_item_is_booked(self, edited):
        warehouse, before, after, _, _ = edited
        rows = warehouse.dicts("SELECT * FROM changes ORDER BY position")
        assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
        found = {(row["item"], row["change"]): row for row in rows}
        assert set(found) == {
            ("title", "reworded"),
            ("development", "removed"),
            ("development", "reworded"),
            ("development", "added"),
            ("link", "added"),
        }
        assert found["title", "reworded"]["old_text"] == before.title
        assert found["title", "reworded"]["new_text"] == after.title
        removed = found["development", "removed"]
        assert removed["old_text"].startswith("Grain Ships Wait")
        assert removed["new_id"] is None
        reworded = found["development", "reworded"]
        assert "Forty" in reworded["old_text"]
        assert "Fifty" in reworded["new_text"]
        assert found["development", "added"]["new_text"].startswith("Navy Lends Four Pilots: ")
        assert "The Price of a Tug" in found["link", "added"]["new_text"]

    def test_ids_in_changes_are_those_of_the_rows(self, edited):
        warehouse, *_ = edited
        assert warehouse.query(
            """SELECT new_id FROM changes WHERE item = 'development' AND new_id IS NOT NULL
            AND new_id NOT IN (SELECT development_id FROM developments)"""
        ) == []  # fmt: skip
        assert warehouse.query(
            """SELECT old_id FROM changes WHERE item = 'development' AND old_id IS NOT NULL
            AND old_id NOT IN (SELECT development_id FROM developments_history
            WHERE valid_to IS NOT NULL)"""
        ) == []  # fmt: skip

    def test_siblings_of_an_edited_item_keep_their_ids(self, edited):
        warehouse, *_ = edited
        kept = warehouse.query(
            """SELECT headline, count(DISTINCT development_id) FROM developments_history
            GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL"""
        )
        assert kept == [("Minister Offers Talks", 1), ("Pilots Refuse Night Shifts", 2)]
        assert warehouse.value("SELECT count(DISTINCT statement_id) FROM statements_history") == 2

    def test_history_is_closed_where_the_next_row_begins(self, edited):
        warehouse, _, _, _, clock = edited
        assert warehouse.query(
            "SELECT revision, valid_from, valid_to FROM briefs_history ORDER BY revision"
        ) == [(1, clock(1), clock(2)), (2, clock(2), None)]
        for table in CHILDREN:
            spans = warehouse.query(
                f"SELECT DISTINCT valid_from, valid_to FROM {table.name}_history"
            )
            assert set(spans) == {(clock(1), clock(2)), (clock(2), None)}

    def test_as_of_a_date_the_history_reads_as_the_brief_did_then(self, edited):
        warehouse, before, _, _, clock = edited
        headlines = warehouse.query(
            """SELECT headline FROM developments_history
            WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to > $1) ORDER BY position""",
            clock(1, 12),
        )
        assert [h for (h,) in headlines] == [label for label, _ in before.developments]

    def test_blocks_are_those_of_the_brief_as_it_stands(self, edited):
        warehouse, *_ = edited
        joined = warehouse.value(
            "SELECT string_agg(text, chr(10) || chr(10) ORDER BY position) FROM block_texts"
        )
        assert joined == warehouse.value("SELECT text FROM briefs")


def test_current_tables_are_the_history_without_an_end(sampled):
    for name, table in HISTORY.items():
        columns = ", ".join(f'"{c}"' for c in table.columns if not c.startswith("valid_"))
        now = f"SELECT {columns} FROM {name}"
        history = f"SELECT {columns} FROM {name}_history WHERE valid_to IS NULL"
        assert sampled.value(f"SELECT count(*) FROM ({now} EXCEPT ALL {history})") == 0
        assert sampled.value(f"SELECT count(*) FROM ({history} EXCEPT ALL {now})") == 0
        assert sampled.value(f"SELECT count(*) FROM ({history})") > 0


def test_every_row_of_a_brief_has_its_brief_and_capture(sampled):
    for table in ("developments", "statements", "links", "blocks", "brief_keys", "revisions"):
        assert sampled.value(f"SELECT count(*) FROM {table} ANTI JOIN briefs USING (brief_id)") == 0
    assert sampled.value("SELECT count(*) FROM briefs ANTI JOIN captures USING (capture_id)") == 0
    assert sampled.value("SELECT count(*) FROM captures ANTI JOIN attempts USING (capture_id)") == 0


def test_every_capture_has_exactly_one_outcome(sampled):
    found = sampled.query(
        "SELECT capture_id FROM attempts WHERE capture_id IS NOT NULL "
        "GROUP BY ALL HAVING count(*) <> 1"
    )
    assert found == []


def test_the_same_staged_capture_twice_adds_nothing(warehouse, draft, page, clock):
    run = warehouse.run()
    files = warehouse.land(
        run, page("/in/a.txt", draft().text(), clock(1)), page("/in/e", b"", clock(1))
    )
    staged = warehouse.stage(files)
    with open_store(warehouse.root) as store, store.writing():
        first = store.merge(run, staged)
        assert sorted(_outcomes(first)) == ["new", "rejected"]
        assert store.merge(run, staged) == first  # said again, not done again
        store.finish(run, run.started_at, first, (), Ledger())
    assert warehouse.value("SELECT count(*) FROM captures") == 2
    assert warehouse.value("SELECT count(*) FROM attempts") == 2
    assert warehouse.value("SELECT count(*) FROM briefs_history") == 1


def test_a_capture_twice_in_one_batch_counts_once(warehouse, draft, page, clock):
    import pyarrow as pa

    run = warehouse.run()
    staged = warehouse.stage(warehouse.land(run, page("/in/a.txt", draft().text(), clock(1))))
    with open_store(warehouse.root) as store, store.writing():
        assert _outcomes(store.merge(run, pa.concat_tables([staged, staged]))) == ["new"]


def _content(warehouse):
    """Return all that is not in the ledger: what two ways of doing the same must agree in."""
    columns = {
        "briefs_history": "*",
        "developments_history": "*",
        "statements_history": "*",
        "links_history": "*",
        "blocks": "*",
        "revisions": "*",
        "changes": "*",
        "brief_keys": "key, brief_id",
        "experts": "*",
        "links": "link_id, target_brief_id, resolved_by",
    }
    return {
        table: sorted(map(repr, warehouse.query(f"SELECT {wanted} FROM {table}")))
        for table, wanted in columns.items()
    }


@pytest.mark.slow
def test_one_batch_and_many_nights_end_alike(tmp_path, new_warehouse, draft, page, clock):
    """In-batch revisions, mirrors and duplicates give the rows that single nights give."""
    first = draft()
    second = first.reworded(0, "Forty", "Fifty")
    url = "http://tank.example/walkout"
    captures = [
        page(url, first.html(), clock(1)),
        page("http://mirror.example/walkout", draft(day=None).html(), clock(2)),
        page(url, second.html(), clock(3)),
        page("/in/walkout.txt", second.text(), clock(4)),
        page(url, first.html(), clock(5)),
    ]
    expected = ["new", "new", "revised", "duplicate", "revised"]
    one = new_warehouse(tmp_path / "one")
    assert sorted(_outcomes(one.night(*reversed(captures)))) == sorted(expected)
    many = new_warehouse(tmp_path / "many")
    assert [_outcomes(many.merge(capture))[0] for capture in captures] == expected
    many.night()
    assert _content(one) == _content(many)


def test_a_mirror_has_its_own_row_and_names_the_original(warehouse, draft, page, clock):
    """The same words on another site without a dateline: no key in common, the same text."""
    plain = draft(day=None)
    warehouse.merge(page("http://tank.example/walkout", plain.html(), clock(1)))
    attempts = warehouse.night(page("http://mirror.example/copy", plain.html(), clock(2)))
    assert _outcomes(attempts) == ["new"]
    rows = warehouse.dicts("SELECT brief_id, url, duplicate_of FROM briefs ORDER BY first_seen_at")
    assert [row["duplicate_of"] for row in rows] == [None, rows[0]["brief_id"]]


def test_briefs_that_share_most_of_their_words_are_no_mirrors(warehouse, draft, page, clock):
    one = draft(title="Strait Update, March 3")
    other = draft(title="Strait Update, March 4", developments=[*one.developments[:2]])
    warehouse.night(
        page("/in/1.txt", one.text(), clock(1)), page("/in/2.txt", other.text(), clock(1))
    )
    assert warehouse.query("SELECT DISTINCT duplicate_of FROM briefs") == [(None,)]


def test_two_notes_of_one_line_are_two_briefs(warehouse, page, clock):
    attempts = warehouse.night(
        page("/in/1.txt", b"The tide table for Port Vessa is wrong\n", clock(1)),
        page("/in/2.txt", b"Grain prices rose again in the south\n", clock(2)),
    )
    assert _outcomes(attempts) == ["new", "new"]
    assert warehouse.value("SELECT count(*) FROM briefs WHERE duplicate_of IS NULL") == 2


def test_a_changed_attribution_is_a_change(warehouse, draft, page, clock):
    """Who said it is corrected, the words stay: that is an edit of the statement."""
    before = draft()
    quote, _, role = before.experts[0]
    after = draft(experts=[(quote, "Petra Lindquist-Hale", role), before.experts[1]])
    warehouse.merge(page("/in/a.txt", before.text(), clock(1)))
    attempts = warehouse.night(page("/in/a.txt", after.text(), clock(2)))
    assert _outcomes(attempts) == ["revised"]
    changes = warehouse.query("SELECT item, change, old_text, new_text FROM changes")
    assert [change[:2] for change in changes] == [("statement", "reworded")]
    assert "Petra Lindqvist," in changes[0][2]
    assert "Petra Lindquist-Hale," in changes[0][3]


def test_a_changed_address_of_a_citation_is_a_change(warehouse, draft, page, clock):
    def cited(url):
        return draft(background=[("Who Steers the Osk", "Petra Lindqvist", url)]).html()

    url = "http://tank.example/walkout"
    warehouse.merge(page(url, cited("http://tank.example/old"), clock(1)))
    # the words of a page are what counts for a revision; an edit of them brings the address too
    edited = cited("http://tank.example/new").replace(b"Forty", b"Fifty")
    warehouse.night(page(url, edited, clock(2)))
    changes = warehouse.query("SELECT item, old_text, new_text FROM changes WHERE item = 'link'")
    assert len(changes) == 1
    assert changes[0][1].endswith("/old")
    assert changes[0][2].endswith("/new")
