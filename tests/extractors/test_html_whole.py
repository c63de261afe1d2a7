"""Nothing is lost: the blocks of a page have every visible character of its article."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from extractors.readers.html.page import walk
from extractors.readers.html.slim import NO_TEXT
from extractors.text import clean

_TAGS = (
    "p div span a b strong em ul ol li dl dt dd h1 h2 h5 blockquote table tr td th pre section "
    "article figure figcaption aside footer details summary sup ruby rt bdo math mi center font "
    "address form label menu x-box script style nav button select"
).split()
_WORDS = st.text(alphabet="abc dé“”—&<>.:-1\n\t\xa0\u200b\ue000•", max_size=20)
_EMPTY = st.sampled_from(["<br>", "<hr>", "<img alt=x>", "<!-- c -->", "<wbr>", "<input>", "</p>"])
_OPEN = st.sampled_from(
    ["", ' class="caption"', ' href="http://x.example/a?b=1&amp;c"', " a='\">'"]
)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, attributes, inner, closed: (
            f"<{name}{attributes}>{''.join(inner)}{f'</{name}>' if closed else ''}"
        ),
        st.sampled_from(_TAGS),
        _OPEN,
        st.lists(children, max_size=4),
        st.booleans(),
    )


MARKUP = st.lists(
    st.recursive(_WORDS.map(_escaped) | _EMPTY, _element, max_leaves=25), max_size=6
).map("".join)


def _characters(text: str) -> str:
    return re.sub(r"\s+", "", clean(text))


def _visible(markup: str) -> str:
    tree = LexborHTMLParser(markup)
    body = tree.body
    if body is None:
        return ""
    for node in body.css(NO_TEXT):
        heads = ("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt")
        if node.tag != "button" or node.parent is None or node.parent.tag not in heads:
            node.decompose()
    return _characters(body.text())


_GLYPHS = re.compile("[•●▪■◦‣∙·*-]")


@settings(max_examples=400, deadline=None)
@given(MARKUP)
def test_every_character_is_in_a_block(markup: str) -> None:
    found = _characters("".join(block.text for block in walk(markup)))
    # bullets that are typed become items: their glyphs go
    assert _GLYPHS.sub("", found) == _GLYPHS.sub("", _visible(markup))


@settings(max_examples=200, deadline=None)
@given(MARKUP)
def test_anchors_lie_in_their_blocks(markup: str) -> None:
    for block in walk(markup, "http://b.example/"):
        assert block.text == block.text.strip() and block.text
        for anchor in block.anchors:
            assert 0 <= anchor.start < anchor.end <= len(block.text)
            assert block.text[anchor.start : anchor.end].strip()
        assert 0 <= block.bold <= len(block.text)


def test_quotes_and_brackets_in_the_name_of_an_attribute() -> None:
    page = '<article><p>Before <a href="/x" od"d="1" <em<b>the word</a> and after.</p></article>'
    assert [block.text for block in walk(page)] == ["Before the word and after."]
