"""Citations among the briefs in the warehouse: resolved by address, or by title."""

from __future__ import annotations

from datetime import date

import pytest

CITED_URL = "http://www.tank.example/2025/02/01/steers-osk/"
CITED_TITLE = "Who Steers the Osk and Why It Matters"


@pytest.fixture(scope="module")
def briefs(draft):
    cited = draft(title=CITED_TITLE, day=date(2025, 2, 1))
    by_url = draft(
        title="It Cites by Address",
        background=[
            ("Some other words", "Petra Lindqvist", f"{CITED_URL}?utm_source=x"),
            ("Nothing in Here", "Amos Tregear", "https://tank.example/else"),
        ],
    )  # fmt: skip
    by_title = draft(
        title="It Cites by Title",
        background=[
            (CITED_TITLE.upper(), "Petra Lindqvist", None),
            ("Unknown", "Amos Tregear", None),
        ],
    )
    return cited, by_url, by_title


def _resolved(warehouse):
    return warehouse.query(
        """SELECT b.title, t.title, l.resolved_by FROM links l JOIN briefs b USING (brief_id)
        JOIN briefs t ON t.brief_id = l.target_brief_id ORDER BY b.title"""
    )


EXPECTED = [
    ("It Cites by Address", CITED_TITLE, "url"),
    ("It Cites by Title", CITED_TITLE, "title"),
]


def test_links_to_briefs_that_came_before(warehouse, briefs, page, clock):
    cited, by_url, by_title = briefs
    warehouse.merge(page(CITED_URL, cited.html(), clock(1)))
    warehouse.night(
        page("http://tank.example/b", by_url.html(), clock(2)),
        page("/in/c.txt", by_title.text(), clock(2)),
    )
    assert _resolved(warehouse) == EXPECTED
    unresolved = "SELECT count(*) FROM links WHERE target_brief_id IS NULL"
    assert warehouse.value(unresolved + " AND resolved_by IS NOT NULL") == 0
    assert warehouse.value("SELECT count(*) FROM links WHERE resolved_by IS NOT NULL") == 2


def test_links_to_briefs_that_come_later(warehouse, briefs, page, clock):
    cited, by_url, by_title = briefs
    warehouse.merge(
        page("http://tank.example/b", by_url.html(), clock(2)),
        page("/in/c.txt", by_title.text(), clock(2)),
    )
    warehouse.night(page(CITED_URL, cited.html(), clock(3)))
    assert _resolved(warehouse) == EXPECTED


def test_an_address_counts_more_than_a_title(warehouse, briefs, draft, page, clock):
    cited, _, _ = briefs
    decoy = draft(title="Misleading Words", day=date(2025, 2, 2))
    citing = draft(
        title="It Cites Both", background=[("Misleading Words", "Petra Lindqvist", CITED_URL)]
    )
    warehouse.night(
        page(CITED_URL, cited.html(), clock(1)),
        page("/in/decoy.txt", decoy.text(), clock(1)),
        page("http://tank.example/b", citing.html(), clock(2)),
    )
    assert _resolved(warehouse) == [("It Cites Both", CITED_TITLE, "url")]


def test_a_title_that_two_briefs_bear_leads_to_neither(warehouse, briefs, draft, page, clock):
    cited, _, by_title = briefs
    namesake = draft(title=CITED_TITLE, day=date(2024, 2, 1), developments=cited.developments[:1])
    warehouse.night(
        page("/in/1.txt", cited.text(), clock(1)),
        page("/in/2.txt", namesake.text(), clock(1)),
        page("/in/c.txt", by_title.text(), clock(2)),
    )
    assert warehouse.value("SELECT count(*) FROM briefs WHERE duplicate_of IS NULL") == 3
    assert _resolved(warehouse) == []


def test_a_brief_does_not_cite_itself(warehouse, draft, page, clock):
    url = "http://tank.example/self"
    own = draft(title="It Cites Itself", background=[("It Cites Itself", "Petra Lindqvist", url)])
    warehouse.night(page(url, own.html(), clock(1)))
    assert _resolved(warehouse) == []


def test_targets_are_briefs(sampled):
    assert sampled.value(
        """SELECT count(*) FROM links WHERE target_brief_id IS NOT NULL
        AND target_brief_id NOT IN (SELECT brief_id FROM briefs)"""
    ) == 0  # fmt: skip
    assert {by for (by,) in sampled.query("SELECT DISTINCT resolved_by FROM links")} <= {
        None, "url", "title",
    }  # fmt: skip
