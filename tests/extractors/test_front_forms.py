"""Forms of bylines and days among what else stands below a title: lists, posts, hours, contacts."""

from __future__ import annotations

import pytest

from extractors import extract

PROSE = (
    "<p>The ferry to Osk was sold to two owners at once, and neither has paid for it yet.</p>"
    "<p>Harbour dues rose twice in one month, and the council blames the fog for both.</p>"
)
ADA, BOTH = ["Ada Vance"], ["Ada Vance", "Ole Brandt"]
DAY = "2025-05-13"
PERSON = "<a href='/experts/{}'>{}</a>"
LINKS = f"{PERSON.format('a', 'Ada Vance')} {PERSON.format('o', 'Ole Brandt')}"


def front(host: str, box: str) -> tuple[list[str], str | None]:
    page = f"<body><article><h1>A Ferry Sold Twice</h1>{box}{PROSE}</article></body>"
    brief = extract(page.encode(), uri=f"https://{host}/x").brief
    assert brief is not None
    day = brief.published.on if brief.published else None
    return [author.text for author in brief.authors], str(day) if day else None


@pytest.mark.parametrize("host", ["jinsa.org", "www.brookings.edu"])
@pytest.mark.parametrize(
    ("box", "names"),
    [
        ("<ul><li>May 13, 2025</li><li>By Ada Vance</li></ul>", ADA),
        (f"<div>{LINKS} <span>May 13, 2025</span></div>", BOTH),
        ("<p>May 13, 2025 by Ada Vance, Senior Fellow</p>", ADA),
        ("<p>By Ada Vance on May 13, 2025 at 10:15 am</p>", ADA),
        ("<p>Posted May 13, 2025 at 6:02pm EST by Ada Vance</p>", ADA),
        ("<p>By Ada Vance (May 13, 2025)</p>", ADA),
        ("<p>By Ada Vance, Tide Watch, and Ole Brandt, Pier Institute | May 13, 2025</p>", BOTH),
        (
            "<p>By Ada Vance<br><a href='mailto:a@b.example'>a@b.example</a><br>May 13, 2025</p>",
            ADA,
        ),
        ("<p>By Ada Vance | Twitter: @vance | May 13, 2025</p>", ADA),
        ("<p>By Ada Vance, with Ole Brandt</p><p>Thu, 05/13/2025 - 10:15</p>", BOTH),
        ("<p>Published in: The Ledger<br>Date: May 13, 2025<br>By: Ada Vance</p>", ADA),
        ("<p>May 13, 2025<br>Washington, D.C.<br>By Ada Vance</p>", ADA),
        ("<p>2025/05/13</p><p>By Ada Vance</p>", ADA),
        ("<p>Tuesday 13th of May 2025</p><p>By Ada Vance</p>", ADA),
        ("<div><span>May 13, 2025</span><span>|</span><span>By Ada Vance</span></div>", ADA),
        ("<p>By Brookings Staff</p><p>May 13, 2025</p>", []),
        ("<p>Photo by Ada Vance</p><p>May 13, 2025</p>", []),
        ("<p>Editors: Ada Vance and Ole Brandt</p><p>May 13, 2025</p>", []),
    ],
)
def test_a_front_names_who_wrote_and_when(host: str, box: str, names: list[str]) -> None:
    assert front(host, box) == (names, DAY)


def test_a_bullet_of_names_that_nothing_marks_is_no_byline() -> None:
    assert front("jinsa.org", "<ul><li>Harbour Tolls</li></ul><p>May 13, 2025</p>")[0] == []
