"""Series of entries: newsletters without regions, and trackers with what is printed around them."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

ENTRIES = {
    "Vessa Shuts Its Harbour": "The port closed to all ferries (Osk Post). Pilots struck.",
    "Kesh and Tarsk Sign a Treaty on Herring after Nine Years of Talks": "Boats may pass at night.",
    "Fog Lifts": "The mole at Tarsk was seen for the first time in eleven days.",
}
CFR = "https://www.cfr.org/a/b"
CRISIS = "https://www.crisisgroup.org/crisiswatch/a"


def _read(title: str, body: str, uri: str) -> Brief:
    page = (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        f"<p>{'March 3, 2025' if uri == CFR else '3 March 2025'}</p>{body}</article></body></html>"
    )
    brief = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert brief is not None
    return brief


def _rows(brief: Brief) -> dict[str, str]:
    return {d.headline.text: d.text.text for d in brief.developments if d.headline is not None}


@pytest.mark.parametrize(
    "title", ["World Brief: A Harbour Shuts", "The World This Week: A Harbour"]
)
@pytest.mark.parametrize(
    "form",
    [
        "<p><strong>{}</strong><br>{}</p>",
        "<div><b>{}</b><br/>{}</div>",
        "<p>{}<br>{}</p>",
        "<h2>{}</h2><p>{}</p>",
        "<p><strong>{}</strong></p><p>{}</p>",
    ],
)
@pytest.mark.parametrize(
    "end",
    [
        "<p>Today’s brief was prepared with help from the Vessa office.</p>",
        "<p>This is a complimentary service of the Council on Foreign Relations.</p>",
        "<p>The World Brief is compiled by Ada Vance.</p>",
        "<p>Ada Vance contributed to this report.</p>",
        "<p>The next World Brief will appear on August 21.</p>",
        "<h3>Leave a comment</h3><p>Comments are moderated.</p>",
        "<p>Back to top</p>",
        "<h2>About the Authors</h2><h3>Ada Vance</h3><p>Ada Vance edits newsletters.</p>",
    ],
)
def test_a_newsletter_without_regions(title: str, form: str, end: str) -> None:
    brief = _read(title, "".join(form.format(*entry) for entry in ENTRIES.items()) + end, CFR)
    assert _rows(brief) == ENTRIES


def test_a_kind_names_the_series_too() -> None:
    body = "".join(f"<h3>{head}</h3><p>{text}</p>" for head, text in ENTRIES.items())
    page = (
        "<html><head><title>The Mole Appears</title></head><body><article><p>Daily News Brief</p>"
        f"<p>March 3, 2024</p><h1>The Mole Appears</h1>{body}</article></body></html>"
    )
    brief = extract(page.encode(), uri=CFR, content_type="text/html").brief
    assert brief is not None
    assert _rows(brief) == ENTRIES


@pytest.mark.parametrize("end", ["ADVERTISEMENT<br>Subscribe and save a third", "Advertisement"])
def test_an_advertisement_is_no_entry(end: str) -> None:
    body = "".join(f"<h3>{head}</h3><p>{text}</p><p>{end}</p>" for head, text in ENTRIES.items())
    assert _rows(_read("World Brief: A Harbour", body, CFR)) == ENTRIES


def test_highlights_beside_cards_of_articles() -> None:
    told = "".join(f"<li>{text}</li>" for text in ENTRIES.values())
    prose = "Boats from Tarsk came in at dawn with flour and oil for the islands. " * 20
    page = (
        "<html><head><title>Osk Situation Report</title></head><body><div><h1>Osk Situation Report"
        "</h1><div class='section--key-messages'><h2>Highlights (3 Mar 2025)</h2>"
        f"<ul>{told}</ul></div><article class='card'><h2>Flour arrives</h2><p>{prose}</p></article>"
        f"<article class='card'><h2>Oil arrives</h2><p>{prose}</p></article></div></body></html>"
    )
    uri = "https://reports.unocha.org/en/country/osk/"
    brief = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert brief is not None
    assert [d.text.text for d in brief.developments] == [*ENTRIES.values()]


COUNTRIES = {
    "Burundi": "President Ntare 8 March named cabinet, prompting boycott of parliament.",
    "Côte d’Ivoire": "Growers’ strike turned violent in Soubré; police opened fire, killing three.",
}


@pytest.mark.parametrize("region", ["AFRICA", "LATIN AMERICA/CARIBBEAN"])
@pytest.mark.parametrize("form", ["<p><b>{}</b>&nbsp; {}</p>", "<p><b>{}</b>: {}</p>"])
def test_countries_that_run_in_below_a_region(region: str, form: str) -> None:
    body = "".join(form.format(*entry) for entry in COUNTRIES.items())
    brief = _read("CrisisWatch March 2025", f"<p>{region}</p>{body}", CRISIS)
    assert _rows(brief) == COUNTRIES


@pytest.mark.parametrize(
    ("before", "behind", "end"),
    [
        ("", " ▼", ""),
        ("<p>May</p><p>Jun</p><p>Jul</p>", "", ""),
        ("", "", "<p><a href='/x'>See past entries</a></p>"),
        ("", "", "<p>CrisisWatch – www.crisisgroup.org/crisiswatch page {n}</p>"),
        ("", "", "<ul><li>“A Strike in Soubré”, Osk Post, 12 March 2025.</li></ul>"),
        ("", "", "<p>Related <a href='/x'>The Price of Cocoa</a></p>"),
        ("", "", "<p><a href='/x'>Read more in the CrisisWatch database »</a></p>"),
        ("", "", "<p>A checkpoint near Soubré, May 2024. AFP / Ada Vance</p>"),
    ],
)
def test_what_stands_around_entries(before: str, behind: str, end: str) -> None:
    body = "".join(
        f"<h3>{name}{behind}</h3>{before}<p>{text}</p>{end.format(n=n)}"
        for n, (name, text) in enumerate(COUNTRIES.items())
    )
    body = f"<h2>Latest Updates</h2><h2>Africa</h2>{body}"
    assert _rows(_read("CrisisWatch March 2025", body, CRISIS)) == COUNTRIES


def test_lists_of_names_below_groups_are_no_entries() -> None:
    body = (
        "<h2>Global Overview</h2><h3>Trends for Last Month March 2025</h3>"
        "<p>Deteriorated Situations: Côte d’Ivoire</p><p>Improved Situations: none</p>"
        "<h2>Africa</h2>"
    )
    body += "".join(f"<h3>{name}</h3><p>{text}</p>" for name, text in COUNTRIES.items())
    assert _rows(_read("CrisisWatch March 2025", body, CRISIS)) == COUNTRIES
