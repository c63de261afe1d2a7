"""Which brief a link line cites: by title, and by author, outlet and day where titles recur. Pure.

What speaks against a brief rules it out; if several are left, or none, the link leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from extractors.text import fold
from warehouse.person_names import agree, parse


class Cited(NamedTuple):
    """A brief that bears the cited title; ``authors`` are its authors, ``day`` when it appeared."""

    brief_id: str
    publisher: str | None
    authors: tuple[str, ...]
    day: date | None


class Citation(NamedTuple):
    """What a link line says, and who cites: ``publisher`` and ``day`` are the citing brief's."""

    brief_id: str
    authors: tuple[str, ...]
    outlet: str | None
    publisher: str | None
    day: date | None


def target_of(
    citation: Citation, bearers: Sequence[Cited], publishers: Sequence[str]
) -> str | None:
    """Return the one brief of ``bearers`` (briefs of the cited title) that is meant, or None.

    ``publishers`` are all that are known. A brief does not cite itself, nor a later one; an outlet
    that names a publisher, and authors that are no others', decide among the rest.
    """
    named = publisher_of(citation.outlet, publishers)
    left = [
        b
        for b in bearers
        if b.brief_id != citation.brief_id
        and (named is None or b.publisher == named)
        and not (b.day and citation.day and b.day > citation.day)
        and not (b.authors and citation.authors and not _share(b.authors, citation.authors))
    ]
    if len(left) > 1 and citation.authors:
        left = [b for b in left if _share(b.authors, citation.authors)] or left
    if len(left) > 1 and named is None:
        left = [b for b in left if b.publisher == citation.publisher] or left
    return left[0].brief_id if len(left) == 1 else None


def _share(one: Sequence[str], other: Sequence[str]) -> bool:
    return any(agree(parse(a), parse(b)) for a in one for b in other)


_NO_WORD = re.compile(r"\W+")
_INITIAL = re.compile(r"\b[A-Z](?=[a-z])")


def publisher_of(outlet: str | None, publishers: Sequence[str]) -> str | None:
    """Return the publisher that an outlet names: by its name, or by its acronym spelled out.

    "FDD Flash Brief" and "Foundation for Defense of Democracies" name fdd.
    """
    if not outlet:
        return None
    words = " ".join(["", *_NO_WORD.split(fold(outlet)), ""])
    acronym = "".join(_INITIAL.findall(outlet)).lower()
    for publisher in sorted(publishers, key=lambda p: (-len(p), p)):
        if f" {publisher.replace('-', ' ')} " in words or (
            len(acronym) > 2 and acronym == publisher
        ):
            return publisher
    return None
