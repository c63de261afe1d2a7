"""Parsing in worker processes: whatever a document does to its process costs it alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractors.model import Brief
from flows.guarded import WorkersError
from flows.worker import Limits
from flows.workers import Workers

LIMITS = Limits(seconds=2, memory=300_000_000)


@pytest.fixture
def poison(monkeypatch):
    """The stand-in for parsing, where this process and its workers can import it."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import poison

    return poison.work


@pytest.fixture
def take(poison):
    """Start workers on the stand-in: ``with take(2) as workers``."""
    return lambda count, limits=LIMITS, task=poison: Workers(count, limits, task=task)


def _reasons(workers, *bodies):
    found = workers.extract((body.encode(), "", "") for body in bodies)
    return [f.rejection.reason if f.rejection else "brief" for f in found]


def _workers():
    return [p for p in multiprocessing.active_children() if p.name == "briefhouse-worker"]


POISON = {
    "LOOP": "timeout",
    "STOP": "timeout",
    "NATIVE": "timeout",
    "KILL": "crashed",
    "SEGFAULT": "crashed",
    "ABORT": "crashed",
    "EXIT": "crashed",
    "MEMORY": "memory",
    "GROW": "memory",
    "RECURSE": "error",
    "RAISE": "error",
}


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_each_poison_costs_itself_and_no_neighbour(take, count):
    """Good documents stand before, between and behind, in the queue and in other workers."""
    bodies = ["good"]
    for word in POISON:
        bodies += [word, "good", "SLEEP 0.05", "good"]
    with take(count) as workers:
        found = _reasons(workers, *bodies)
    expected = ["fine"]
    for reason in POISON.values():
        expected += [reason, "fine", "fine", "fine"]
    assert found == expected
    assert _workers() == []


@pytest.mark.slow
def test_nothing_but_poison(take):
    with take(2) as workers:
        assert _reasons(workers, *["KILL"] * 6, "good") == ["crashed"] * 6 + ["fine"]


@pytest.mark.slow
def test_messages_say_what_happened_and_what_to_do(take):
    with take(2) as workers:
        found = list(workers.extract((w.encode(), "", "") for w in ("LOOP", "KILL", "MEMORY")))
        found += workers.extract([(b"RAISE", "", "")])
    said = [f.rejection.message for f in found]
    assert all(
        message.endswith("the page is kept in landing, please report it") for message in said
    )
    for message, words in zip(
        said,
        ("longer than 2 s", "signal 9, SIGKILL", "more than 300 MB", "a defect of an extractor"),
        strict=True,
    ):
        assert words in message


@pytest.mark.slow
def test_workers_that_are_killed_while_they_wait_cost_nothing(take):
    with take(2) as workers:
        assert _reasons(workers, *["SLEEP 0.1"] * 4) == ["fine"] * 4
        for worker in _workers():
            os.kill(worker.pid, signal.SIGKILL)
            worker.join()
        assert _reasons(workers, *["good"] * 6) == ["fine"] * 6


@pytest.mark.slow
def test_a_worker_that_is_killed_while_it_answers_costs_one_document(take):
    """Half an answer is in its pipe; nobody else reads from there."""
    with take(2) as workers:
        assert _reasons(workers, "SLEEP 0.1", "SLEEP 0.1") == ["fine"] * 2
        found = []
        bodies = ["HUGE 60000000"] * 12
        thread = threading.Thread(target=lambda: found.extend(_reasons(workers, *bodies)))
        thread.start()
        for _ in range(3):
            time.sleep(0.15)
            os.kill(_workers()[0].pid, signal.SIGKILL)
        thread.join(60)
    assert len(found) == 12
    assert set(found) <= {"brief", "crashed"}
    assert found.count("crashed") <= 3


@pytest.mark.slow
def test_a_worker_that_has_grown_is_replaced(take):
    with take(1) as workers:
        bodies = ["good", "HOARD 100000000", "good", "HOARD 100000000", "good", "good"]
        found = [
            f.rejection.message.split()
            for f in workers.extract((b.encode(), "", "") for b in bodies)
        ]
    pids = [said[0] for said in found]
    assert pids[0] == pids[1] == pids[2] == pids[3]  # it answers first
    assert pids[3] != pids[4] == pids[5]


