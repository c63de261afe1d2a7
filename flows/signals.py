"""Ending on a signal: at once, but not in the middle of what must be done whole."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

ENDING = (signal.SIGINT, signal.SIGTERM)


class Ending:
    """Ends the program on SIGINT and SIGTERM, and remembers that it did.

    ``status`` is the exit status that the signal calls for, None before it comes. It must be asked
    for behind any error: DuckDB turns what a handler raises into a RuntimeError of its own.
    """

    def __init__(self) -> None:
        self.status: int | None = None
        for number in ENDING:
            signal.signal(number, self._end)

    def _end(self, number: int, frame: FrameType | None) -> NoReturn:
        self.status = 128 + number
        raise SystemExit(self.status)


@contextmanager
def signals_held() -> Iterator[None]:
    """Hold ending signals back while inside, and let the first one end the run behind it.

    Signals are handled in the main thread alone; in others there is nothing to hold.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = {n: signal.signal(n, lambda number, frame: held.append(number)) for n in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if held:
        signal.raise_signal(held[0])
