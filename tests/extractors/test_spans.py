"""Whatever comes in: every printed value is a slice of the text, and no word is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import Brief, extract
from extractors.model import BLOCK_SEPARATOR, Block, Printed
from extractors.profile_file import shipped
from extractors.readers.html.page import Page
from extractors.readers.text import read_text
from extractors.understand import understand

FRAGMENTS = [
    "January 5, 2025 | Flash Brief",
    "Latest Developments",
    "FDD Expert Response",
    "Expert Analysis",
    "Related Analysis",
    "FDD Background and Analysis",
    "- Mill Burns: It burned — twice.",
    "“Bread is dear.” — Ada Vance, FDD Fellow",
    "“Bread is “dear.”",
    "” Ada Vance, Jr., Editor at FDD’s Long War Journal",
    '"Straight," by Ada Vance and Bo May',
    "Lost,” by Ada Vance, The Hill",
    "— Bo",
    "By Ada Vance",
    "A Pattern of Fires",
    "\u200b",
    "\x00\x1f",
    "\ud800",
    "“",
    "”",
    ":",
    ",”",
]
TAGS = (
    "<p> </p> <p><strong> </strong> <b> </b> <br> <br/><br> <div> </div> <ul> <li> </li> </ul> "
    "<h1> </h1> <h3> </h3> <article> </article> <aside> </aside> <footer> <blockquote> <table> "
    "<td> <pre> <em> </em> <a_href='/x'> <a_href='//[bad'> </a> <form> <script> </script> <!-- "
    "--> <title> </title> <meta_charset=utf-16> <base_href='http://[x'> &nbsp; &#8220; &#xD800; &"
).replace("_href", "\0href")
MARKUP = [tag.replace("\0", " ").replace("<meta_", "<meta ") for tag in TAGS.split(" ")]

line = st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=30))
plain = st.lists(line, max_size=14).map("\n".join)
marked_up = st.lists(st.one_of(line, st.sampled_from(MARKUP)), max_size=30).map("".join)


def _printed(value: object) -> Iterator[Printed]:
    if isinstance(value, Printed):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _printed(part)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _printed(getattr(value, each.name))


def _check(brief: Brief) -> None:
    for value in _printed(brief):
        if value.start is None:
            assert value.end is None
            continue
        assert value.text == brief.text[value.start : value.end] and value.text.strip()
    at = 0
    for i, block in enumerate(brief.blocks):
        assert block.start == at + (len(BLOCK_SEPARATOR) if i else 0) and block.end > block.start
        assert brief.text[at : block.start] == (BLOCK_SEPARATOR if i else "")
        at = block.end
    assert at == len(brief.text)
    brief.text.encode()  # no lone surrogate is left


def _keeps_words(blocks: tuple[Block, ...], brief: Brief) -> None:
    # what floats stands behind the text, and a heading that runs in may have no blank behind it
    told = "".join(block.text for block in blocks)
    assert sorted("".join(brief.text.split())) == sorted("".join(told.split()))


@given(plain)
@settings(max_examples=200, deadline=None)
def test_text(text: str) -> None:
    document = read_text(text)
    for profile in shipped().known:
        brief = understand(document, profile)
        _check(brief)
        _keeps_words(document.blocks, brief)


@given(marked_up)
@settings(max_examples=200, deadline=None)
def test_pages(markup: str) -> None:
    document = Page(markup).read()
    for block in document.blocks:
        assert all(0 <= a.start < a.end <= len(block.text) for a in block.anchors)
        assert 0 <= block.bold <= len(block.text)
    for profile in shipped().known:
        brief = understand(document, profile)
        _check(brief)
        _keeps_words(document.blocks, brief)


@given(
    st.one_of(
        st.binary(max_size=300),
        marked_up.map(lambda text: text.encode("utf-8", "replace")),
        plain.map(lambda text: text.encode("cp1252", "replace")),
    ),
    st.sampled_from(["", "a.txt", "a.html", "https://www.fdd.org/a/", "http://[bad", "\ud800"]),
    st.sampled_from(["", "text/html", "text/plain; charset=hex", "text/html; charset=utf-16"]),
)
@settings(max_examples=300, deadline=None)
def test_nothing_raises(body: bytes, uri: str, content_type: str) -> None:
    found = extract(body, uri=uri, content_type=content_type)
    assert (found.brief is None) != (found.rejection is None)
    if found.brief is not None:
        _check(found.brief)
