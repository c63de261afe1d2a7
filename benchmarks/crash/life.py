"""One life of a data root: night after night killed, run again, and compared with a quiet one."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import duckdb

from benchmarks.crash.corpus import fill
from benchmarks.crash.readers import Reader
from benchmarks.crash.victim import Ended, Moments, Victim
from warehouse.compare import differences
from warehouse.publish import read_manifest
from warehouse.root import DataRoot
from warehouse.takeover import LEAST_BYTES

INGEST = ("open", "collect", "extract", "merge", "late", "book", "publish", "close")
"""The phases of ``ingest``; in the first night no page comes ``late``.

A command that does not tell phases has one: ``open``.
"""


@dataclass
class Record:
    """What all lives gave together."""

    kills: Counter[tuple[str, str]] = field(default_factory=Counter)
    chosen: Counter[tuple[str, str]] = field(default_factory=Counter)
    first_runs: int = 0
    cold: int = 0
    pairs: int = 0
    compared: int = 0
    taken_over: int = 0
    queries: int = 0
    nights_seen: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def killed(self) -> int:
        return sum(self.kills.values())


@dataclass
class Lives:
    """Whatever the lives of a run share."""

    folder: Path
    inboxes: list[dict[str, bytes]]
    random: Random
    moments: Moments
    record: Record
    most: int
    upkeep: Sequence[str]
    """Commands beside ``ingest`` that are killed too: maintain, reprocess, rebuild."""
    least_bytes: int = LEAST_BYTES
    """From which size on a night's database is taken over by the next."""

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    def quiet(self) -> list[DataRoot]:
        """Do all nights undisturbed; return a root for each, as readers see it behind the night."""
        root = DataRoot(self.folder / "quiet")
        found = []
        for night, inbox in enumerate(self.inboxes):
            fill(self.inbox, inbox)
            self._run(root, self._ingest(root), night)
            view = DataRoot(self.folder / f"quiet-{night}")
            view.published.mkdir(parents=True)
            view.current.symlink_to(root.current.resolve())
            for command in self.upkeep:
                self._run(root, [command, "--data", str(root.path)], night)
                self._expect_equal(view, root, f"quiet {command} of night {night}")
            found.append(view)
        return found

    def live(self, number: int, quiet: Sequence[DataRoot]) -> None:
        """Go through all nights on a fresh root, with readers beside it from the first moment.

        Most lives take over what they can of the night before, though the quiet one, as small as
        it is, wrote each night whole.
        """
        self.least_bytes = LEAST_BYTES if number % 3 == 0 else 0
        root = DataRoot(self.folder / f"life-{number}")
        shutil.rmtree(self.inbox)
        readers = [Reader(root, self.random.randrange(2**31)) for _ in range(2)]
        try:
            for night, inbox in enumerate(self.inboxes):
                if self.record.killed >= self.most or self.record.failures:
                    break
                fill(self.inbox, inbox)
                self._night(root, night, quiet[night])
        finally:
            for reader in readers:
                seen = reader.stop()
                self.record.queries += seen["queries"]
                self.record.nights_seen += len(seen.get("nights", ()))
                if seen["failure"]:
                    self.record.failures.append(f"a reader of life {number}: {seen['failure']}")
        if not self.record.failures:
            shutil.rmtree(root.path)

    def _night(self, root: DataRoot, night: int, quiet: DataRoot) -> None:
        self.record.first_runs += not root.current.exists()
        for _ in range(self.random.randint(2, 5)):
            if self.random.random() < 0.12:
                self._pair(root, night)
            else:
                self._kill(root, self._ingest(root), night)
        self._run(root, self._ingest(root), night)
        self._expect_equal(quiet, root, f"night {night} of {root.path.name}")
        self.record.taken_over += read_manifest(root.current)["whole"] is None
        self._expect_sound(root)
        for command in self.random.sample(self.upkeep, min(2, len(self.upkeep))):
            arguments = [command, "--data", str(root.path)]
            for _ in range(self.random.randint(1, 3)):
                self._kill(root, arguments, night)
            # the next night need not know of it
            again = arguments if self.random.random() < 0.5 else self._ingest(root)
            self._run(root, again, night)
            self._expect_equal(quiet, root, f"{command} in night {night} of {root.path.name}")
            self._expect_sound(root)

    def _ingest(self, root: DataRoot) -> list[str]:
        return ["ingest", str(self.inbox), "--data", str(root.path)]

    def _start(self, arguments: Sequence[str], night: int, *, forked: bool = True) -> Victim:
        log = self.folder / f"log-{time.monotonic_ns()}"
        return Victim(arguments, night, log, self.least_bytes, forked=forked)

    def _kill(self, root: DataRoot, arguments: Sequence[str], night: int) -> None:
        command = arguments[0]
        if self.random.random() < 0.1:  # the whole command, from its cold start
            victim = self._start(arguments, night, forked=False)
            ended = victim.kill_after(self.random.uniform(0, self._whole(command) + 1.5))
            self.record.cold += ended.killed_in is not None
        else:
            known = [phase for name, phase in self.moments.seconds if name == command]
            phases = [p for p in INGEST if p in known] if command == "ingest" else known
            phase = min(
                phases, key=lambda p: (self.record.chosen[command, p], self.random.random())
            )
            self.record.chosen[command, phase] += 1
            victim = self._start(arguments, night)
            ended = victim.kill_in(phase, self.moments.draw(self.random, command, phase))
        self._book(command, ended)

    def _whole(self, command: str) -> float:
        return sum(s for (name, _), s in self.moments.seconds.items() if name == command)

    def _pair(self, root: DataRoot, night: int) -> None:
        """Two runs at once, of which one is killed, or both."""
        victims = [self._start(self._ingest(root), night) for _ in range(2)]
        self.record.pairs += 1
        moments = sorted(self.random.uniform(0, 1.5 * self._whole("ingest")) for _ in victims)
        both = self.random.random() < 0.5
        began = time.monotonic()
        self._book("ingest", victims[0].kill_after(moments[0]))
        if both:
            self._book(
                "ingest", victims[1].kill_after(max(0.0, began + moments[1] - time.monotonic()))
            )
        else:
            self._book("ingest", victims[1].end())

    def _book(self, command: str, ended: Ended) -> None:
        if ended.killed_in:
            self.record.kills[command, ended.killed_in] += 1
        elif ended.status not in (0, 1):
            self.record.failures.append(f"{command} exited with {ended.status}: {ended.log}")

    def _run(self, root: DataRoot, arguments: Sequence[str], night: int) -> None:
        """Run a command undisturbed. Empty files are rejected, so that 1 is as good as 0."""
        ended = self._start(arguments, night).end()
        self.moments.learn(arguments[0], ended.told)
        self._book(arguments[0], ended)

    def _expect_equal(self, quiet: DataRoot, root: DataRoot, what: str) -> None:
        self.record.compared += 1
        for line in _apart(lambda: differences(quiet, root)):
            self.record.failures.append(f"{what}: {line}")

    def _expect_sound(self, root: DataRoot) -> None:
        for line in _apart(lambda: _unsound(root)):
            self.record.failures.append(f"{root.path.name}: {line}")


