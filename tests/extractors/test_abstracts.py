"""Abstracts: what sums a paper up, marked by a heading or by a label before its first word."""

from __future__ import annotations

import pytest

from extractors import extract

ONE = "The ferry to Osk was sold to two owners at once. Neither has paid."
TWO = "Islanders keep the second ship in the harbor until a court has said whose it is."
THREE = "Captains sleep aboard, since their houses are let to surveyors."
HOSTS = {"inss": "www.inss.org.il", "jinsa": "jinsa.org"}
OTHERS = {
    "washington-institute": "www.washingtoninstitute.org", "ecfr": "ecfr.eu",
    "brookings": "www.brookings.edu", "chatham-house": "www.chathamhouse.org",
    "csis": "www.csis.org", "atlantic-council": "www.atlanticcouncil.org",
}  # fmt: skip


def read(host: str, body: str, head: str = "<p>May 3, 2025</p>"):
    page = f"<html><body><article><h1>A Ferry Sold Twice</h1>{head}{body}</article></body></html>"
    found = extract(
        page.encode(), uri=f"https://{(HOSTS | OTHERS)[host]}/x", content_type="text/html"
    )
    assert found.brief is not None
    return found.brief


def rows(host: str, body: str):
    found = read(host, body).developments
    return [(row.headline and row.headline.text, row.text.text) for row in found]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    "heading",
    ["<h2>Executive Summary</h2>", "<p><b>Summary:</b></p>", "<h3>I. Summary</h3>",
     "<h4>1. Key Findings</h4>"],
)  # fmt: skip
def test_a_summary_ends_at_the_next_heading(host, heading):
    body = f"{heading}<p>{ONE}</p><p>{TWO}</p><h2>2. The Owners</h2><p>{THREE}</p>"
    assert rows(host, body) == [(None, ONE), (None, TWO)]


def test_without_a_heading_below_only_the_first_paragraph_is_certain():
    assert rows("inss", f"<h3>Abstract</h3><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>") == [(None, ONE)]


@pytest.mark.parametrize(
    "paragraph",
    ["<b>Abstract:</b> {}", "<i>Abstract:</i> {}", "Abstract: {}", "<b>Executive Summary</b> – {}",
     "<b>Abstract.</b> {}", "<b>Abstract</b><br>{}"],
)  # fmt: skip
def test_a_label_in_the_paragraph_marks_that_paragraph(paragraph):
    body = f"<p>{paragraph.format(ONE)}</p><p>Keywords: ferries</p><p>{TWO}</p><h2>A</h2>"
    assert rows("inss", body) == [(None, ONE)]


def test_a_box_of_points_ends_with_its_bullets():
    body = (
        f"<div><p><b>Key Points</b></p><ul><li><b>Osk:</b> {TWO}</li><li>{THREE}</li></ul></div>"
        f"<p>{ONE}</p><h2>The Owners</h2><p>{THREE}</p>"
    )
    assert rows("jinsa", body) == [("Osk", TWO), (None, THREE)]


@pytest.mark.parametrize("inner", [f"<p>{ONE}</p>", f"<ul><li>{ONE}</li></ul>"])
@pytest.mark.parametrize("host", HOSTS)
def test_points_that_the_page_sets_aside(host, inner):
    body = f"<aside><h4>Key Points</h4>{inner}</aside><p>{TWO}</p><p>{THREE}</p>"
    assert rows(host, body) == [(None, ONE)]
    other = f"<aside><h4>Our Ferries</h4>{inner}</aside><p>{TWO}</p>"
    assert rows(host, other) == []


def test_a_quotation_is_the_whole_abstract():
    body = f"<h3>Abstract</h3><blockquote>{ONE}</blockquote><p>{TWO}</p><h2>The Owners</h2>"
    assert rows("inss", body) == [(None, ONE)]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    "heading",
    ["<h3>Abstract</h3>", "<p><strong>Summary:</strong></p>", "<p class='label'>Key Points</p>",
     "<span>Abstract</span>"],
)  # fmt: skip
@pytest.mark.parametrize("box", ["div", "section"])
def test_a_summary_ends_with_its_box(host, heading, box):
    piece = f"<p>{THREE}</p>" * 6
    body = f"<{box}>{heading}<p>{ONE}</p><p>{TWO}</p></{box}>{piece}<h2>The Owners</h2><p>{TWO}</p>"
    assert rows(host, body) == [(None, ONE), (None, TWO)]


def test_what_holds_the_whole_piece_is_no_box():
    piece = f"<p>{THREE}</p><p>{TWO}</p>" * 3
    body = f"<div><h2>Summary</h2><p>{ONE}</p><h2>The Owners</h2>{piece}</div>"
    assert rows("jinsa", body) == [(None, ONE)]


