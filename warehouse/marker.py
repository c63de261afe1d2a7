"""The marker: there from before a merge commits until its night is published.

It names the runs that merged meanwhile, a line each, so that whoever publishes after a kill can
book the run that was cut off. An empty marker says only that a night is due. It is written and
removed by the one who holds the write lock.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.root import sync_file, sync_folder


@dataclass(frozen=True, slots=True)
class Run:
    """Who is writing: the run's name, command, start (UTC) and version of Briefhouse."""

    run_id: str
    command: str
    started_at: datetime
    version: str


def mark(path: Path, run: Run) -> None:
    """Note that ``run`` is about to merge or to publish; durable when this returns."""
    if run.run_id in marked(path):
        return
    fields = [run.run_id, run.command, run.started_at.isoformat(), run.version]
    with path.open("ab") as file:
        # behind whatever a kill left of a line
        file.write(b"\n" + json.dumps(fields).encode() + b"\n")
    sync_file(path)
    sync_folder(path.parent)


def marked(path: Path) -> dict[str, Run]:
    """Return the runs that the marker names; a line that a kill cut off names none."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return {}
    found = {}
    for line in lines:
        try:
            run_id, command, started_at, version = json.loads(line)
            found[run_id] = Run(run_id, command, datetime.fromisoformat(started_at), version)
        except ValueError:
            continue
    return found


def unmark(path: Path) -> None:
    """Note that everything merged is published."""
    if path.exists():
        path.unlink()
        sync_folder(path.parent)
