"""Authors in further forms: side by side, below a dek, with a day, above the text, behind it."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

TEXT = "The ferry to Osk was sold to two owners at once, and neither has paid for it yet."
MORE = (
    "Harbour dues rose twice in one month, and the council blames the fog for both. Nobody in the "
    "pilots’ house believes a word of that, least of all the oldest of them."
)
PROSE = f"<p>{TEXT} A third bid came from Velmar on Tuesday.</p><p>{MORE}</p>"
DEK = (
    "<p>A harbour council has sold the same ferry to two owners within one month. Why the second "
    "sale should stand and the first one should not</p>"
)
TITLE = "<h1>A Ferry Sold Twice</h1>"
ADA, OLE = "<a href='/person/ada'>Ada Vance</a>", "<a href='/person/ole'>Ole Brandt</a>"
BOTH = ["Ada Vance", "Ole Brandt"]
HOSTS = {
    "inss": "www.inss.org.il", "jinsa": "jinsa.org", "ecfr": "ecfr.eu", "csis": "www.csis.org",
    "brookings": "www.brookings.edu", "chatham": "www.chathamhouse.org",
}  # fmt: skip


def brief(host: str, body: str) -> Brief:
    page = f"<html><head><title>A Ferry Sold Twice</title></head><body>{body}</body></html>"
    found = extract(page.encode(), uri=f"https://{HOSTS[host]}/x").brief
    assert found is not None
    return found


def authors(host: str, body: str) -> list[str]:
    return [author.text for author in brief(host, f"<article>{TITLE}{body}</article>").authors]


def day(found: Brief) -> str | None:
    return str(found.published.on) if found.published else None


@pytest.mark.parametrize("host", ["inss", "jinsa", "chatham", "csis"])
@pytest.mark.parametrize("dek", ["", DEK])
@pytest.mark.parametrize("between", ["", " ", " • "])
def test_names_are_linked_side_by_side(host, dek, between):
    assert authors(host, f"{dek}<div>{ADA}{between}{OLE}</div>{PROSE}") == BOTH


def test_links_side_by_side_that_lead_to_topics_name_nobody():
    topics = "<a href='/tag/a'>Water Wars</a> <a href='/tag/b'>Harbour Tolls</a>"
    assert authors("inss", f"<div>{topics}</div>{PROSE}") == []


@pytest.mark.parametrize("host", ["inss", "ecfr"])
def test_one_name_below_a_dek_is_the_authors_if_it_leads_to_a_page_of_theirs(host):
    assert authors(host, f"{DEK}<div>{ADA}</div>{PROSE}") == ["Ada Vance"]
    assert authors(host, f"{DEK}<div>Harbour Tolls</div>{PROSE}") == []


@pytest.mark.parametrize("between", ["", " ", "\n  "])
def test_names_in_spans_are_two(between):
    spans = f"<span>Ada Vance</span>{between}<span>Ole Brandt</span>"
    assert authors("inss", f"<div>{spans}</div>{PROSE}") == BOTH
    sentence = "<p><span>Ada Vance</span> met <span>Ole Brandt</span> on the quay.</p>"
    assert "Ada Vance met Ole Brandt" in brief("inss", f"<article>{TITLE}{sentence}</article>").text


def test_names_and_a_day_in_one_line():
    found = brief(
        "ecfr", f"<article>{TITLE}<p>{ADA}, {OLE} 3 May 2024 4 min read</p>{PROSE}</article>"
    )
    assert [author.text for author in found.authors] == BOTH
    assert day(found) == "2024-05-03"
    assert authors("ecfr", f"<p>Harbour Tolls 3 May 2024</p>{PROSE}") == []


@pytest.mark.parametrize(
    "line",
    [
        "Authors: Ada Vance – Policy Analyst; Ole Brandt – Senior Fellow",
        "Authors: Ada Vance – Policy Analyst and Ole Brandt – Senior Fellow",
        "Author(s): Ada Vance (Policy Analyst); Ole Brandt (Senior Fellow)",
        "By Ada Vance, Policy Analyst, and Ole Brandt, Senior Fellow",
    ],
)
def test_posts_behind_the_names_of_a_byline(line):
    assert authors("jinsa", f"<p>{line}</p>{PROSE}") == BOTH


@pytest.mark.parametrize(
    "line",
    [
        "Contributors: Ada Vance and Ole Brandt",
        "<b>Contributors:</b><br>Ada Vance<br>Ole Brandt",
        "Authors and contributors: Ada Vance, Policy Analyst; Ole Brandt, Senior Fellow",
        "This memo was written by Ada Vance and Ole Brandt.",
    ],
)
def test_authors_in_a_last_line(line):
    assert authors("jinsa", f"{PROSE}<h2>Findings</h2>{PROSE}<p>{line}</p>") == BOTH


def test_editors_of_a_series_are_no_authors():
    assert authors("inss", f"{PROSE}<p>Editors of the series: Ada Vance and Ole Brandt</p>") == []


@pytest.mark.parametrize("byline", [f"By {ADA} and {OLE}", f"{ADA}, {OLE}", f"by: {ADA} | {OLE}"])
def test_a_byline_above_the_element_of_the_text(byline):
    head = f"<div class=hero>{TITLE}<p>{byline}</p><p>May 3, 2024</p></div>"
    found = brief("brookings", f"{head}<article>{PROSE * 3}</article>")
    assert [author.text for author in found.authors] == BOTH
    assert day(found) == "2024-05-03"


def test_topics_above_the_element_of_the_text_are_no_byline():
    head = f"<div class=hero>{TITLE}<p><a href='/t'>Ports</a>, <a href='/u'>Dues</a></p></div>"
    found = brief("brookings", f"{head}<article>{PROSE * 3}</article>")
    assert found.authors == ()
    assert "Dues" not in found.text


@pytest.mark.parametrize(
    ("page", "on"),
    [
        ("<div class=node><p>May 3, 2024</p>{title}<div class=wysiwyg>{text}</div></div>", True),
        ("<p>May 3, 2024</p><div>{title}<div class=wysiwyg>{text}</div></div>", False),
        ("<p>May 3, 2024</p>{title}<div class=wysiwyg>{text}</div>", False),
    ],
)
def test_a_day_above_the_title_is_the_pieces_in_one_box_with_it(page, on):
    found = brief("csis", page.format(title=TITLE, text=PROSE * 3))
    assert day(found) == ("2024-05-03" if on else None)


def test_a_round_up_names_its_authors_and_then_each_of_them_above_their_words():
    chair = "Amos M. Tregear Chair, Foreign Trade, Tilde Okell Center for Ships, Tolls, and Ports"
    found = brief(
        "brookings",
        f"<article>{TITLE}<p>{ADA} and {OLE}</p><p>{TEXT} Two experts react.</p>"
        f"<h3>Ada Vance</h3><p>Senior Fellow, Global Trade</p><p>{MORE}</p>"
        f"<h3>Ole Brandt</h3><p>{chair}</p><p>{MORE}</p></article>",
    )
    assert [author.text for author in found.authors] == BOTH
    said = [(s.speaker and s.speaker.text, s.role and s.role.text) for s in found.statements]
    assert said == [("Ada Vance", "Senior Fellow, Global Trade"), ("Ole Brandt", chair)]


@pytest.mark.parametrize(
    ("title", "statements"),
    [("View from Velmar: Fog pays", 1), ("Fog pays: A view of Velmar", 0)],
)
def test_one_view_alone_is_its_authors_words(title, statements):
    found = brief(
        "ecfr",
        f"<article><h1>{title}</h1><p>Commentary - 3 May 2024</p><h3>Velmar waits</h3>"
        f"<p>by Ada Vance</p>{PROSE}</article>",
    )
    assert [author.text for author in found.authors] == ["Ada Vance"]
    assert [s.speaker and s.speaker.text for s in found.statements] == ["Ada Vance"] * statements
    if statements:
        quote = found.statements[0].quote.text
        assert quote.startswith("The ferry")
        assert quote.endswith("of them.")


@pytest.mark.parametrize(
    "note",
    [
        "This comment was amended on 6 May to correct the spelling of Osk.",
        "This expert comment has been updated to include the council’s answer.",
        "Amended 6 May 2024 to correct the name of a ferry.",
        "Updated May 7, 2024.",
        "The headline of this article was changed on 7 May.",
        "The spelling of Osk has been corrected in this comment.",
    ],
)
def test_a_note_on_an_amendment_is_none_of_the_last_experts_words(note):
    found = brief(
        "chatham",
        f"<article>{TITLE}<h4>Ada Vance, Research Fellow, Sea Programme:</h4>{PROSE}"
        f"<h4>Ole Brandt, Associate Fellow, Sea Programme:</h4>{PROSE}<p>{note}</p></article>",
    )
    assert [s.quote.text[-8:] for s in found.statements] == ["of them."] * 2


POSTED = f"<p>{ADA}<br>Senior Fellow</p><p>{OLE}<br>Policy Analyst, Sea Programme</p>"


@pytest.mark.parametrize("host", ["chatham", "jinsa", "inss"])
@pytest.mark.parametrize(
    "names",
    [
        f"<ul><li>{ADA}</li><li>{OLE}</li></ul>",
        f"<div>{ADA}</div><div>{OLE}</div>",
        f"<p>{ADA}, {OLE} • 3 May 2024</p>",
        f"<p>{ADA}, Senior Fellow</p><p>{OLE}, Policy Analyst</p>",
        POSTED,
        "<h4>Authors</h4><p>Ada Vance</p><p>Ole Brandt</p>",
    ],
)
def test_authors_in_the_text_and_above_its_element(host, names):
    assert authors(host, f"{names}{PROSE}") == BOTH
    head = f"<div class=hero>{TITLE}{names}</div>"
    found = brief(host, f"{head}<article>{PROSE * 3}</article>")
    assert [author.text for author in found.authors] == BOTH


@pytest.mark.parametrize("host", ["chatham", "ecfr", "brookings"])
@pytest.mark.parametrize("byline", ["By Ada Vance", "By Ada Vance, Senior Fellow"])
def test_a_byline_below_a_dek_is_one_if_no_other_line_begins_so(host, byline):
    assert authors(host, f"{DEK}<p>{byline}</p>{PROSE}") == ["Ada Vance"]


def test_a_first_expert_below_an_introduction_is_no_author():
    found = brief(
        "brookings",
        f"<article>{TITLE}<p>{MORE} We asked two experts.</p><h3>Tolls will rise</h3>"
        f"<p>{ADA}</p>{PROSE}<h3>Tolls will fall</h3><p>{OLE}</p>{PROSE}</article>",
    )
    assert found.authors == ()
    assert [s.speaker and s.speaker.text for s in found.statements] == BOTH


def test_a_label_above_the_text_is_no_heading_of_a_section():
    found = brief(
        "brookings",
        f"<article>{TITLE}<h4>Authors</h4><p>Ada Vance</p><p>Ole Brandt</p><p>May 3, 2024</p>"
        f"{PROSE}<h3>Ada Vance, Senior Fellow</h3>{PROSE}<h3>Ole Brandt, Policy Analyst</h3>{PROSE}"
        "</article>",
    )
    assert [author.text for author in found.authors] == BOTH
    assert day(found) == "2024-05-03"
    assert len(found.statements) == 2


def test_authors_cards_below_a_heading_are_no_statements():
    cards = (
        "<h2>About the Authors</h2><h4>Ada Vance</h4><p>Fellow</p><h4>Ole Brandt</h4><p>Chair</p>"
    )
    said = "".join(f"<h3>{name}</h3>{PROSE}" for name in BOTH)
    found = brief("csis", f"<article>{TITLE}<p>CSIS experts react.</p>{said}{cards}</article>")
    assert [(s.speaker and s.speaker.text, s.role and s.role.text) for s in found.statements] == [
        ("Ada Vance", "Fellow"),
        ("Ole Brandt", "Chair"),
    ]


def test_views_without_an_introduction_have_no_author_in_the_first():
    views = "".join(
        f"<h3>{place}</h3><p>by {name}</p>{PROSE}"
        for place, name in (("Velmar", "Ada Vance"), ("Tarsk", "Ole Brandt"), ("Osk", "Ann Ferro"))
    )
    found = brief("ecfr", f"<article><h1>Views from the capitals: Tolls</h1>{views}</article>")
    assert found.authors == ()
    assert [s.speaker and s.speaker.text for s in found.statements] == [*BOTH, "Ann Ferro"]


@pytest.mark.parametrize(
    "mark",
    ["<h3>{}</h3>", "<p><b>{}</b></p>"],
)
def test_a_round_up_without_an_introduction_begins_with_its_first_expert(mark):
    names = [*BOTH, "Ann Ferro"]
    said = "".join(f"{mark.format(name)}<p>Senior Fellow</p>{PROSE}" for name in names)
    found = brief("brookings", f"<article>{TITLE}<p>May 3, 2024</p>{said}</article>")
    assert found.authors == ()
    assert [s.speaker and s.speaker.text for s in found.statements] == names
