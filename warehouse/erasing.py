"""Notes of erasures: one is there from before its rows go until nothing of it is left.

The rows go first, and with them whatever tells which landing files, nights and words were meant. A
run that is cut off behind that finds its target here, and the same command finishes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.root import DataRoot, sync_file, sync_folder
from warehouse.target import Target

_SETS = ("captures", "addresses", "keys")


@dataclass(frozen=True)
class Erasure:
    """What is being erased: as it was named, the target, passages that only it had."""

    wanted: str
    target: Target
    passages: tuple[str, ...]

    def concerns(self, wanted: str) -> bool:
        """Tell whether an id or address names what this erases."""
        target = self.target
        return wanted in {self.wanted, *target.brief_ids, *target.captures, *target.addresses}


def note(root: DataRoot, erasure: Erasure) -> None:
    """Note that ``erasure`` is about to begin; durable when this returns."""
    path = _path(root, erasure)
    path.parent.mkdir(exist_ok=True)
    target = {name: _plain(getattr(erasure.target, name)) for name in Target.__slots__}
    text = json.dumps({"wanted": erasure.wanted, "passages": erasure.passages, "target": target})
    fresh = path.with_suffix(".tmp")
    fresh.write_text(text, "utf-8")
    sync_file(fresh)
    fresh.replace(path)
    sync_folder(path.parent)


def noted(root: DataRoot) -> list[Erasure]:
    """Return the erasures that are under way or were cut off."""
    return [_read(json.loads(path.read_bytes())) for path in sorted(root.erasing.glob("*.json"))]


def take_off(root: DataRoot, erasure: Erasure) -> None:
    """Take the note of an erasure away: nothing is left of what it erased."""
    path = _path(root, erasure)
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def _path(root: DataRoot, erasure: Erasure) -> Path:
    name = hashlib.sha256(erasure.wanted.encode("utf-8", "replace")).hexdigest()[:20]
    return root.erasing / f"{name}.json"


def _read(found: Mapping[str, Any]) -> Erasure:
    target: dict[str, Any] = {
        name: frozenset(values) if name in _SETS else tuple(map(_tuple, values))
        for name, values in found["target"].items()
    }
    return Erasure(found["wanted"], Target(**target), tuple(found["passages"]))


def _plain(values: Any) -> Sequence[Any]:
    return sorted(values) if isinstance(values, frozenset) else list(values)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
