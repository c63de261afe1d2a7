"""Floors: the F1 that each publisher's fields must keep, pinned with the corpus's digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.score import Tally

FILE = Path(__file__).parent / "floors.json"
SLACK = 0.0005


@dataclass(frozen=True)
class Floors:
    """What a run reached: the corpus it ran on, and the tallies per publisher and field."""

    digest: str
    tallies: Mapping[str, Mapping[str, Tally]]


def pinned() -> dict[str, Any]:
    """Return what is pinned: ``digest``, and ``f1`` per publisher and field."""
    found: dict[str, Any] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return found or {"digest": None, "f1": {}}


def broken(found: Floors) -> list[str]:
    """Return one line per floor that ``found`` breaks; a changed corpus is one of them."""
    floors = pinned()
    if floors["digest"] != found.digest:
        return [
            "the corpus is not the pinned one: raise corpus.VERSION if that is meant, and "
            "run python -m benchmarks.quality --update-floor"
        ]
    return lowered(floors["f1"], found)


def lowered(floors: Mapping[str, Mapping[str, float]], found: Floors) -> list[str]:
    """Return one line per field of ``floors`` that ``found`` lacks or does worse."""
    lines = []
    for publisher, fields in floors.items():
        reached = found.tallies.get(publisher, {})
        for name, floor in fields.items():
            if name not in reached:
                lines.append(f"{publisher} {name}: {floor:.4f} -> gone")
            elif reached[name].f1 < floor - SLACK:
                lines.append(f"{publisher} {name}: {floor:.4f} -> {reached[name].f1:.4f}")
    return lines


def update(found: Floors, *, lower: bool) -> list[str]:
    """Pin what ``found`` reached; returns what would sink, and pins nothing, unless ``lower``."""
    sunk = [] if lower else lowered(pinned()["f1"], found)
    if not sunk:
        reached = {
            publisher: {name: round(tally.f1, 4) for name, tally in sorted(fields.items())}
            for publisher, fields in found.tallies.items()
        }
        text = json.dumps({"digest": found.digest, "f1": reached}, indent=1, ensure_ascii=False)
        FILE.write_text(text + "\n", "utf-8")
    return sunk
