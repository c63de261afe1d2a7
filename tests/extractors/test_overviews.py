"""Overviews above a tracker's countries, which are no country's."""

from __future__ import annotations

import pytest

from extractors import extract

OVERVIEW = "Eight situations worsened in August and two improved, one of them in Osk."
ONE = "Boatmen chained the harbour gates for five days. Lorries queued for thirty kilometres."
TWO = "Guards quarrelled over a gold dredger, which was towed to an island in the river."


def rows(body: str):
    page = f"<h1>CrisisWatch August 2025</h1><p>1 September 2025</p>{body}"
    page = f"<html><body><article>{page}</article></body></html>"
    uri = "https://www.crisisgroup.org/x"
    found = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert found is not None
    return [(row.headline and row.headline.text, row.text.text) for row in found.developments]


@pytest.mark.parametrize("heading", ["Global Overview", "Conflict in Focus", "Africa"])
@pytest.mark.parametrize(
    "entry",
    ["<h3>{}</h3><p>{}</p>", "<p><strong>{}</strong></p><p>{}</p>", "<p>{}: {}</p>",
     "<p><strong>{}</strong> – {}</p>", "<ul><li><strong>{}</strong>: {}</li></ul>",
     "<p>{}<br>{}</p>"],
)  # fmt: skip
def test_text_above_the_first_country_is_no_development(heading, entry):
    body = f"<h2>{heading}</h2><p>{OVERVIEW}</p><p>{OVERVIEW}</p>"
    body += f"<h2>Asia</h2>{entry.format('Norland', ONE)}{entry.format('Velmar', TWO)}"
    assert rows(body) == [("Norland", ONE), ("Velmar", TWO)]


@pytest.mark.parametrize("entry", ["<p><strong>{}</strong> {}</p>", "<p>{}<br>{}</p>"])
def test_a_country_in_capitals_needs_no_mark(entry):
    body = f"<h2>Asia</h2>{entry.format('NORLAND', ONE)}{entry.format('VELMAR', TWO)}"
    assert rows(body) == [("NORLAND", ONE), ("VELMAR", TWO)]


def test_a_stressed_acronym_is_no_country():
    body = f"<h2>Asia</h2><h3>Norland</h3><p><strong>UN</strong> Envoy Ada Vance left. {ONE}</p>"
    assert [label for label, _ in rows(body)] == ["Norland"]


def entry(name: str, text: str, month: str = "August 2025", tag: str = "h3") -> str:
    head = f"<{tag}>{name}</{tag}><time>{month}</time>" if month else f"<{tag}>{name}</{tag}>"
    return f"{head}<div>{text}</div>"


STRESSED = "<p><strong>Boatmen struck.</strong> Lorries queued for thirty kilometres.</p>"
STRUCK = "Boatmen struck. Lorries queued for thirty kilometres."


@pytest.mark.parametrize("month", ["August 2025", "AUGUST 2025", "31 August 2025", ""])
@pytest.mark.parametrize("tag", ["h3", "h4"])
def test_a_month_is_no_country_and_a_stressed_sentence_is_text(month, tag):
    body = f"<h2>Global Overview</h2><p>{month}</p><p>{OVERVIEW}</p><h2>Latest Updates</h2>"
    body += f"<h2>Africa</h2>{entry('Norland', STRESSED, month, tag)}"
    body += f"<h2>Far Isles</h2>{entry('Velmar', STRESSED + f'<p>{TWO}</p>', month, tag)}"
    body += entry("Osk", f"<p><strong>Guards quarrelled over a gold dredger.</strong></p>"
                         f"<p>{ONE}</p>", month, tag)  # fmt: skip
    assert rows(body) == [
        ("Norland", STRUCK),
        ("Velmar", f"{STRUCK}\n\n{TWO}"),
        ("Osk", f"Guards quarrelled over a gold dredger.\n\n{ONE}"),
    ]


@pytest.mark.parametrize("mark", ["<strong>In Osk</strong>: ", "<strong>Osk port.</strong> "])
def test_what_runs_in_below_the_text_of_a_country_is_its_text(mark):
    text = f"<p>{ONE}</p><p>{mark}{TWO}</p>"
    body = f"<h2>Asia</h2>{entry('Norland', text)}{entry('Velmar', STRESSED)}"
    assert [label for label, _ in rows(body)] == ["Norland", "Velmar"]


def test_names_with_a_full_stop_are_countries_below_a_region():
    body = f"<h2>Asia</h2><h3>Far Isles</h3><p><b>Norland.</b> {ONE}</p><p><b>Velmar.</b> {TWO}</p>"
    assert rows(body) == [("Norland", ONE), ("Velmar", TWO)]


@pytest.mark.parametrize("title", ["CrisisWatch N°201", "CrisisWatch N° 17", "Crisis Watch #88"])
def test_a_numbered_bulletin_needs_no_regions(title):
    page = f"<h1>{title}</h1><p>1 September 2015</p><p>{OVERVIEW}</p>"
    page += f"<p><b>Norland</b></p><p>{ONE}</p><p>{TWO}</p><p><b>Velmar</b></p><p>{TWO}</p>"
    page = f"<html><body><article>{page}</article></body></html>"
    found = extract(page.encode(), uri="https://www.crisisgroup.org/x", content_type="text/html")
    assert found.brief is not None
    assert [row.headline and row.headline.text for row in found.brief.developments] == [
        "Norland", "Velmar",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "head",
    ["<h3>{}</h3><p>March 2025</p>", "<h3>{} <span>March 2025</span></h3>",
     "<h3>{}</h3><p><b>Mar 2025</b></p>", "<h3>{}</h3><p>Deteriorated</p><h4>March 2025</h4>",
     "<h3>{}</h3><p>March 2025 | Unchanged</p>"],
)  # fmt: skip
@pytest.mark.parametrize(
    "mark", ["<b>Boatmen struck in Osk</b></p><p>", "<b>In Osk:</b> ", "<b>Strike in Osk.</b> "]
)
def test_below_a_country_with_a_month_all_is_its_text(head, mark):
    body = "<h2>Africa</h2>" + "".join(
        f"{head.format(name)}<p>{mark}{text}</p>" for name, text in (("Norland", ONE), ("Osk", TWO))
    )
    assert [label for label, _ in rows(body)] == ["Norland", "Osk"]
    assert rows(body)[1][1].endswith(TWO)
    assert "Osk" in rows(body)[1][1]


@pytest.mark.parametrize("heading", ["Floods in March 2025", "Vote of 3 March 2025", "Osk in 2025"])
def test_a_month_within_the_words_of_a_heading_stays(heading):
    body = f"<h2>Africa</h2><h3>{heading}</h3><p>{ONE}</p><h3>Norland</h3><p>{TWO}</p>"
    assert [label for label, _ in rows(body)] == [heading, "Norland"]
