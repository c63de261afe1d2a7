"""Sitemaps and the ways through them, without a network."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from flows.sources.selection import Selection
from flows.sources.sitemap import Located, NotASitemap, read_sitemap

SITE = "https://tank.example"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*pages: str, more: str = "") -> bytes:
    inner = "".join(f"<url><loc>{page}</loc>{more}</url>" for page in pages)
    return f"{HEAD}<urlset {NS}>{inner}</urlset>".encode()


def index(*maps: str, more: str = "") -> bytes:
    inner = "".join(f"<sitemap><loc>{page}</loc>{more}</sitemap>" for page in maps)
    return f"{HEAD}<sitemapindex {NS}>{inner}</sitemapindex>".encode()


def urls(body: bytes) -> list[str]:
    return [page.url for page in read_sitemap(body, SITE + "/sitemap.xml").pages]


def test_pages_with_their_days():
    body = urlset(
        f"{SITE}/a", more="<lastmod>2025-03-03T23:30:00-05:00</lastmod><priority>0.5</priority>"
    )
    assert read_sitemap(body, SITE).pages == (Located(f"{SITE}/a", date(2025, 3, 3)),)


def test_news_sitemaps_tell_when_a_page_came_out():
    body = (
        f'{HEAD}<urlset {NS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        f"<url><loc>{SITE}/a</loc><news:news><news:publication><news:name>T</news:name>"
        "</news:publication><news:publication_date>2025-03-03</news:publication_date>"
        "<news:title>A</news:title></news:news></url></urlset>"
    )
    assert read_sitemap(body.encode(), SITE).pages == (
        Located(f"{SITE}/a", published=date(2025, 3, 3)),
    )


def test_an_index_names_sitemaps():
    found = read_sitemap(index(f"{SITE}/1.xml", f"{SITE}/2.xml", f"{SITE}/1.xml"), SITE)
    assert [s.url for s in found.sitemaps] == [f"{SITE}/1.xml", f"{SITE}/2.xml"]
    assert not found.pages


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(urlset(f"{SITE}/a", f"{SITE}/b")),
        f"{SITE}/a\n{SITE}/b\n".encode(),
        f"\ufeff{SITE}/a\r\n\r\n{SITE}/b\r\n".encode(),
        urlset("/a", "b"),
        b"\n\n" + urlset(f"{SITE}/a", "ftp://x.example/", f"{SITE}/b", "javascript:x"),
        urlset(f"{SITE}/a", f"{SITE}/b")[:-9],  # cut off
        urlset(f"{SITE}/a", f"{SITE}/b", f"{SITE}/half")[:-28],
        urlset(f"{SITE}/a", f"{SITE}/b").replace(f" {NS}".encode(), b""),
        f"<rss><channel><item><link>{SITE}/a</link></item><item><link>{SITE}/b</link></item>"
        "</channel></rss>".encode(),
    ],
)
def test_every_form_of_sitemap(body):
    assert urls(body) == [f"{SITE}/a", f"{SITE}/b"]


def test_a_bare_ampersand_in_an_address():
    assert urls(urlset(f"{SITE}/?a=1&b=2")) == [f"{SITE}/?a=1&b=2"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "not-a-sitemap"),
        (b"words\nand words\n", "not-a-sitemap"),
        (b"", "not-a-sitemap"),
        (gzip.compress(b"<urlset>" + bytes(70 * 1024 * 1024)), "too-large"),
        (gzip.compress(urlset(SITE))[:8] + b"\xff" * 30, "damaged"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset/>', "unsafe"),
    ],
)
def test_what_is_no_sitemap_is_told_so(body, reason):
    with pytest.raises(NotASitemap) as caught:
        read_sitemap(body, SITE)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("url", "published", "changed", "taken"),
    [
        (f"{SITE}/analysis/2024/05/06/a", None, None, True),
        (f"{SITE}/analysis/2019/05/06/a", None, None, False),
        (f"{SITE}/analysis/2019/05/06/a", None, date(2024, 1, 1), False),  # an edit is no issue
        (f"{SITE}/analysis/2026/05/06/a", None, date(2024, 1, 1), False),
        (f"{SITE}/analysis/a", None, date(2019, 1, 1), False),
        (f"{SITE}/analysis/a", None, date(2026, 1, 1), True),
        (f"{SITE}/analysis/a", date(2026, 1, 1), None, False),
        (f"{SITE}/analysis/a", date(2025, 12, 31), None, True),
        (f"{SITE}/analysis/a", None, None, True),
        (f"{SITE}/about/a", None, None, False),
        (f"{SITE}/analysis/a/feed/", None, None, False),
        ("https://other.example/flash-brief-9", None, None, True),
    ],
)
def test_patterns_and_days_choose_pages(url, published, changed, taken):
    selection = Selection(
        ("/analysis/*", "*flash-brief*"), ("*/feed/",), date(2020, 1, 1), date(2025, 12, 31)
    )
    assert selection.takes_url(url, published, changed) is taken
