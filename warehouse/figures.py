"""What a night holds of each source, in numbers. Pure; :mod:`warehouse.bounds` judges them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

FIGURES: Mapping[str, str] = {
    "captures": "pages that came",
    "silent nights": "nights in a row in which nothing came",
    "read": "share of the pages that gave a brief",
    "recognised": "share of briefs of which a profile knows the publisher",
    "briefs": "briefs",
    "titles": "share of briefs with a title",
    "dates": "share of briefs with a day",
    "authors": "share of briefs with authors",
    "developments": "share of briefs with developments",
    "statements": "share of briefs with statements",
    "developments per brief": "developments per brief",
    "statements per brief": "statements per brief",
    "coverage": "mean coverage",
    "unknown headings": "unknown headings per brief",
    "future dates": "share of briefs that are dated after they were fetched",
}
"""Every figure, in words. The first four are of a source, the others of each of its profiles too:
a redesign that no profile recognises any more shows in the figures of the source alone."""

SHARES = ("read", "recognised", "titles", "dates", "authors", "developments", "statements")
PER_BRIEF = ("developments per brief", "statements per brief")
_UNKNOWN = "generic"  # the profile of those that no other knows


@dataclass(frozen=True, slots=True)
class Tally:
    """What a night's captures of one source hold, for one profile (None: no brief came of them).

    Tallies of one night add up.
    """

    source: str
    profile: str | None
    captures: int = 0
    briefs: int = 0
    titles: int = 0
    dates: int = 0
    authors: int = 0
    with_developments: int = 0
    with_statements: int = 0
    developments: int = 0
    statements: int = 0
    covered: float = 0.0
    unknown_headings: int = 0
    future: int = 0

    def __add__(self, other: Tally) -> Tally:
        assert (self.source, self.profile) == (other.source, other.profile)
        return Tally(
            self.source,
            self.profile,
            *(getattr(self, n) + getattr(other, n) for n in Tally.__slots__[2:]),
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of tonight, for a source or a profile of it.

    ``of`` is how many briefs or captures it was counted over.
    """

    name: str
    subject: str
    source: str
    value: float
    of: int = 1
    profile: str | None = None


def subject_of(source: str, profile: str | None = None) -> str:
    """Return the subject of the checks on a source, or on one profile of it."""
    return source if profile is None else f"{source} / {profile}"


def figures(tallies: Iterable[Tally]) -> list[Figure]:
    """Return the figures of a night from its tallies, one for each source and profile."""
    found = []
    by_source: dict[str, list[Tally]] = {}
    for tally in tallies:
        by_source.setdefault(tally.source, []).append(tally)
    for source, several in by_source.items():
        whole = sum((replace(t, profile=None) for t in several), Tally(source, None))
        known = sum(t.briefs for t in several if t.profile != _UNKNOWN)
        found.append(Figure("captures", source, source, whole.captures))
        if whole.captures:
            share = whole.briefs / whole.captures
            found.append(Figure("read", source, source, share, whole.captures))
        if whole.briefs:
            share = known / whole.briefs
            found.append(Figure("recognised", source, source, share, whole.briefs))
        for t in (whole, *several):
            if t is whole or t.profile is not None:
                found += _of_briefs(t)
    return found


def _of_briefs(t: Tally) -> list[Figure]:
    subject = subject_of(t.source, t.profile)
    counts = {
        "titles": t.titles,
        "dates": t.dates,
        "authors": t.authors,
        "developments": t.with_developments,
        "statements": t.with_statements,
        "developments per brief": t.developments,
        "statements per brief": t.statements,
        "coverage": t.covered,
        "unknown headings": t.unknown_headings,
        "future dates": t.future,
    }
    found = [Figure("briefs", subject, t.source, t.briefs, profile=t.profile)]
    if t.briefs:
        found += [
            Figure(name, subject, t.source, value / t.briefs, t.briefs, t.profile)
            for name, value in counts.items()
        ]
    return found