def test_bullets_within_a_summary_do_not_end_it():
    body = f"<h2>Summary</h2><p>{ONE}</p><ul><li>{TWO}</li></ul><p>{THREE}</p><h2>The Owners</h2>"
    assert rows("jinsa", body) == [(None, ONE), (None, TWO), (None, THREE)]


def test_what_a_marked_summary_sums_up_is_no_development():
    body = f"<p>{THREE}</p><h2>Summary</h2><p>{ONE}</p><h2>What Happened?</h2><p>{TWO}</p>"
    assert rows("jinsa", body) == [(None, ONE)]
    assert rows("jinsa", f"<p>{ONE}</p><h2>What Happened?</h2><p>{TWO}</p>") == [
        (None, ONE),
        (None, TWO),
    ]


def test_a_summary_tells_nobodys_paper():
    page = f"<html><body><h1>A Ferry</h1><h2>Summary</h2><p>{ONE}</p><h2>Next</h2></body></html>"
    found = extract(page.encode(), content_type="text/html").brief
    assert found is not None and found.publisher is None


@pytest.mark.parametrize("host", OTHERS)
@pytest.mark.parametrize("heading", ["<h2>Executive Summary</h2>", "<p><b>Summary</b></p>"])
def test_any_publisher_of_essays_may_sum_up(host, heading):
    body = f"{heading}<p>{ONE}</p><p>{TWO}</p><h2>The Owners</h2><p>{THREE}</p>"
    found = read(host, body)
    assert [row.text.text for row in found.developments] == [ONE, TWO]
    assert found.statements == ()


@pytest.mark.parametrize(
    "heading",
    ["September 2023 Summary:", "Summary – September 2023", "Summary for May 2025",
     "12–18 May 2025 Highlights", "Weekly Summary (May 12, 2025)", "May Summary",
     "Summary: May 2025"],
)  # fmt: skip
def test_a_summary_of_a_month(heading):
    body = (
        f"<p><strong>{heading}</strong></p><ul><li>{ONE}</li><li>{TWO}</li></ul>"
        f"<p><strong>Ferries</strong></p><p>September 4: {THREE}</p>"
    )
    assert rows("jinsa", body) == [(None, ONE), (None, TWO)]


def test_a_month_before_any_other_heading_opens_nothing():
    body = f"<p><b>September 2023 Ferries:</b></p><ul><li>{ONE}</li></ul><p>{THREE}</p>"
    assert rows("jinsa", body) == []


@pytest.mark.parametrize("summary", [f"<p>{ONE}</p>", f"<ul><li>{ONE}</li></ul>"])
@pytest.mark.parametrize("host", ["brookings", "washington-institute", "ecfr"])
def test_experts_speak_below_a_summary(host, summary):
    body = (
        f"<p>Our experts weigh in on the sale.</p><h2>Key Takeaways</h2>{summary}"
        f"<h2>Mara Lindqvist</h2><p><i>Senior Fellow, Foreign Policy</i></p><p>{TWO} {THREE}</p>"
        f"<h2>Piet Falkenberg</h2><p><i>Fellow, Governance Studies</i></p><p>{THREE} {TWO}</p>"
    )
    found = read(host, body)
    assert [row.text.text for row in found.developments] == [ONE]
    assert [row.speaker.text for row in found.statements] == ["Mara Lindqvist", "Piet Falkenberg"]


def test_questions_are_answered_below_a_summary():
    body = (
        f"<h3>Key Takeaways</h3><ul><li>{ONE}</li></ul><p><b>Q1: Who sold it?</b></p>"
        f"<p>A1: {TWO}</p><p><b>Q2: Who bought it?</b></p><p>A2: {THREE}</p>"
        "<p><i>Mara Lindqvist is a senior fellow at CSIS.</i></p>"
    )
    found = read("csis", body, "<p>Critical Questions by Mara Lindqvist</p><p>May 3, 2025</p>")
    assert [row.text.text for row in found.developments] == [ONE]
    assert [row.quote.text for row in found.statements] == [TWO, THREE]


@pytest.mark.parametrize("heading", ["<h3>Introduction</h3>", "<h3>Keywords</h3>"])
def test_an_abstract_of_paragraphs_ends_at_another_section(heading):
    for keys in ("", "<p>Keywords: ferries, courts</p>"):
        body = f"<h3>Abstract</h3><p>{ONE}</p><p>{TWO}</p>{keys}{heading}<p>{THREE}</p>"
        assert rows("inss", body) == [(None, ONE), (None, TWO)]


def test_an_abstract_above_prose_that_only_a_closing_section_ends():
    body = f"<h3>Abstract</h3><p>{ONE}</p><p>{TWO}</p><h3>How to cite</h3><p>{THREE}</p>"
    assert rows("inss", body) == [(None, ONE)]
