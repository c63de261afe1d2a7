"""Hosts are asked one thing at a time, with a delay, as robots.txt says, not when they are busy."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.hosts import Hosts
from flows.fetch.model import Ask, NotModified
from flows.fetch.robots import RobotsCache
from flows.fetch.waiting import LONGEST, pause, retry_at
from flows.sources.model import Failure
from warehouse.landing import Capture

NOW = datetime(2025, 4, 1, 12, tzinfo=UTC)
PAGE = (200, {"Content-Type": "text/html"}, b"<html><body><p>words</p></body></html>")


def test_who_asks_is_named(recorder, fetcher):
    fetcher(contact="https://archive.example/about").get(Ask(recorder.base + "/1", "s"))
    for request in recorder.requests:
        agent = request.headers["User-Agent"]
        assert agent.startswith("Briefhouse/") and "+https://archive.example/about" in agent


class TestTurns:
    def test_one_at_a_time_and_by_one_line_whoever_asks(self, recorder, fetcher):
        def slowly(request):
            time.sleep(0.01)
            return PAGE

        asks = [Ask(f"{recorder.base}/{n}", f"source {n}") for n in range(8)]
        recorder.answers |= {f"/{n}": slowly for n in range(8)}
        asker = fetcher()
        with ThreadPoolExecutor(8) as threads:
            assert all(isinstance(found, Capture) for found in threads.map(asker.get, asks))
        assert recorder.busiest == 1
        assert len({request.line for request in recorder.requests}) == 1
        assert len(recorder.requests) == 9  # robots.txt among them, once

    def test_two_hosts_do_not_wait_for_each_other(self):
        hosts = Hosts(60)
        with hosts.turn("a.example"):
            done = threading.Event()

            def other():
                with hosts.turn("b.example"):
                    done.set()

            threading.Thread(target=other, daemon=True).start()
            assert done.wait(10)

    def test_the_delay_is_stretched_at_random_but_never_cut(self):
        slept = []
        hosts = Hosts(100, sleep=slept.append)
        for _ in range(200):
            with hosts.turn("a.example"):
                pass
        # nobody really slept, so that each turn is a whole delay away
        assert min(slept) > 99 and max(slept) <= 120
        assert len({round(seconds) for seconds in slept}) > 5

    def test_a_source_may_be_slower_and_not_faster(self, recorder, fetcher):
        slept = []
        asker = fetcher(delay=5, sleep=slept.append)
        asker.get(Ask(recorder.base + "/1", "s", delay=20))
        assert slept and all(19 < seconds <= 24 for seconds in slept)
        slept.clear()
        asker.get(Ask(recorder.base + "/2", "s", delay=1))
        assert all(19 < seconds <= 24 for seconds in slept)


class TestRobots:
    def _asked(self, recorder, fetcher, robots, path="/private/1", **more):
        recorder.answers["/robots.txt"] = robots
        recorder.answers["/private/1"] = recorder.answers["/public"] = PAGE
        return fetcher(**more).get(Ask(recorder.base + path, "s"))

    def test_what_is_forbidden_is_not_asked(self, recorder, fetcher):
        rules = (200, {}, b"User-agent: *\nDisallow: /private\n")
        found = self._asked(recorder, fetcher, rules)
        assert found.reason == "robots"
        assert [request.target for request in recorder.requests] == ["/robots.txt"]
        found = self._asked(recorder, fetcher, rules, "/public")
        assert found.robots_allowed is True

    @pytest.mark.parametrize(
        ("rules", "allowed"),
        [
            (b"User-agent: briefhouse\nDisallow: /\n\nUser-agent: *\nAllow: /\n", False),
            (b"User-agent: *\nDisallow: /\n\nUser-agent: Briefhouse\nDisallow:\n", True),
            (b"User-agent: *\nDisallow: /private\nAllow: /private/1\n", True),
            (b"User-agent: *\nDisallow: /*/1$\n", False),
            (b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", False),
            (b"user-agent:*\r\ndisallow:/private\r\n", False),
            (b"<html><body>no such page</body></html>", True),
            (b"", True),
            (bytes(range(256)) * 40, True),
        ],
    )
    def test_rules(self, recorder, fetcher, rules, allowed):
        found = self._asked(recorder, fetcher, (200, {}, rules))
        assert isinstance(found, Capture) == allowed

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
    def test_no_robots_file_allows_all(self, recorder, fetcher, status):
        assert isinstance(self._asked(recorder, fetcher, (status, {}, b"")), Capture)

    @pytest.mark.parametrize("status", [429, 500, 502, 503])
    def test_one_that_fails_allows_nothing(self, recorder, fetcher, status):
        found = self._asked(recorder, fetcher, (status, {}, b""))
        assert found.reason == ("retry-later" if status == 429 else "http-status")
        assert "robots.txt" in found.message or status == 429
        assert recorder.asked("/private/1") == []

    def test_it_may_be_elsewhere(self, recorder, fetcher):
        recorder.answers["/rules"] = (200, {}, b"User-agent: *\nDisallow: /private\n")
        found = self._asked(recorder, fetcher, (301, {"Location": "/rules"}, b""))
        assert found.reason == "robots"

    def test_in_a_circle_there_is_none(self, recorder, fetcher):
        found = self._asked(recorder, fetcher, (301, {"Location": "/robots.txt"}, b""))
        assert isinstance(found, Capture)

    def test_what_is_behind_500_kilobytes_does_not_count(self, recorder, fetcher):
        rules = b"User-agent: *\n" + b"# words\n" * 70_000 + b"Disallow: /\n"
        assert isinstance(self._asked(recorder, fetcher, (200, {}, rules)), Capture)

    def test_a_redirect_is_asked_for_too(self, recorder, fetcher):
        recorder.answers["/moved"] = (302, {"Location": "/private/1"}, b"")
        rules = (200, {}, b"User-agent: *\nDisallow: /private\n")
        assert self._asked(recorder, fetcher, rules, "/moved").reason == "robots"

    @pytest.mark.parametrize(
        ("asked", "kept"), [("7", 7), ("2.5", 2.5), ("0.1", 1), ("86400", 60), ("soon", 1)]
    )
    def test_the_crawl_delay_is_kept_within_reason(self, recorder, fetcher, asked, kept):
        slept = []
        rules = (200, {}, f"User-agent: *\nCrawl-delay: {asked}\n".encode())
        recorder.answers["/robots.txt"] = rules
        asker = fetcher(delay=1, sleep=slept.append)
        for n in range(3):
            asker.get(Ask(f"{recorder.base}/{n}", "s"))
        # the first wait was set before the file was read
        assert all(kept * 0.95 <= seconds <= kept * 1.2 for seconds in slept[1:])

    def test_it_is_asked_once_a_day_across_runs(self, recorder, fetcher):
        rules = (200, {}, b"User-agent: *\nDisallow: /private\n")
        recorder.answers["/robots.txt"] = rules
        recorder.answers["/1"] = PAGE
        first = fetcher()
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(first.get, [Ask(f"{recorder.base}/1", "s")] * 4))
        assert len(recorder.asked("/robots.txt")) == 1
        (file,) = first.robots.files()
        assert (file.origin, file.text) == (recorder.base, rules[2].decode())
        second = fetcher(robots=RobotsCache([file]))
        assert second.get(Ask(f"{recorder.base}/private", "s")).reason == "robots"
        assert len(recorder.asked("/robots.txt")) == 1
        old = replace(file, fetched_at=datetime.now(UTC) - timedelta(hours=25))
        fetcher(robots=RobotsCache([old])).get(Ask(f"{recorder.base}/1", "s"))
        assert len(recorder.asked("/robots.txt")) == 2

    def test_a_failure_is_not_carried_over(self, recorder, fetcher):
        recorder.answers["/robots.txt"] = (500, {}, b"")
        asker = fetcher()
        for _ in range(3):
            assert isinstance(asker.get(Ask(f"{recorder.base}/1", "s")), Failure)
        assert len(recorder.asked("/robots.txt")) == 1  # nothing of the host is asked tonight
        assert asker.robots.files() == []


class TestComingBackLater:
    def test_seconds_and_dates(self):
        assert retry_at("120", NOW) == NOW + timedelta(seconds=120)
        later = NOW + timedelta(hours=3)
        assert retry_at(format_datetime(later, usegmt=True), NOW) == later
        assert retry_at("Tue, 01 Apr 2025 11:00:00 GMT", NOW) == NOW
        assert retry_at("99999999999999", NOW) == NOW + LONGEST
        assert retry_at("Fri, 31 Dec 9999 23:59:59 GMT", NOW) == NOW + LONGEST

    @given(st.text(max_size=40))
    def test_anything_else_is_none_or_within_a_day(self, text):
        found = retry_at(text, NOW)
        assert found is None or NOW <= found <= NOW + LONGEST

    def test_a_host_that_wants_peace_has_it_in_the_next_run_too(self, recorder, fetcher):
        recorder.answers["/busy"] = (503, {"Retry-After": "900"}, b"")
        recorder.answers["/robots.txt"] = (200, {}, b"")
        first = fetcher()
        found = first.get(Ask(recorder.base + "/busy", "s"))
        assert found.reason == "retry-later" and found.retry_at is not None
        before = len(recorder.requests)
        second = fetcher(closed=first.closed())
        again = second.get(Ask(recorder.base + "/other", "s"))
        assert (again.reason, again.retry_at) == ("retry-later", found.retry_at)
        assert len(recorder.requests) == before
        past = dict.fromkeys(first.closed(), datetime.now(UTC) - timedelta(seconds=1))
        fetcher(closed=past).get(Ask(recorder.base + "/other", "s"))
        assert len(recorder.requests) > before

    @pytest.mark.parametrize(
        ("status", "wait", "expected"),
        [
            (503, None, 0.5), (502, None, 0.5), (504, None, 0.5), (429, 5, 5), (503, 5, 5),
            (503, 60, None), (429, 600, None), (500, None, None), (404, None, None),
            (403, None, None), (200, None, None),
        ],
    )  # fmt: skip
    def test_only_what_is_worth_it_is_repeated(self, status, wait, expected):
        assert pause(status, wait, 0, 0.5) == expected

    def test_each_repetition_waits_longer(self):
        assert [pause(503, None, nth, 0.5) for nth in range(3)] == [0.5, 1, 2]


class TestConditions:
    def test_what_is_known_is_told_and_what_is_new_comes(self, recorder, fetcher):
        def answer(request):
            if request.headers.get("If-None-Match") == '"v1"':
                return 304, {"ETag": '"v1"'}, b""
            return 200, {"ETag": '"v2"', "Last-Modified": "Tue, 01 Apr 2025 12:00:00 GMT"}, b"new"

        recorder.answers["/page"] = answer
        url = recorder.base + "/page"
        same = fetcher().get(Ask(url, "s", etag='"v1"'))
        assert isinstance(same, NotModified)
        assert (same.uri, same.etag, same.final_uri) == (url, '"v1"', url)
        changed = fetcher().get(Ask(url, "s", etag='"v0"', last_modified="x"))
        assert isinstance(changed, Capture) and changed.body == b"new"
        assert recorder.asked("/page")[-1].headers["If-Modified-Since"] == "x"

    def test_304_without_a_question_is_no_answer(self, recorder, fetcher):
        recorder.answers["/page"] = (304, {}, b"")
        assert fetcher().get(Ask(recorder.base + "/page", "s")).reason == "http-status"

    def test_a_tag_that_no_header_can_have_is_left_out(self, recorder, fetcher):
        recorder.answers["/page"] = PAGE
        found = fetcher().get(Ask(recorder.base + "/page", "s", etag='"a\r\nX: y"'))
        assert isinstance(found, Capture)
        assert "If-None-Match" not in recorder.asked("/page")[0].headers
