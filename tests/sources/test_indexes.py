"""Sitemaps and listings: followed as far as is wanted, and no further than there is news."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.sources.model import Mode, Source
from flows.sources.selection import Selection

WHOLE = Mode(every_source=True, whole=True)


@pytest.fixture
def publish(site, draft):
    """Serve pages, sitemaps, indexes of sitemaps and listings; all by their paths."""

    class Publish:
        base = site.base

        @staticmethod
        def pages(*paths):
            for path in paths:
                site.put(path, draft(title=f"Brief {path}").html())

        @staticmethod
        def sitemap(path, *entries, root="urlset", each="url"):
            inner = "".join(
                f"<{each}><loc>{site.base}{entry}</loc>"
                + (f"<lastmod>{day}</lastmod>" if day else "")
                + f"</{each}>"
                for entry, _, day in (e.partition(" ") for e in entries)
            )
            body = f"<?xml version='1.0'?><{root}>{inner}</{root}>"
            return site.put(path, body.encode(), "application/xml")

        @classmethod
        def index(cls, path, *entries):
            return cls.sitemap(path, *entries, root="sitemapindex", each="sitemap")

        @staticmethod
        def listing(path, *links, following=None):
            inner = "".join(f"<h3><a href='{link}'>B</a></h3>" for link in links)
            more = f"<a rel='next' href='{following}'>next</a>" if following else ""
            return site.put(path, f"<html><body>{inner}{more}</body></html>".encode())

        @staticmethod
        def asked():
            asked = sorted(path for path in site.asked if path != "/robots.txt")
            site.asked.clear()
            return asked

    return Publish


class TestSitemaps:
    def test_indexes_of_indexes_are_followed_once_each(self, gather, publish):
        publish.pages("/1", "/2", "/3")
        publish.index("/root", "/one", "/two", "/root")
        publish.index("/one", "/three", "/root")
        publish.sitemap("/two", "/1", "/2")
        publish.sitemap("/three", "/2", "/3")
        found = gather(Source("map", "sitemap", (publish.base + "/root",)))
        assert publish.asked() == ["/1", "/2", "/3", "/one", "/root", "/three", "/two"]
        assert len(found.captures) == 3

    def test_one_that_fails_costs_itself_alone(self, gather, publish, site):
        publish.pages("/1")
        publish.index("/root", "/bad", "/two")
        site.pages["/bad"] = (500, "text/plain", b"")
        publish.sitemap("/two", "/1")
        found = gather(Source("map", "sitemap", (publish.base + "/root",)))
        assert found.reasons == {
            publish.base + "/1": "captured", publish.base + "/bad": "http-status",
        }  # fmt: skip
        assert found.sources[0].error is None

    def test_a_page_in_its_place_is_told(self, gather, publish):
        publish.pages("/1")
        found = gather(Source("map", "sitemap", (publish.base + "/1",)))
        assert found.reasons == {publish.base + "/1": "not-a-sitemap"}
        assert found.sources[0].error

    def test_what_is_older_than_the_first_wanted_day_is_not_asked(self, gather, publish):
        publish.index("/root", "/old 2019-01-01", "/new 2025-03-01")
        publish.sitemap("/old", "/1")
        publish.sitemap("/new", "/2 2019-05-05", "/3 2025-03-01")
        publish.pages("/1", "/2", "/3")
        wanted = Selection(since=date(2020, 1, 1))
        gather(Source("map", "sitemap", (publish.base + "/root",), selection=wanted))
        assert publish.asked() == ["/3", "/new", "/root"]

    def test_without_news_it_is_one_request(self, gather, publish):
        publish.index("/root", "/a 2025-03-01", "/b 2025-03-02")
        publish.sitemap("/a", "/1 2025-03-01")
        publish.sitemap("/b", "/2 2025-03-02")
        publish.pages("/1", "/2")
        source = Source("map", "sitemap", (publish.base + "/root",))
        first = gather(source)
        publish.asked()
        second = gather(source, before=first)
        assert publish.asked() == ["/root"]
        publish.index("/root", "/a 2025-03-01", "/b 2025-03-03")
        publish.sitemap("/b", "/2 2025-03-02", "/3 2025-03-03")
        publish.pages("/3")
        gather(source, before=second)
        assert publish.asked() == ["/3", "/b", "/root"]

    def test_sitemaps_that_no_index_dates_are_asked_each_night(self, gather, publish):
        publish.index("/root", "/a", "/b 2025-03-02")
        publish.sitemap("/a", "/1")
        publish.sitemap("/b", "/2")
        publish.pages("/1", "/2", "/3")
        source = Source("map", "sitemap", (publish.base + "/root",))
        first = gather(source)
        publish.asked()
        publish.sitemap("/a", "/1", "/3")
        gather(source, before=first)
        assert publish.asked() == ["/3", "/a", "/root"]

    def test_a_large_one_is_taken_in_over_several_nights(self, gather, publish):
        paths = [f"/{n}" for n in range(7)]
        publish.pages(*paths)
        publish.sitemap("/map", *(f"{path} 2025-03-01" for path in paths))
        source = Source("map", "sitemap", (publish.base + "/map",), max_entries=3)
        found, nights = None, []
        for _ in range(4):
            found = gather(source, before=found)
            nights.append(len(found.captures))
        assert nights == [3, 3, 1, 0]

    def test_a_backfill_takes_all_at_once(self, gather, publish):
        paths = [f"/{n}" for n in range(7)]
        publish.pages(*paths)
        publish.sitemap("/map", *paths)
        source = Source("map", "sitemap", (publish.base + "/map",), max_entries=3)
        found = gather(source, mode=WHOLE)
        assert len(found.captures) == 7
        publish.asked()
        gather(source, before=found, mode=WHOLE)
        assert publish.asked() == ["/map"]


class TestListings:
    @pytest.fixture
    def pages(self, publish):
        """A listing of nine pages with two links each."""
        for n in range(1, 10):
            following = f"/list?page={n + 1}" if n < 9 else None
            path = "/list" if n == 1 else f"/list?page={n}"
            publish.listing(path, f"/b/{n}-1", f"/b/{n}-2", following=following)
            publish.pages(f"/b/{n}-1", f"/b/{n}-2")
        return publish

    def test_are_followed_as_far_as_pages_allow(self, gather, pages):
        found = gather(Source("list", "listing", (pages.base + "/list",), pages=3))
        assert len(found.captures) == 6
        assert "/list?page=4" not in pages.asked()

    def test_a_page_without_news_ends_it(self, gather, pages):
        source = Source("list", "listing", (pages.base + "/list",), pages=3)
        first = gather(source)
        pages.asked()
        pages.listing("/list", "/b/0", "/b/1-1", following="/list?page=2")
        pages.pages("/b/0")
        found = gather(source, before=first)
        assert pages.asked() == ["/b/0", "/list", "/list?page=2"]
        assert found.reasons == {pages.base + "/b/0": "captured"}

    def test_without_news_it_is_one_request(self, gather, pages):
        source = Source("list", "listing", (pages.base + "/list",), pages=3)
        first = gather(source)
        pages.asked()
        gather(source, before=first)
        assert pages.asked() == ["/list"]

    def test_a_backfill_goes_to_the_end(self, gather, pages):
        source = Source("list", "listing", (pages.base + "/list",), pages=3)
        first = gather(source)
        found = gather(source, before=first, mode=WHOLE)
        assert len(first.captures) + len(found.captures) == 18

    def test_the_end_may_be_a_page_that_is_not_there(self, gather, publish):
        publish.listing("/list", "/1", following="/list?page=2")
        publish.pages("/1")
        found = gather(Source("list", "listing", (publish.base + "/list",)))
        assert found.reasons == {publish.base + "/1": "captured"}

    def test_a_page_that_names_itself_next_ends_it(self, gather, publish):
        publish.listing("/list", "/1", following="/list?page=1")
        publish.listing("/list?page=1", "/2", following="/list?page=1")
        publish.pages("/1", "/2")
        gather(Source("list", "listing", (publish.base + "/list",), pages=50))
        assert publish.asked() == ["/1", "/2", "/list", "/list?page=1"]

    def test_one_without_links_is_told(self, gather, site):
        url = site.put("/list", b"<html><body><p>Please wait</p></body></html>")
        found = gather(Source("list", "listing", (url,)))
        assert found.reasons == {url: "no-links"}
        assert "include" in found.sources[0].error


def test_a_feed_with_older_pages_is_followed_while_there_is_news(gather, site, draft):
    def feed(path, link, following):
        more = f"<link rel='next' href='{following}'/>" if following else ""
        body = (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>{more}"
            f"<entry><title>B</title><link href='{link}'/></entry></feed>"
        )
        return site.put(path, body.encode(), "application/atom+xml")

    for n in (1, 2, 3):
        site.put(f"/{n}", draft(title=f"Brief {n}").html())
    url = feed("/feed", "/1", "/feed?2")
    feed("/feed?2", "/2", "/feed?3")
    feed("/feed?3", "/3", None)
    first = gather(Source("tank", "feed", (url,)))
    assert len(first.captures) == 3
    site.asked.clear()
    gather(Source("tank", "feed", (url,)), before=replace(first))
    assert site.asked == ["/feed"]
