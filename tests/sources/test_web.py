"""What a run asks of sources on the web, what it makes of the answers, and what it need not ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.sources.credentials import Credentials
from flows.sources.model import Mode, Source
from flows.sources.selection import Selection
from warehouse.tombstones import address_keys, tombstone

ROBOTS = "/robots.txt"


def _later(found, **passed):
    """Return ``found`` as if that much time had passed since."""
    ago = timedelta(**passed)

    def back(page):
        times = {
            name: value - ago
            for name in page.__slots__
            if isinstance(value := getattr(page, name), datetime) and name != "told_at"
        }
        return replace(page, **times)

    return replace(found, pages=[back(page) for page in found.pages])


def _asked(site):
    """Return what was asked since the last time, robots.txt left out."""
    asked = [path for path in site.asked if path != ROBOTS]
    site.asked.clear()
    return sorted(asked)


@pytest.fixture
def tank(site, draft):
    """A feed with three pages, all with tags that are true."""
    pages = [site.put(f"/{n}", draft(title=f"Brief {n}").html()) for n in (1, 2, 3)]
    source = Source("tank", "feed", (site.feed("/feed", *pages),))
    site.tags |= {path: f'"{path}"' for path in ("/feed", "/1", "/2", "/3")}
    return source


class TestANightWithoutNews:
    def test_asks_each_source_once_and_robots_not_again(self, gather, site, tank):
        first = gather(tank)
        assert set(first.reasons.values()) == {"captured"}
        assert site.asked.count(ROBOTS) == 1
        assert _asked(site) == ["/1", "/2", "/3", "/feed"]
        second = gather(tank, before=first)
        assert site.asked == ["/feed"]
        assert (second.captures, second.attempts) == ([], [])
        assert second.sources[0].error is None

    def test_a_server_without_tags_is_no_different(self, gather, site, tank):
        site.tags.clear()
        first = gather(tank)
        site.asked.clear()
        second = gather(tank, before=first)
        assert site.asked == ["/feed"]
        assert second.reasons == {}

    def test_robots_txt_is_asked_again_after_a_day(self, gather, site, tank):
        first = gather(tank)
        old = [replace(f, fetched_at=f.fetched_at - timedelta(hours=25)) for f in first.robots]
        site.asked.clear()
        gather(tank, before=replace(first, robots=old))
        assert site.asked == [ROBOTS, "/feed"]


class TestKnownPages:
    def test_are_asked_again_conditionally_after_a_day(self, gather, site, tank):
        first = gather(tank)
        site.asked.clear()
        second = gather(tank, before=_later(first, days=1))
        assert _asked(site) == ["/1", "/2", "/3", "/feed"]
        assert set(second.reasons.values()) == {"unchanged"}
        assert {a.brief_id for a in second.attempts} == {f"b-{site.base}/{n}" for n in (1, 2, 3)}
        third = gather(tank, before=second)
        assert _asked(site) == ["/feed"]
        assert third.reasons == {}

    def test_are_asked_in_full_when_a_week_of_not_modified_is_over(self, gather, site, tank, draft):
        """A tag that lies hides an edit for a week, not for ever."""
        first = gather(tank)
        site.put("/2", draft(title="Brief 2, Corrected").html())
        second = gather(tank, before=_later(first, days=1))
        assert set(second.reasons.values()) == {"unchanged"}
        third = gather(tank, before=_later(second, days=6))
        assert third.reasons == {
            site.base + "/1": "unchanged",
            site.base + "/2": "captured",
            site.base + "/3": "unchanged",
        }

    def test_an_edit_is_seen(self, gather, site, tank, draft):
        first = gather(tank)
        site.put("/2", draft(title="Brief 2, Corrected").html())
        site.tags["/2"] = '"new"'
        second = gather(tank, before=_later(first, days=1))
        assert second.reasons[site.base + "/2"] == "captured"

    def test_are_asked_at_once_if_the_feed_says_that_they_changed(self, gather, site, tank):
        def feed(minute):
            entries = "".join(
                f"<entry><title>B</title><link href='{site.base}/{n}'/>"
                f"<updated>2025-03-03T10:{minute if n == 2 else 0:02}:00Z</updated></entry>"
                for n in (1, 2, 3)
            )
            body = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>{entries}</feed>"
            site.put("/feed", body.encode(), "application/atom+xml")
            site.tags["/feed"] = f'"{minute}"'

        feed(0)
        first = gather(tank)
        site.asked.clear()
        feed(30)
        second = gather(tank, before=first)
        assert _asked(site) == ["/2", "/feed"]
        gather(tank, before=second)
        assert _asked(site) == ["/feed"]

    def test_that_left_the_feed_are_asked_again_all_the_same(self, gather, site, tank):
        first = gather(tank)
        site.feed("/feed", site.base + "/3")
        site.tags["/feed"] = '"shorter"'
        site.asked.clear()
        gather(tank, before=_later(first, days=1))
        assert _asked(site) == ["/1", "/2", "/3", "/feed"]

    def test_whose_run_was_killed_before_it_wrote_that_are_not_fetched_again(
        self, gather, site, tank
    ):
        """Their captures were in landing, so the run that came first merged them."""
        first = gather(tank)
        site.asked.clear()
        second = gather(tank, before=replace(first, pages=[]))
        assert _asked(site) == ["/feed"]
        assert second.captures == []

    def test_are_asked_always_if_somebody_names_them(self, gather, site, tank):
        first = gather(tank)
        site.asked.clear()
        second = gather(tank, before=first, mode=Mode(every_source=True, every_page=True))
        assert _asked(site) == ["/1", "/2", "/3", "/feed"]
        assert set(second.reasons.values()) == {"unchanged"}


class TestPagesThatAreGone:
    def test_are_kept_once_and_come_back(self, gather, site, tank):
        first = gather(tank)
        page = site.pages.pop("/2")
        site.tags.pop("/2")
        second = gather(tank, before=_later(first, days=1))
        assert [c.status for c in second.captures] == [404]
        third = gather(tank, before=_later(second, days=2))
        assert third.captures == []
        assert third.reasons[site.base + "/2"] == "gone"
        site.pages["/2"] = page
        fourth = gather(tank, before=_later(third, days=4))
        assert [c.status for c in fourth.captures] == [200]

    def test_are_asked_in_full(self, gather, site, tank):
        first = gather(tank)
        page = site.pages.pop("/2")
        tag = site.tags.pop("/2")
        second = gather(tank, before=_later(first, days=1))
        site.pages["/2"], site.tags["/2"] = page, tag
        third = gather(tank, before=_later(second, days=2))
        assert third.reasons[site.base + "/2"] == "captured"


class TestFailures:
    def test_a_page_that_fails_is_tried_again_the_next_night(self, gather, site, tank):
        page, site.pages["/2"] = site.pages["/2"], (403, "text/html", b"no")
        first = gather(tank)
        assert first.reasons[site.base + "/2"] == "http-status"
        assert first.sources[0].error is None
        site.pages["/2"] = page
        site.asked.clear()
        gather(tank, before=first)
        assert _asked(site) == ["/feed"]
        second = gather(tank, before=_later(first, days=1))
        assert second.reasons[site.base + "/2"] == "captured"

    def test_a_host_that_asks_to_be_left_alone_is(self, gather, site, tank):
        site.pages["/1"] = (429, "text/html", b"slow down")
        site.retry_after["/1"] = "3600"
        site.tags.clear()
        first = gather(tank)
        assert _asked(site) == ["/1", "/feed"]
        (until,) = {p.next_check_at for p in first.pages if p.role == "page"}
        assert timedelta(minutes=59) < until - datetime.now(UTC) <= timedelta(hours=1)
        assert len(first.attempts) == 1  # it tells of all of them
        second = gather(tank, before=first)
        assert _asked(site) == []
        assert second.sources[0].retry_at is not None
        site.pages["/1"] = site.pages["/3"]
        later = _later(first, hours=2)
        third = gather(tank, before=replace(later, closed={}))
        assert sorted(third.reasons.values()) == ["captured"] * 3

    def test_a_host_that_is_dead_is_not_waited_for_by_every_page(self, gather, site):
        dead = "http://127.0.0.1:9"  # nothing listens there
        feed = site.feed("/feed", *(f"{dead}/{n}" for n in range(20)))
        source = Source("tank", "feed", (feed.replace("127.0.0.1", "localhost"),))
        found = gather(source, retries=0)
        assert list(found.reasons.values()) == ["unreachable"] * 3
        waiting = [p for p in found.pages if p.role == "page"]
        assert len(waiting) == 20  # none is forgotten
        assert all(p.next_check_at for p in waiting)

    def test_one_source_costs_itself_alone(self, gather, site, tank, monkeypatch):
        sources = [
            Source("gone", "feed", (site.base + "/none",)),
            Source("page", "feed", (site.base + "/1",)),
            Source("secret", "feed", (site.base + "/feed",), credentials=Credentials(
                headers=(("X-Key", "${BRIEFHOUSE_TEST_NOT_SET}"),))),
            Source("nowhere", "feed", ("http://no-such-host.invalid/feed",)),
            tank,
        ]  # fmt: skip
        found = gather(*sources)
        errors = {done.source.name: done.error for done in found.sources}
        assert errors.pop("tank") is None
        assert all(errors.values())
        assert "BRIEFHOUSE_TEST_NOT_SET" in errors["secret"]
        assert len(found.captures) == 3

    def test_a_defect_costs_its_source_alone(self, gather, site, tank, monkeypatch):
        from flows.sources import indexes

        read = indexes.read_index

        def broken(source, *arguments):
            if source.name == "bad":
                raise ZeroDivisionError("a defect")
            return read(source, *arguments)

        monkeypatch.setattr(indexes, "read_index", broken)
        found = gather(Source("bad", "feed", tank.locations), tank)
        assert "source-error" in found.reasons.values()
        assert len(found.captures) == 3


class TestSources:
    def test_one_page_of_two_sources_is_fetched_once(self, gather, site, tank):
        other = Source("other", "feed", (site.feed("/other", site.base + "/2?utm_source=rss"),))
        found = gather(tank, other)
        assert len(found.captures) == 3
        assert len([path for path in _asked(site) if path.startswith("/2")]) == 1

    def test_what_a_feed_says_of_a_page_goes_with_it(self, gather, site, tank):
        found = gather(tank)
        assert {capture.entry_title for capture in found.captures} == {"Brief"}

    def test_secrets_are_for_the_source_s_own_host(self, gather, site, draft, monkeypatch):
        monkeypatch.setenv("TANK_KEY", "s3cret-value")
        site.put("/1", draft().html())
        page = site.base.replace("127.0.0.1", "localhost") + "/1"
        source = Source(
            "tank", "feed", (site.feed("/feed", page),),
            credentials=Credentials(headers=(("X-Key", "${TANK_KEY}"),)),
        )  # fmt: skip
        found = gather(source)
        sent = dict(zip(site.asked, (h.get("X-Key") for h in site.headers), strict=True))
        assert (sent["/feed"], sent["/1"]) == ("s3cret-value", None)
        assert "s3cret-value" not in repr(found)

    def test_what_a_feed_carries_itself(self, gather, site):
        body = (
            "<rss version='2.0'><channel><item><link>/1</link><pubDate>Mon, 03 Mar 2025 10:00:00 "
            "GMT</pubDate><description>&lt;p&gt;All of it.&lt;/p&gt;</description></item>"
            "</channel></rss>"
        )
        url = site.put("/feed", body.encode(), "application/rss+xml")
        first = gather(Source("tank", "feed", (url,), content="feed"))
        assert [c.uri for c in first.captures] == [site.base + "/1"]
        assert _asked(site) == ["/feed"]
        assert first.sources[0].days == [date(2025, 3, 3)]
        site.put("/feed", body.replace("All of it", "All of this").encode(), "application/rss+xml")
        second = gather(Source("tank", "feed", (url,), content="feed"), before=first)
        assert second.reasons == {site.base + "/1": "captured"}

    def test_patterns_and_days_choose_entries(self, gather, site):
        items = "".join(
            f"<item><link>/{path}</link><pubDate>{day} Mar 2025 10:00:00 GMT</pubDate></item>"
            for path, day in (("a/1", 3), ("a/2", 20), ("b/3", 3))
        )
        body = f"<rss version='2.0'><channel>{items}</channel></rss>"
        url = site.put("/feed", body.encode(), "application/rss+xml")
        chosen = Selection(include=("/a/*",), until=date(2025, 3, 10))
        gather(Source("tank", "feed", (url,), selection=chosen))
        assert _asked(site) == ["/a/1", "/feed"]

    def test_a_page_that_turns_out_to_be_a_feed_is_read_as_one(self, gather, site, tank):
        found = gather(Source("x", "pages", tank.locations), mode=Mode(every_page=True))
        assert sorted(found.reasons) == [f"{site.base}/{n}" for n in (1, 2, 3)]

    def test_pages_of_a_list(self, gather, site, draft, tmp_path):
        for n in (1, 2):
            site.put(f"/{n}", draft(title=f"Brief {n}").html())
        (tmp_path / "list.txt").write_text(f"# all\n{site.base}/1\nnonsense\n{site.base}/2\n")
        source = Source("list", "pages", (str(tmp_path / "list.txt"),))
        first = gather(source)
        assert sorted(first.reasons.values()) == ["captured", "captured", "unsupported"]
        assert "line 3" in next(a.message for a in first.attempts)
        site.asked.clear()
        gather(source, before=first)
        assert _asked(site) == []

    def test_pages_with_a_rhythm_are_asked_in_it(self, gather, site, draft):
        """A rolling page shows another brief each week."""
        url = site.put("/latest", draft().html())
        source = Source("latest", "pages", (url,), every=timedelta(days=1))
        first = gather(source)
        site.put("/latest", draft(title="Mills Close").html())
        second = gather(source, before=first)
        assert second.reasons == {url: "captured"}

    def test_pages_none_of_which_can_be_had_are_a_source_that_fails(self, gather, site, draft):
        site.pages["/no"] = (500, "text/html", b"")
        urls = (site.base + "/no", site.put("/yes", draft().html()))
        assert gather(Source("a", "pages", urls)).sources[0].error is None
        assert gather(Source("a", "pages", urls[:1])).sources[0].error is not None


class TestWhatWasForgotten:
    """Its address is known by its hash alone: it is not asked for, and its name is in no book."""

    @staticmethod
    def _tombstones(url):
        return frozenset(map(tombstone, address_keys(url)))

    def test_is_not_asked_for_and_booked_once(self, gather, site, tank):
        kept = self._tombstones(site.base + "/2")
        found = gather(tank, forgotten=kept, mode=Mode(every_page=True))
        assert _asked(site) == ["/1", "/3", "/feed"]
        (refused,) = found.attempts
        assert (refused.outcome, refused.reason) == ("rejected", "forgotten")
        assert site.base not in repr(refused)
        assert site.base + "/2" not in {page.uri for page in found.pages}
        assert found.sources[0].error is None

    def test_in_another_spelling_too(self, gather, site, tank):
        site.feed("/feed", f"{site.base}/2?utm_source=feed", f"{site.base}/1")
        gather(tank, forgotten=self._tombstones(site.base + "/2"))
        assert _asked(site) == ["/1", "/feed"]

    def test_in_a_list_of_pages(self, gather, site, draft):
        urls = [site.put(f"/{n}", draft(title=f"Brief {n}").html()) for n in (1, 2)]
        found = gather(Source("list", "pages", tuple(urls)), forgotten=self._tombstones(urls[0]))
        assert _asked(site) == ["/2"]
        assert sorted(found.reasons.values()) == ["captured", "forgotten"]
        alone = gather(Source("one", "pages", (urls[0],)), forgotten=self._tombstones(urls[0]))
        assert site.asked == []  # not even for robots.txt
        assert alone.sources[0].error is None
