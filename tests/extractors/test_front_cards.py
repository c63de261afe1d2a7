"""Names with posts below the title: authors, or experts whose words follow."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

PROSE = (
    "The ferry that left Port Vessa before dawn carried eleven pilots and no passengers.",
    "The harbour master said that nobody had asked him, and that he had held his post for long.",
)


def _page(uri: str, body: str) -> Brief:
    page = f"<html><body><main><h1>Who Steers the Ferry</h1>{body}</main></body></html>"
    brief = extract(page.encode(), uri=uri).brief
    assert brief is not None
    return brief


def _card(name: str, post: str) -> str:
    return f"<p><strong>{name}</strong><br><em>{post}</em></p>"


def _prose() -> str:
    return "".join(f"<p>{words}</p>" for words in PROSE)


@pytest.mark.parametrize("tail", ["", "<h3>Ada Vance’s Long Night</h3>" + _prose(), "<p>Ports</p>"])
@pytest.mark.parametrize("share", ["", "<p>ShareEmail</p>"])
def test_all_who_stand_between_title_and_text_wrote_it(share: str, tail: str) -> None:
    posts = {"Ada Vance-Cole": "Non-Resident Senior Fellow", "Bo T. Orr Jr.": "Program Director"}
    cards = "".join(_card(name, post) for name, post in posts.items())
    brief = _page(
        "https://www.fdd.org/analysis/x/",
        f"<p>July 21, 2025 | Policy Brief</p>{share}{cards}{_prose()}{tail}",
    )
    assert [author.text for author in brief.authors] == list(posts)


def test_an_officer_keeps_his_service() -> None:
    card = _card("VADM Russell Orr, USN (ret.)", "JINSA Distinguished Fellow")
    brief = _page("https://jinsa.org/x/", f"<p>April 22, 2024</p>{card}{_prose()}")
    assert [author.text for author in brief.authors] == ["VADM Russell Orr, USN (ret.)"]


def test_experts_whose_words_follow_are_no_authors() -> None:
    parts = "".join(
        _card(name, "Senior Fellow, Foreign Policy") + f"<p>{words}</p>"
        for name, words in zip(("Ada Vance", "Bo Orr"), PROSE, strict=True)
    )
    brief = _page(
        "https://www.brookings.edu/articles/x/",
        f"<p>May 29, 2025</p><p>Five numbers matter more than they did before.</p>{parts}",
    )
    assert not brief.authors
    assert [(s.speaker.text, s.quote.text) for s in brief.statements] == [
        ("Ada Vance", PROSE[0]),
        ("Bo Orr", PROSE[1]),
    ]
