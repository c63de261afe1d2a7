"""Boxes below a title that hold kind, day and authors at once, and days in further forms."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

PROSE = (
    "<p>The ferry to Osk was sold to two owners at once, and neither has paid for it yet.</p>"
    "<p>Harbour dues rose twice in one month, and the council blames the fog for both.</p>"
)
HOSTS = {
    "inss": "www.inss.org.il", "jinsa": "jinsa.org", "isw": "understandingwar.org",
    "ecfr": "ecfr.eu",
    "atlantic-council": "www.atlanticcouncil.org", "ocha": "www.unocha.org", "other": "osk.example",
}  # fmt: skip
ADA, BOTH = ["Ada Vance"], ["Ada Vance", "Ole Brandt"]
DAY = "2025-05-13"


def front(host: str, box: str, prose: str = PROSE) -> tuple[list[str], str | None]:
    page = f"<body><article><h1>A Ferry Sold Twice</h1>{box}{prose}</article></body>"
    brief: Brief | None = extract(page.encode(), uri=f"https://{HOSTS[host]}/x").brief
    assert brief is not None and brief.title is not None
    assert brief.title.text == "A Ferry Sold Twice"
    day = brief.published.on if brief.published else None
    return [author.text for author in brief.authors], str(day) if day else None


@pytest.mark.parametrize(
    ("host", "box", "names"),
    [
        ("inss", "Special Publication, May 13, 2025<br>Ada Vance", ADA),
        ("inss", "Ada Vance and Ole Brandt<br>INSS Insight No. 12, May 13, 2025", BOTH),
        ("ecfr", "Policy Brief<br>13 May 2025<br>By Ada Vance, Ole Brandt", BOTH),
        ("ecfr", "13 May 2025<br>By Ada Vance and Ole Brandt<br>7 min read", BOTH),
        ("isw", "By Ada Vance<br>Ole Brandt<br>May 13, 2025", BOTH),
        ("jinsa", "NatSec Brief | May 13, 2025<br>By Ada Vance, Policy Analyst", ADA),
        ("jinsa", "Pier Center | 05/13/2025 | Contributors: Ada Vance, Analyst; Ole Brandt", BOTH),
        ("jinsa", "JINSA Pier Center · May 13, 2025 · Authors: Ada Vance, Ole Brandt", BOTH),
        ("jinsa", "By Ada Vance | The Osk Ledger | May 13, 2025", ADA),
        ("jinsa", "By Ada Vance<br>Originally published in <em>Osk Ledger</em>, May 13, 2025", ADA),
        ("atlantic-council", "By Ada Vance<br>New Atlanticist<br>May 13, 2025", ADA),
        ("atlantic-council", "Posted by Ada Vance on May 13, 2025", ADA),
        ("other", "By Ada Vance and Ole Brandt<br>News desk<br>May 13, 2025", BOTH),
    ],
)
def test_a_box_tells_day_and_authors(host: str, box: str, names: list[str]) -> None:
    assert front(host, f"<div>{box}</div>") == (names, DAY)


@pytest.mark.parametrize(
    "box",
    [
        "Tide Tables<br>Harbour Tolls<br>May 13, 2025",
        "Event: May 13, 2025<br>By the quay",
        "Photo: the pier in Osk<br>May 13, 2025",
        "The council met on the quay. It sold the ferry.<br>Then it went home again.",
    ],
)
def test_lines_of_other_things_name_nobody(box: str) -> None:
    assert front("atlantic-council", f"<div>{box}</div>")[0] == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Vance of the Pier Institute;<br>Ole Brandt of Port Watch", BOTH),
        ("By Ada Vance of the Pier Institute and Ole Brandt of Port Watch", BOTH),
        ("By Ada Vance (INSS) and Ole Brandt (Port Watch)", BOTH),
        ("By Ada Vance of the Pier Institute and Museum", ADA),
        ("By Ada Vance, Senior Fellow; and Ole Brandt", BOTH),
        ("By Ada Vance, Senior Fellow<br>Ole Brandt, Research Analyst", BOTH),
        ("By Ada Vance<br>Senior Fellow, Tides", ADA),
        ("BY ADA VANCE AND OLE BRANDT", ["ADA VANCE", "OLE BRANDT"]),
        ("By Ada Vance and Ole Brandt | Chatham House", BOTH),
    ],
)
@pytest.mark.parametrize("host", ["isw", "jinsa"])
def test_houses_and_posts_behind_names(host: str, line: str, names: list[str]) -> None:
    assert front(host, f"<p>May 13, 2025</p><p>{line}</p>") == (names, DAY)


@pytest.mark.parametrize(
    ("host", "line", "day"),
    [
        ("jinsa", "05/13/2025", DAY),
        ("ecfr", "13.05.2025", DAY),
        ("inss", "13-May-2025", DAY),
        ("jinsa", "05/06/2025", "2025-05-06"),
        ("ecfr", "05/06/2025", "2025-06-05"),
        ("ocha", "05/06/2025", None),  # from wherever its office is
        ("ecfr", "Date published: 13 May 2025", DAY),
        ("ecfr", "Release date: 13 May 2025", DAY),
        ("ecfr", "Published 13 May 2025 Updated 20 May 2025", DAY),
        ("ecfr", "Published: 13 May 2025 | Last updated: 20 May 2025", DAY),
        ("jinsa", "Originally published in Osk Ledger on May 13, 2025", DAY),
        ("jinsa", "As published in Osk Ledger | May 13, 2025", DAY),
        ("jinsa", "The ferry was sold in Osk, May 13, 2025", None),
    ],
)
def test_days_in_further_forms(host: str, line: str, day: str | None) -> None:
    assert front(host, f"<p>{line}</p>")[1] == day


DEAD = "<a href='#'>Ada Vance</a>{}<a href='#'>Ole Brandt</a>"
SCRIPTED = "<a href='javascript:void(0)'>Ada Vance</a>{}<a href='javascript:void(0)'>Ole Brandt</a>"


def outside(box: str) -> str:
    """Return a box above the element of the text, as old pages have it."""
    text = f"<div id=content>{PROSE}</div>"
    return f"<table><tr><td><h1>A Ferry Sold Twice</h1><div>{box}</div>{text}</td></tr></table>"


@pytest.mark.parametrize("links", [DEAD, SCRIPTED])
@pytest.mark.parametrize("between", ["", " "])
@pytest.mark.parametrize("by", ["", "By ", "Policy Paper | May 13, 2025 | "])
@pytest.mark.parametrize("above", [False, True])
def test_names_that_are_links_to_nowhere_are_two(
    links: str, between: str, by: str, above: bool
) -> None:
    box = f"<p>May 13, 2025</p><p>{by}{links.format(between)}</p>"
    if not above:
        assert front("inss", box) == (BOTH, DAY)
        return
    page = f"<body>{outside(box)}</body>"
    brief = extract(page.encode(), uri=f"https://{HOSTS['inss']}/x").brief
    assert brief is not None and [author.text for author in brief.authors] == BOTH


def test_a_menu_of_links_to_nowhere_names_nobody() -> None:
    menu = "<p><a href='#'>Tide Tables 12</a> <a href='#'>Dues</a></p>"
    assert front("inss", menu)[0] == []


@pytest.mark.parametrize(
    ("box", "names"),
    [
        ("<p>Ada Vance</p><p>Senior Fellow</p><p>Ole Brandt</p><p>Research Analyst</p>", BOTH),
        ("<h3>Ada Vance</h3><p>Fellow, Tides</p><h3>Ole Brandt</h3><p>Director, Piers</p>", BOTH),
        ("<p>By <a href='/e'>Ada Vance</a> <a href='https://x.example/a'>@vance</a></p>", ADA),
    ],
)
def test_cards_above_the_element_of_the_text(box: str, names: list[str]) -> None:
    page = f"<body>{outside(box)}</body>"
    brief = extract(page.encode(), uri=f"https://{HOSTS['jinsa']}/x").brief
    assert brief is not None and [author.text for author in brief.authors] == names


@pytest.mark.parametrize("day", ["May 13, 2025", "Commentary | May 13, 2025"])
def test_a_day_above_the_title_in_the_head_of_the_piece(day: str) -> None:
    head = f"<div><p>{day}</p><h1>A Ferry Sold Twice</h1></div>"
    page = f"<body><table><tr><td>{head}<div id=content>{PROSE}</div></td></tr></table></body>"
    brief = extract(page.encode(), uri=f"https://{HOSTS['jinsa']}/x").brief
    assert brief is not None and brief.published is not None
    assert str(brief.published.on) == DAY


def test_a_day_below_a_publishers_contributors() -> None:
    box = "<h6>Authors</h6><div>Ada Vance</div><div>Ole Brandt</div><div>May 13, 2025</div>"
    more = "A third bid came from Velmar on Tuesday, and the council has until noon to read it."
    prose = PROSE.replace("for both.", f"for both. {more}")
    assert front("jinsa", box, prose) == (BOTH, DAY)


def test_one_byline_beside_headings_is_no_experts() -> None:
    prose = PROSE.replace("</p><p>", "</p><h2>Harbour Tolls</h2><p>")
    dek = "<p>A short sentence below the title sums up all that matters here.</p>"
    assert front("ecfr", f"{dek}<p>13 May 2025</p><p>By Ada Vance</p>", prose)[0] == ADA


def test_a_span_of_days_is_none() -> None:
    page = f"<body><p>12 Feb 2018 - 30 Nov 2025</p><h1>A Ferry Sold Twice</h1>{PROSE}</body>"
    brief = extract(page.encode(), uri=f"https://{HOSTS['jinsa']}/x").brief
    assert brief is not None and brief.published is None
