"""Pages saved by a browser, and pages and texts packed with gzip."""

from __future__ import annotations

import gzip
import quopri
from collections.abc import Callable
from html import escape

import pytest

from extractors import Brief, extract

CHECK = Callable[..., Brief]
URL = "https://www.fdd.org/analysis/2025/02/11/harbor/"
HEADINGS = ("Latest Developments", "FDD Expert Response", "FDD Background and Analysis")


def _page(lines: tuple[str, ...]) -> str:
    parts = []
    for line in lines:
        if line.startswith("- "):
            parts.append(f"<ul><li>{escape(line[2:])}</li></ul>")
        else:
            tag = "h2" if line in HEADINGS else "p"
            parts.append(f"<{tag}>{escape(line)}</{tag}>")
    head = '<meta charset="utf-8"><title>Harbor</title>'
    article = f"<article>{''.join(parts)}</article>"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{article}</body></html>"


def _saved(page: str, *, location: str = URL) -> bytes:
    lines = [
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {location}",
        "Subject: Harbor",
        "Date: Sat, 1 Mar 2025 10:00:00 -0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="----B"',
        "",
        "",
        "------B",
        "Content-Type: text/css",
        "Content-Location: cid:css-1@mhtml.blink",
        "",
        "p { color: red }",
        "------B",
        "Content-Type: text/html",
        "Content-ID: <frame-0@mhtml.blink>",
        "Content-Transfer-Encoding: quoted-printable",
        f"Content-Location: {location}",
        "",
        quopri.encodestring(page.encode()).decode(),
        "------B--",
        "",
    ]
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize("uri", ["brief.mhtml", "brief.mht", "saved"])
def test_saved_page(harbor: tuple[str, ...], same_as_golden: CHECK, uri: str) -> None:
    brief = same_as_golden(_saved(_page(harbor)), uri)
    assert brief.url == URL


def test_links_of_a_saved_page() -> None:
    page = (
        "<html><body><p>Mills burn <a href='../two'>twice</a>, <a href='cid:x@y'>they</a> say, "
        "and nobody knows why they do.</p></body></html>"
    )
    brief = extract(_saved(page), uri="a.mhtml").brief
    assert brief is not None
    assert [link.url for link in brief.links] == ["https://www.fdd.org/analysis/2025/02/11/two"]


def test_saved_page_without_a_page() -> None:
    body = _saved("x").replace(b"text/html\r\n", b"image/png\r\n")
    rejection = extract(body, uri="a.mhtml").rejection
    assert rejection is not None and rejection.reason == "no-text"


@pytest.mark.parametrize(
    ("uri", "content_type"),
    [("brief.html.gz", ""), ("brief", "application/gzip"), ("brief", "application/x-gzip")],
)
def test_gzip(harbor: tuple[str, ...], same_as_golden: CHECK, uri: str, content_type: str) -> None:
    same_as_golden(gzip.compress(_page(harbor).encode()), uri, content_type)
    text = "\n".join(harbor).encode()
    same_as_golden(gzip.compress(text), uri.replace("html", "txt"), content_type)
    same_as_golden(gzip.compress(_saved(_page(harbor))), uri, content_type)


def test_gzip_in_parts_and_cut(harbor: tuple[str, ...], same_as_golden: CHECK) -> None:
    text = "\n".join(harbor).encode()
    same_as_golden(gzip.compress(text[:900]) + gzip.compress(text[900:]), "a.txt.gz")
    cut = extract(gzip.compress(text)[:-400], uri="a.txt.gz").brief
    assert cut is not None and cut.title is not None


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (gzip.compress(bytes(70 * 1024 * 1024)), "too-large"),
        (gzip.compress(gzip.compress(b"Mills burn.")), "binary"),
        (gzip.compress(b" "), "empty"),
        (b"\x1f\x8b\x08\x00garbage, not deflated at all", "damaged"),
        (b"\x1f\x8b", "empty"),
    ],
)
def test_gzip_refused(body: bytes, reason: str) -> None:
    rejection = extract(body, uri="a.gz").rejection
    assert rejection is not None and rejection.reason == reason
