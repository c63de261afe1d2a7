"""One parsing process with a pipe of its own: what becomes of it concerns no other.

Pools share one pipe and one lock among their processes. Killed at the wrong moment, a process takes
the lock along, or leaves half an answer in the pipe, and every document after it is lost.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from multiprocessing import resource_tracker

from extractors.model import Extraction, Rejection
from flows.worker import OUT_OF_MEMORY, READY, Job, Limits, Work, serve
from warehouse.errors import WarehouseError

_CONTEXT = multiprocessing.get_context("spawn")  # the parent has threads: forking it is no choice
_PROCESSES = threading.Lock()  # multiprocessing's own table of children is no matter for threads
_START_SECONDS = 60.0  # a start takes a third of a second on an idle machine
_KEPT = "; the page is kept in landing, please report it"


class WorkersError(WarehouseError):
    """Parsing processes that can't be started. What was collected is in landing."""


class Guarded:
    """A worker process. It is asked for one document at a time, by one thread at a time."""

    def __init__(self, work: Work, limits: Limits) -> None:
        """Start the process; raises OSError if there can be none. It is not ready yet."""
        self.usable = True
        self._limits = limits
        self._deadline: float | None = time.monotonic() + _START_SECONDS
        self._overdue = False
        self._lock = threading.Lock()
        self._connection, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(
            target=serve, args=(theirs, work, limits), daemon=True, name="briefhouse-worker"
        )
        # Ctrl-C reaches every process of the terminal; what a worker does about it is up to us. It
        # inherits the mask. (The tracker, started with the first worker, would clear it.)
        with _PROCESSES:
            resource_tracker.ensure_running()
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                self._process.start()
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
                theirs.close()

    def wait_until_ready(self) -> bool:
        """Tell whether the process has come up."""
        try:
            ready: bool = self._connection.recv() == READY
        except (EOFError, OSError):
            ready = False
        self._settle()
        return ready

    @property
    def alive(self) -> bool:
        """Whether the process runs: one that waits for work may have been killed."""
        with _PROCESSES:
            return self._process.is_alive()

    def ask(self, document: Job) -> Extraction:
        """Have one document taken apart; whatever befalls the process is a rejection.

        Behind it ``usable`` tells whether the process can be asked again.
        """
        with self._lock:
            self._deadline = time.monotonic() + self._limits.seconds
        try:
            self._connection.send(document)
            answer, last = self._connection.recv()
        except (EOFError, OSError):
            self._settle()
            self.stop()
            return Extraction(rejection=self._death())
        self._settle()
        self.usable = not last
        if isinstance(answer, Extraction):
            return answer
        return Extraction(rejection=Rejection("error", f"the extractor failed: {answer}{_KEPT}"))

    def kill_overdue(self, now: float) -> None:
        """End the process if its time is up: even a stopped one, or one stuck in native code."""
        with self._lock:
            if self._deadline is not None and now > self._deadline:
                self._deadline = None
                self._overdue = True
                self.kill()

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.usable = False
        with _PROCESSES:
            self._process.kill()
            self._process.join()
        self._connection.close()

    def kill(self) -> None:
        """End the process at once; the thread that waits for it sees it gone."""
        with _PROCESSES:
            self._process.kill()

    def _settle(self) -> None:
        with self._lock:
            self._deadline = None

    def _death(self) -> Rejection:
        if self._overdue:
            message = f"parsing took longer than {self._limits.seconds:g} s"
            return Rejection("timeout", message + _KEPT)
        status = self._process.exitcode
        if status == OUT_OF_MEMORY:
            megabytes = self._limits.memory // 1_000_000
            return Rejection("memory", f"parsing took more than {megabytes:,} MB{_KEPT}")
        return Rejection("crashed", f"the parsing process died ({_name(status)}){_KEPT}")


def _name(status: int | None) -> str:
    if status is None or status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {-status}, {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"
