"""An edit beside developments, statements and links is booked too: paragraph by paragraph."""

from __future__ import annotations

import pytest

from warehouse.diff import Item
from warehouse.prose import diff_prose

ADDRESS = "https://www.tank.example/2025/03/03/harbor-pilots/"
LEAD = (
    "<p>The harbor of Port Vessa lay still for a third day, and nobody would say for how long.</p>"
)
NEXT = "<p>Behind the quay the mills counted their flour and their days.</p>"


def _page(draft, *paragraphs, brief=None):
    body = (brief or draft()).html().decode()
    return body.replace("<h2>Latest", "".join(paragraphs) + "<h2>Latest", 1).encode()


def _told(warehouse):
    return warehouse.query(
        "SELECT revision, item, change, old_text, new_text FROM changes ORDER BY revision, position"
    )


def _plain(paragraph):
    return paragraph.removeprefix("<p>").removesuffix("</p>")


def test_paragraphs_are_reworded_added_and_removed(warehouse, draft, page, clock, cli):
    edited = LEAD.replace("a third day", "a fourth day")
    warehouse.night(page(ADDRESS, _page(draft, LEAD), clock(1)))
    warehouse.night(page(ADDRESS, _page(draft, edited), clock(2)))
    warehouse.night(
        page(ADDRESS, _page(draft, edited, NEXT), clock(3)),
        page(ADDRESS, _page(draft, NEXT), clock(4)),
    )
    assert _told(warehouse) == [
        (2, "text", "reworded", _plain(LEAD), _plain(edited)),
        (3, "text", "added", None, _plain(NEXT)),
        (4, "text", "removed", _plain(edited), None),
    ]
    assert warehouse.query("SELECT DISTINCT old_id, new_id FROM changes") == [(None, None)]
    brief_id = warehouse.value("SELECT brief_id FROM briefs")
    shown = cli("history", brief_id, data=warehouse.path).stdout
    assert "  text reworded\n" in shown
    assert "lay still for a [-third-]{+fourth+} day" in shown
    assert "Equal: " in cli("rebuild", "--check", data=warehouse.path).stdout


def test_an_edit_of_an_item_is_told_once(warehouse, draft, page, clock):
    brief = draft().reworded(0, "Forty", "Fifty")
    warehouse.night(
        page(ADDRESS, _page(draft, LEAD), clock(1)),
        page(ADDRESS, _page(draft, LEAD.replace("third", "fourth"), brief=brief), clock(2)),
    )
    assert [row[1:3] for row in _told(warehouse)] == [
        ("development", "reworded"), ("text", "reworded"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" by Amos", " with Amos"),  # around the parts of a link line
        ("Latest Developments", "Latest developments"),
    ],
)
def test_every_revision_of_words_has_a_change(warehouse, draft, page, clock, old, new):
    before = draft().html()
    after = before.replace(old.encode(), new.encode())
    assert before != after
    warehouse.night(page(ADDRESS, before, clock(1)), page(ADDRESS, after, clock(2)))
    revisions = warehouse.query("SELECT revision FROM revisions")
    assert warehouse.query("SELECT DISTINCT revision FROM changes") == revisions == [(2,)]


def test_counters_beside_an_edit_are_no_change(warehouse, draft, page, clock):
    warehouse.night(
        page(ADDRESS, _page(draft, LEAD, "<p>1,204 views</p>"), clock(1)),
        page(ADDRESS, _page(draft, LEAD, NEXT, "<p>1,377 views</p>"), clock(2)),
    )
    assert [row[1:3] for row in _told(warehouse)] == [("text", "added")]


def test_a_page_that_was_rewritten_is_one_change_with_all_words():
    old = [Item(f"o{n}", f"old{n} " * 3) for n in range(80)]
    new = [Item(f"n{n}", f"new{n} " * 3) for n in range(80)]
    (change,) = diff_prose(old, new)
    assert change.change == "reworded"
    assert all(i.text in change.old.text for i in old)
    assert all(i.text in change.new.text for i in new)
