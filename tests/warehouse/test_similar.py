"""Copies that are nearly equal are mirrors; briefs that share most of their phrases are not."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.mirrors import Candidate, Likeness, originals
from warehouse.shingles import SIMILAR, Body, same_matter, same_rows, signature, similarity
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


class TestRows:
    """All developments and statements word for word make a copy, whatever stands around them."""

    ROWS = (
        "Forty pilots left their boats on March 2 over the crews of night tugs. " * 3,
        "A port without pilots is a beach with cranes, and it costs a week of grain. " * 3,
    )

    def test_all_rows_of_each_in_the_other(self):
        one = Body([*self.ROWS, "“Who Steers the Osk,” by Petra Lindqvist"], self.ROWS)
        assert same_rows(one, Body([*self.ROWS, "Republished with permission."], self.ROWS))

    def test_a_page_of_an_unknown_layout_has_the_words_alone(self):
        plain = Body([f"1. {self.ROWS[0]}", "In short", f"{self.ROWS[1]} (Lindqvist)"], ())
        assert same_rows(Body(self.ROWS, self.ROWS), plain)
        assert same_rows(plain, Body(self.ROWS, self.ROWS))
        assert not same_rows(plain, plain)

    @pytest.mark.parametrize(
        "change", [("Forty", "Fifty"), ("March 2", "March 3"), ("a week", "two weeks")]
    )
    def test_a_word_of_difference_is_enough(self, change):
        other = [row.replace(*change) for row in self.ROWS]
        assert not same_rows(Body(self.ROWS, self.ROWS), Body(other, other))
        assert not same_rows(Body(self.ROWS, self.ROWS), Body(other, ()))

    def test_one_row_more_is_another_brief(self):
        more = (*self.ROWS, "Twelve were hurt.")
        assert not same_rows(Body(self.ROWS, self.ROWS), Body(more, more))

    def test_a_few_words_are_no_evidence(self):
        few = ("Forty pilots left.", "A port is a beach.")
        assert not same_rows(Body(few, few), Body(few, few))

    def test_rows_that_are_little_of_a_body_are_none_either(self):
        long = [" ".join(f"word{n}" for n in range(200))]
        assert not same_rows(Body([*self.ROWS, *long], self.ROWS), Body(self.ROWS, self.ROWS))


NOTE = (
    "<p>Republished with permission of the Foundation for Open Harbors, where this piece first "
    "appeared for its readers in Port Vessa and along the Osk.</p>"
)
READING = [(f"Reading {n} on Tugs and Tolls of the Osk", "Petra Lindqvist", None) for n in range(5)]


def _republished(brief, note=NOTE):
    """Return a copy with ``note`` in place of the reading list."""
    html = brief.html().decode()
    return html[: html.index("<h2>FDD Background")] + note + html[html.index("</article>") :]


OTHER_TITLE = "Grain Waits as Harbors Fall Silent"
COPIES = [
    (layout, changed, note)
    for note in (NOTE, "")
    for layout, changed in (
        ("kept", {"day": None}),
        ("kept", {"title": OTHER_TITLE}),
        ("kept", {"day": None, "title": OTHER_TITLE}),
        ("lost", {"day": None}),
        ("lost", {"day": None, "title": OTHER_TITLE}),
    )
]


def test_a_verbatim_copy_is_a_mirror_though_its_reading_list_and_title_are_others(
    warehouse, long, page, clock
):
    pages, expected = [], []
    for seed, (layout, changed, note) in enumerate(COPIES, 20):
        brief = replace(long(seed, title=f"Pilots Leave Port {seed}"), background=READING)
        if "title" in changed:
            changed = {**changed, "title": f"{OTHER_TITLE} {seed}"}
        copy = _republished(replace(brief, **changed), note).encode()
        here, there = f"https://tank.example/{seed}", f"https://news.example/{seed}"
        pages.append(page(here, brief.html(), clock(1)))
        pages.append(page(there, _copied(copy) if layout == "lost" else copy, clock(2)))
        expected.append((there, here))
    # the very same body under another title, which is compared with itself
    pages.append(page("https://tank.example/z", long(1).html(), clock(1)))
    pages.append(page("https://news.example/z", long(1, title=OTHER_TITLE).html(), clock(2)))
    warehouse.night(*pages)
    assert _mirrors(warehouse) == [
        *expected,
        ("https://news.example/z", "https://tank.example/z"),
    ]


def test_briefs_of_one_day_that_differ_in_one_row_stay_two(warehouse, long, page, clock):
    pages = []
    for seed in range(20, 32):
        one = replace(long(seed, title=f"Pilots Leave Port {seed}"), background=READING)
        last = (one.developments[-1][0], _body(seed + 100, 50)[0])
        other_row = [
            replace(one, developments=[*one.developments[:-1], last]),
            replace(one, experts=[*one.experts[:1], ("They sail at dawn.", "Ida Brook", "Fellow")]),
            one.reworded(0, one.developments[0][1].split()[0], "floods"),
        ][seed % 3]
        title = ("Pilots Leave Port Again", "Talks Begin")[seed % 2]
        site = ("tank.example", "news.example")[seed // 3 % 2]
        two = replace(other_row, title=f"{title} {seed}")
        pages.append(page(f"https://tank.example/{seed}", one.html(), clock(1)))
        pages.append(page(f"https://{site}/{seed}-b", _republished(two).encode(), clock(2)))
    warehouse.night(*pages)
    assert warehouse.value("SELECT count(*) FROM similar_texts WHERE similarity > 0.6") >= 12
    assert _mirrors(warehouse) == []


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
        st.sampled_from([("a", "b"), ("a", "c"), ("b", "c"), ("c", "d"), ("d", "d")]),
        st.builds(Likeness, st.floats(SIMILAR, 1), st.booleans()),
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
    rows = any(likeness.same_rows for likeness in near.values())
    for mirror, original in found.items():
        one, other = by_id[mirror], by_id[original]
        if one.text_sha256 != other.text_sha256 and one.publisher == other.publisher:
            assert rows or not (one.title and other.title) or one.title == other.title
            days = {one.published_on, other.published_on} - {None}
            assert len(days) < 2
