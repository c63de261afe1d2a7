"""Authors in hover cards, in capitals, beside posts and days; a newsletter's day on top."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

PROSE = "Herders burned the ferry at Osk Landing. They took its bell away, and nobody followed."
BROOKINGS, JINSA, ATLANTIC = "www.brookings.edu", "jinsa.org", "www.atlanticcouncil.org"
CHATHAM, CSIS = "www.chathamhouse.org", "www.csis.org"


def read(body: str, host: str, head: str = "", title: str = "A Ferry Sold Twice") -> Brief:
    page = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    brief = extract(page.encode(), uri=f"https://{host}/a/b", content_type="text/html").brief
    assert brief is not None
    return brief


def authors(line: str, host: str, head: str = "", below: str = "") -> list[str]:
    body = f"<article><h1>A Ferry Sold Twice</h1>{line}<p>{PROSE}</p><p>{PROSE} {PROSE}</p>{below}"
    return [name.text for name in read(body + "</article>", host, head).authors]


@pytest.mark.parametrize("declared", ["", '<meta name="author" content="ADA VANCE-OSK"/>'])
def test_a_name_in_capitals_is_taken_from_where_it_is_not(declared):
    line = "<p>BY ADA VANCE-OSK</p><p>May 3, 2025</p>"
    bio = "<p><em>Ada Vance-Osk is an editorial assistant at the Atlantic Council.</em></p>"
    assert authors(line, ATLANTIC, declared, bio) == ["Ada Vance-Osk"]
    assert authors(line, ATLANTIC, declared) == ["ADA VANCE-OSK"]


@pytest.mark.parametrize("host", [JINSA, CSIS, BROOKINGS])
@pytest.mark.parametrize(
    "line",
    ["Ada Vance, Senior Policy Analyst<br>Ole Brandt, Policy Analyst",
     "<span>Ada Vance</span>, Senior Fellow<br/><span>Ole Brandt</span>, Director of Ports"],
)  # fmt: skip
def test_authors_with_their_posts_one_a_line(host, line):
    assert authors(f"<p>{line}</p><p>05/18/2023</p>", host) == ["Ada Vance", "Ole Brandt"]


@pytest.mark.parametrize(
    "day", ["Thursday, June 9, 2022", "June 9, 2022", "June 9, 2022 | 5 min read"]
)
@pytest.mark.parametrize("gap", [" ", ""])
def test_several_names_before_a_day(day, gap):
    if not gap and not day.startswith("T"):
        return
    line = (
        f"<div><span><a>Ada Vance</a> and <a>Ole M. Brandt</a></span>{gap}<time>{day}</time></div>"
    )
    assert authors(line, BROOKINGS) == ["Ada Vance", "Ole M. Brandt"]


@pytest.mark.parametrize("day", ["June 9, 2022", "Thursday, June 9, 2022", "9 June 2022"])
def test_a_labelled_day_may_have_its_weekday(day):
    line = f"<p>By Ada Vance</p><p>Date: {day}</p>"
    found = read(f"<article><h1>A Ferry Sold Twice</h1>{line}<p>{PROSE}</p></article>", CSIS)
    assert found.published is not None
    assert str(found.published.on) == "2022-06-09"


def test_two_words_before_a_day_are_nobody():
    assert authors("<p>Harbor Watch June 9, 2022</p>", BROOKINGS) == []


@pytest.mark.parametrize("value", ["Pier Programme, Hidden Harbors", "Harbor Pilots, Salt Traders"])
@pytest.mark.parametrize("label", ["<h3>Project</h3>", "<h4>Topics</h4>", "<p>Regions:</p>"])
def test_what_stands_below_a_label_is_no_author(value, label):
    line = f"<p>May 3, 2025</p><p><a href='/expert/a'>Ada Vance</a></p>{label}<div>{value}</div>"
    assert authors(line, CHATHAM) == ["Ada Vance"]


@pytest.mark.parametrize("host", [CHATHAM, CSIS, JINSA])
def test_a_label_above_the_byline_is_passed_over(host):
    line = "<h3>Regions</h3><p>Northern Norland, Southern Kesh</p><p>By Ada Vance</p>"
    assert authors(line + "<p>May 3, 2025</p>", host) == ["Ada Vance"]


def test_a_day_with_its_weekday_stands_apart_from_what_is_beside_it():
    spans = ("Report", "Tuesday, May 13, 2025", "By Ada Vance")
    line = "<div>" + "".join(f"<span>{text}</span>" for text in spans) + "</div>"
    found = read(f"<article><h1>A Ferry Sold Twice</h1>{line}<p>{PROSE}</p></article>", CSIS)
    assert [name.text for name in found.authors] == ["Ada Vance"]
    assert found.published is not None
    assert str(found.published.on) == "2025-05-13"


@pytest.mark.parametrize("label", ["<h3>Authors</h3>", "<h4>By</h4>", "<p>Authors:</p>"])
def test_a_label_of_authors_heads_them(label):
    line = f"<p>May 3, 2025</p>{label}<p>Ada Vance, Ole Brandt</p>"
    assert authors(line, CHATHAM) == ["Ada Vance", "Ole Brandt"]


def test_a_name_beside_the_day_is_the_author_where_names_stand_bare():
    assert authors("<div>August 5, 2025 <span>|</span> <a>Ada Vance</a></div>", JINSA) == [
        "Ada Vance"
    ]


def test_those_who_are_declared_and_printed_belong_to_the_byline():
    names = ("Ada Vance", "Ole Brandt", "Ida Moen-Osk")
    head = "".join(f'<meta name="citation_author" content="{name}"/>' for name in names)
    line = "<p>By Ada Vance and Ole Brandt</p><p>May 3, 2025</p>"
    assert authors(line, BROOKINGS, head, "<p>Ida Moen-Osk</p>") == list(names)
    assert authors(line, BROOKINGS, head) == list(names[:2])


LETTER = (
    "<table><tr><td><table><tr><td>Top of the Agenda</td></tr><tr><td><h2>A Ferry Sold Twice</h2>"
    f"<p>{PROSE} {PROSE}</p></td></tr></table><table><tr><td>Africa</td></tr><tr><td>"
    f"<h2>Bells Ring</h2><p>{PROSE}</p></td></tr></table></td></tr></table>"
)


@pytest.mark.parametrize(
    "top", ["<div>View in browser</div>", "<div>Plus: bells at night</div>", ""]
)
def test_a_newsletters_day_stands_above_its_text(top):
    letter = f"{top}<table><tr><td>December 3, 2019</td></tr></table>{LETTER}"
    found = read(letter, "www.cfr.org").published
    assert found is not None
    assert str(found.on) == "2019-12-03"


def test_the_day_below_a_menu_may_be_todays():
    menu = "<ul><li><a href='/a'>Home</a></li><li><a href='/b'>Regions</a></li></ul>"
    page = f"{menu}<div>December 3, 2019</div>{LETTER}"
    assert read(page, "www.cfr.org").published is None
