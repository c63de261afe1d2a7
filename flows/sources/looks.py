"""How files looked when they were read, so that those that did not change are not read again.

It is a cache: lost, every file is read once more. What it holds was stored in landing before.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

_TICK = 2_000_000_000
"""Nanoseconds within which a file may change unseen: some file systems keep whole seconds, or two.

A file read so soon after its last change is read again the next time."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file that looks as it did when it was read: whatever came of it then still holds."""

    uri: str


def look(found: os.stat_result) -> str:
    """Return what tells one state of a file from another without reading it."""
    return f"{found.st_size}-{found.st_mtime_ns}-{found.st_ino}"


@dataclass
class Looks:
    """The looks known from before, and those of this run."""

    before: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)

    def is_unchanged(self, uri: str, found: os.stat_result) -> bool:
        """Tell whether a file was read when it looked as ``found``; if so, remember it."""
        same = self.before.get(uri) == look(found)
        if same:
            self.now[uri] = look(found)
        return same

    def read(self, uri: str, found: os.stat_result, at_ns: int) -> None:
        """Remember that a file was read whole at ``at_ns``, when it looked as ``found``."""
        if at_ns - found.st_mtime_ns > _TICK:
            self.now[uri] = look(found)


def load_looks(path: Path) -> dict[str, str]:
    """Return the looks kept in ``path``; none if it isn't there or can't be read."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def forget_looks(folder: Path, uris: Collection[str]) -> None:
    """Take files out of all that is kept in ``folder``."""
    for path in sorted(folder.glob("*.json")):
        looks = load_looks(path)
        if not looks.keys().isdisjoint(uris):
            keep_looks(path, {uri: look for uri, look in looks.items() if uri not in uris})


def keep_looks(path: Path, looks: dict[str, str]) -> None:
    """Keep ``looks`` in ``path``: a new file in the place of the old one, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(json.dumps(looks), "utf-8")
    os.replace(temporary, path)
