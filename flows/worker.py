"""What runs inside a parsing worker, which imports neither duckdb nor pyarrow."""

from __future__ import annotations

import gc
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from extractors.extract import extract
from extractors.model import Extraction, Hints
from extractors.profile import Profiles

Job = tuple[bytes, str, str] | tuple[bytes, str, str, Hints | None]
"""One document: body, uri, content type and, where a feed led to it, what that says of it."""

Work = Callable[..., Extraction]
"""Takes one :data:`Job` apart, as its arguments. Workers import it by its name."""

READY = "ready"
OUT_OF_MEMORY = 87
"""Exit status of a worker whose document asked for more memory than it may."""

_ORPHANED = 5.0  # seconds beyond the time limit, when nobody is left to end an overdue worker


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may take: seconds and bytes for a document, documents before it retires.

    ``memory`` counts from what the process has as it starts; grown by half of it, it retires.
    """

    seconds: float
    memory: int
    documents: int = 20_000


def work(
    body: bytes,
    uri: str,
    content_type: str,
    hints: Hints | None = None,
    *,
    profiles: Profiles | None = None,
) -> Extraction:
    """Take one document apart by ``profiles``; by those that ship if None."""
    return extract(body, uri=uri, content_type=content_type, profiles=profiles, hints=hints)


def serve(connection: Connection, task: Work, limits: Limits) -> None:
    """Answer documents from ``connection`` until it closes or the process has served its time.

    An answer is the extraction, or a string that tells which error there was; with it comes
    whether it is the last one. A document that takes too much memory gets no answer: the process
    ends, because nobody knows what is left whole in it.
    """
    size, resident = _memory()
    _limit_memory(size + limits.memory)
    gc.freeze()  # what is imported stays: a collection need not walk through it
    try:
        connection.send(READY)
        for nth in range(1, limits.documents + 1):
            document = connection.recv()
            # whatever happens to the parent, and in whatever native code this is stuck
            signal.setitimer(signal.ITIMER_REAL, limits.seconds + _ORPHANED)
            answer = _answer(task, document)
            signal.setitimer(signal.ITIMER_REAL, 0)
            del document
            grown = _memory()[1] - resident
            last = nth == limits.documents or grown > limits.memory // 2
            connection.send((answer, last))
            del answer
            if last:
                return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, OSError):
        return  # the parent is gone, or has closed its end


def _answer(task: Work, document: Job) -> Extraction | str:
    try:
        return task(*document)
    except MemoryError:
        raise
    except Exception as error:  # a defect of an extractor: this document's outcome, not the run's
        return f"{type(error).__name__}: {error}"


def _memory() -> tuple[int, int]:
    """Return the bytes of address space and of memory that this process has; 0 if unknown."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()
    except OSError:  # not Linux
        return 0, 0
    page = os.sysconf("SC_PAGE_SIZE")
    return int(pages[0]) * page, int(pages[1]) * page


def _limit_memory(most: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (OSError, ValueError):
        return  # macOS knows no such limit: there the time limit alone guards
