"""Runners: how a step is applied to many items. The one seam between the pipeline and Prefect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_THREADS = 8  # sources wait for the network most of the time; parsing is in processes of its own


class Runner(Protocol):
    """Applies a step to every item and returns the results in order."""

    def map(self, name: str, step: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Apply ``step`` to each of ``items``; ``name`` is what a person sees of it."""
        ...


class DirectRunner:
    """Runs steps in this process, side by side in threads."""

    def map(self, name: str, step: Callable[[T], R], items: Sequence[T]) -> list[R]:
        if len(items) < 2:
            return [step(item) for item in items]
        pool = ThreadPoolExecutor(min(_THREADS, len(items)), thread_name_prefix=name)
        try:
            return list(pool.map(step, items))
        finally:
            # after an error or a signal nobody waits for the others: a slow site takes minutes
            pool.shutdown(wait=False, cancel_futures=True)
