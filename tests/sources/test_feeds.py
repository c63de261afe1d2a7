"""Feeds of every dialect: their entries, with addresses, days, authors and full text."""

from __future__ import annotations

import base64
import json
import random
from html import escape
from itertools import pairwise

import pytest

from benchmarks.feeds.make import DIALECTS, items
from flows.sources.feeds.model import NotAFeed
from flows.sources.feeds.read import looks_like_feed, read_feed

BASE = "https://tank.example/feeds/briefs"


def read(text: str | bytes, content_type: str = "", max_entries: int = 100):
    body = text.encode() if isinstance(text, str) else text
    return read_feed(body, BASE, content_type, max_entries=max_entries)


def rss(inner: str, attributes: str = "") -> str:
    return (
        f'<?xml version="1.0"?><rss version="2.0" {attributes} '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" '
        'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel><title>Tank</title><link>https://tank.example/</link>{inner}</channel></rss>"
    )


def atom(inner: str, attributes: str = "") -> str:
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Tank</title>{inner}</feed>'
    )


def entry_of(text: str):
    (found,) = read(text).entries
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_gives_its_entries_in_order(dialect):
    made = items(random.Random(5), 7)
    body = DIALECTS[dialect](made).encode()
    assert looks_like_feed(body)
    feed = read(body)
    assert [entry.url for entry in feed.entries] == [item.link for item in made]
    assert [entry.title for entry in feed.entries] == [item.title for item in made]
    assert feed.left_out == 0


def test_all_that_an_rss_entry_says():
    entry = entry_of(
        rss(
            "<item><title>Grain &amp;amp; Tugs</title><link>https://tank.example/1</link>"
            "<guid isPermaLink='false'>77</guid><pubDate>Mon, 03 Mar 2025 22:30:00 -0500</pubDate>"
            "<dc:creator>Petra Lindqvist</dc:creator><author>a@tank.example (Amos Tregear)</author>"
            "<author>editor@tank.example</author><description>Short.</description>"
            "<content:encoded><![CDATA[<p>Long &nbsp; <a href='/x'>x</a></p>]]></content:encoded>"
            "</item>"
        )
    )
    assert entry.title == "Grain & Tugs"
    assert entry.published == "Mon, 03 Mar 2025 22:30:00 -0500"  # with its zone
    assert entry.authors == ("Petra Lindqvist", "Amos Tregear")
    assert entry.guid == "77"
    assert entry.content == "<p>Long &nbsp; <a href='/x'>x</a></p>"
    assert entry.summary == "Short."
    assert entry.page() == entry.content.encode()


def test_all_that_an_atom_entry_says():
    entry = entry_of(
        atom(
            "<entry><id>tag:tank.example,2025:1</id><title type='html'>A &lt;b&gt;port&lt;/b&gt;"
            "</title><link href='https://tank.example/1'/>"
            "<published>2025-03-03T22:30:00-05:00</published><updated>2025-03-04T01:00:00Z</updated>"
            "<author><name>Petra Lindqvist</name><email>p@tank.example</email></author>"
            "<author><name>Amos Tregear</name></author><summary>A &lt; B</summary>"
            "<content type='html'>&lt;p&gt;Long&lt;/p&gt;</content></entry>"
        )
    )
    assert entry.title == "A port"
    assert (entry.published, entry.updated) == (
        "2025-03-03T22:30:00-05:00", "2025-03-04T01:00:00Z",
    )  # fmt: skip
    assert entry.authors == ("Petra Lindqvist", "Amos Tregear")
    assert entry.guid == "tag:tank.example,2025:1"
    assert entry.content == "<p>Long</p>"
    assert entry.summary == "<p>A &lt; B</p>"


XHTML = (
    "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
    "<p>Five &lt; six<br/>and <h:b xmlns:h='http://www.w3.org/1999/xhtml'>more</h:b></p></div>"
    "</content>"
)
PACKED = base64.b64encode("<p>Grüße</p>".encode()).decode()


