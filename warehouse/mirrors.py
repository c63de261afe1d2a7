"""Mirrors: briefs that say the same words under other keys. A pure function of all of them.

Two briefs are one text if their bodies are equal and their titles too, as far as both have one:
republished copies often lack it, while pages with a stock body differ in their titles.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from extractors.text import fold


class Candidate(NamedTuple):
    """A brief whose body hash is not its own alone."""

    text_sha256: str
    first_seen_at: datetime
    brief_id: str
    title: str | None


def originals(candidates: Iterable[Candidate]) -> dict[str, str]:
    """Return, for each mirror, the brief that is its original: the one seen first."""
    found: dict[str, str] = {}
    firsts: dict[str, list[Candidate]] = {}
    for candidate in sorted(candidates, key=lambda c: (c.first_seen_at, c.brief_id)):
        known = firsts.setdefault(candidate.text_sha256, [])
        for first in known:
            if not candidate.title or not first.title or fold(candidate.title) == fold(first.title):
                found[candidate.brief_id] = first.brief_id
                break
        else:
            known.append(candidate)
    return found
