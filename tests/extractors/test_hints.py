"""What a feed says of a page counts where the page is silent, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from extractors.dates import parse_feed
from extractors.extract import extract
from extractors.model import Hints, Stamp
from flows.sources.feeds.model import Entry

NOW = datetime(2025, 3, 5, 12, tzinfo=UTC)
BARE = b"<p>Forty pilots left their boats on Sunday.</p><p>Ships with wheat lay at anchor.</p>"
URL = "https://tank.example/briefs/harbor-pilots"


def brief(body=BARE, uri=URL, **hints):
    found = extract(
        body, uri=uri, content_type="text/html", hints=Hints(**{"fetched_at": NOW, **hints})
    )
    assert found.brief is not None
    return found.brief


def test_a_silent_page_gets_title_day_and_authors_of_the_feed():
    found = brief(
        title="Harbor Pilots Walk Out",
        published="Mon, 03 Mar 2025 22:30:00 -0500",
        authors=("Petra Lindqvist", "admin", "Tank Staff"),
    )
    assert found.title.text == "Harbor Pilots Walk Out"
    assert found.title.start is None  # it is not printed
    assert found.published == Stamp(
        date(2025, 3, 3), datetime(2025, 3, 4, 3, 30, tzinfo=UTC), -300
    )  # the publisher's day, not that in UTC
    assert [author.text for author in found.authors] == ["Petra Lindqvist"]


def test_what_the_page_says_goes_before():
    body = (
        b"<html><head><title>Own Title</title><meta name='author' content='Amos Tregear'>"
        b"<meta property='article:published_time' content='2025-02-01T10:00:00-05:00'></head>"
        b"<body><article><h1>Own Title</h1>" + BARE + b"</article></body></html>"
    )
    found = brief(body, title="Other", published="2025-03-03", authors=("Petra Lindqvist",))
    assert found.title.text == "Own Title"
    assert found.published.on == date(2025, 2, 1)
    assert [author.text for author in found.authors] == ["Amos Tregear"]


def test_an_address_tells_the_day_before_the_feed_does():
    found = brief(uri="https://tank.example/2025/02/28/pilots", published="2025-03-03T01:00:00Z")
    assert found.published.on == date(2025, 2, 28)
    assert found.published.at is None  # the feed's instant is of another day


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("Fri, 06 Jun 2031 00:00:00 GMT", None),  # in the future: kept, but not trusted
        ("2025-03-08", None),
        ("2025-03-06T08:00:00+13:00", date(2025, 3, 6)),  # there it is tomorrow already
        ("soon", None),
        ("", None),
        ("0000-00-00", None),
    ],
)
def test_a_day_that_can_t_be_is_not_taken(published, expected):
    found = brief(published=published).published
    assert (found.on if found else None) == expected


def test_the_crawl_is_no_day():
    assert brief(title="Harbor").published is None


def test_a_time_in_utc_has_a_day_only_where_the_zone_is_known():
    assert brief(published="Tue, 04 Mar 2025 03:30:00 +0000").published == Stamp(
        None, datetime(2025, 3, 4, 3, 30, tzinfo=UTC), 0
    )
    found = brief(uri="https://www.fdd.org/analysis/x", published="Tue, 04 Mar 2025 03:30:00 +0000")
    assert found.published.on == date(2025, 3, 3)


def test_the_declared_publisher_is_used_where_no_profile_knows():
    assert brief(publisher="Harbor Institute").publisher == "Harbor Institute"
    assert brief(uri="https://www.fdd.org/analysis/x", publisher="Other").profile == "fdd"
    named = brief(publisher="fdd")
    assert (named.profile, named.publisher) == ("fdd", extract_publisher())


def extract_publisher():
    return extract(BARE, uri="https://www.fdd.org/analysis/x").brief.publisher


def test_a_full_text_entry_is_a_whole_brief(draft):
    text = draft(title="Mills Close").html().decode()
    article = text[text.index("<h2>") : text.index("</article>")]
    found = brief(
        article.encode(), title="Mills Close", published="Mon, 03 Mar 2025 09:00:00 -0500"
    )
    whole = extract(text.encode(), uri=URL, content_type="text/html").brief
    assert found.title.text == "Mills Close"
    assert [d.text.text for d in found.developments] == [d.text.text for d in whole.developments]
    assert [s.speaker.text for s in found.statements] == [s.speaker.text for s in whole.statements]
    assert found.published.on == date(2025, 3, 3)


@pytest.mark.parametrize(
    ("text", "on", "offset"),
    [
        ("Mon, 03 Mar 2025 22:30:00 -0500", date(2025, 3, 3), -300),
        ("Mon, 3 Mar 2025 22:30 EST", date(2025, 3, 3), -300),
        ("03 Mar 25 22:30:00 +0100", date(2025, 3, 3), 60),
        ("2025-03-03T22:30:00-05:00", date(2025, 3, 3), -300),
        ("2025-03-03 22:30:00 -0500", date(2025, 3, 3), -300),
        ("2025-03-03T22:30:00.123+05:30", date(2025, 3, 3), 330),
        ("2025-03-03", date(2025, 3, 3), None),
        ("2025-03-03T22:30:00", date(2025, 3, 3), None),
        ("Monday, March 3, 2025 - 22:30", date(2025, 3, 3), None),
        ("Mon, 03 Mar 2025 22:30:00 GMT", None, 0),
        ("Mon, 03 Mar 2025 22:30:00 -0000", None, 0),
        ("2025-03-03T22:30:00Z", None, 0),
    ],
)
def test_times_as_feeds_print_them(text, on, offset):
    found = parse_feed(text)
    assert (found.on, found.utc_offset_min) == (on, offset)


@pytest.mark.parametrize("text", ["", "soon", "32 Mar 2025", "Mon, 99 Foo 2025 99:99:99 +9999"])
def test_what_is_no_time(text):
    assert parse_feed(text) is None


def test_links_of_a_full_text_entry_lead_where_the_feed_says():
    entry = Entry(URL, content='<p>See <a href="b">the <i>port</i></a>.</p>' + BARE.decode())
    (link,) = brief(entry.page()).links
    assert link.url == "https://tank.example/briefs/b"
    (link,) = brief(replace(entry, base="https://other.example/deep/").page()).links
    assert (link.url, link.text.text) == ("https://other.example/deep/b", "the port")
