"""What a revision changed: added, removed, reworded, moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from warehouse.diff import Change, Item, diff_items, diff_value, printed_text


def _items(*texts: str) -> list[Item]:
    return [Item(text, text) for text in texts]


def _kinds(changes: list[Change]) -> list[tuple[str, str | None, str | None]]:
    return [
        (c.change, c.old.text if c.old else None, c.new.text if c.new else None) for c in changes
    ]


ONE = "Forty harbor pilots left their boats on Monday"
ONE_EDITED = "Forty-two harbor pilots left their boats on Monday"
TWO = "Eleven bulk carriers lay at anchor by noon"
THREE = "The minister invited the union to a meeting"


def test_nothing_changed():
    assert diff_items("development", _items(ONE, TWO), _items(ONE, TWO)) == []


def test_added_and_removed():
    found = _kinds(diff_items("development", _items(ONE, TWO), _items(ONE, THREE)))
    assert found == [("removed", TWO, None), ("added", None, THREE)]


def test_reworded_keeps_both_sides():
    changes = diff_items("development", _items(ONE, TWO), _items(ONE_EDITED, TWO))
    assert _kinds(changes) == [("reworded", ONE, ONE_EDITED)]
    assert changes[0].item == "development"


def test_each_item_is_paired_with_its_best_match():
    nearer = "Forty harbor pilots left their boats on Tuesday"
    farther = "Sixty harbor pilots left three boats on Tuesday"
    found = _kinds(diff_items("development", _items(ONE), _items(farther, nearer)))
    assert found == [("reworded", ONE, nearer), ("added", None, farther)]


def test_one_moved_item_is_one_change():
    found = _kinds(diff_items("link", _items("a", "b", "c", "d"), _items("b", "c", "d", "a")))
    assert found == [("moved", "a", "a")]


def test_a_removal_moves_nothing_else():
    found = diff_items("link", _items("a", "b", "c"), _items("b", "c"))
    assert _kinds(found) == [("removed", "a", None)]


def test_values():
    assert diff_value("title", "a", "a") == []
    assert diff_value("title", None, None) == []
    assert [c.change for c in diff_value("title", "a", "b")] == ["reworded"]
    assert [c.change for c in diff_value("title", None, "b")] == ["added"]
    assert [c.change for c in diff_value("title", "a", None)] == ["removed"]


def test_how_items_read():
    assert printed_text({"headline": "A", "text": "b"}, "developments") == "A: b"
    assert printed_text({"headline": None, "text": "b"}, "developments") == "b"
    statement = {"quote": "q", "attribution": None, "speaker": "Petra Lindqvist"}
    assert printed_text(statement, "statements") == "q — Petra Lindqvist"
    assert printed_text({"text": "x", "title": "T", "url": None}, "links") == "“T”"
    assert printed_text({"text": "x", "title": None, "url": "u"}, "links") == "x u"


TEXTS = st.lists(
    st.lists(st.sampled_from("port pilot grain tug mill".split()), max_size=5).map(" ".join),
    max_size=7,
    unique=True,
)


@given(TEXTS, TEXTS)
def test_every_item_is_accounted_for_once(old, new):
    changes = diff_items("link", _items(*old), _items(*new))
    gone = [c.old.id for c in changes if c.change in ("removed", "reworded")]
    come = [c.new.id for c in changes if c.change in ("added", "reworded")]
    assert sorted(gone) == sorted(set(old) - set(new))
    assert sorted(come) == sorted(set(new) - set(old))
    moved = [c.old.id for c in changes if c.change == "moved"]
    assert len(moved) == len(set(moved))
    assert set(moved) <= set(old) & set(new)


@given(TEXTS, TEXTS)
def test_what_did_not_move_keeps_its_order(old, new):
    moved = {c.old.id for c in diff_items("x", _items(*old), _items(*new)) if c.change == "moved"}
    stayed = (set(old) & set(new)) - moved
    assert [t for t in old if t in stayed] == [t for t in new if t in stayed]


@given(TEXTS, st.randoms(use_true_random=False))
def test_a_shuffle_only_moves(texts, random):
    shuffled = random.sample(texts, len(texts))
    kinds = {c.change for c in diff_items("x", _items(*texts), _items(*shuffled))}
    assert kinds <= {"moved"}
    assert bool(kinds) == (texts != shuffled)
