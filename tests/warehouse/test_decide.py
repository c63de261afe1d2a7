"""What becomes of a capture, decided without any storage."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from warehouse.decide import Arrival, Decision, Standing, decide

DAY = date(2025, 3, 3)


def _at(hour: int) -> datetime:
    return datetime(2025, 4, 1, tzinfo=UTC) + timedelta(hours=hour)


def _arrival(
    hour: int,
    *keys: str,
    text: str = "body",
    title: str = "Pilots Walk Out",
    on: date | None = DAY,
    uri: str = "",
) -> Arrival:
    return Arrival(
        capture_id=f"c{hour}{uri}",
        uri=uri or f"/in/{hour}",
        source="test",
        sha256=f"{hour:064}",
        fetched_at=_at(hour),
        keys=keys,
        title=title,
        published_on=on,
        text_sha256=text,
    )


def _outcomes(decisions: list[Decision]) -> list[str]:
    return [d.outcome for d in decisions]


def test_an_unknown_brief_is_new():
    (found,) = decide([_arrival(1, "url:a", "title:t")], {}, {})
    assert (found.outcome, found.revision, found.stored) == ("new", 1, True)
    assert found.new_keys == ("url:a", "title:t")
    assert found.first_seen_at == _at(1)
    assert found.valid_to is None


def test_a_rejected_capture_is_rejected_with_its_reason():
    refused = Arrival("c", "/in/x", "test", "0", _at(1), "binary", "no text in it")
    (found,) = decide([refused], {}, {})
    assert (found.outcome, found.stored, found.brief_id) == ("rejected", False, None)
    assert found.arrival.reason == "binary"


STANDING = Standing("b1", 3, "Pilots Walk Out", DAY, "body", _at(0), None, _at(0), _at(0))


def test_the_same_under_a_known_key_is_a_duplicate_that_adds_its_keys():
    arrival = _arrival(1, "url:a", "title:t")
    (found,) = decide([arrival], {"title:t": "b1"}, {"b1": STANDING})
    assert (found.outcome, found.brief_id, found.revision) == ("duplicate", "b1", 3)
    assert found.new_keys == ("url:a",)
    assert not found.stored


def test_another_text_under_a_known_key_is_a_revision():
    (found,) = decide([_arrival(1, "url:a", text="edited")], {"url:a": "b1"}, {"b1": STANDING})
    assert (found.outcome, found.brief_id, found.revision) == ("revised", "b1", 4)
    assert found.first_seen_at == _at(0)


def test_another_title_or_day_is_a_revision_but_another_case_is_not():
    known = ({"url:a": "b1"}, {"b1": STANDING})
    assert _outcomes(decide([_arrival(1, "url:a", title="Pilots Return")], *known)) == ["revised"]
    assert _outcomes(decide([_arrival(1, "url:a", on=date(2025, 3, 4))], *known)) == ["revised"]
    assert _outcomes(decide([_arrival(1, "url:a", title="PILOTS walk  out")], *known)) == [
        "duplicate"
    ]


def test_the_strongest_known_key_wins():
    arrival = _arrival(1, "url:a", "title:t")
    other = Standing("b2", 1, "Pilots Walk Out", DAY, "body", _at(0), None, _at(0), _at(0))
    keys = {"title:t": "b1", "url:a": "b2"}
    (found,) = decide([arrival], keys, {"b1": STANDING, "b2": other})
    assert found.brief_id == "b2"


def test_revisions_within_one_batch_form_a_chain():
    chain = [
        _arrival(1, "url:a", text="one"),
        _arrival(2, "url:a", text="two"),
        _arrival(3, "url:a", text="two"),
        _arrival(4, "url:a", text="three"),
    ]
    found = decide(chain, {}, {})
    assert _outcomes(found) == ["new", "revised", "duplicate", "revised"]
    assert [d.revision for d in found] == [1, 2, 2, 3]
    assert [d.valid_to for d in found] == [_at(2), _at(4), None, None]
    assert len({d.brief_id for d in found}) == 1
    assert {d.first_seen_at for d in found if d.stored} == {_at(1)}


def test_an_edit_that_is_taken_back_is_a_revision_too():
    texts = ("one", "two", "one")
    found = decide([_arrival(i, "url:a", text=t) for i, t in enumerate(texts)], {}, {})
    assert _outcomes(found) == ["new", "revised", "revised"]


def test_keys_learned_within_a_batch_lead_to_the_brief():
    found = decide(
        [
            _arrival(1, "title:t"),
            _arrival(2, "url:a", "title:t"),
            _arrival(3, "url:a", text="edited", title="Pilots Return"),
        ],
        {}, {},
    )  # fmt: skip
    assert _outcomes(found) == ["new", "duplicate", "revised"]
    assert len({d.brief_id for d in found}) == 1


def test_another_address_with_the_same_words_is_a_brief_of_its_own():
    one, mirror = decide([_arrival(1, "url:a"), _arrival(2, "url:mirror")], {}, {})
    assert _outcomes([one, mirror]) == ["new", "new"]
    assert mirror.brief_id != one.brief_id


def test_what_was_fetched_before_the_standing_words_revises_nothing():
    """Another machine's capture may be merged late; it must not bring old words back."""
    standing = Standing("b1", 2, "Pilots Walk Out", DAY, "newer", _at(0), None, _at(5), _at(5))
    late = _arrival(3, "url:a", "title:t", text="older")
    (found,) = decide([late], {"url:a": "b1"}, {"b1": standing})
    assert (found.outcome, found.revision, found.stored) == ("duplicate", 2, False)
    assert found.new_keys == ("title:t",)


