"""Sitemaps and the ways through them, without a network."""

from __future__ import annotations

import gzip
from datetime import UTC, date, datetime

import pytest

from flows.sources.crawl import sitemap_pages
from flows.sources.model import Failure
from flows.sources.selection import Selection
from flows.sources.sitemap import Located, NotASitemap, read_sitemap
from warehouse.landing import Capture

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


class Site:
    """A scripted site: pages by address, and what was asked."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = {f"{SITE}/{name}": body for name, body in pages.items()}
        self.asked: list[str] = []

    def get(self, url: str) -> Capture | Failure:
        self.asked.append(url)
        if url not in self.pages:
            return Failure(url, "http-status", f"{url} answered 404")
        return Capture("s", url, datetime(2025, 3, 3, tzinfo=UTC), self.pages[url])

    def walk(self, *names: str, selection: Selection | None = None) -> list[str | Failure]:
        found = sitemap_pages(self.get, [f"{SITE}/{n}" for n in names], selection or Selection())
        return [item if isinstance(item, Failure) else item.url for item in found]


def test_indexes_of_indexes_are_followed_once_each():
    site = Site(
        root=index(f"{SITE}/one", f"{SITE}/two", f"{SITE}/root"),
        one=index(f"{SITE}/three", f"{SITE}/root"),
        two=urlset(f"{SITE}/p1", f"{SITE}/p2"),
        three=urlset(f"{SITE}/p2", f"{SITE}/p3"),
    )
    assert site.walk("root") == [f"{SITE}/p2", f"{SITE}/p3", f"{SITE}/p1"]
    assert sorted(site.asked) == [f"{SITE}/{n}" for n in ("one", "root", "three", "two")]


def test_a_sitemap_that_fails_costs_itself_alone():
    site = Site(root=index(f"{SITE}/gone", f"{SITE}/two"), two=urlset(f"{SITE}/p1"))
    failure, page = site.walk("root")
    assert (failure.reason, failure.whole, page) == ("http-status", False, f"{SITE}/p1")
    (failure,) = site.walk("none")
    assert failure.whole


def test_sitemaps_older_than_the_first_wanted_day_are_not_asked():
    old = "<lastmod>2019-01-01</lastmod>"
    site = Site(root=index(f"{SITE}/old", more=old), old=urlset(f"{SITE}/p"))
    assert site.walk("root", selection=Selection(since=date(2020, 1, 1))) == []
    assert site.asked == [f"{SITE}/root"]
    assert site.walk("root") == [f"{SITE}/p"]


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
