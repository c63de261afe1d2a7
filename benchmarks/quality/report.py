"""The corpus scored: per publisher and field, per format, and the mistakes one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.quality import score as scoring
from benchmarks.quality.corpus import ROOT, Case
from benchmarks.quality.score import Tally
from benchmarks.quality.view import extracted

_COUNTED = (
    "document",
    "publisher",
    "kind",
    "title",
    "published_on",
    "author",
    "development",
    "statement",
    "link",
    "context.heading",
    "truncated",
)
PAGE = ROOT / "docs" / "quality.md"
_MARK = "<!-- written by --update-floor -->"


@dataclass(frozen=True)
class Scored:
    """One case, what came of it, and its tallies."""

    case: Case
    view: dict[str, Any]
    tallies: dict[str, Tally]


def score(cases: Sequence[Case]) -> list[Scored]:
    """Extract and score ``cases``."""
    found = []
    for case in cases:
        view = extracted(case.body, case.uri)
        found.append(Scored(case, view, scoring.compare(case.truth, view)))
    return found


def write_page(scored: Sequence[Scored]) -> None:
    """Write the tables into docs/quality.md."""
    text, _, _ = PAGE.read_text("utf-8").partition(_MARK)
    PAGE.write_text(f"{text}{_MARK}\n\n{tables(scored)}", "utf-8")


def by_publisher(scored: Sequence[Scored]) -> dict[str, dict[str, Tally]]:
    """Return the tallies of each publisher."""
    return {
        key: scoring.total(s.tallies for s in scored if s.case.publisher == key)
        for key in sorted({s.case.publisher for s in scored})
    }


def by_format(scored: Sequence[Scored]) -> dict[str, dict[str, Tally]]:
    """Return the tallies of each format."""
    return {
        key: scoring.total(s.tallies for s in scored if s.case.format == key)
        for key in sorted({s.case.format for s in scored})
    }


def tables(scored: Sequence[Scored]) -> str:
    """Return F1 per publisher and per format as Markdown, and every field's counts."""
    parts = [
        _grid("publisher", by_publisher(scored), scored),
        _grid("format", by_format(scored), scored),
        _fields(scored),
    ]
    return "\n".join(parts)


def _grid(name: str, rows: dict[str, dict[str, Tally]], scored: Sequence[Scored]) -> str:
    lines = [f"| {name} | documents | {' | '.join(_COUNTED)} |", "|---" * (len(_COUNTED) + 2) + "|"]
    for key, tallies in rows.items():
        count = sum(getattr(s.case, name) == key for s in scored)
        cells = [f"{tallies[f].f1:.3f}" if f in tallies else "" for f in _COUNTED]
        lines.append(f"| {key} | {count} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _fields(scored: Sequence[Scored]) -> str:
    lines = ["| field | values | precision | recall | F1 |", "|---|---|---|---|---|"]
    for name, tally in sorted(scoring.total(s.tallies for s in scored).items()):
        lines.append(
            f"| {name} | {tally.right + tally.missing} | {tally.precision:.4f} "
            f"| {tally.recall:.4f} | {tally.f1:.4f} |"
        )
    return "\n".join(lines) + "\n"


def mistakes(scored: Sequence[Scored], limit: int) -> Iterator[str]:
    """Yield the missing (-) and spurious (+) values of up to ``limit`` wrong documents."""
    for found in [s for s in scored if not s.tallies["document"].right][:limit]:
        yield f"\n{found.case.name} ({found.case.uri})"
        given = scoring.values(found.view)
        for name, true in scoring.values(found.case.truth).items():
            if name in ("development", "statement", "link"):
                continue
            missing, spurious = scoring.mistakes(true, given[name])
            yield from (f"  {name} - {_short(value)}" for value in missing)
            yield from (f"  {name} + {_short(value)}" for value in spurious)


def _short(value: str) -> str:
    return repr(value if len(value) < 200 else f"{value[:110]} ... {value[-80:]}")


def print_case(case: Case) -> int:
    """Print one document as text, then its truth."""
    print(case.body.decode("utf-8", "replace"))
    print(json.dumps(case.truth, indent=1, ensure_ascii=False))
    return 0
