"""What changes on a page at every visit makes no revision; what an editor changes does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.identity import is_volatile

ADDRESS = "https://www.tank.example/2025/03/03/harbor-pilots/"


def _straight(body: bytes) -> bytes:
    text = body.decode()
    for mark, plain in ('“"', '”"', "‘'", "’'"):
        text = text.replace(mark, plain)
    return text.encode()


def _noted(note: str, after: str = "</h1>"):
    return lambda body: body.decode().replace(after, f"{after}{note}", 1).encode()


def _related(nth: int) -> str:
    items = "".join(
        f'<li><a href="/a/{n}?ref=box">Tug {n} sails again</a></li>' for n in range(nth, nth + 4)
    )
    return f'<div class="related-posts"><h3>Related Analysis</h3><ul>{items}</ul></div>'


NOISE = {
    "relative time": (_noted("<p>Updated 3 min ago</p>"), _noted("<p>Updated 2 hours ago</p>")),
    "first a relative time": (lambda body: body, _noted("<p>Last updated: 5 minutes ago</p>")),
    "views": (_noted("<p>1,204 views</p>"), _noted("<p>1,377 views</p>")),
    "shares": (_noted("<span>12 Shares</span>"), _noted("<span>15 Shares</span>")),
    "shares and comments": (_noted("<p>12 shares · 3 comments</p>"), _noted("<p>No comments</p>")),
    "a sharing bar": (
        _noted("<p>Share 12 Tweet 4</p>", "</ul>"),
        _noted("<p>Share 15 Tweet 9</p>", "</ul>"),
    ),
    "views behind their name": (
        _noted("<p>Views: 1,204</p>", "</ul>"),
        _noted("<p>Views: 1,377</p>", "</ul>"),
    ),
    "downloads": (
        _noted("<p>Downloaded 17 times</p>", "</ul>"),
        _noted("<p>Downloaded 18 times</p>", "</ul>"),
    ),
    "readers": (
        _noted("<p>3 people are reading this</p>", "</ul>"),
        _noted("<p>1 person is reading this right now.</p>", "</ul>"),
    ),
    "weeks since the update": (
        _noted("<p>This page was last updated 2 weeks ago.</p>", "</ul>"),
        _noted("<p>This page was last updated a month ago.</p>", "</ul>"),
    ),
    "reading time": (_noted("<p>3 min read</p>"), _noted("<p>4 min read</p>")),
    "related": (
        _noted(_related(1), "</ul>"),
        _noted(_related(7), "</ul>"),
    ),
    "white space": (
        lambda body: body,
        lambda body: body.replace(b"</p>", b"  </p>\n\n ").replace(
            b" left their", b"  left\n their"
        ),
    ),
    "straight marks": (lambda body: body, _straight),
    "typographic marks": (_straight, lambda body: body),
    "tracking": (
        lambda body: body.replace(b"steers-osk/", b"steers-osk/?utm_source=a&utm_medium=b"),
        lambda body: body.replace(b"steers-osk/", b"steers-osk/?fbclid=123"),
    ),
    "scripts and counters outside": (
        lambda body: body.replace(b"<footer>", b"<p>Visitors: 10</p><footer>"),
        lambda body: body.replace(b"<footer>", b"<p>Visitors: 11</p><footer>"),
    ),
}


@pytest.fixture(scope="module")
def cited(draft):
    url = "https://www.tank.example/steers-osk/"
    return draft(background=[("Who Steers the Osk", "Petra Lindqvist", url)])


@pytest.fixture(scope="module")
def visited(new_warehouse, tmp_path_factory, cited, page, clock):
    """A warehouse where a page a kind of noise was fetched twice."""
    made = new_warehouse(tmp_path_factory.mktemp("noise") / "data")
    first, again = [], []
    for nth, (kind, (before, after)) in enumerate(NOISE.items()):
        brief = type(cited)(f"Brief {nth} on Pilots", cited.day, cited.developments,
                            cited.experts, cited.background).html()  # fmt: skip
        uri = f"{ADDRESS}{nth}"
        assert before(brief) != after(brief), kind
        first.append(page(uri, before(brief), clock(1)))
        again.append(page(uri, after(brief), clock(2)))
    made.merge(*first)
    made.night(*again)
    return made


@pytest.mark.parametrize("kind", NOISE)
def test_noise_makes_no_revision(visited, kind):
    uri = f"{ADDRESS}{list(NOISE).index(kind)}"
    outcomes = visited.query('SELECT outcome FROM attempts WHERE uri = ? ORDER BY "at"', uri)
    told = visited.query(
        """SELECT item, change, old_text, new_text FROM changes JOIN briefs USING (brief_id)
        WHERE url = ?""",
        uri,
    )
    assert outcomes == [("new",), ("duplicate",)], told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Forty", "Fifty"),
        ("on March 2", "on March 3"),
        ("harbor pilots", "harbour pilots"),
        ("crews of night tugs", "crews of the night tugs"),
    ],
)
def test_an_edit_does(warehouse, cited, page, clock, old, new):
    warehouse.night(
        page(ADDRESS, cited.html(), clock(1)),
        page(ADDRESS, cited.reworded(0, old, new).html(), clock(2)),
    )
    assert warehouse.query("SELECT item, change FROM changes") == [("development", "reworded")]


@pytest.mark.parametrize(
    "part",
    ["1.2K views", "Share 12 | Tweet 4 | Email", "Comments (3)", "Viewed 1,204 times",
     "Posted 3 months ago · 4 min read", "12 people have read this article", "Updated a week ago",
     "Share this 9"],
)  # fmt: skip
def test_counters_and_relative_times_are_volatile(part):
    assert is_volatile(part)


@pytest.mark.parametrize(
    "part",
    ["12 people were killed", "14 people have been killed.", "12 people are missing", "1,204",
     "12 visitors were hurt", "12 shares of the port were sold", "Shares fell 12 percent",
     "The tug sank 2 weeks ago.", "Views", "Reactions", "Updated May 6, 2025", "12 votes",
     "Downloaded 17 files", "Share 12 wages with the guild", "Share 3 of 4"],
)  # fmt: skip
def test_numbers_of_anything_else_are_text(part):
    assert not is_volatile(part)


@pytest.mark.parametrize("place", ["</h1>", "</ul>"])
def test_a_toll_that_rises_is_a_revision(warehouse, cited, page, clock, place):
    counted = [_noted(f"<p>{n} people were killed</p>", place)(cited.html()) for n in (12, 14)]
    warehouse.night(page(ADDRESS, counted[0], clock(1)), page(ADDRESS, counted[1], clock(2)))
    assert warehouse.query('SELECT outcome FROM attempts ORDER BY "at"') == [("new",), ("revised",)]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(["share ", "1", ",", ".", " ", "k", "views", "a", "·", "ago"])))
def test_a_block_of_any_odd_marks_is_told_at_once(drawn):
    """An expression that tries every way of parting them would not come to an end."""
    part = "".join(drawn)
    assert is_volatile(part) == is_volatile(part.upper())
