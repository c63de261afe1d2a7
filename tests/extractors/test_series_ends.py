"""Where lists of developments begin and end: the first headline, editorials, keywords, columns."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

ONE = "Herders burned the ferry at Osk Landing and took its bell away with them."
TWO = "A second ferry was sunk by its own crew, who feared for their goats."
SIX = "Six ministers resigned, and the seventh said that he had not been asked."
INSS, JINSA, CFR = "www.inss.org.il", "jinsa.org", "www.cfr.org"
CRISIS, ISW, OCHA = "www.crisisgroup.org", "understandingwar.org", "www.unocha.org"


def read(body: str, host: str, title: str) -> Brief:
    page = (
        f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>"
        f"<p>3 March 2025</p>{body}</main></body></html>"
    )
    brief = extract(page.encode(), uri=f"https://{host}/a/b", content_type="text/html").brief
    assert brief is not None
    return brief


def rows(body: str, host: str, title: str = "A Ferry Sold Twice"):
    found = read(body, host, title).developments
    return [(row.headline and row.headline.text, row.text.text) for row in found]


@pytest.mark.parametrize("heading", ["Key Take-Aways:", "Key Take Aways", "KEY TAKE-AWAYS"])
def test_takeaways_are_spelled_in_three_ways(heading):
    body = f"<p><b>{heading}</b></p><p>1. {ONE}</p><p>2. {TWO}</p><p>{SIX} {SIX}</p>"
    assert rows(body, ISW, "Pier Update, May 3, 2025") == [(None, ONE), (None, TWO)]


@pytest.mark.parametrize("host", [INSS, JINSA])
@pytest.mark.parametrize("keys", ["<b>Keywords:</b> ferries, goats", "Key words: ferries, goats"])
@pytest.mark.parametrize("below", ["<h3>The Pier</h3>", "<p><b>Introduction</b></p>", ""])
def test_keywords_end_an_abstract_and_are_none_of_it(host, keys, below):
    body = f"<h3>Abstract</h3><p>{ONE}</p><p>{TWO}</p><p>{keys}</p>{below}<p>{SIX}</p>"
    brief = read(body, host, "A Ferry Sold Twice")
    assert [row.text.text for row in brief.developments] == [ONE, TWO]
    assert "goats" in brief.text.split(TWO)[1]  # in the text, and no row's


@pytest.mark.parametrize("host", [INSS, JINSA])
@pytest.mark.parametrize(
    "lead",
    ["<a href='/r.pdf'>Click here to read the full report</a>",
     "<a href='/r.pdf'>READ THE REPORT</a>", "<a>To the full article &gt;&gt;</a>"],
)  # fmt: skip
@pytest.mark.parametrize("above", [True, False])
def test_a_page_that_leads_to_the_paper_holds_its_summary_alone(host, lead, above):
    points = f"<p><u><b>Executive Summary</b></u></p><p>{ONE}</p><p>&nbsp;</p><p>{TWO}</p>"
    lead = f"<p>{lead}</p>"
    body = lead + points if above else points + lead
    body += "<p><b>About the Author</b></p><p>Ada Vance served thirty years at sea.</p>"
    assert rows(body, host) == [(None, ONE), (None, TWO)]


def test_a_long_text_below_a_summary_is_the_paper_itself():
    body = f"<p><a href='/r.pdf'>Read the full report</a></p><h3>Summary</h3><p>{ONE}</p>"
    assert rows(body + f"<p>{SIX}</p>" * 7, JINSA) == [(None, ONE)]


ENTRY = "<h3>{}</h3><p>{}</p>"


@pytest.mark.parametrize(
    "heading",
    [
        "More Newsletters",
        "Previous Issues",
        "More from us",
        "More from CFR",
        "Upcoming Events",
        "Explore More on Ferries",
        "What We’re Reading",
        "Related Tags",
    ],
)
@pytest.mark.parametrize("item", ["<ul><li><a href='/x'>{}</a></li></ul>", "<p><a>{}</a></p>"])
def test_a_column_of_other_issues_is_no_item(heading, item):
    body = "".join(map(ENTRY.format, ("Osk Burns", "Crew Sinks It"), (ONE, TWO)))
    body += f"<h3>{heading}</h3>{item.format('Daily News Brief: March 2, 2025')}"
    found = rows(body, CFR, "Daily News Brief: March 3, 2025")
    assert found == [("Osk Burns", ONE), ("Crew Sinks It", TWO)]


@pytest.mark.parametrize("form", [ENTRY, "<p><b>{}</b></p><p>{}</p>"])
def test_the_first_headline_is_an_items_where_it_repeats_the_title(form):
    body = "<p>World Brief</p>"
    body += "".join(map(form.format, ("Osk Burns", "Crew Sinks It"), (ONE, TWO)))
    assert rows(body, CFR, "Osk Burns") == [("Osk Burns", ONE), ("Crew Sinks It", TWO)]


def test_a_title_that_is_repeated_above_prose_is_no_headline():
    body = f"<p>Expert Brief</p><h2>Osk Burns</h2><p>{ONE}</p><p>{TWO}</p>"
    assert rows(body, CFR, "Osk Burns") == []


@pytest.mark.parametrize("form", ["<p>{}</p><p>{}</p>", "<p><b>{}</b></p><p>{}</p>"])
def test_a_country_in_capitals_may_have_another_behind_it(form):
    names = ("NORLAND", "OSK DISPUTE (VELMAR)", "KESH")
    body = "<h2>Global Overview</h2>" + "".join(map(form.format, names, (ONE, TWO, SIX)))
    assert rows(body, CRISIS, "CrisisWatch March 2025") == [
        *zip(names, (ONE, TWO, SIX), strict=True)
    ]


@pytest.mark.parametrize("title", ["<p>When Piers Become Budgets</p>", "<h4>When Piers</h4>", ""])
@pytest.mark.parametrize("heading", ["<h2>Latest Updates</h2>", "<h2>Africa</h2>", ""])
def test_what_the_president_thinks_of_a_month_is_no_country(title, heading):
    body = f"<h2>Global Overview</h2><h3>President’s Take</h3>{title}<p>{SIX}</p><p>{SIX}</p>"
    body += heading + "".join(map(ENTRY.format, ("Norland", "Velmar"), (ONE, TWO)))
    found = rows(body, CRISIS, "CrisisWatch March 2025")
    assert found == [("Norland", ONE), ("Velmar", TWO)]


@pytest.mark.parametrize("box", ["<section>{}</section>", "<div class='card'>{}</div>"])
def test_articles_below_the_highlights_are_parts_of_the_report(box):
    points = f"<h2>Highlights</h2><ul><li>{ONE}</li><li>{TWO}</li></ul>"
    cards = f"<article><span>Background</span><h3>Goats</h3><p>{SIX * 3}</p></article>"
    body = box.format(points) + cards + cards.replace("Goats", "Bells")
    assert rows(body, OCHA, "Osk Situation Report, 3 March 2025") == [(None, ONE), (None, TWO)]


@pytest.mark.parametrize(
    "end",
    ["<h2>About the Daily Brief</h2><p>The Daily News Brief is a daily newsletter.</p>",
     "<p><strong>What We’re Reading</strong></p><p><a href='/a'>Why It Burns</a> (Osk Post)</p>",
     "<p>This is a developing story. Check back for updates.</p>"],
)  # fmt: skip
def test_headlines_run_in_or_stand_alone_whatever_ends_their_list(end):
    body = (
        f"<h2>Top of the Agenda</h2>{ENTRY.format('Osk Burns', ONE)}<p><b>Across the Globe</b></p>"
    )
    body += ENTRY.format("Crew Sinks It", TWO) + ENTRY.format("Ministers Resign", SIX) + end
    found = rows(body, CFR, "Osk Burns")
    assert found == [("Osk Burns", ONE), ("Crew Sinks It", TWO), ("Ministers Resign", SIX)]


@pytest.mark.parametrize("form", [ENTRY, "<p><b>{}</b> {}</p>"])
def test_the_tags_below_a_tracker_are_no_countrys(form):
    body = "<h2>Africa</h2>" + "".join(map(form.format, ("Norland", "Velmar"), (ONE, TWO)))
    body += "<h2>Related Tags</h2><ul><li>Norland</li><li>Velmar</li></ul>"
    assert rows(body, CRISIS, "CrisisWatch March 2025") == [("Norland", ONE), ("Velmar", TWO)]


def letter(entry: str, end: str = "") -> str:
    entries = [
        *map(entry.format, ("Osk Burns", "Crew Sinks It", "Ministers Resign"), (ONE, TWO, SIX))
    ]
    kickers = ("TOP OF THE AGENDA", "EUROPE", "AMERICAS")
    rows = [f"<tr><td><b>{k}</b></td></tr>{e}" for k, e in zip(kickers, entries, strict=True)]
    return f"<table>{''.join(rows)}{end}</table>"


LEADING = (
    "<tr><td><h2><a href='/x/{0}'>{0}</a></h2></td></tr><tr><td><p>{1} <a href='/y/{0}'>{2}</a></p>"
)


@pytest.mark.parametrize("more", ["Read more", "Continue reading", "Read More »"])
@pytest.mark.parametrize(
    "end",
    ["", "<tr><td><b>More from us</b></td></tr><tr><td><p><a href='/z'>In Brief: The Bell</a></p>"
     "<p>By a staff writer | CFR.org</p></td></tr>"],
)  # fmt: skip
def test_links_that_lead_on_below_linked_headlines_head_no_column(more, end):
    body = letter(LEADING.format("{0}", "{1}", more), end)
    found = rows(body, CFR, "Osk Burns")
    assert found == [("Osk Burns", ONE), ("Crew Sinks It", TWO), ("Ministers Resign", SIX)]


@pytest.mark.parametrize("kind", ["text/plain", "message/rfc822"])
def test_headlines_of_plain_text_stand_on_lines_of_their_own(kind):
    text = "\n\n".join(
        ("Osk Burns", ONE, "Across the Globe", "Crew Sinks It", TWO, "A New Bell", SIX)
    )
    text = f"Daily News Brief\n\nMarch 3, 2025\n\nTop of the Agenda\n\n{text}\n"
    if kind != "text/plain":
        text = f"From: x@cfr.org\nSubject: Daily News Brief\n\n{text}"
    brief = extract(text.encode(), uri=f"https://{CFR}/a", content_type=kind).brief
    assert brief is not None
    found = [(row.headline and row.headline.text, row.text.text) for row in brief.developments]
    assert found == [("Osk Burns", ONE), ("Crew Sinks It", TWO), ("A New Bell", SIX)]
