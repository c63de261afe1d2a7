"""Starting a command, killing it from outside at a random moment of a phase, and its end."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

from benchmarks.crash import child


@dataclass
class Moments:
    """How long each phase of each command takes here, learned as it goes."""

    seconds: dict[tuple[str, str], float] = field(default_factory=dict)

    def learn(self, command: str, told: Sequence[tuple[str, float]]) -> None:
        total: dict[str, float] = {}
        for (phase, since), (_, until) in pairwise(told):
            total[phase] = total.get(phase, 0.0) + until - since
        for phase, seconds in total.items():
            before = self.seconds.get((command, phase), seconds)
            self.seconds[command, phase] = 0.7 * before + 0.3 * seconds

    def draw(self, random: Random, command: str, phase: str) -> float:
        return random.uniform(0, self.seconds.get((command, phase), 0.3))


@dataclass(frozen=True)
class Ended:
    """How a command ended: ``killed_in`` is the phase in which SIGKILL met it, if it did."""

    status: int
    killed_in: str | None
    told: list[tuple[str, float]]
    log: str


class Victim:
    """A running command; a ``forked`` one shares what this process has imported."""

    def __init__(
        self, arguments: Sequence[str], night: int, log: Path, least_bytes: int, *, forked: bool
    ) -> None:
        self.log = log
        self.log.write_bytes(b"")
        self.told: list[tuple[str, float]] = []
        self._rest = b""
        self._pipe, theirs = os.pipe()
        os.set_inheritable(theirs, True)
        sys.stdout.flush()
        if forked:
            self.pid = os.fork()
            if not self.pid:
                os.close(self._pipe)
                child.run(arguments, night, theirs, log, least_bytes)
        else:
            fixed = [str(night), str(theirs), str(log), str(least_bytes)]
            command = [sys.executable, "-m", child.__name__, *fixed, *arguments]
            self.pid = subprocess.Popen(command, pass_fds=(theirs,)).pid
        os.close(theirs)

    def _listen(self, seconds: float) -> bool:
        """Take in what the child tells within ``seconds``; False if it has ended."""
        ready, _, _ = select.select([self._pipe], [], [], max(0.0, seconds))
        if not ready:
            return True
        read = os.read(self._pipe, 65536)
        *lines, self._rest = (self._rest + read).split(b"\n")
        for line in lines:
            phase, at = line.decode().split()
            self.told.append((phase, float(at)))
        return bool(read)

    def kill_in(self, phase: str, after: float) -> Ended:
        """Kill it ``after`` seconds of ``phase``, or see it end by itself."""
        while not any(told == phase for told, _ in self.told):
            if not self._listen(120):
                return self.end()
        began = next(at for told, at in self.told if told == phase)
        # sleeping is exact; reading the pipe is for afterwards
        time.sleep(max(0.0, began + after - time.monotonic()))
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def kill_after(self, seconds: float) -> Ended:
        """Kill it ``seconds`` after its start, whatever it is doing."""
        time.sleep(seconds)
        os.kill(self.pid, signal.SIGKILL)
        return self.end()

    def end(self) -> Ended:
        """Wait for its end."""
        while self._listen(300):
            pass
        os.close(self._pipe)
        _, status = os.waitpid(self.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        killed = code == -signal.SIGKILL
        phase = (self.told[-1][0] if self.told else "start") if killed else None
        return Ended(code, phase, self.told, self.log.read_text("utf-8", "replace"))
