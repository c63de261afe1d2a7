"""Readers: bytes of any encoding and markup of any sort to blocks."""

from __future__ import annotations

import codecs
import time

import pytest

from extractors import extract
from extractors.model import Block
from extractors.readers.encoding import decode
from extractors.readers.html.page import Page, walk
from extractors.readers.text import read_text

PROSE = "“Brot” – Müller’s café"
CP1252 = PROSE.encode("cp1252")


def _blocks(markup: str) -> list[tuple[str, str, int]]:
    return [(block.kind, block.text, block.level) for block in walk(markup)]


def _lines(text: str) -> list[tuple[str, str, int]]:
    return [(block.kind, block.text, block.level) for block in read_text(text).blocks]


# --- encodings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (PROSE.encode(), ""),
        (PROSE.encode(), "text/plain; charset=iso-8859-1"),
        (codecs.BOM_UTF8 + PROSE.encode(), "text/plain; charset=windows-1252"),
        (codecs.BOM_UTF16_LE + PROSE.encode("utf-16-le"), ""),
        (codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"), "text/html"),
        (codecs.BOM_UTF32_LE + PROSE.encode("utf-32-le"), ""),
        (CP1252, ""),
        (CP1252, "text/plain; charset=windows-1252"),
        (CP1252, "text/plain; charset=ISO-8859-1"),
        (CP1252, "text/plain; charset=us-ascii"),
        (CP1252, "text/plain; charset=no-such-charset"),
        (CP1252, "text/plain; charset=hex"),
        (CP1252, "text/plain; charset=rot13"),
    ],
)
def test_encodings(body: bytes, content_type: str) -> None:
    assert decode(body, content_type) == PROSE


def test_meta_charset() -> None:
    page = f'<html><head><meta charset="windows-1252"></head><body><p>{PROSE}</p></body></html>'
    brief = extract(page.encode("cp1252"), uri="a.html").brief
    assert brief is not None and PROSE in brief.text


def test_utf8_cut_within_a_character() -> None:
    assert decode(PROSE.encode()[:2], "text/plain; charset=utf-8") == "\ufffd"


def test_nothing_to_read() -> None:
    reasons = [
        rejection.reason
        for body in (b"", b" \n ", b"PK\x03\x04\x00\x00", b"\x01\x02\x03\x04", b"<html><body><p>")
        if (rejection := extract(body, uri="a.html").rejection)
    ]
    assert reasons == ["empty", "empty", "binary", "binary", "no-text"]


def test_characters_that_print_nothing() -> None:
    body = b"A" * 9000 + "\nMill\x00 bu\u200brns\u00ad\x85now\ufeff".encode()
    brief = extract(body, uri="a.txt").brief
    assert brief is not None and brief.text.split("\n\n")[1:] == ["Mill burns", "now"]
    brief = extract(b"<html><body><p>Mill &#xD800; burns</p></body></html>", uri="a.html").brief
    assert brief is not None and brief.text == "Mill \ufffd burns"


# --- text ------------------------------------------------------------------------------------


def test_bullets() -> None:
    assert _lines("- One\n  - Half\n• Two\n\n*  Three\n-Four\n– Five") == [
        ("item", "One", 1),
        ("item", "Half", 2),
        ("item", "Two", 1),
        ("item", "Three", 1),
        ("paragraph", "-Four", 0),
        ("item", "Five", 1),
    ]


def test_numbers_are_bullets_only_in_a_row() -> None:
    assert _lines("1. One\n2) Two") == [("item", "One", 1), ("item", "Two", 1)]
    assert _lines("3. May was cold.") == [("paragraph", "3. May was cold.", 0)]


def test_wrapped_text() -> None:
    line = "The mill burned through the night and into the morning of the day"
    text = "\n".join([line, line, "until noon.", "", line, line, line, "after that.", "", line])
    assert [block.text for block in read_text(text).blocks] == [
        f"{line} {line} until noon.",
        f"{line} {line} {line} after that.",
        line,
    ]


# --- pages -----------------------------------------------------------------------------------


def test_nested_lists() -> None:
    markup = "<ul><li>One<ul><li>Half</li></ul>more</li><li><p>Two</p><p>and</p></li></ul>"
    assert _blocks(markup) == [
        ("item", "One", 1),
        ("item", "Half", 2),
        ("paragraph", "more", 1),
        ("item", "Two", 1),
        ("paragraph", "and", 1),
    ]


def test_breaks_and_spaces() -> None:
    assert _blocks("<p>A<br> b&nbsp;\n c<br><br/>d&#8203;e</p>f") == [
        ("paragraph", "A\nb c", 0),
        ("paragraph", "de", 0),
        ("paragraph", "f", 0),
    ]


def test_typed_bullets() -> None:
    assert _blocks("<p>So:<br>• <b>A:</b> b<br>• C</p><p>- D</p><p>– Ada Vance, Fellow</p>") == [
        ("paragraph", "So:", 0),
        ("item", "A: b", 1),
        ("item", "C", 1),
        ("item", "D", 1),
        ("paragraph", "– Ada Vance, Fellow", 0),
    ]
    assert walk("<p>• <b>A:</b> b <a href='http://x/'>c</a></p>") == [
        Block("item", "A: b c", 1, ((5, 6, "http://x/"),), bold=2)
    ]


@pytest.mark.parametrize("bullet", ["• ", "➤ ", "►", "▶ ", "❖ ", "◆ ", "\uf0b7 ", "- ", "* "])
def test_glyphs_of_typed_bullets(bullet: str) -> None:
    assert _blocks(f"<p>{bullet}A: b</p>") == [("item", "A: b", 1)]


def test_tables_and_quotations() -> None:
    assert _blocks(
        "<table><tr><th>A<td>b</table><blockquote>c<p>d</blockquote><pre>e  f</pre>"
    ) == [
        ("cell", "A", 0),
        ("cell", "b", 0),
        ("quotation", "c", 0),
        ("quotation", "d", 0),
        ("preformatted", "e f", 0),
    ]


def test_what_is_no_text() -> None:
    markup = (
        "<html><head><title>T</title></head><body><nav>N</nav><script>S</script><style>s</style>"
        "<!-- c --><p>Mill<svg><text>v</text></svg> <button>b</button>burns</p></body></html>"
    )
    assert [block.text for block in Page(markup).read().blocks] == ["Mill burns"]


def test_anchors() -> None:
    page = Page(
        "<base href='http://b.example/d/'><p>x <a href='../y'> one </a><a href='#z'>two</a> "
        "<a href='mailto:a@b'>three</a> <a href='http://[bad'>four</a></p>"
    )
    (block,) = page.read().blocks
    assert [(block.text[a.start : a.end], a.url) for a in block.anchors] == [
        ("one", "http://b.example/y")
    ]


@pytest.mark.parametrize("tag", ["div", "b", "span", "ul><li", "blockquote", "a href='/x'", "p"])
@pytest.mark.parametrize("closed", [True, False])
def test_deep_nesting(tag: str, closed: bool) -> None:
    end = "".join(f"</{part.split(' ')[0]}>" for part in reversed(tag.split("><")))
    page = f"<html><body>{f'<{tag}>' * 5000}Mill burns{end * 5000 if closed else ''}</body></html>"
    begin = time.perf_counter()
    found = extract(page.encode(), uri="a.html")
    assert time.perf_counter() - begin < 5
    assert found.brief is None or "Mill burns" in found.brief.text