@pytest.mark.parametrize(
    ("construct", "expected"),
    [
        ("<content type='html'>&lt;p&gt;a&lt;/p&gt;</content>", "<p>a</p>"),
        ("<content type='html'><![CDATA[<p>a</p>]]></content>", "<p>a</p>"),
        ("<content>a &lt; b</content>", "<p>a &lt; b</p>"),
        ("<content type='text'>one\n\ntwo</content>", "<p>one</p><p>two</p>"),
        (XHTML, "<p>Five &lt; six<br>and <b>more</b></p>"),
        (f"<content type='text/html' mode='base64'>{PACKED}</content>", "<p>Grüße</p>"),
        ("<content type='text/html' mode='escaped'>&lt;i&gt;a&lt;/i&gt;</content>", "<i>a</i>"),
        ("<content type='image/png'>AAAA</content>", None),
        ("<content type='text/html' src='https://tank.example/p'/>", None),
        ("<content type='html'/>", None),
    ],
)
def test_content_of_atom_comes_as_html_whatever_its_type(construct, expected):
    assert entry_of(atom(f"<entry><id>1</id>{construct}</entry>")).content == expected


def test_markup_that_is_not_escaped_in_rss_is_read_as_it_stands():
    entry = entry_of(rss("<item><description>One <b>bold</b> word<br/>.</description></item>"))
    assert entry.summary == "One <b>bold</b> word<br>."


def json_feed(items, version="https://jsonfeed.org/version/1.1", **more):
    return json.dumps({"version": version, "title": "Tank", "items": items, **more})


def test_all_that_a_json_feed_says():
    text = json_feed(
        [
            {
                "id": "https://tank.example/?p=1", "url": "/1", "title": "Grain & Tugs",
                "content_html": "<p>Long</p>", "summary": "Short", "authors": [{"name": "Petra L"}],
                "date_published": "2025-03-03T22:30:00-05:00",
                "date_modified": "2025-03-04T00:00:00Z",
            },
            {"id": 5, "external_url": "https://other.example/2", "content_text": "a < b"},
            {"id": "https://tank.example/3", "author": {"name": "Amos T"}},
            {"id": "6", "url": "javascript:alert(1)"},
            "no item",
        ],
        home_page_url="https://tank.example/", next_url="/feed?page=2",
        hubs=[{"type": "WebSub", "url": "https://hub.example/"}],
    )  # fmt: skip
    assert looks_like_feed(text.encode())
    feed = read(text)
    one, two, three, four = feed.entries
    assert (one.url, one.title, one.content) == (
        "https://tank.example/1", "Grain & Tugs", "<p>Long</p>",
    )  # fmt: skip
    assert one.published == "2025-03-03T22:30:00-05:00"
    assert (one.updated, one.authors) == ("2025-03-04T00:00:00Z", ("Petra L",))
    assert (two.url, two.guid, two.content) == ("https://other.example/2", "5", "<p>a &lt; b</p>")
    assert (three.url, three.authors) == ("https://tank.example/3", ("Amos T",))
    assert (four.url, four.refused_link) == (None, "javascript:alert(1)")
    assert feed.next_url == "https://tank.example/feed?page=2"
    assert feed.hub_url == "https://hub.example/"


