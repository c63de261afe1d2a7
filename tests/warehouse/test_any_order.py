"""One brief by many ways, in any order, in one night or several: the same briefs in the end."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse.decide import Arrival, Decision, decide

ADDRESS = "https://www.tank.example/2025/03/03/harbor-pilots/"
CITED = "https://www.tank.example/steers-osk/"


@pytest.fixture(scope="module")
def ways(draft):
    """Each way in which one brief arrives: uri and bytes. The last is a copy on another site."""
    brief = draft(background=[("Who Steers the Osk", "Petra Lindqvist", f"{CITED}?utm_source=x")])
    return {
        "feed": (f"{ADDRESS}?utm_source=feed", brief.html(canonical=ADDRESS)),
        "folder": ("/in/saved.html", brief.html(canonical=ADDRESS, note="saved")),
        "archive": (ADDRESS.replace("https://www.", "http://"), brief.html(note="crawled")),
        "text": ("/in/brief.txt", brief.text()),
        "copy": ("https://wire.example/copy", replace(brief, day=None).html()),
    }


# What hangs on the order: the address as it was asked for, the capture, the times.
_FINAL = {
    "briefs": "brief_id, publisher, title, published_on, canonical_url, text, revision, "
    "duplicate_of",
    "developments": "development_id, headline, text, text_start",
    "statements": "statement_id, quote, speaker, role, expert_id",
    "links": "link_id, title, authors, canonical_url, domain",
    "brief_keys": "key, brief_id",
    "experts": "expert_id, name, role, statements",
    "originals": "brief_id",
}


def _final(warehouse):
    return {
        name: warehouse.query(f"SELECT {columns} FROM {name} ORDER BY ALL")
        for name, columns in _FINAL.items()
    }


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(["feed", "folder", "archive", "text", "copy"]), cuts=st.sets(
    st.integers(1, 4), max_size=2))  # fmt: skip
def test_any_order_gives_the_same_briefs(
    ways, order, cuts, new_warehouse, empty_root, tmp_path, page, clock
):
    expected = getattr(test_any_order_gives_the_same_briefs, "expected", None)
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
    shutil.copytree(empty_root, tmp_path / "data")
    made = new_warehouse(tmp_path / "data")
    captures = [page(*ways[way], clock(n + 1)) for n, way in enumerate(order)]
    bounds = [0, *sorted(cuts), len(captures)]
    for start, end in pairwise(bounds):
        made.merge(*captures[start:end])
    made.night()
    found = _final(made)
    assert len(found["briefs"]) == 2 and len(found["originals"]) == 1
    (url,) = {row[3] for row in found["links"]}
    assert url == CITED.replace("www.", "").rstrip("/")
    assert made.value("SELECT count(*) FROM revisions") == 0
    if expected is not None:
        assert found == expected
    test_any_order_gives_the_same_briefs.expected = found


def test_text_then_page_adds_the_addresses_and_is_no_revision(warehouse, ways, page, clock):
    warehouse.merge(page(*ways["text"], clock(1)))
    warehouse.night(page(*ways["archive"], clock(3)))
    assert warehouse.query('SELECT outcome FROM attempts ORDER BY "at"') == [
        ("new",), ("duplicate",),
    ]  # fmt: skip
    (brief,) = warehouse.dicts("SELECT * FROM briefs")
    assert brief["url"] == ways["archive"][0] and brief["revision"] == 1
    assert (brief["first_seen_at"], brief["revised_at"]) == (clock(1), clock(1))
    assert warehouse.value("SELECT url FROM links").startswith(CITED)
    assert warehouse.value("SELECT url FROM links_as_of('2025-04-02')") is None
    for table in ("revisions", "changes"):
        assert warehouse.value(f"SELECT count(*) FROM {table}") == 0
    # and text again takes nothing away
    warehouse.night(page("/in/again.txt", ways["text"][1], clock(4)))
    assert warehouse.value("SELECT count(*) FROM briefs_history") == 2
    assert warehouse.value("SELECT url FROM briefs") == ways["archive"][0]


def test_an_edit_after_it_is_aligned_with_what_it_added(warehouse, ways, draft, page, clock):
    edited = draft(
        background=[("Who Steers the Osk", "Petra Lindqvist", CITED)]
    ).reworded(0, "Forty", "Fifty")  # fmt: skip
    for captures in (
        [page(*ways["text"], clock(1)), page(*ways["archive"], clock(2))],
        [page(ways["archive"][0], edited.html(), clock(3))],
    ):
        warehouse.merge(*captures)
    warehouse.night()
    assert warehouse.query("SELECT revision, item, change FROM changes") == [
        (2, "development", "reworded")
    ]


def test_briefs_of_a_day_with_nearly_one_title_stay_two_in_any_order(
    new_warehouse, empty_root, tmp_path, draft, page, clock
):
    one = draft(title="Pilots Walk Out in Port Vessa")
    two = draft(title="Pilots Walk Out in Port Vessa Again").reworded(0, "Forty", "Fifty")
    pages = [
        ("https://www.tank.example/one", one.html()),
        ("/in/one.txt", one.text()),
        ("https://www.tank.example/two", two.html()),
        ("/in/two.txt", two.text()),
    ]
    expected = None
    for nth, order in enumerate(permutations(pages)):
        if nth % 8:
            continue
        shutil.copytree(empty_root, tmp_path / str(nth))
        made = new_warehouse(tmp_path / str(nth))
        made.night(*(page(*way, clock(n + 1)) for n, way in enumerate(order)))
        found = _final(made)
        assert [row[-1] for row in found["briefs"]] == [None, None]
        assert expected in (None, found)
        expected = found


_ARRIVALS = st.lists(
    st.builds(
        lambda keys, text, links, url, day: {
            "keys": tuple(sorted(keys)), "text_sha256": text, "links_sha256": links,
            "canonical_url": url, "published_on": day, "title": "T",
        },
        st.sets(st.sampled_from(["url:a", "url:b", "title:c"]), min_size=1),
        st.sampled_from(["x", "y"]), st.sampled_from([None, "l"]), st.sampled_from([None, "u"]),
        st.just(date(2025, 1, 1)),
    ),
    max_size=8,
)  # fmt: skip


@given(_ARRIVALS)
def test_every_capture_has_an_outcome_and_a_brief_one_standing_row(clock, drawn):
    arrivals = [
        Arrival(f"c{n}", f"/{n}", "s", f"{n}", clock(n + 1), **values)
        for n, values in enumerate(drawn)
    ]
    decisions = decide(arrivals, {}, {})
    assert len(decisions) == len(arrivals)
    rows: dict[str, list[Decision]] = {}
    for d in decisions:
        assert not d.enriches or d.outcome == "duplicate"
        if d.stored:
            rows.setdefault(d.brief_id, []).append(d)
    for history in rows.values():
        assert [d.valid_to for d in history[:-1]] == [d.arrival.fetched_at for d in history[1:]]
        assert history[-1].valid_to is None
        edits = [d.revision for d in history if d.outcome != "duplicate"]
        assert edits == list(range(1, len(edits) + 1))
        assert [d.revision for d in history] == sorted(d.revision for d in history)
