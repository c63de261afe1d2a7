"""The article of a page whose template nobody knows: all of it, and what surrounds it is left."""

from __future__ import annotations

import pytest

from benchmarks.articles.__main__ import ours, pages
from benchmarks.articles.score import score
from extractors.readers.html.page import Page

# No name tells these apart, and comments or teasers have more words than the article itself.
_BEYOND = {("squarespace", 3), ("blogger", 3), ("comments_within", 3)}
CASES = [(name, i % 4, art, html) for i, (name, art, html) in enumerate(pages())]


@pytest.mark.parametrize(
    ("name", "variant", "art", "html"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES]
)
def test_templates(name: str, variant: int, art, html: str) -> None:  # type: ignore[no-untyped-def]
    found = score(ours(html), art)
    assert found.recall > 0.98
    assert found.precision > 0.9 or (name, variant) in _BEYOND


BODY = "".join(
    f"<p>{'The mill burned all night and the rain came late. ' * 3}</p>" for _ in range(4)
)


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Not shown</p>",
        "<div style='color:red; Display : NONE'>Not shown</div>",
        "<div aria-hidden='true'>Not shown</div>",
        "<template><p>Not shown</p></template>",
        "<noscript><img alt='x'>Not shown</noscript>",
        "<dialog>Not shown</dialog>",
    ],
)
def test_what_is_not_shown_is_no_text(hidden: str) -> None:
    page = f"<html><body><main><h1>Mill</h1>{BODY}{hidden}</main></body></html>"
    for selectors in ((), ("main",)):
        assert "Not shown" not in " ".join(b.text for b in Page(page).read(selectors).blocks)


def test_an_article_hidden_when_the_page_was_saved() -> None:
    page = f"<html><body><div class='dialog'>Log in</div><main aria-hidden='true'>{BODY}</main>"
    assert len(Page(page).read().blocks) >= 4


def test_layout_tables_have_no_cells() -> None:
    page = f"<table><tr><td>Menu</td><td>{BODY}<ul><li>One</li></ul></td></tr></table>"
    kinds = [(b.kind, b.text[:3]) for b in Page(page).read(("body",)).blocks]
    assert kinds == [("paragraph", "Men"), *[("paragraph", "The")] * 4, ("item", "One")]


def test_captions_are_marginal() -> None:
    figure = (
        "<figure><img><figcaption>A pier.</figcaption></figure><p class='wp-caption-text'>B.</p>"
    )
    blocks = Page(f"<main>{BODY}{figure}<p>End.</p></main>").read(("main",)).blocks
    assert [b.text for b in blocks if b.marginal] == ["A pier.", "B."]
    assert blocks[-1].text == "End." and not blocks[-1].marginal


def test_headings_that_are_buttons() -> None:
    page = (
        f"<main>{BODY}<h3><button>What now?</button></h3><p>Rain.</p><button>Share</button></main>"
    )
    assert [(b.kind, b.text) for b in Page(page).read(("main",)).blocks][-2:] == [
        ("heading", "What now?"),
        ("paragraph", "Rain."),
    ]


@pytest.mark.parametrize("named", ["id='foot'", "class='footer'", "class='foot-wrap dark'"])
def test_a_saying_in_the_foot_of_a_page_is_nobodys(named: str) -> None:
    saying = "“A harbour is a promise.” — Ada Vance, Founding Trustee"
    page = f"<div><div>{BODY}</div><div {named}><p>{saying}</p><p>Quiet House</p></div></div>"
    assert [b.text[:3] for b in Page(f"<body>{page}").read().blocks] == ["The"] * 4


def test_the_foot_of_a_quotation_stays() -> None:
    quotation = (
        "<blockquote><p>Rain.</p><div class='blockquote-footer'>Ada Vance</div></blockquote>"
    )
    texts = [b.text for b in Page(f"<body><main>{BODY}{quotation}</main>").read().blocks]
    assert texts[-1].endswith("Ada Vance")


def test_rows_of_cards_are_no_text_however_many_boxes_a_card_has() -> None:
    card = (
        "<div class='c'><a href='/x{n}'><img></a><div class='b'><h3 class='t'>"
        "<a href='/x{n}'>A Harbor {n}</a></h3><div>Ann Moss</div><p>Half of the boats and…</p>"
        "</div></div>"
    )
    row = "".join(card.format(n=n) for n in range(3))
    page = f"<div><div>{BODY}</div></div><zz-more><h2>For you</h2><div>{row}</div></zz-more>"
    texts = " ".join(b.text for b in Page(page).read().blocks)
    assert "mill burned" in texts
    assert "Harbor" not in texts


def test_linked_head_lines_of_the_text_itself_stay() -> None:
    parts = "".join(f"<h3><a href='/x{n}'>Part {n}</a></h3>{BODY}" for n in range(3))
    texts = [b.text for b in Page(f"<div><div>{parts}</div></div>").read().blocks]
    assert [text for text in texts if "Part" in text] == ["Part 0", "Part 1", "Part 2"]
