"""Takeaways in other builds than bullets: typed numbers and dashes, headlines, marked labels."""

from __future__ import annotations

import pytest

from extractors import extract

ONE = "Herders burned the ferry at Osk Landing and took its bell away with them."
TWO = "A second ferry was sunk by its own crew, who feared for their goats."
SIX = "Six ministers resigned, and the seventh said that he had not been asked."
BOTH = [(None, ONE), (None, TWO)]
LABELLED = [("Ferries", ONE), ("Osk landing", TWO)]


def rows(body: str, host: str = "understandingwar.org"):
    page = f"<html><body><article><h1>Pier Update, May 3, 2025</h1>{body}</article></body></html>"
    brief = extract(page.encode(), uri=f"https://{host}/x").brief
    assert brief is not None
    return [(row.headline and row.headline.text, row.text.text) for row in brief.developments]


@pytest.mark.parametrize("host", ["understandingwar.org", "www.unocha.org", "some.example"])
@pytest.mark.parametrize(
    "build",
    [
        "<p>1. {}</p><p>2. {}</p>", "<p>1) {}</p><p>2) {}</p>", "<p>(1) {}</p><p>(2) {}</p>",
        "<p>1. {}<br>2. {}</p>", "<p>– {}</p><p>– {}</p>", "<p>- {}</p><p>- {}</p>",
    ],
)  # fmt: skip
def test_typed_numbers_and_dashes_are_none_of_the_text(host, build):
    body = f"<h2>Key Highlights</h2>{build.format(ONE, TWO)}<p>{SIX}</p>"
    body = body.replace("Highlights", "Takeaways") if host.startswith("under") else body
    assert rows(body, host) == BOTH


def test_a_paragraph_between_two_numbers_goes_on_with_the_first():
    body = f"<h2>Key Takeaways</h2><p>1. {ONE}</p><p>{SIX}</p><p>2. {TWO}</p><p>{SIX}</p>"
    assert [text.count(SIX) for _, text in rows(body)] == [1, 0]


@pytest.mark.parametrize("first", ["2.", "1984."])
def test_one_number_makes_no_list(first):
    assert rows(f"<h2>Key Takeaways</h2><p>{first} {ONE}</p>") == [(None, f"{first} {ONE}")]


@pytest.mark.parametrize(
    "build",
    [
        "<p>1. <b>{a}:</b> {1}</p><p>2. <b>{b}:</b> {2}</p>",
        "<p>• <b>{a}</b>: {1}<br>• <b>{b}</b>: {2}</p>",
        "<ul><li><b>{a}</b> – {1}</li><li><b>{b}</b> — {2}</li></ul>",
        "<ul><li><b>{a}</b><br>{1}</li><li><b>{b}</b><br>{2}</li></ul>",
        "<h4>{a}</h4><p>{1}</p><h4>{b}</h4><p>{2}</p>",
        "<dl><dt>{a}</dt><dd>{1}</dd><dt>{b}</dt><dd>{2}</dd></dl>",
    ],
)
def test_marked_labels(build):
    values = {"{a}": "Ferries", "{b}": "Osk landing", "{1}": ONE, "{2}": TWO}
    for name, text in values.items():
        build = build.replace(name, text)
    assert rows(f"<h2>Key Takeaways</h2>{build}<h2>The Pier</h2><p>{SIX}</p>") == LABELLED


def test_the_next_sections_heading_is_no_label():
    body = f"<h2>Key Takeaways</h2><h2>Ferries</h2><p>{ONE}</p><h2>Osk</h2><p>{TWO}</p>"
    assert ("Ferries", ONE) not in rows(body)


def test_a_table_of_contents_opens_nothing():
    contents = (
        "<p>Contents</p><p><a href='#a'>Key Takeaways</a></p><p><a href='#b'>The Pier</a></p>"
    )
    body = (
        f"<h2>Key Takeaways</h2><ul><li>{ONE}</li><li>{TWO}</li></ul><h2>The Pier</h2><p>{SIX}</p>"
    )
    assert rows(contents + body) == BOTH


def test_a_dash_before_an_aside_ends_no_label():
    told = "<b>Osk</b> — the older of two ports — is shut."
    assert rows(f"<h2>Key Takeaways</h2><ul><li>{told}</li></ul>")[0][0] is None


def test_a_sentence_that_is_stressed_is_no_label():
    assert rows(f"<h2>Key Takeaways</h2><ul><li><b>{SIX}</b><br>{ONE}</li></ul>")[0][0] is None
