"""Mirrors: briefs that say the same words under other keys. A pure function of all of them.

Two briefs are one text if their bodies are equal and their titles too, as far as both have one:
republished copies often lack it, while pages with a stock body differ in their titles. A copy may
also be nearly equal: with furniture, or small differences of wording.
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


Near = Mapping[tuple[str, str], float]
"""The similarity of two bodies (their hashes, in order) that differ in wording alone."""


def originals(candidates: Iterable[Candidate], near: Near | None = None) -> dict[str, str]:
    """Return, for each mirror, the brief that is its original.

    That is the one that is better known (a publisher, a title, a day: copies often lack them),
    and then the one seen first.
    """
    found: dict[str, str] = {}
    firsts: dict[str, list[Candidate]] = {}
    similar: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (one, other), share in (near or {}).items():
        similar[one].append((share, other))
        similar[other].append((share, one))
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
            for share, body in sorted(similar[candidate.text_sha256], key=lambda s: (-s[0], s[1]))
            for first in firsts.get(body, ())
            if _copies(candidate, first, share)
        )
        original = next(exact, None) or next(nearly, None)
        if original is not None:
            found[candidate.brief_id] = original.brief_id
        else:
            known.append(candidate)
    return found


def _one_title(a: Candidate, b: Candidate) -> bool:
    return not a.title or not b.title or fold(a.title) == fold(b.title)


def _copies(a: Candidate, b: Candidate, share: float) -> bool:
    """Tell whether similar words make a copy.

    A publisher's own briefs share most of their phrases at times: of one publisher, or if none is
    known, title and day must be the same, as far as both have them.
    """
    if a.publisher != b.publisher:
        return _one_title(a, b) or share >= _OTHER_TITLE
    one_day = not a.published_on or not b.published_on or a.published_on == b.published_on
    return _one_title(a, b) and one_day
