"""A page's front gives what the whole page gives, or is not taken for enough."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.invented import briefs
from benchmarks.speed.pages import as_page
from extractors.readers.html.front import parse_front
from extractors.readers.html.page import Page

URL = "https://www.fdd.org/analysis/x/"
PAGES = [as_page(brief, "www.fdd.org") for brief in briefs(6, 3)]
# What templates and editors do about an article: left open, closed too often, out of place.
_BITS = (
    "<b>|<i class=x>|</div>|</b>|<table>|<table><tr><td>|</table>|<select>|<svg>|</svg>|<template>|"
    "</template>|<article>|</article>|<article class=card>|</ARTICLE>|<!--|-->|<script>|</script>|"
    "<textarea>|<a href=/x>|</a>|<p>|</p>|<form>|<button>|<math>|<title>Q</title>|<h1>Q</h1>|"
    "<plaintext>|<font color=red>|<frameset>|</body>|</html>|<html lang=fr>|<base href=http://z/>|"
    "<meta property=og:title content=Q>|<time datetime=2020-01-01>|"
    "<abbr class=published title=2020-01-01>|<main>|</main>|<li>|<xmp>|\"|'|"
    '<span class=byline><a href=/a>Ada Vance</a></span>|<a title="</article>">|<![CDATA[|<iframe>'
).split("|")
_ANCHORS = ("<article", "</article>", "<body", "</head>", "</main>", "<footer", "<h3", "<p")
_BLOW = st.tuples(
    st.sampled_from(_BITS), st.sampled_from(_ANCHORS), st.booleans(), st.integers(0, 40)
)


def _hit(page: str, bit: str, anchor: str, last: bool, beyond: int) -> str:
    at = max(0, page.rfind(anchor) if last else page.find(anchor)) + beyond
    return page[:at] + bit + page[at:]


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(PAGES),
    st.lists(_BLOW, max_size=4),
    st.sampled_from((("article", "main .entry-content"), ("main",), ("div",))),
)
def test_the_front_tells_what_the_whole_page_tells(
    page: str, blows: list[tuple[str, str, bool, int]], selectors: tuple[str, ...]
) -> None:
    for blow in blows:
        page = _hit(page, *blow)
    drop = (".related-posts", ".sharedaddy")
    kinds = frozenset({"flash brief"})
    front = Page(page, url=URL)._read_front(selectors, drop, kinds)
    assert front is None or front == Page(page, url=URL)._read_whole(selectors, drop, kinds)


@pytest.mark.parametrize("page", PAGES)
def test_the_front_of_a_sound_page_is_enough(page: str) -> None:
    assert Page(page, url=URL)._read_front(("article",), (), frozenset()) is not None


@pytest.mark.parametrize(
    "bit",
    ["<h1>Q</h1>", "<META name=x content=y>", "<article>", "<a rel=License href=/l>", "<link>"],
)
def test_what_stands_behind_and_tells_something_needs_the_whole(bit: str) -> None:
    page = PAGES[0].replace("</footer>", f"{bit}</footer>").encode()
    assert parse_front(page, ("article",)) is None


@pytest.mark.parametrize("bit", ["<!--", "<script>", "<table><tr><td><article><table>", "<select>"])
def test_an_article_that_has_not_ended_needs_the_whole(bit: str) -> None:
    page = PAGES[0].replace("</article>", f"{bit}</article>").encode()
    assert parse_front(page, ("article",)) is None
