"""Mirrors: briefs that say the same words under other keys. A pure function of all of them.

Two briefs are one text if their bodies are equal and their titles too, as far as both have one:
republished copies often lack it, while pages with a stock body differ in their titles. A copy may
also be nearly equal: with furniture, or small differences of wording. Where all developments and
statements are the same words, the title may be another one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from extractors.text import fold

# Under another title, another publisher's text is a copy only if it is this similar.
_OTHER_TITLE = 0.9


class Candidate(NamedTuple):
    """A brief whose body is not its own alone, or nearly so."""

    text_sha256: str
    first_seen_at: datetime
    brief_id: str
    title: str | None
    publisher: str | None = None
    published_on: date | None = None


class Likeness(NamedTuple):
    """How alike two bodies are: their similarity, and whether each has all rows of the other."""

    share: float
    same_rows: bool


Near = Mapping[tuple[str, str], Likeness]
"""The likeness of two bodies (their hashes, in order) that may be copies."""


def originals(candidates: Iterable[Candidate], near: Near | None = None) -> dict[str, str]:
    """Return, for each mirror, the brief that is its original.

    That is the one that is better known (a publisher, a title, a day: copies often lack them),
    and then the one seen first.
    """
    found: dict[str, str] = {}
    firsts: dict[str, list[Candidate]] = {}
    similar: dict[str, list[tuple[Likeness, str]]] = defaultdict(list)
    for (one, other), likeness in (near or {}).items():
        similar[one].append((likeness, other))
        similar[other].append((likeness, one))
    for candidate in sorted(
        candidates,
        key=lambda c: (
            c.publisher is None,
            not c.title,
            c.published_on is None,
            c.first_seen_at,
            c.brief_id,
        ),
    ):
        known = firsts.setdefault(candidate.text_sha256, [])
        exact = (first for first in known if _one_title(candidate, first))
        nearly = (
            first
            for likeness, body in sorted(similar[candidate.text_sha256], key=_likest)
            for first in firsts.get(body, ())
            if _copies(candidate, first, likeness)
        )
        original = next(exact, None) or next(nearly, None)
        if original is not None:
            found[candidate.brief_id] = original.brief_id
        else:
            known.append(candidate)
    return found


def _one_title(a: Candidate, b: Candidate) -> bool:
    return not a.title or not b.title or fold(a.title) == fold(b.title)


def _likest(similar: tuple[Likeness, str]) -> tuple[float, str]:
    likeness, body = similar
    return -likeness.share, body


def _copies(a: Candidate, b: Candidate, likeness: Likeness) -> bool:
    """Tell whether similar words make a copy.

    A publisher's own briefs share most of their phrases at times: of one publisher, or if none is
    known, title and day must be the same, as far as both have them. Under another title all rows
    must be the same, or at another publisher's almost all words.
    """
    titled = _one_title(a, b) or likeness.same_rows
    if a.publisher != b.publisher:
        return titled or likeness.share >= _OTHER_TITLE
    one_day = not a.published_on or not b.published_on or a.published_on == b.published_on
    return titled and one_day