def test_a_json_feed_that_is_cut_off_gives_its_whole_items():
    text = json_feed([{"url": f"https://tank.example/{n}", "title": "x" * 50} for n in range(5)])
    found = read(text[: text.index("tank.example/3")])
    assert [e.url for e in found.entries] == [f"https://tank.example/{n}" for n in range(3)]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<link>/a</link>", "https://tank.example/a"),
        ("<link>a</link>", "https://tank.example/feeds/a"),
        ("<link> \n https://x.example/a\n</link>", "https://x.example/a"),
        ("<link><![CDATA[https://x.example/a?b=1&c=2]]></link>", "https://x.example/a?b=1&c=2"),
        ("<link>//x.example/a</link>", "https://x.example/a"),
        ("<link href='https://x.example/a'/>", "https://x.example/a"),
        ("<link/><atom:link href='https://x.example/a'/>", "https://x.example/a"),
        ("<guid>https://x.example/a</guid>", "https://x.example/a"),
        ("<guid isPermaLink='true'>/a</guid>", "https://tank.example/a"),
        ("<guid isPermaLink='false'>https://x.example/a</guid>", None),
        ("<guid>12345</guid>", None),
        ("<guid>https://x.example/g</guid><link>https://x.example/a</link>", "https://x.example/a"),
        (
            "<link>https://feeds.example/~r/1</link>"
            "<feedburner:origLink>https://x.example/a</feedburner:origLink>",
            "https://x.example/a",
        ),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>mailto:a@x.example</link>", None),
        ("<link>file:///etc/passwd</link>", None),
        ("<link>data:text/html,x</link>", None),
        ("<link>http://[broken</link>", None),
        ("<enclosure url='https://x.example/a.mp3'/>", None),
    ],
)
def test_the_address_of_an_rss_entry(inner, expected):
    entry = entry_of(rss(f"<item><title>t</title>{inner}</item>"))
    assert entry.url == expected
    if expected is None and "<link>" in inner:
        assert entry.refused_link  # it is told, not dropped


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<link href='/a'/>", "https://tank.example/a"),
        ("<link rel='self' href='/s'/><link rel='alternate' href='/a'/>", "https://tank.example/a"),
        (
            "<link rel='alternate' type='application/pdf' href='/p'/>"
            "<link rel='alternate' type='text/html' href='/a'/>",
            "https://tank.example/a",
        ),
        ("<link rel='alternate' type='application/pdf' href='/p'/>", "https://tank.example/p"),
        ("<link rel='enclosure' href='/e'/><link rel='related' href='/r'/>", None),
        ("<link xml:base='https://x.example/deep/' href='a'/>", "https://x.example/deep/a"),
        ("<content type='text/html' src='/a'/>", "https://tank.example/a"),
        ("<id>https://x.example/a</id>", "https://x.example/a"),
        ("<id>urn:uuid:60a76c80</id>", None),
        ("<link href='javascript:x()'/>", None),
    ],
)
def test_the_address_of_an_atom_entry(inner, expected):
    assert entry_of(atom(f"<entry><title>t</title>{inner}</entry>")).url == expected


def test_declared_bases_hold_for_all_below_them():
    feed = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://x.example/a/">'
        '<entry xml:base="b/"><id>1</id><link href="c"/><content type="html" xml:base="d/">'
        "&lt;a href='e'&gt;e&lt;/a&gt;</content></entry>"
        '<entry><id>2</id><link href="f"/><summary>s</summary></entry></feed>'
    )
    one, two = feed.entries
    assert one.url == "https://x.example/a/b/c"
    assert one.page() == b"<base href=\"https://x.example/a/b/d/\"><a href='e'>e</a>"
    assert two.url == "https://x.example/a/f"
    assert two.page().startswith(b'<base href="https://x.example/a/">')


def test_references_in_an_address_are_resolved_however_broken_the_feed_is():
    item = "<item><guid>https://x.example/?a=1&amp;b=2&c=3</guid><description><b>x</description>"
    (entry,) = read(rss(item + "</item>")).entries
    assert entry.url == "https://x.example/?a=1&b=2&c=3"


def test_a_changed_id_makes_no_second_entry():
    found = read(
        rss(
            "<item><link>https://x.example/a</link><guid>https://x.example/?p=1</guid></item>"
            "<item><link>https://x.example/a</link><guid>https://x.example/?p=2</guid></item>"
            "<item><guid isPermaLink='false'>9</guid></item>"
            "<item><guid isPermaLink='false'>9</guid></item>"
        )
    )
    assert [(e.url, e.guid) for e in found.entries] == [
        ("https://x.example/a", "https://x.example/?p=1"), (None, "9"),
    ]  # fmt: skip


def test_what_the_feed_says_of_itself():
    feed = read(
        rss(
            "<atom:link rel='self' href='https://tank.example/feed'/>"
            "<atom:link rel='hub' href='https://hub.example/'/>"
            "<atom:link rel='next' href='?paged=2'/>"
            "<image><title>No</title><link>https://no.example/</link></image>"
        )
    )
    assert (feed.title, feed.home_url) == ("Tank", "https://tank.example/")
    assert (feed.self_url, feed.hub_url) == ("https://tank.example/feed", "https://hub.example/")
    assert feed.next_url == BASE + "?paged=2"
    assert feed.entries == ()


