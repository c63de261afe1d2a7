"""The golden corpus: invented documents printed from a fixed seed, and the hand-written samples."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.quality.formats import FLAT, Rendered, Unprintable, renderer
from benchmarks.quality.page import Page
from benchmarks.quality.truth import main_text, truth_of
from benchmarks.quality.writer import Writer

VERSION = 1
"""Raise it when the generator changes on purpose: it is part of every seed."""

ROOT = Path(__file__).parents[2]
PLAN = {
    "fdd": 264,
    "isw": 44,
    "soufan": 44,
    "ocha": 44,
    "cfr": 44,
    "atlantic-council": 44,
    "brookings": 44,
    "chatham-house": 44,
    "csis": 44,
    "crisis-group": 33,
    "ecfr": 33,
    "generic": 42,
}
"""Documents per publisher; the formats come from each publisher's own list."""


@dataclass(frozen=True)
class Case:
    """One document of the corpus with its truth."""

    name: str
    publisher: str
    format: str
    body: bytes
    uri: str
    truth: dict[str, Any]
    pinned: bytes
    text: str | None = None
    """The article without title, repeats and boilerplate; None for the samples."""


def generated(publisher: str | None = None) -> Iterator[Case]:
    """Yield the generated cases of one publisher, or of all."""
    for name, count in PLAN.items():
        if publisher in (None, name):
            module = import_module(f"benchmarks.quality.publishers.{name.replace('-', '_')}")
            for nth in range(count):
                form = module.FORMATS[nth % len(module.FORMATS)]
                case = _print(module, name, nth, form)
                if case:
                    yield case


def _print(module: Any, publisher: str, nth: int, form: str) -> Case | None:
    render = renderer(form)
    if render is None:
        return None
    page, made = next(_attempts(module, f"{VERSION}:{publisher}:{nth}", form, render))
    truth = truth_of(page, links=made.links, head=made.head)
    pinned = made.body if made.pinned is None else made.pinned
    name = f"{publisher}/{nth:03}.{form}"
    return Case(name, publisher, form, made.body, made.uri, truth, pinned, main_text(page))


def _attempts(
    module: Any, seed: str, form: str, render: Callable[[Page, Writer], Rendered]
) -> Iterator[tuple[Page, Rendered]]:
    """Yield printed pages, with one seed after the other, where the format can show them."""
    for attempt in itertools.count():
        writer = Writer(f"{seed}:{attempt}", rich=form not in FLAT)
        page = module.page(writer)
        with suppress(Unprintable):
            yield page, render(page, writer)


def samples(publisher: str | None = None) -> Iterator[Case]:
    """Yield the hand-written samples with their golden files."""
    for golden in sorted((ROOT / "tests" / "golden").rglob("*.json")):
        relative = golden.relative_to(ROOT / "tests" / "golden").with_suffix("")
        owner = relative.parts[0]
        if publisher in (None, owner):
            body = (ROOT / "samples" / relative).read_bytes()
            truth = {"truncated": False, **json.loads(golden.read_text("utf-8"))}
            form = {".txt": "text"}.get(relative.suffix, relative.suffix[1:])
            yield Case(f"samples/{relative}", owner, form, body, relative.name, truth, body)


@cache
def corpus() -> tuple[Case, ...]:
    """Return all cases, samples first."""
    return (*samples(), *generated())


def digest(cases: tuple[Case, ...]) -> str:
    """Return the SHA-256 over names, bytes and truth of ``cases``."""
    found = hashlib.sha256()
    for case in cases:
        found.update(case.name.encode() + b"\0" + hashlib.sha256(case.pinned).digest())
        found.update(json.dumps(case.truth, sort_keys=True, ensure_ascii=False).encode())
    return found.hexdigest()
