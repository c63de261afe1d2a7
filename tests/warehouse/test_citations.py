"""Citations among the briefs in the warehouse: resolved by address, or by title."""

from __future__ import annotations

from datetime import date

import pytest

from warehouse.citations import Citation, Cited, publisher_of, target_of

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


def _of(n, publisher="tank", authors=(), day=date(2025, 2, 1)):
    return Cited(f"b{n}", publisher, authors, day)


def _target(bearers, authors=(), outlet=None, publisher="tank", day=date(2025, 3, 1)):
    citation = Citation("b0", authors, outlet, publisher, day)
    return target_of(citation, bearers, ["tank", "csis", "crisis-group"])


@pytest.mark.parametrize(
    ("bearers", "said", "target"),
    [
        ([_of(1)], {}, "b1"),
        ([_of(1), _of(2)], {}, None),
        ([_of(1), _of(2, "csis")], {}, "b1"),  # its own publisher's, where no outlet is named
        ([_of(1), _of(2, "csis")], {"outlet": "CSIS Brief"}, "b2"),
        ([_of(1)], {"outlet": "Center for Strategic and International Studies"}, None),
        ([_of(1, "crisis-group")], {"outlet": "International Crisis Group"}, "b1"),
        ([_of(1)], {"outlet": "The Evening Post"}, "b1"),
        ([_of(1, authors=("Ida Brook",))], {"authors": ("Carl Voss",)}, None),
        ([_of(1, authors=("Ida M. Brook",)), _of(2)], {"authors": ("Ida Brook",)}, "b1"),
        ([_of(1), _of(2, day=date(2025, 4, 1))], {}, "b1"),  # nobody cites what is yet to come
        ([_of(1, day=None)], {}, "b1"),
        ([_of(0)], {}, None),
        ([], {}, None),
    ],
)
def test_author_outlet_and_day_decide_among_briefs_of_one_title(bearers, said, target):
    assert _target(bearers, **said) == target
    assert _target(bearers[::-1], **said) == target


@pytest.mark.parametrize(
    ("outlet", "publisher"),
    [
        ("FDD Flash Brief", "fdd"),
        ("fdd", "fdd"),
        ("Foundation for Defense of Democracies", "fdd"),
        ("Council on Foreign Relations", "cfr"),
        ("The Atlantic Council’s Blog", "atlantic-council"),
        ("The Hill", None),
        ("", None),
        (None, None),
    ],
)
def test_outlets_that_name_a_publisher(outlet, publisher):
    assert publisher_of(outlet, ["fdd", "cfr", "atlantic-council", "ecfr"]) == publisher


def test_who_cites_whom_how_often_and_who_was_first(sampled):
    (pair,) = sampled.dicts("SELECT * FROM citation_graph WHERE publisher = 'fdd'")
    cited = sampled.query("SELECT cited_brief_id, published_on FROM citations ORDER BY ALL")
    assert (pair["cited_publisher"], pair["citations"]) == ("fdd", len(cited))
    assert pair["cited_briefs"] == len({brief for brief, _ in cited}) == 2
    assert pair["first_cited_on"] == min(day for _, day in cited)
    assert pair["last_cited_on"] == max(day for _, day in cited)
    (moved,) = sampled.dicts("SELECT * FROM first_movers WHERE target_title = 'Who Steers the Osk'")
    assert (moved["first_publisher"], moved["first_cited_on"]) == ("fdd", date(2025, 3, 3))
    assert moved["citing_briefs"] == 2


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