def test_no_more_entries_than_are_allowed():
    body = DIALECTS["rss 2.0"](items(random.Random(1), 30)).encode()
    feed = read(body, max_entries=10)
    assert (len(feed.entries), feed.left_out) == (10, 20)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "empty"),
        (b"   \n ", "empty"),
        (b"<!DOCTYPE html><html><body>No</body></html>", "HTML"),
        (b"<html><head><title>x</title></head></html>", "HTML"),
        (b'{"a": 1}', "JSON"),
        (b'{"version": "https://other.example/", "items": []}', "JSON"),
        (b"{broken", "JSON"),
        (b'{"items": ' + b"[" * 100_000, "JSON"),
        (b"plain words", "neither"),
        (b"<urlset><url><loc>https://x.example/</loc></url></urlset>", "urlset"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither"),
        (b"%PDF-1.7 stuff", "neither"),
    ],
)
def test_what_is_no_feed_is_told_so(body, what):
    with pytest.raises(NotAFeed, match=what) as caught:
        read(body)
    assert caught.value.reason in ("not-a-feed", "unsafe")


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body><rss></rss></body></html>",
        b"<html xmlns='http://www.w3.org/1999/xhtml'><feed></feed></html>",
        b"words", b"", b'{"a": 1}', b"<p>The &lt;rss&gt; element</p>",
    ],
)  # fmt: skip
def test_a_page_is_not_taken_for_a_feed(body):
    assert not looks_like_feed(body, "application/rss+xml")


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 9}">' for a, b in pairwise("abcdefghi"))
    + "]>"
)


@pytest.mark.parametrize(
    "prologue",
    [
        BOMB,
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY x PUBLIC "a" "http://169.254.169.254/">]>',
        '<!DOCTYPE rss [<!ENTITY % p "x"><!ENTITY a "%p;">]>',
        '<!DOCTYPE rss [<!ENTITY a "x"> <!ENTITY b "&a;&a;"',
    ],
)
def test_entities_that_expand_or_stand_elsewhere_are_refused(prologue):
    with pytest.raises(NotAFeed) as caught:
        read(prologue + rss("<item><title>&x;&i;</title></item>").partition("?>")[2])
    assert caught.value.reason == "unsafe"


def test_no_declared_entity_is_expanded():
    big = "A" * 5000
    text = (
        f'<!DOCTYPE rss [<!ENTITY big "{big}">]>'
        + rss("<item><title>x" + "&big;" * 2000 + "</title><link>/a</link></item>").partition("?>")[
            2
        ]
    )
    entry = entry_of(text)
    assert entry.url == "https://tank.example/a"
    assert len(entry.title) < 20_000  # expanded it would be ten million


def test_a_path_or_an_address_as_text_is_neither_opened_nor_fetched(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(rss("<item><link>https://tank.example/1</link></item>"))
    for body in (str(path), f"file://{path}", "http://127.0.0.1:9/feed"):
        with pytest.raises(NotAFeed):
            read(body)


def test_deep_nesting_and_many_tags_end_quickly():
    deep = rss("<item>" + "<a>" * 200_000)
    with pytest.raises(NotAFeed, match="too long"):
        read(deep)
    with pytest.raises(NotAFeed) as caught:
        read(rss("<a/>" * 3_100_000))
    assert caught.value.reason == "too-large"


def test_long_feeds_are_recovered_where_tags_are_not_closed():
    made = items(random.Random(2), 2_000)
    body = DIALECTS["rss 2.0"](made).replace("<title>Tank</title>", "<title><b>Tank</title>")
    body = body.replace("<description>", "<description><i>", 5)
    feed = read(body, max_entries=100)
    assert [entry.url for entry in feed.entries] == [item.link for item in made[:100]]
    assert all(len(entry.summary) < 500 for entry in feed.entries)


def test_titles_are_one_line_of_text():
    texts = ("A\n  B", "A &lt;i&gt;B&lt;/i&gt;", "A &amp;#8217; B", "<![CDATA[A <b>B</b>]]>")
    found = [entry_of(rss(f"<item><title>{text}</title></item>")).title for text in texts]
    assert found == ["A B", "A B", "A ’ B", "A B"]
    (entry,) = read(atom(f"<entry><title>{escape('1 < 2 & <b>')}</title></entry>")).entries
    assert entry.title
