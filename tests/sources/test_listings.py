"""Listing pages and the way through them; what a site offers to collect from."""

from __future__ import annotations

import pytest

from flows.sources.discover import find_feeds, robots_sitemaps, well_known
from flows.sources.listing import read_listing
from flows.sources.lists import read_list
from flows.sources.selection import Selection

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
