"""Jobs for hosts: one at a time for each, side by side for all, none waits for others."""

from __future__ import annotations

import threading
import time
from collections import defaultdict

import pytest

from flows.sources.schedule import Job, Schedule


class Hosts:
    """Scripted hosts: each may be asked ``delay`` seconds after the last time."""

    def __init__(self, delay):
        self.delay = delay
        self.next_at = defaultdict(float)
        self.now = defaultdict(int)
        self.most = defaultdict(int)
        self.asked = []
        self.lock = threading.Lock()

    def ready_at(self, host):
        return self.next_at[host]

    def ask(self, host, name, takes=0.0, following=()):
        def do():
            with self.lock:
                assert time.monotonic() >= self.next_at[host]
                self.next_at[host] = time.monotonic() + self.delay
                self.asked.append(name)
                self.now[host] += 1
                self.now["all"] += 1
                for key in (host, "all"):
                    self.most[key] = max(self.most[key], self.now[key])
            time.sleep(takes)
            with self.lock:
                self.now[host] -= 1
                self.now["all"] -= 1
            return following

        return Job(host, do)


def test_every_job_is_done_once_and_what_follows_too():
    hosts = Hosts(0.001)
    jobs = [
        hosts.ask(f"h{n % 7}", n, following=[hosts.ask(f"h{k}", (n, k)) for k in range(3)])
        for n in range(60)
    ]
    Schedule(hosts.ready_at, 8).run(jobs)
    assert len(hosts.asked) == 60 * 4
    assert set(hosts.asked) == {*range(60), *((n, k) for n in range(60) for k in range(3))}


def test_a_host_has_one_job_at_a_time_and_keeps_their_order():
    hosts = Hosts(0.002)
    jobs = [hosts.ask(f"h{n % 3}", n, takes=0.003) for n in range(30)]
    Schedule(hosts.ready_at, 8).run(jobs)
    assert all(hosts.most[f"h{n}"] == 1 for n in range(3))
    assert hosts.most["all"] > 1
    for n in range(3):
        assert [name for name in hosts.asked if name % 3 == n] == list(range(n, 30, 3))


def test_what_follows_from_a_job_comes_before_the_next():
    hosts = Hosts(0.0)
    feeds = [hosts.ask("h", n, following=[hosts.ask("h", (n, k)) for k in "ab"]) for n in (1, 2)]
    Schedule(hosts.ready_at, 4).run(feeds)
    assert hosts.asked == [1, (1, "a"), (1, "b"), 2, (2, "a"), (2, "b")]


def test_no_thread_waits_for_a_host_s_turn():
    """A single thread asks the hosts that are ready, whichever came first."""
    hosts = Hosts(0.1)
    hosts.next_at["slow"] = time.monotonic() + 0.2
    jobs = [hosts.ask("slow", "slow"), *(hosts.ask(f"h{n}", n) for n in range(20))]
    Schedule(hosts.ready_at, 1).run(jobs)
    assert hosts.asked == [*range(20), "slow"]


def test_a_host_that_hangs_keeps_nobody_waiting():
    hosts = Hosts(0.0)
    free = threading.Event()
    done = []

    def hang():
        assert free.wait(60)
        return ()

    def last():
        done.append("last")
        free.set()
        return ()

    jobs = [Job("dead", hang), *(hosts.ask("live", n) for n in range(20)), Job("live", last)]
    Schedule(hosts.ready_at, 2).run(jobs)
    assert done == ["last"]
    assert len(hosts.asked) == 20


def test_an_error_ends_it_and_is_raised():
    hosts = Hosts(0.0)
    free = threading.Event()

    def broken():
        raise OSError("no space left")

    try:
        with pytest.raises(OSError, match="no space left"):
            Schedule(hosts.ready_at, 4).run(
                [Job("slow", lambda: free.wait(60) and ()), Job("bad", broken)]
            )
    finally:
        free.set()


def test_a_turn_that_a_redirect_took_is_waited_for_anew():
    hosts = Hosts(0.0)

    def redirected():
        hosts.next_at["b"] = time.monotonic() + 0.05  # asked on the way
        return [hosts.ask("b", "later")]

    Schedule(hosts.ready_at, 2).run([Job("a", redirected)])
    assert hosts.asked == ["later"]


def test_nothing_to_do():
    Schedule(lambda host: 0.0, 4).run([])
