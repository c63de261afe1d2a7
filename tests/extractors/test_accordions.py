"""Accordions and definition lists: a country each, and what happened there unfolds below it."""

from __future__ import annotations

import pytest

from extractors import extract

ONE = "Herders burned the ferry at Osk Landing and took its bell away with them."
TWO = "A second ferry was sunk by its own crew, who feared for their goats."
SIX = "Six ministers resigned, and the seventh said that he had not been asked."
TITLE = "CrisisWatch May 2025"
ROWS = [("Norland", f"{ONE}\n\n{TWO}"), ("South Velmar", SIX)]


def rows(body: str, title: str = TITLE, day: str = "2 June 2025"):
    page = (
        f"<html><body><main><h1>{title}</h1><p>{day}</p><p>We look at the month.</p>"
        f"{body}</main></body></html>"
    )
    brief = extract(page.encode(), uri="https://www.crisisgroup.org/x").brief
    assert brief is not None
    return [(row.headline and row.headline.text, row.text.text) for row in brief.developments]


@pytest.mark.parametrize("region", ["", "<h2>Africa</h2>"])
@pytest.mark.parametrize(
    "build",
    [
        "<dl><dt>{a}</dt><dd><p>{1}</p><p>{2}</p></dd><dt>{b}</dt><dd>{3}</dd></dl>",
        "<dl><dt>{a}</dt><dd>{1}</dd><dd>{2}</dd><dt>{b}</dt><dd>{3}</dd></dl>",
        "<button aria-expanded='false'>{a}</button><div><p>{1}</p><p>{2}</p></div>"
        "<button aria-expanded='false'>{b}</button><div>{3}</div>",
        "<div><button class='accordion-btn'>{a}</button></div><div><p>{1}</p><p>{2}</p></div>"
        "<div><button class='accordion-btn'>{b}</button></div><div>{3}</div>",
        "<button aria-controls='a'>{a}</button><div id='a' hidden><p>{1}</p><p>{2}</p></div>"
        "<button aria-controls='b'>{b}</button><div id='b' style='display:none'>{3}</div>",
        "<details><summary>{a}</summary><p>{1}</p><p>{2}</p></details>"
        "<details><summary>{b}</summary><p>{3}</p></details>",
        "<h3>{a}</h3><p>{1}</p><p>{2}</p><h3>{b}</h3><p>{3}</p>",
        "<p><b>{a}</b> – {1}</p><p>{2}</p><p><b>{b}</b>: {3}</p>",
        "<p><b>{a}</b><br>{1}</p><p>{2}</p><p><b>{b}</b><br>{3}</p>",
        "<ul><li><b>{a}.</b> {1}<p>{2}</p></li><li><b>{b}.</b> {3}</li></ul>",
    ],
)
def test_countries_with_what_happened_in_each(build, region):
    names = {"{a}": "Norland", "{b}": "South Velmar", "{1}": ONE, "{2}": TWO, "{3}": SIX}
    for name, text in names.items():
        build = build.replace(name, text)
    assert rows(region + build) == ROWS


def test_how_a_country_fared_is_not_its_name():
    body = f"<h2>Africa</h2><h3>Norland</h3><p>Deteriorated Situation</p><p>{ONE}</p><p>{TWO}</p>"
    assert rows(body) == ROWS[:1]


@pytest.mark.parametrize("mark", ["</b> – ", "</b>—", ":</b> ", ".</b> ", "</b> "])
def test_capitals_and_what_parts_them_from_the_text(mark):
    body = f"<p><b>NORLAND{mark}{ONE}</p><p><b>KESH{mark}{SIX}</p>"
    assert rows(body) == [("NORLAND", ONE), ("KESH", SIX)]


def test_buttons_that_head_no_prose_are_none_of_the_text():
    body = (
        "<h2>Africa</h2><button aria-expanded='false'>Share</button><div>Send it to a friend, or "
        f"print it and send that.</div><button aria-expanded='false'>Norland</button><p>{ONE}</p>"
        "<button aria-controls='x'>Regions</button><div><a>Africa</a> <a>Asia</a></div>"
    )
    assert [headline for headline, _ in rows(body)][-1] == "Norland"


def test_headings_of_other_pieces_are_no_countries():
    assert rows(f"<h3>Slow Months</h3><p>{ONE}</p>", title="What We Saw From the Pier") == []


def test_a_commentary_on_the_tracker_is_not_the_tracker():
    body = f"<h3>Slow Months</h3><p>{ONE}</p><h3>Long Years</h3><p>{TWO}</p>"
    assert rows(body, day="Commentary / Global 2 June 2025") == []
    assert rows(body) != []


def test_a_pointer_to_another_piece_is_no_entry():
    body = f"<h2>Africa</h2><h3>Norland</h3><p>{ONE}</p><p>In Focus: see our report on ferries.</p>"
    assert rows(body) == [("Norland", ONE)]


def test_names_of_countries_alone_tell_nothing():
    body = "<h2>Deteriorated Situations</h2><ul><li>Norland</li><li>Kesh</li></ul>"
    assert rows(f"{body}<h2>Africa</h2><h3>Norland</h3><p>{ONE}</p>") == [("Norland", ONE)]
