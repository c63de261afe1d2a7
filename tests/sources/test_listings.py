"""Listing pages and the way through them; what a site offers to collect from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.sources.crawl import listing_links
from flows.sources.discover import find_feeds, robots_sitemaps, well_known
from flows.sources.listing import read_listing
from flows.sources.lists import read_list
from flows.sources.model import Failure
from flows.sources.selection import Selection
from warehouse.landing import Capture

SITE = "https://tank.example"
URL = f"{SITE}/briefs/"

PAGE = b"""<!DOCTYPE html><html><head><title>Briefs</title></head><body>
<header><h2><a href="/">Tank</a></h2><nav><h3><a href="/about">About</a></h3></nav></header>
<main>
<article><header><h3><a href="/2025/03/harbor">Harbor</a></h3></header>
<a href="/2025/03/harbor#comments">3</a></article>
<article><a href="2025/grain"><h3>Grain</h3></a></article>
<article><h3><a href="https://other.example/x">Elsewhere</a></h3></article>
<p><a href="/donate">Donate</a></p>
</main>
<aside><h4><a href="/popular">Popular</a></h4></aside>
<footer><h4><a href="/imprint">Imprint</a></h4></footer></body></html>"""


def test_without_patterns_the_headlines_of_the_site_are_links():
    assert read_listing(PAGE, URL).links == (f"{SITE}/2025/03/harbor", f"{URL}2025/grain")


def test_with_patterns_these_alone_decide():
    found = read_listing(PAGE, URL, selection=Selection(("/popular", "https://other.example/*")))
    assert found.links == ("https://other.example/x", f"{SITE}/popular")


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a rel="next" href="/briefs/page/2/">x</a>', "/briefs/page/2/"),
        ('<link rel="next" href="?page=2">', "/briefs/?page=2"),
        ('<a href="?page=1">1</a><a href="?page=2">2</a><a href="?page=9">', "/briefs/?page=2"),
        ('<a href="/briefs/page/2/">2</a><a href="/briefs/page/3/">3</a>', "/briefs/page/2/"),
        ('<a href="/older">&laquo; Older posts</a>', "/older"),
        ('<a href="/n">Next &rarr;</a>', "/n"),
        ('<a href="/n" aria-label="Next page">&gt;</a>', "/n"),
        ('<a class="page-numbers next" href="/n">&gt;</a>', "/n"),
        ('<a rel="next" href="https://other.example/2">x</a>', None),
        ('<a href="/n">Next steps for the harbor</a>', None),
        ('<a rel="next" href="/briefs/">x</a>', None),
        ('<a rel="next" href="javascript:more()">x</a>', None),
        ('<a href="/prev">Newer posts</a>', None),
        ('<a href="/other/?page=2">2</a>', None),
    ],
)  # fmt: skip
def test_the_next_page(markup, expected):
    body = f"<html><head></head><body>{markup}</body></html>".encode()
    assert read_listing(body, URL).next_page == (SITE + expected if expected else None)


def test_page_numbers_count_on():
    body = b'<a href="?page=2">2</a><a href="?page=3">3</a><a href="?page=4">4</a>'
    assert read_listing(body, URL + "?page=3").next_page == URL + "?page=4"


def test_base_and_tags_without_an_end_are_understood():
    body = b'<base href="https://tank.example/deep/"><h3><a href="one">One<h3><a href=two>Two'
    assert read_listing(body, URL).links == (f"{SITE}/deep/one", f"{SITE}/deep/two")
    assert read_listing(b"\x00\xff<a", URL).links == ()


def pages(count: int):
    """A listing of ``count`` pages with two new links each."""
    asked: list[str] = []

    def get(url: str) -> Capture | Failure:
        asked.append(url)
        number = int(url.rpartition("=")[2]) if "=" in url else 1
        if number > count:
            return Failure(url, "http-status", "404")
        links = "".join(f'<h3><a href="/b/{number}-{n}">B</a></h3>' for n in (1, 2))
        body = (
            f'{links}<h3><a href="/b/0">Pinned</a></h3><a rel=next href="?page={number + 1}">n</a>'
        )
        return Capture("s", url, datetime(2025, 3, 3, tzinfo=UTC), body.encode())

    return get, asked


def test_a_listing_is_followed_as_far_as_pages_allow():
    get, asked = pages(9)
    found = list(listing_links(get, URL, Selection(), 3, lambda url: False))
    assert found == [
        f"{SITE}/b/{n}" for n in ("1-1", "1-2", "0", "2-1", "2-2", "3-1", "3-2")
    ]  # fmt: skip
    assert len(asked) == 3


def test_a_page_without_news_ends_it():
    get, asked = pages(9)
    known = {f"{SITE}/b/{n}" for n in ("0", "2-1", "2-2", "3-1", "3-2")}
    found = list(listing_links(get, URL, Selection(), 9, known.__contains__))
    assert len(asked) == 2
    assert f"{SITE}/b/1-1" in found  # what is known is yielded too: it may be due again


def test_the_end_of_a_listing_may_be_an_error():
    get, _ = pages(1)
    *links, failure = listing_links(get, URL, Selection(), 9, lambda url: False)
    assert len(links) == 3
    assert (failure.reason, failure.whole) == ("http-status", False)


def test_a_page_that_names_itself_next_ends():
    def get(url: str) -> Capture:
        body = b'<h3><a href="/b/1">B</a></h3><a rel=next href="?page=1">n</a>'
        return Capture("s", url, datetime(2025, 3, 3, tzinfo=UTC), body)

    assert len(list(listing_links(get, URL, Selection(), 50, lambda url: False))) == 1


def test_a_page_without_links_is_told():
    def get(url: str) -> Capture:
        return Capture("s", url, datetime(2025, 3, 3, tzinfo=UTC), b"<p>Please wait")

    (failure,) = listing_links(get, URL, Selection(), 5, lambda url: False)
    assert (failure.reason, failure.whole) == ("no-links", True)


def test_a_page_list_is_an_address_a_line():
    found = read_list(
        b"\xef\xbb\xbf# pages\nhttps://tank.example/1\r\n\n  https://tank.example/2  remark\n"
        b"tank.example/3\n<https://tank.example/4>\nfile:///etc/passwd\nhttps://tank.example/1\n"
    )
    assert found.urls == tuple(f"{SITE}/{n}" for n in (1, 2, 4))
    assert found.refused == ((5, "tank.example/3"), (7, "file:///etc/passwd"))


def test_feeds_that_a_page_names():
    found = find_feeds(
        b"""<html><head>
        <link rel="alternate" type="application/rss+xml" title="Comments Feed"
            href="/comments/feed/">
        <link rel="alternate" type="application/rss+xml" title="Tank &amp; Co" href="/feed/">
        <link rel="alternate" type="application/atom+xml" href="https://tank.example/atom">
        <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/7">
        <link rel="alternate" hreflang="fr" href="/fr/">
        <link rel="sitemap" href="/map.xml">
        </head><body><a href="/feed/">RSS</a><a href="/briefs/rss.xml">Briefs</a>
        <a href="/feedback">Feedback</a><a href="javascript:x">RSS</a></body></html>""",
        SITE + "/",
    )
    assert [(c.kind, c.url.removeprefix(SITE)) for c in found] == [
        ("feed", "/feed/"), ("feed", "/atom"), ("sitemap", "/map.xml"),
        ("feed", "/briefs/rss.xml"), ("feed", "/comments/feed/"),
    ]  # fmt: skip
    assert found[0].title == "Tank & Co"


def test_sitemaps_that_robots_txt_names():
    robots = (
        "User-agent: *\nDisallow: /x\nSitemap: https://tank.example/a.xml\nsitemap:/b.xml # c\n"
    )
    found = robots_sitemaps(robots, SITE + "/robots.txt")
    assert [c.url for c in found] == [f"{SITE}/a.xml", f"{SITE}/b.xml"]
    usual = {c.url for c in well_known(URL)}
    assert {f"{SITE}/feed/", f"{SITE}/sitemap.xml"} <= usual
