"""Pages and mails that lead to a paper: its authors and day beside its summary, a letter above."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

POINTS = (
    "The ferry at Osk Landing was burned by herders, who feared for the bridge and their tolls.",
    "Its bell was taken to the hills. It should be asked for before the summer begins.",
    "A second ferry would cost less than the first one did.",
)
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in POINTS)
MENU = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("Ports", "Piers", "Locks"))


def _brief(host: str, page: str, content_type: str = "text/html") -> Brief:
    found = extract(page.encode(), uri=f"https://{host}/x", content_type=content_type)
    assert found.brief is not None
    return found.brief


def _texts(brief: Brief) -> list[str]:
    return [row.text.text for row in brief.developments]


def _names(brief: Brief) -> list[str]:
    return [name.text for name in brief.authors]


def test_people_in_a_side_column_are_no_cards_beside_an_article():
    people = "".join(
        f'<article class="person"><h3><a href="/{n}">{name}</a></h3><p>Fellow</p></article>'
        for n, name in enumerate(("Ada Vance", "Ole Brandt"))
    )
    points = "".join(f"<li>{text}</li>" for text in POINTS)
    page = f"""<html><body><main><section><span class="hero__meta-date">24 May 2022</span>
      <h1>Bells before Ferries</h1></section><div><h2>Contents</h2><ol>{MENU}</ol></div>
      <article><h2>Summary</h2><div class="wysiwyg"><ul>{points}</ul></div></article>
      <section><h2>Authors</h2>{people}</section></main></body></html>"""
    brief = _brief("www.chathamhouse.org", page)
    assert _texts(brief) == list(POINTS)
    assert brief.published is not None and str(brief.published.on) == "2022-05-24"


@pytest.mark.parametrize("second", ['<a href="#">Ole Brandt</a>', "Ole Brandt"])
def test_a_byline_of_which_one_name_is_a_link(second):
    page = f"""<html><body><ul>{MENU}</ul><div><h1>Quiet Bells on the Osk</h1>
      <div>Memorandum No. 7, May 2014</div><div><a href="/55">Ada Vance</a> and {second}</div>
      <div><a href="#">Print</a></div><div class="artBody"><p><b>Executive Summary</b></p>
      {PARAGRAPHS}</div></div></body></html>"""
    assert _names(_brief("www.inss.org.il", page)) == ["Ada Vance", "Ole Brandt"]


@pytest.mark.parametrize(
    "told",
    [
        "I am pleased to share JINSA’s newest report, written by Ada Vance and Ole Brandt.",
        "Please find our latest policy paper on bells, co-authored by Ada Vance and Ole Brandt.",
    ],
)
def test_a_letter_says_who_wrote_the_report_below(told):
    page = f"<p>Dear Friend,</p><p>{told}</p><p>Ida Moen</p><h2>Executive Summary</h2>{PARAGRAPHS}"
    page = f"<html><body><article><h1>The Bells of Osk</h1>{page}</article></body></html>"
    brief = _brief("jinsa.org", page)
    assert _names(brief) == ["Ada Vance", "Ole Brandt"]
    told_of_others = page.replace("JINSA’s newest", "a rival").replace("our latest", "a rival")
    assert "Ada Vance" not in _names(_brief("jinsa.org", told_of_others))


def test_a_name_may_have_a_particle_joined_to_it():
    page = f"<h1>The Bells of Osk</h1><p>by Ada deMoen</p><h2>Executive Summary</h2>{PARAGRAPHS}"
    page = f"<html><body><article>{page}</article></body></html>"
    assert _names(_brief("www.washingtoninstitute.org", page)) == ["Ada deMoen"]


def test_links_to_jump_by_are_no_title_nor_is_a_part_s_heading():
    said = "The bell will be asked for, and the herders will not hear of it before summer."
    text = '---\ntitle: "Experts react: The bell of Osk. Who rings?"\n---\nIt was rung once.\n\n'
    parts = (("Ada Vance", "Bells are patient"), ("Ole Brandt", "Herders are not"))
    text += "".join(f"[{who}: {what}](https://x.example/a/#{who[0]})\n\n" for who, what in parts)
    text += "".join(
        f"### {what}\n\n{said}\n\n—{who} is a nonresident fellow with the Bell Center.\n\n"
        for who, what in parts
    )
    brief = _brief("www.atlanticcouncil.org", text, "text/markdown")
    assert brief.title is not None
    assert brief.title.text == "Experts react: The bell of Osk. Who rings?"
