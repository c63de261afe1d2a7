"""Copies that are nearly equal are mirrors; briefs that share most of their phrases are not."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.mirrors import Candidate, originals
from warehouse.shingles import SIMILAR, same_matter, signature, similarity
from warehouse.similar import compare_new_texts
from warehouse.store import open_store

WORDS = (
    "harbor pilots left their boats after the port authority cut crews of night tugs and insurers "
    "raised daily premiums while ministers offered talks about wages shifts cranes grain mills "
    "storms fog lamps ropes anchors buoys ledgers permits guilds tolls ferries barges wardens"
).split()


def _body(seed, count=400):
    chance = random.Random(seed)
    words = [chance.choice(WORDS) for _ in range(count)]
    return [" ".join(words[i : i + 50]) for i in range(0, count, 50)]


class TestSignatures:
    @given(st.integers(0, 50), st.floats(0, 0.06))
    def test_a_copy_with_small_changes_shares_a_band(self, seed, share):
        chance = random.Random(seed)
        body = _body(seed)
        copy = [
            " ".join("quay" if chance.random() < share else w for w in part.split())
            for part in body
        ]
        if similarity(body, copy) >= 0.8:
            assert set(signature(body)) & set(signature(copy))

    def test_another_text_shares_none(self):
        assert not set(signature(_body(1))) & set(signature(_body(2)))

    def test_signatures_are_what_they_always_were(self):
        """Others would cut every stored one off from those to come."""
        assert signature(_body(1))[:2] == PINNED

    def test_a_note_has_none(self):
        assert signature(["A note of few words."]) == []

    def test_order_case_and_marks_make_no_difference(self):
        body = _body(3)
        assert signature([p.upper() for p in reversed(body)]) == signature(body)


PINNED = [-3113910919551764712, 4360079343712145985]


class TestWhatDiffers:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("The port is shut for good.", "The port was shut for good."),
            ("The port is shut.", "The port is closed today."),
            ("Ida Brook said the port is shut.", "Ida Brook says the port is shut."),
        ],
    )
    def test_wording_may(self, one, other):
        assert same_matter([one], [other])

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("At least 12 were killed.", "At least 14 were killed."),
            ("On May 4 the port was shut.", "On May 5 the port was shut."),
            ("Then Ida Brook left the port.", "Then Carl Voss left the port."),
            ("They left for Port Vessa early.", "They left for Osk early."),
            ("They left the port.", "They left the port of Vessa."),
        ],
    )
    def test_numbers_and_names_may_not(self, one, other):
        assert not same_matter([one], [other])

    def test_furniture_may_name_what_it_likes(self):
        box = ("Follow the House on Post and Chirp for more. Subscribe to our letter of May 2025, "
               "read by 10,000 people in Port Vessa and abroad every week.")  # fmt: skip
        body = ["They left the port on May 4.", "Nobody came back."]
        assert same_matter(body, [*body, box])
        assert same_matter([body[0], box, body[1]], body)


@pytest.fixture(scope="module")
def long(draft):
    """Make a brief of some length: its developments are drawn by a seed."""

    def make(seed, *, title="Pilots Leave Port Vessa", day=date(2025, 3, 3), change=None, **more):
        body = _body(seed, 300)
        if change:
            body = [part.replace(*change) for part in body]
        return draft(
            title=title, day=day, developments=[(f"Item {n}", p) for n, p in enumerate(body)],
            background=[], **more,
        )  # fmt: skip

    return make


def _mirrors(warehouse):
    return warehouse.query(
        """SELECT b.url, o.url FROM briefs b JOIN briefs o ON o.brief_id = b.duplicate_of
        ORDER BY b.url"""
    )


def _copied(page_of, furniture=""):
    """Return a republished copy of a page: other site, no dateline, furniture in the article."""
    body = page_of.decode().replace("FDD Expert Response", "What They Say")
    body = body.replace("Latest Developments", "In Short")
    return body.replace("</article>", f"{furniture}</article>").encode()


def test_a_copy_with_furniture_and_other_words_is_a_mirror(warehouse, long, page, clock):
    box = (
        "<p>Readers who like this also like our weekly letter of harbors, tides, tolls and "
        "wages, which 10,000 people read. Write to us at any time of the day or night.</p>"
    )
    warehouse.night(
        page("https://tank.example/a", long(1).html(), clock(1)),
        page(
            "https://wire.example/copy",
            _copied(long(1, day=None, change=("their", "the")).html(), box),
            clock(2),
        ),
    )
    assert _mirrors(warehouse) == [("https://wire.example/copy", "https://tank.example/a")]
    assert warehouse.value("SELECT count(*) FROM originals") == 1


def test_the_publishers_own_is_the_original_though_the_copy_came_first(
    warehouse, long, page, clock
):
    copy = _copied(long(1, day=None, change=("their", "the")).html())
    warehouse.merge(page("https://wire.example/copy", copy, clock(1)))
    warehouse.night(page("https://tank.example/a", long(1).html(), clock(2)))
    publishers = warehouse.query("SELECT publisher FROM originals")
    assert publishers == [("fdd",)]
    assert _mirrors(warehouse) == [("https://wire.example/copy", "https://tank.example/a")]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("titles nearly equal, one day", {"title": "Pilots Leave Port Vessa Again"}),
        ("one title, another day", {"day": date(2025, 3, 4)}),
        ("title and day differ", {"title": "Pilots Return", "day": date(2025, 4, 3)}),
    ],
)
def test_briefs_of_one_publisher_that_share_their_phrases_stay_two(
    warehouse, long, page, clock, name, other
):
    warehouse.night(
        page("https://tank.example/a", long(1).html(), clock(1)),
        page(
            "https://tank.example/b", long(1, change=("ropes", "chains"), **other).html(), clock(2)
        ),
    )
    assert _mirrors(warehouse) == []


def test_an_update_with_new_numbers_is_no_copy_wherever_it_stands(warehouse, draft, page, clock):
    def update(day, killed):
        text = f"As of {day} the guild counted {killed} injured. " + " ".join(_body(5, 200))
        return draft(title="The Strike", day=None, developments=[("Toll", text)], background=[])

    warehouse.night(
        page("https://tank.example/a", update("May 4", 12).html(), clock(1)),
        page("https://wire.example/b", _copied(update("May 5", 14).html()), clock(2)),
    )
    assert _mirrors(warehouse) == []


def test_a_pair_is_compared_once(warehouse, long, page, clock):
    warehouse.night(
        page("https://tank.example/a", long(1).html(), clock(1)),
        page("https://wire.example/b", _copied(long(1, change=("their", "the")).html()), clock(2)),
    )
    assert warehouse.value("SELECT count(*) FROM similar_texts WHERE similarity >= 0.7") == 1
    with open_store(warehouse.root) as store:
        assert compare_new_texts(store.connection) == 0
    warehouse.night(page("https://third.example/c", _copied(long(1).html(), "<p>x</p>"), clock(3)))
    assert len(_mirrors(warehouse)) == 2


_NEAR = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(["A", "B", None]),
        st.sampled_from(["tank", "wire", None]),
        st.sampled_from([date(2025, 1, 1), date(2025, 1, 2), None]),
    ),
    max_size=8,
)


@given(
    _NEAR,
    st.dictionaries(
        st.sampled_from([("a", "b"), ("a", "c"), ("b", "c"), ("c", "d")]), st.floats(SIMILAR, 1)
    ),
    st.randoms(),
)
def test_marking_hangs_on_no_order_and_joins_nothing_it_must_not(drawn, near, chance):
    start = datetime(2025, 1, 1, tzinfo=UTC)
    briefs = [
        Candidate(body, start + timedelta(hours=n), f"b{n}", title, publisher, day)
        for n, (body, title, publisher, day) in enumerate(drawn)
    ]
    found = originals(briefs, near)
    assert originals(chance.sample(briefs, len(briefs)), near) == found
    assert not set(found) & set(found.values())
    by_id = {brief.brief_id: brief for brief in briefs}
    for mirror, original in found.items():
        one, other = by_id[mirror], by_id[original]
        if one.text_sha256 != other.text_sha256 and one.publisher == other.publisher:
            assert not (one.title and other.title) or one.title == other.title
            days = {one.published_on, other.published_on} - {None}
            assert len(days) < 2