def test_a_page_is_late_where_one_of_its_keys_led_to_another_brief_only_afterwards():
    """Taken in its turn it would have taken the key, and what was fetched later with it."""
    copy = Standing("b2", 1, "Pilots Return", DAY, "body", _at(5), None, _at(5), _at(5))
    known = ({"url:a": "b1", "title:new": "b2"}, {"b1": STANDING, "b2": copy})
    retitled = _arrival(3, "url:a", "title:new", title="Pilots Return")
    (found,) = decide([retitled], *known)
    assert (found.outcome, found.arrival.reason, found.brief_id) == ("duplicate", "late", "b1")
    (found,) = decide([retitled], *known, anew=True)
    assert found.outcome == "revised"
    behind = replace(retitled, fetched_at=_at(6))
    (found,) = decide([behind], *known)
    assert (found.outcome, found.new_keys) == ("revised", ())


def test_a_page_is_late_where_no_key_of_it_led_to_its_brief_at_that_time():
    """Its own turn would have found no brief, or another one."""
    copy = _arrival(3, "url:copy", "title:t")
    known = ({"url:copy": "b1"}, {"b1": STANDING})
    (found,) = decide([copy], *known, {"url:copy": _at(5)})
    assert (found.outcome, found.arrival.reason) == ("duplicate", "late")
    (found,) = decide([copy], *known, {"url:copy": _at(2)})
    assert found.arrival.reason is None
    (found,) = decide([copy], *known)  # keys of older records do not tell since when
    assert found.arrival.reason is None


def test_an_edit_is_late_where_its_brief_lost_an_address_afterwards():
    """With the edit's title and day it might have kept the address."""
    standing = replace(STANDING, left_at=_at(5))
    (edit,) = decide([_arrival(3, "url:a", text="edited")], {"url:a": "b1"}, {"b1": standing})
    assert (edit.outcome, edit.arrival.reason) == ("duplicate", "late")
    (after,) = decide([_arrival(6, "url:a", text="edited")], {"url:a": "b1"}, {"b1": standing})
    assert after.outcome == "revised"


def test_addresses_that_words_gain_do_not_make_them_seen_earlier():
    standing = replace(STANDING, seen=_at(5))
    gains = replace(_arrival(3, "url:a"), links_sha256="l")
    edit = replace(_arrival(4, "url:a", text="edited"), links_sha256="l")
    first, second = decide([gains, edit], {"url:a": "b1"}, {"b1": standing})
    assert first.enriches
    assert (second.outcome, second.arrival.reason) == ("duplicate", "late")


def test_the_order_of_arrivals_makes_no_difference():
    arrivals = [
        _arrival(1, "url:a", text="one"),
        _arrival(2, "url:a", "title:t", text="two"),
        _arrival(2, "url:b", text="two", uri="/in/z"),
        _arrival(3, "title:t", text="three"),
        _arrival(4, text="none"),
    ]
    expected = decide(arrivals, {}, {})
    for seed in range(10):
        shuffled = random.Random(seed).sample(arrivals, len(arrivals))
        assert decide(shuffled, {}, {}) == expected


