"""Scoring: exact matches, counted field by field. Pure functions over plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

View = Mapping[str, Any]
"""A brief as plain values, in the shape of tests/golden: from the truth or from an extraction."""

_SCALARS = ("publisher", "profile", "kind", "title", "published_on")
_ROWS = {
    "development": ("developments", ("headline", "text")),
    "statement": ("statements", ("quote", "is_quotation", "speaker", "role", "affiliation")),
    "link": ("links", ("text", "url", "title", "authors", "outlet")),
}
_WHOLE = "document"


@dataclass(frozen=True)
class Tally:
    """Counts of one field: values that are right, wrongly given, and missing."""

    right: int = 0
    spurious: int = 0
    missing: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right, self.spurious + other.spurious, self.missing + other.missing
        )

    @property
    def precision(self) -> float:
        """Share of the given values that are right; 1 if none is given."""
        return _share(self.right, self.right + self.spurious)

    @property
    def recall(self) -> float:
        """Share of the true values that are given; 1 if there is none."""
        return _share(self.right, self.right + self.missing)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.spurious + self.missing)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def values(view: View) -> dict[str, list[str]]:
    """Return the values of every scored field of ``view``, in order; what is null is no value.

    A field whose key ``view`` lacks is left out. ``development``, ``statement`` and ``link`` are
    whole rows: right only if every column is.
    """
    found: dict[str, list[str]] = {}
    for name in _SCALARS:
        if name in view:
            found[name] = [] if view[name] is None else [str(view[name])]
    if "truncated" in view:
        found["truncated"] = ["yes"] if view["truncated"] else []
    for name, key in (("author", "authors"), ("context.heading", "context_headings")):
        if key in view:
            found[name] = list(view[key])
    for name, (key, columns) in _ROWS.items():
        if key in view:
            found |= _columns(name, view[key], columns)
    return found


def _columns(name: str, rows: Sequence[View], columns: Sequence[str]) -> dict[str, list[str]]:
    found = {name: [repr([row[column] for column in columns]) for row in rows]}
    for column in columns:
        given = [row[column] for row in rows if row[column] not in (None, [])]
        found[f"{name}.{column}"] = [str(value) for value in given]
    if name == "link":
        found["link.section"] = [f"{row['section']}: {row['text']}" for row in rows]
    return found


def mistakes(true: Sequence[str], given: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the missing and the spurious values, as multisets; both empty if all is right.

    The same values in another order count as wrong where they first differ in order.
    """
    missing = list((Counter(true) - Counter(given)).elements())
    spurious = list((Counter(given) - Counter(true)).elements())
    if not missing and not spurious:
        for one, other in zip(true, given, strict=True):
            if one != other:
                return [one], [other]
    return missing, spurious


def compare(truth: View, view: View) -> dict[str, Tally]:
    """Return a tally per field of one document, and ``document``: whether all of it is right."""
    given = values(view)
    found: dict[str, Tally] = {}
    for name, true in values(truth).items():
        missing, spurious = mistakes(true, given[name])
        found[name] = Tally(len(true) - len(missing), len(spurious), len(missing))
    exact = all(not tally.spurious and not tally.missing for tally in found.values())
    found[_WHOLE] = Tally(1) if exact else Tally(0, 1, 1)
    return found


def total(tallies: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    """Add the tallies of many documents, field by field."""
    found: dict[str, Tally] = {}
    for tally in tallies:
        for name, counts in tally.items():
            found[name] = found.get(name, Tally()) + counts
    return found