def _unsound(root: DataRoot) -> list[str]:
    """Return what a re-run should have put in order and did not."""
    found = [f"left behind: {path}" for path in root.published.glob(".*.tmp")]
    if root.unpublished.exists():
        found.append("the marker of something unpublished is still there")
    path = str(root.path / "warehouse.duckdb")
    with duckdb.connect(path, read_only=True) as night:
        for name, query in _SOUND.items():
            rows = night.execute(query).fetchall()
            found += [f"{name}: {row}" for row in rows]
    return found


_SOUND = {
    "a capture with more or less than one attempt": """SELECT c.capture_id, count(a.attempt_id)
        FROM captures c LEFT JOIN attempts a USING (capture_id)
        GROUP BY ALL HAVING count(a.attempt_id) <> 1""",
    "a run that brought something and is in no book": """SELECT DISTINCT run_id FROM attempts
        WHERE run_id NOT IN (SELECT run_id FROM runs)""",
    "a run that counts other attempts than it has": """SELECT r.run_id, r.tried, count(a.run_id)
        FROM runs r LEFT JOIN attempts a USING (run_id) GROUP BY ALL
        HAVING r.tried < count(a.run_id)""",
}


def _apart(work: Callable[[], list[str]]) -> list[str]:
    """Do ``work`` in a process of its own: this one forks, so it may not have threads."""
    answer, theirs = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            found = work()
        except BaseException as error:
            found = [f"can't be read: {type(error).__name__}: {error}"]
        with os.fdopen(theirs, "wb") as out:
            out.write(json.dumps(found).encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(answer, "rb") as given:
        lines: list[str] = json.loads(given.read() or '["the comparing process died"]')
    os.waitpid(pid, 0)
    return lines
