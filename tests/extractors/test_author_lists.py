"""Authors: below a label, in a list, beside kind and day; and what only looks like a name."""

from __future__ import annotations

import pytest

from extractors import extract

TEXT = "The ferry to Osk was sold to two owners at once, and neither has paid for it yet."
HOSTS = {
    "isw": "understandingwar.org", "inss": "www.inss.org.il", "jinsa": "jinsa.org",
    "ecfr": "ecfr.eu", "wi": "www.washingtoninstitute.org",
}  # fmt: skip
KEY = f"<h2>Key Takeaways</h2><ul><li>{TEXT}</li></ul>"


def authors(host: str, body: str, *, above: str = "", declared: str = "") -> list[str]:
    meta = f'<meta name="author" content="{declared}">' if declared else ""
    page = (
        f"<html><head>{meta}</head><body><article>{above}<h1>A Ferry Sold Twice</h1>{body}"
        "</article></body></html>"
    )
    brief = extract(page.encode(), uri=f"https://{HOSTS[host]}/x").brief
    assert brief is not None
    return [author.text for author in brief.authors]


@pytest.mark.parametrize(
    "names",
    [
        "<p>Authors</p><ul><li>Ada Vance</li><li>Ole Brandt</li></ul>",
        "<h4>Authors:</h4><p>Ada Vance</p><p>Ole Brandt</p>",
        "<div><span>Authors</span><a href='/a'>Ada Vance</a><a href='/o'>Ole Brandt</a></div>",
        "<p>By</p><p>Ada Vance, Senior Fellow</p><p>Ole Brandt</p><p>Policy Analyst</p>",
        "<ul><li>Ada Vance</li><li>Ole Brandt</li></ul>",
        "<p>Written by Ada Vance | Ole Brandt</p>",
        "<p>by <a>Ada Vance</a> · <a>Ole Brandt</a></p>",
        "<p>Author: Ada Vance</p><p>Contributor: Ole Brandt</p>",
        "<p>May 3, 2025 | By Ada Vance | By Ole Brandt</p>",
        "<p>May 3, 2025 – Ada Vance, Ole Brandt</p>",
        "<p>Ada Vance<br>Ole Brandt</p>",
        "<p>Ada Vance, Senior Fellow; Ole Brandt, Policy Analyst</p>",
    ],
)
def test_authors_below_the_title(names):
    assert authors("isw", f"{names}{KEY}") == ["Ada Vance", "Ole Brandt"]


@pytest.mark.parametrize(
    "line", ["Policy Brief · 3 May 2025 · Ada Vance", "Ada Vance | May 3, 2025"]
)
def test_names_beside_kind_and_day(line):
    assert authors("ecfr", f"<p>{line}</p><h2>Summary</h2><p>{TEXT}</p>") == ["Ada Vance"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("By Ada Vance | May 3, 2025 | Osk Landing", ["Ada Vance"]),
        ("Policy Brief | Osk Landing | May 3, 2025 | by Ada Vance", ["Ada Vance"]),
        ("Policy Brief | Osk Landing | May 3, 2025 | Ada Vance", []),
    ],
)
def test_a_topic_beside_the_day_is_nobody(line, named):
    assert authors("ecfr", f"<p>{line}</p><h2>Summary</h2><p>{TEXT}</p>") == named


@pytest.mark.parametrize("declared", ["Ada Vance, Ole Brandt", "Ada Vance | Ole Brandt"])
def test_two_declared_in_one_are_two(declared):
    assert authors("jinsa", f"<p>{TEXT}</p>", declared=declared) == ["Ada Vance", "Ole Brandt"]


@pytest.mark.parametrize("above", ["<p>Norland Update</p>", "<p>Northern Pier</p>"])
@pytest.mark.parametrize(
    "below", ["<details><summary>Data Cutoff</summary><p>3 pm ET</p></details>", "<p>Osk Gulf</p>"]
)
def test_labels_and_topics_are_nobody(above, below):
    assert authors("isw", f"<p>Ada Vance</p>{below}{KEY}", above=above) == ["Ada Vance"]


@pytest.mark.parametrize("heading", ["Executive Summary", "Ferry Tales", "Main Points"])
def test_a_heading_above_prose_is_nobody(heading):
    body = f"<p>By Ada Vance</p><p>May 3, 2025</p><h2>{heading}</h2><p>{TEXT}</p>"
    assert authors("inss", body) == ["Ada Vance"]


def test_names_to_jump_to_are_no_list_of_authors():
    names = "<ul><li>Ada Vance</li><li>Ole Brandt</li></ul>"
    below = f"<h3>Ada Vance</h3><p>{TEXT}</p><h3>Ole Brandt</h3><p>{TEXT}</p>"
    assert authors("isw", f"<p>By Mira Tal</p>{names}{below}") == ["Mira Tal"]


@pytest.mark.parametrize(
    "listed",
    [
        "<p>Gen. Ada Vance, USAF (ret.)</p><p>Ole Brandt</p>",
        "<p><b>Gen. Ada Vance, USAF (ret.)</b><br>Fellow</p><p><b>Ole Brandt</b><br>Analyst</p>",
        "<ul><li>Gen. Ada Vance, USAF (ret.), Distinguished Fellow</li><li>Ole Brandt</li></ul>",
        "<p>Gen. Ada Vance, USAF (ret.) and Ole Brandt</p>",
    ],
)
@pytest.mark.parametrize("declared", ["", "Gen. Ada Vance, USAF (ret.), Ole Brandt"])
def test_contributors_at_the_end_with_their_ranks(listed, declared):
    body = f"<h2>Summary</h2><p>{TEXT}</p><h2>Contributors</h2>{listed}"
    assert authors("jinsa", body, declared=declared) == [
        "Gen. Ada Vance, USAF (ret.)",
        "Ole Brandt",
    ]


@pytest.mark.parametrize(
    "closing", ["Authors: Ada Vance, Ole Brandt", "Written by Ada Vance and Ole Brandt"]
)
def test_authors_in_a_line_at_the_end(closing):
    body = f"{KEY}<h2>The Pier</h2><p>{TEXT}</p><p>{closing}</p>"
    assert authors("isw", body) == ["Ada Vance", "Ole Brandt"]
    assert authors("isw", f"<p>By Mira Tal</p>{body}") == ["Mira Tal"]
    assert authors("isw", f"{KEY}<p>{TEXT}</p><p>By Lena Fox</p>") == []


def test_bios_tell_the_authors_where_nothing_else_does():
    bios = (
        "<h2>About the Authors</h2><p>Ada Vance is the Director of Piers at JINSA.</p>"
        "<p>Ole Brandt is a policy analyst at JINSA.</p>"
    )
    body = f"<h2>Summary</h2><p>{TEXT}</p><h2>The Pier</h2><p>{TEXT}</p>{bios}"
    assert authors("jinsa", body) == ["Ada Vance", "Ole Brandt"]
    assert authors("jinsa", f"<p>By Mira Tal</p>{body}") == ["Mira Tal"]
