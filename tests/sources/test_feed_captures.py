"""From a feed's entries to captures, landing and briefs."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import escape

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.sources.feeds.captures import announced, carried
from flows.sources.feeds.model import Entry
from flows.sources.model import Source
from warehouse.landing import Capture, documents, read_landing

AT = datetime(2025, 3, 5, tzinfo=UTC)
FEED = Capture("tank", "https://tank.example/feed", AT, b"<rss/>", content_type="text/xml")


def test_what_a_feed_says_goes_with_the_capture_of_the_page():
    entry = Entry(
        "https://tank.example/1", "Grain", "Mon, 03 Mar 2025 22:30:00 -0500", authors=("Petra L",)
    )
    page = Capture("tank", "https://tank.example/1", AT, b"page", content_type="text/html")
    found = announced(page, entry)
    assert (found.entry_title, found.entry_authors) == ("Grain", ("Petra L",))
    assert found.entry_published == "Mon, 03 Mar 2025 22:30:00 -0500"
    assert found.capture_id == page.capture_id


def test_the_text_of_a_feed_is_kept_as_it_stood_there():
    content = "<p>Grüße <a href='/x'>x</a></p>"
    found = carried(FEED, Entry("https://tank.example/1", "Grain", content=content))
    assert found.body == content.encode()
    assert (found.uri, found.content_type) == (
        "https://tank.example/1", "text/html; charset=utf-8",
    )  # fmt: skip
    assert carried(FEED, Entry("https://tank.example/1", "Grain")) is None
    assert carried(FEED, Entry(None, content="x", guid="7")).uri == "https://tank.example/feed#7"


@pytest.fixture
def full_text(site, draft):
    """A feed that carries whole briefs; asking for their pages fails."""
    text = draft(title="Mills Close").html().decode()
    article = text[text.index("<h2>") : text.index("</article>")]
    return site.put(
        "/feed",
        (
            "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
            "<item><title>Mills Close</title><link>/gone</link>"
            "<pubDate>Mon, 03 Mar 2025 22:30:00 -0500</pubDate>"
            f"<content:encoded>{escape(article)}</content:encoded></item>"
            "<item><title>Script</title><link>javascript:alert(1)</link></item>"
            "</channel></rss>"
        ).encode(),
        kind="application/rss+xml",
    )


def test_a_full_text_feed_becomes_briefs_without_a_page(full_text, site, warehouse, gather):
    source = Source("tank", "feed", (full_text,), content="feed")
    gathered = gather(source)
    assert gathered.reasons == {
        site.base + "/gone": "captured",
        "javascript:alert(1)": "unsupported",
    }
    run = warehouse.run()
    (name,) = warehouse.land(run, *gathered.captures)
    (landed,) = documents(read_landing(warehouse.root, name))
    assert landed.hints.title == "Mills Close"
    row = warehouse.stage([name]).to_pylist()[0]["brief"]
    assert row["title"] == "Mills Close"
    assert row["published_on"] == date(2025, 3, 3)
    assert len([path for path in site.asked if "gone" in str(path)]) == 0


def test_landing_files_of_before_are_read(warehouse, page):
    (name,) = warehouse.land(warehouse.run(), page("https://tank.example/1", b"<html>x", AT))
    path = warehouse.root.landing / name
    table = pq.ParquetFile(path).read()
    old = table.drop_columns(
        ["entry_title", "entry_published", "entry_authors", "declared_publisher"]
    )
    path.chmod(0o644)
    pq.write_table(pa.table(old), path)
    (landed,) = documents(read_landing(warehouse.root, name))
    assert landed.hints is None
