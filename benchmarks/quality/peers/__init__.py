"""Other extractors on the same pages: title, day, authors and main text, side by side.

They know nothing of developments, statements or cited titles; nothing of that is asked of them.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.corpus import Case
from benchmarks.quality.peers import libraries
from benchmarks.quality.score import Tally, mistakes, total

_FIELDS = ("title", "published_on", "author", "text")


def table(cases: Sequence[Case], fundus: str | None = None) -> str:
    """Score every peer on the web pages in ``cases``; return a Markdown table of F1.

    ``fundus`` is the Python of an environment that has fundus: it can't share one with current
    lxml and fastwarc.
    """
    pages = [case for case in cases if case.format == "html" and case.text is not None]
    rows = {name: [read(case.body, case.uri) for case in pages] for name, read in available()}
    if fundus:
        rows["fundus"] = _elsewhere(fundus, pages)
    lines = [f"| {len(pages)} pages | {' | '.join(_FIELDS)} |", "|---" * (len(_FIELDS) + 1) + "|"]
    for name, found in rows.items():
        tallies = total(compare(case, view) for case, view in zip(pages, found, strict=True))
        cells = " | ".join(f"{tallies[field].f1:.3f}" for field in _FIELDS)
        lines.append(f"| {name} | {cells} |")
    return "\n".join(lines)


def available() -> list[tuple[str, Callable[[bytes, str], dict[str, Any]]]]:
    """Return the extractors that are installed here, Briefhouse first."""
    return [("briefhouse", libraries.briefhouse), *libraries.installed()]


def _elsewhere(python: str, pages: Sequence[Case]) -> list[dict[str, Any]]:
    given = json.dumps([case.body.decode("utf-8", "replace") for case in pages])
    script = Path(__file__).parent / "with_fundus.py"
    done = subprocess.run(
        [python, str(script)], input=given, capture_output=True, text=True, check=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def compare(case: Case, view: dict[str, Any]) -> dict[str, Tally]:
    """Compare one page's title, day and authors exactly, and its text word by word."""
    truth = case.truth
    day = truth["published_on"]
    return {
        "title": _tally([truth["title"]], [view["title"]] if view["title"] else []),
        "published_on": _tally([day] if day else [], [view["day"]] if view["day"] else []),
        "author": _tally(sorted(truth["authors"]), sorted(view["authors"])),
        "text": _words(case.text or "", view["text"]),
    }


def _tally(true: list[str], given: list[str]) -> Tally:
    true, given = [" ".join(v.split()) for v in true], [" ".join(v.split()) for v in given]
    missing, spurious = mistakes(true, given)
    return Tally(len(true) - len(missing), len(spurious), len(missing))


def _words(true: str, given: str) -> Tally:
    wanted, found = Counter(re.findall(r"\w+", true)), Counter(re.findall(r"\w+", given))
    right = (wanted & found).total()
    return Tally(right, found.total() - right, wanted.total() - right)