class _Record:
    """What a lake would know after merges: a plain model of keys and standings."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.standings: dict[str, Standing] = {}
        self.decisions: list[Decision] = []

    def merge(self, arrivals: list[Arrival]) -> None:
        for d in decide(arrivals, self.keys, self.standings):
            self.decisions.append(d)
            self.keys.update(dict.fromkeys(d.new_keys, d.brief_id))
            if d.stored:
                a = d.arrival
                self.standings[d.brief_id] = Standing(
                    d.brief_id, d.revision, a.title, a.published_on, a.text_sha256,
                    d.first_seen_at, a.links_sha256, a.fetched_at, a.fetched_at,
                )  # fmt: skip
            elif d.outcome == "duplicate":
                standing = self.standings[d.brief_id]
                seen = max(standing.seen, d.arrival.fetched_at)
                self.standings[d.brief_id] = replace(standing, seen=seen)

    @property
    def outcome(self) -> list[tuple[object, ...]]:
        return [
            (d.arrival.capture_id, d.outcome, d.brief_id, d.revision, d.new_keys)
            for d in self.decisions
        ]


_KEYS = st.sampled_from(
    [("url:a",), ("url:b",), ("url:c",), ("url:a", "title:t"), ("title:t",), ("url:b", "title:t")]
)
_ARRIVALS = st.lists(st.tuples(_KEYS, st.sampled_from(["one", "two"])), min_size=2, max_size=6)
_A, _B, _C = ("url:a",), ("url:b",), ("url:c",)


@settings(max_examples=300, deadline=None)
@given(_ARRIVALS, st.integers(1, 6))
@example([(_A, "one"), (_B, "one"), (_B, "two"), (_C, "two")], 3)
@example([(_A, "one"), (_B, "two"), (_A, "two"), (_C, "two")], 3)
def test_one_big_merge_and_many_small_ones_decide_alike(drawn, cut):
    arrivals = [_arrival(i, *keys, text=text) for i, (keys, text) in enumerate(drawn)]
    whole, halves, single = _Record(), _Record(), _Record()
    whole.merge(arrivals)
    halves.merge(arrivals[:cut])
    halves.merge(arrivals[cut:])
    for arrival in arrivals:
        single.merge([arrival])
    assert halves.outcome == whole.outcome
    assert single.outcome == whole.outcome


def _page(hour: int, address: str, title: str, words: int, on: date, **more: object) -> Arrival:
    """A page of an address of its own, whose body has the signature of ``words``."""
    url = f"https://tank.example/{address}"
    keys = (f"url:{url}", f"title:{title}")
    declared = more.pop("declared", None)
    if declared:
        keys = (f"url:{declared}", *keys)
    arrival = _arrival(hour, *keys, text=f"body {words} {hour}", title=title, on=on, uri=url)
    signature = tuple(range(words * 100, words * 100 + 20))
    return replace(arrival, url=url, canonical_url=declared, signature=signature, **more)


def _ids(decisions: list[Decision]) -> list[tuple[str, str | None]]:
    return [(d.outcome, d.brief_id) for d in decisions]


def _standing_after(arrivals: list[Arrival]) -> tuple[dict[str, Standing], dict[str, str]]:
    """Return how the one brief of some arrivals stands, and the keys that lead to it."""
    decisions = decide(arrivals, {}, {})
    stored = [d for d in decisions if d.stored][-1]
    a = stored.arrival
    standing = Standing(
        stored.brief_id, stored.revision, a.title, a.published_on, a.text_sha256, a.fetched_at,
        None, a.fetched_at, max(d.arrival.fetched_at for d in decisions), signature=a.signature,
    )  # fmt: skip
    return {standing.brief_id: standing}, dict.fromkeys(a.keys, standing.brief_id)


def _day(n: int) -> date:
    return DAY + timedelta(days=n)


class TestAddressesThatLeadAstray:
    SECTION = "https://tank.example/analysis"

    def test_pages_that_declare_one_address_for_all_stay_apart(self):
        pages = [
            _page(n, f"{n}", f"Title {n}", n, _day(n), declared=self.SECTION) for n in (1, 2, 3)
        ]
        found = decide(pages, {}, {})
        assert [d.outcome for d in found] == ["new"] * 3
        assert len({d.brief_id for d in found}) == 3
        # and an edit of the first one, that has its address, is an edit of it
        edited = _page(4, "1", "Title One", 1, _day(1), declared=self.SECTION)
        *_, last = decide([*pages, edited], {}, {})
        assert (last.outcome, last.brief_id) == ("revised", found[0].brief_id)

    def test_a_rolling_page_shows_another_brief_each_week(self):
        weeks = [_page(n, "latest", f"Week {n}", n, DAY + timedelta(days=7 * n)) for n in (1, 2, 3)]
        found = decide(weeks, {}, {})
        assert [d.outcome for d in found] == ["new"] * 3
        # what is seen there next is the brief of last week, edited
        again = replace(weeks[2], fetched_at=_at(9), text_sha256="other")
        *_, last = decide([*weeks, again], {}, {})
        assert (last.outcome, last.brief_id) == ("revised", found[2].brief_id)

    def test_under_its_own_address_a_brief_may_be_edited_as_one_likes(self):
        first = _page(1, "a", "Pilots Walk Out", 1, DAY)
        rewritten = _page(2, "a", "Pilots Come Back", 2, DAY)
        moved = _page(3, "a", "Pilots Are Back", 2, DAY + timedelta(days=1))
        assert _outcomes(decide([first, rewritten, moved], {}, {})) == ["new", "revised", "revised"]

    def test_another_address_of_one_brief_may_have_a_new_title(self):
        declared = "https://tank.example/a"
        first = _page(1, "a", "Pilots Walk Out", 1, DAY)
        mobile = _page(2, "amp/a", "Pilots Walk Out Again", 1, DAY, declared=declared)
        assert _outcomes(decide([first, mobile], {}, {})) == ["new", "revised"]


class TestWhatACopyLacks:
    def test_a_copy_that_was_cut_off_is_no_edit(self):
        whole = _page(1, "a", "Pilots Walk Out", 1, DAY)
        cut = _page(2, "a", "Pilots Walk Out", 1, DAY, truncated=True)
        assert _outcomes(decide([whole, cut], {}, {})) == ["new", "duplicate"]
        assert _outcomes(decide([replace(cut, fetched_at=_at(0)), whole], {}, {})) == [
            "new", "revised",
        ]  # fmt: skip

    def test_an_edit_that_came_as_text_keeps_where_the_brief_stands(self):
        page = _page(1, "a", "Pilots Walk Out", 1, DAY, declared="https://tank.example/a/")
        texts = [
            replace(page, uri=f"/in/{n}.txt", fetched_at=_at(n), text_sha256=f"{n}", url=None,
                    canonical_url=None, keys=page.keys[-1:])
            for n in (2, 3)
        ]  # fmt: skip
        _, *edits = decide([page, *texts], {}, {})
        assert _outcomes(edits) == ["revised", "revised"]
        assert {(d.url, d.canonical_url) for d in edits} == {(page.url, page.canonical_url)}


class TestLatePages:
    def test_what_was_fetched_before_the_brief_was_seen_as_it_stands_is_late(self):
        first, again = _arrival(1, "title:t"), _arrival(9, "title:t", uri="/again")
        between = _arrival(5, "title:t", text="other")
        known, by_key = _standing_after([first, again])
        (found,) = decide([between], by_key, known)
        assert (found.outcome, found.arrival.reason) == ("duplicate", "late")
        (same,) = decide([replace(between, text_sha256="body")], by_key, known)
        assert (same.outcome, same.arrival.reason) == ("duplicate", None)

    def test_what_an_address_showed_before_is_late_though_it_is_another_brief(self):
        known, by_key = _standing_after([_page(9, "latest", "Week 2", 2, _day(14))])
        (found,) = decide([_page(2, "latest", "Week 1", 1, _day(7))], by_key, known)
        assert (found.outcome, found.arrival.reason) == ("duplicate", "late")

    def test_what_was_fetched_before_what_stands_is_late(self):
        for text in ("body", "other"):
            early = replace(_arrival(1, "title:t", text=text), fetched_at=_at(-1))
            (found,) = decide([early], {"title:t": "b1"}, {"b1": STANDING})
            assert (found.outcome, found.arrival.reason) == ("duplicate", "late")

    def test_neither_when_everything_is_merged_anew_nor_when_it_was_released(self):
        early = replace(_arrival(1, "title:t", text="other"), fetched_at=_at(-1))
        for arrival, anew in ((early, True), (replace(early, let_in=True), False)):
            (found,) = decide([arrival], {"title:t": "b1"}, {"b1": STANDING}, anew=anew)
            assert (found.outcome, found.arrival.reason) == ("duplicate", None)
