"""One command of the pipeline in a process of its own, on a scripted clock, telling its phases.

Everything is the real command, `flows.cli.run`; but files count as fetched at a time that their
name and the night fix, so that two runs can be compared, and a line goes to a pipe whenever a phase
begins. Nothing waits for the reader of the pipe.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn
from zlib import crc32

from benchmarks.crash.corpus import LATE
from warehouse import takeover

_FIRST = datetime(2025, 4, 1, tzinfo=UTC)


def run(arguments: Sequence[str], night: int, phases: int, log: Path, least_bytes: int) -> NoReturn:
    """Run ``briefhouse ARGUMENTS`` and exit with its status; phases go to the descriptor.

    Of a database of ``least_bytes`` or more a night takes over what did not change.
    """
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)

    def tell(phase: str) -> None:
        os.write(phases, f"{phase} {time.monotonic()}\n".encode())

    _script_the_clock(night)
    takeover.LEAST_BYTES = least_bytes
    _tell_phases(tell)
    tell("open")
    sys.argv = ["briefhouse", *arguments]
    status: int | str | None = 70
    try:
        from flows.cli import run as command

        command()
    except SystemExit as exit_:
        status = exit_.code
    except BaseException:
        import traceback

        traceback.print_exc()
    tell("end")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 70)


def _script_the_clock(night: int) -> None:
    from flows.sources.sink import Sink

    store = Sink.store
    begin = _FIRST + timedelta(days=night)

    def scripted(sink: Sink, capture: Any) -> None:
        is_late = Path(capture.uri).name.startswith(LATE)
        day = _FIRST - timedelta(days=1) if is_late else begin
        within = timedelta(seconds=crc32(capture.uri.encode()) % 3600)
        store(sink, replace(capture, fetched_at=day + within))

    Sink.store = scripted  # type: ignore[method-assign]


def _tell_phases(tell: Callable[[str], None]) -> None:
    from flows import late, pipeline
    from warehouse import store

    def announced(phase: str, behind: str | None, work: Callable[..., Any]) -> Callable[..., Any]:
        def begin(*arguments: Any, **named: Any) -> Any:
            tell(phase)
            try:
                return work(*arguments, **named)
            finally:
                if behind:
                    tell(behind)

        return begin

    work = pipeline._Work
    work.collect = announced("collect", None, work.collect)  # type: ignore[method-assign]
    pipeline.extract_file = announced("extract", None, pipeline.extract_file)  # type: ignore[assignment]
    late.merge_late = announced("late", None, late.merge_late)
    kept = store.Store
    kept.merge = announced("merge", "extract", kept.merge)  # type: ignore[method-assign]
    kept.finish = announced("book", "close", kept.finish)  # type: ignore[method-assign]
    store.publish = announced("publish", None, store.publish)  # type: ignore[assignment]


if __name__ == "__main__":
    run(sys.argv[5:], int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
