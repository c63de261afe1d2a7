"""Malformed but readable feeds are read: each defect alone, with what must still come out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.feeds.__main__ import documents
from benchmarks.feeds.compare import compare
from benchmarks.feeds.make import DIALECTS, items
from benchmarks.feeds.mutate import MUTATIONS
from flows.sources.feeds.model import NotAFeed
from flows.sources.feeds.read import looks_like_feed, read_feed

BASE = "https://tank.example/feeds/briefs"
HARMLESS = sorted(
    set(MUTATIONS)
    - {
        "truncated", "flipped bytes", "lost end tag", "lost start tag", "no link", "relative links",
        "script for a link", "xml:base", "permalinks alone", "ampersand in a link",
    }
)  # fmt: skip


def urls(body: bytes, content_type: str = "") -> list[str | None]:
    feed = read_feed(body, BASE, content_type, max_entries=1_000)
    return [entry.url for entry in feed.entries]


@pytest.mark.parametrize("defect", HARMLESS)
@pytest.mark.parametrize("dialect", ["rss 2.0 with modules", "rss 1.0", "atom 1.0", "atom 0.3"])
def test_a_defect_costs_no_entry(dialect, defect):
    made = items(random.Random(3), 6)
    body = MUTATIONS[defect](DIALECTS[dialect](made).encode(), random.Random(4))
    assert looks_like_feed(body)
    assert urls(body) == [item.link for item in made]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_feed_cut_off_anywhere_gives_its_whole_entries(dialect):
    made = items(random.Random(8), 4)
    body = DIALECTS[dialect](made).encode()
    links = [item.link for item in made]
    for at in range(300, len(body), 37):
        try:
            found = urls(body[:at])
        except NotAFeed:
            found = []
        ends = body[:at].lower().count(b"</item>") + body[:at].count(b"entry>\n<a:entry")
        assert found == links[: len(found)]
        if dialect.startswith("rss"):
            assert len(found) == ends


@pytest.mark.parametrize(
    ("codec", "declared", "content_type"),
    [
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),  # the server lies
        ("utf-8", "iso-8859-1", "text/xml; charset=us-ascii"),  # both lie
        ("cp1252", "utf-8", "text/xml; charset=utf-8"),
        ("cp1252", "iso-8859-1", ""),
        ("windows-1251", "windows-1251", ""),
        ("koi8-r", "koi8-r", "text/xml"),
        ("koi8-r", None, "text/xml; charset=koi8-r"),
        ("utf-16", "utf-16", ""),
        ("utf-16-le", "utf-16", ""),
        ("utf-32", "utf-32", ""),
        ("gb18030", "gb2312", ""),
        ("cp037", "ebcdic-cp-us", ""),
    ],
)
def test_titles_survive_their_encoding(codec, declared, content_type):
    title = {"koi8-r": "Порт", "windows-1251": "Порт", "gb18030": "港口"}.get(codec, "Café")
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = f"{declaration}<rss><channel><item><title>{title}</title></item></channel></rss>"
    (entry,) = read_feed(text.encode(codec), BASE, content_type, max_entries=5).entries
    assert entry.title == title


def test_mutated_feeds_are_read_as_feedparser_reads_them():
    outcomes = {}
    for dialect, defects, body, expected in documents(400, 20251):
        found = compare(body, expected)
        outcomes.setdefault(found.reason, []).append((dialect, defects, found))
    assert not outcomes.get("unexplained")
    assert len(outcomes[None]) > 360


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(sorted(DIALECTS)), st.integers(0, 10_000))
def test_no_bytes_raise_anything_but_that_they_are_no_feed(junk, dialect, at):
    body = DIALECTS[dialect](items(random.Random(1), 2)).encode()
    at %= len(body)
    for mixed in (junk, body[:at] + junk + body[at:], body[:at] + junk):
        looks_like_feed(mixed)
        try:
            read_feed(mixed, BASE, max_entries=10)
        except NotAFeed:
            continue
