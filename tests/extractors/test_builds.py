"""Builds of pages in which parts of a brief stand where other pages have furniture."""

from __future__ import annotations

import pytest

from extractors import Brief, extract
from tests.extractors.fdd_texts import NEW, TITLE, experts, page_of

FIGURE = (
    "<figure class=quote><blockquote><p>“Mills burn — often.”</p></blockquote>"
    "<figcaption>— Ada Vance<em>, FDD Fellow</em></figcaption></figure>"
)


def _read(page: str, uri: str = "b.html") -> Brief:
    brief = extract(page.encode(), uri=uri).brief
    assert brief is not None
    return brief


def test_the_caption_of_a_quotation_names_who_is_quoted() -> None:
    photo = "<figure><img src=m.jpg><figcaption>The mill. Photo: Piet Falk</figcaption></figure>"
    brief = _read(page_of(photo + FIGURE + FIGURE.replace("Ada Vance", "Rosa Lindt")))
    assert experts(brief) == [("Ada Vance", "FDD Fellow"), ("Rosa Lindt", "FDD Fellow")]


@pytest.mark.parametrize("tag", ["footer", "header"])
def test_what_stands_above_the_text_is_its_head_whatever_the_page_calls_it(tag: str) -> None:
    front = f"<!-- 12 --> <{tag}><div>January 5, 2025 | Flash Brief</div></{tag}><h1>{TITLE}</h1>"
    brief = _read(page_of(FIGURE, front=front))
    assert brief.kind is not None and brief.kind.text == "Flash Brief"
    assert brief.published is not None and str(brief.published.on) == "2025-01-05"


def test_a_footer_below_the_text_is_none_of_it() -> None:
    page = page_of(FIGURE + "<footer><p>“To grind is to give.” — Emil Szarka, Founder</p></footer>")
    assert experts(_read(page)) == [("Ada Vance", "FDD Fellow")]


def test_bullets_in_cells_of_their_own() -> None:
    rows = "".join(f"<tr><td>&bull;</td><td>{line[2:]}</td></tr>" for line in NEW)
    items = "".join(f"<li>{line[2:]}</li>" for line in NEW)
    page = page_of(FIGURE).replace(f"<ul>{items}</ul>", f"<table>{rows}</table>")
    brief = _read(page)
    assert [d.headline.text for d in brief.developments if d.headline] == [
        "Fire at Mill",
        "Cause Unknown",
    ]
    assert "•" not in brief.text


@pytest.mark.parametrize("mark", [": ", " – ", " | "])
def test_the_name_of_a_blog_is_not_the_title_of_its_post(mark: str) -> None:
    head = f"<head><title>The Miller's Tale{mark}{TITLE}</title></head>"
    post = page_of(FIGURE, front=f"<h3 class='post-title entry-title'>{TITLE}</h3>")
    post = post.partition("<article>")[2].replace("</article>", "")
    page = f"<html>{head}<body><h1>The Miller's Tale</h1><div class=post>{post}</div>"
    brief = _read(page)
    assert brief.title is not None and brief.title.text == TITLE