@pytest.mark.slow
def test_a_worker_that_has_served_its_time_is_replaced(take):
    with take(1, Limits(5, 300_000_000, documents=3)) as workers:
        found = list(workers.extract((b"good", "", "") for _ in range(7)))
    pids = [f.rejection.message.split()[0] for f in found]
    assert len(set(pids)) == 3 and pids[0] == pids[2] and pids[3] == pids[5]


@pytest.mark.slow
def test_an_overdue_worker_ends_though_its_parent_is_gone(cli, poison, tmp_path):
    """In native code it sees neither a closed pipe nor a signal handler."""
    code = """
import os, sys, threading, time, multiprocessing
sys.path.insert(0, sys.argv[1])
import poison
from flows.worker import Limits
from flows.workers import Workers
workers = Workers(1, Limits(1, 300_000_000), task=poison.work)
threading.Thread(target=lambda: list(workers.extract([(b"NATIVE", "", "")])), daemon=True).start()
while not multiprocessing.active_children():
    time.sleep(0.05)
time.sleep(0.7)
print(multiprocessing.active_children()[0].pid, flush=True)
os._exit(0)
"""
    pid = int(cli.python(code, Path(__file__).parent).stdout)
    deadline = time.monotonic() + 20
    while Path(f"/proc/{pid}/stat").exists() and time.monotonic() < deadline:
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.1)
    else:
        assert not Path(f"/proc/{pid}/stat").exists()


@pytest.mark.slow
def test_workers_that_cannot_start_are_the_run_s_failure(take, tmp_path, monkeypatch):
    """Not the documents': none of them is marked, all stay pending."""
    (tmp_path / "passing.py").write_text("def work(body, uri, content_type): ...")
    monkeypatch.syspath_prepend(str(tmp_path))
    import passing

    (tmp_path / "passing.py").unlink()
    with (
        pytest.raises(WorkersError, match="die as they start"),
        take(1, task=passing.work) as workers,
    ):
        _reasons(workers, "good")
    assert _workers() == []


@pytest.mark.slow
def test_answers_come_in_order_and_few_documents_are_in_memory(take):
    taken = []

    def documents():
        for n in range(40):
            taken.append(n)
            yield f"SLEEP {0.03 * (n % 3)}".encode(), str(n), ""

    with take(3) as workers:
        for nth, found in enumerate(workers.extract(documents())):
            assert found.rejection.message.endswith(f"SLEEP {0.03 * (nth % 3)}")
            assert len(taken) <= nth + 13


@pytest.mark.slow
def test_steps_that_begin_at_once_share_the_workers(take):
    """Landing files are taken apart side by side, in threads, by the same few processes."""
    together = threading.Barrier(4)
    most = []

    with take(2) as workers, ThreadPoolExecutor(4) as threads:

        def step(_):
            together.wait()
            found = _reasons(workers, *["SLEEP 0.1"] * 5)
            most.append(len(_workers()))
            return found

        assert list(threads.map(step, range(4))) == [["fine"] * 5] * 4
    assert max(most) == 2


def test_no_document_starts_no_worker(take):
    with take(2) as workers:
        assert list(workers.extract(())) == []
        assert _workers() == []


@pytest.mark.slow
def test_leaving_early_ends_the_workers(take):
    started = time.monotonic()
    with take(2, Limits(60, 300_000_000)) as workers:
        found = workers.extract([(b"good", "", ""), (b"LOOP", "", ""), (b"LOOP", "", "")])
        assert next(found).rejection.reason == "fine"
    assert time.monotonic() - started < 20
    assert _workers() == []


@pytest.mark.slow
def test_real_parsing(draft):
    bodies = [draft(title=f"Brief {n}").html() for n in range(4)]
    with Workers(2, Limits(30, 1_000_000_000)) as workers:
        found = list(workers.extract((body, "", "") for body in bodies))
    assert all(isinstance(f.brief, Brief) for f in found)
    assert [f.brief.title.text for f in found] == [f"Brief {n}" for n in range(4)]
