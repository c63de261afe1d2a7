"""Headings: the one form in which they are looked for, however a page spells them."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.summaries import undated_summary
from extractors.text import fold

_NUMBERED = re.compile(r"^(?:[IVX]{1,5}|\d{1,2})[.)]\s+")
_TAKEAWAY = re.compile(r"\btake[- ]away")
_DATED = re.compile(r"\s*\((?:as of )?\d[^()]{3,30}\)$", re.I)


def undated(heading: str) -> str:
    """Return a heading without the day behind it: "Highlights (18 Nov 2020)"."""
    heading = heading.rstrip(" ●•▪")  # what is left of bullets that were torn off below it
    return _DATED.sub("", heading) if heading.endswith(")") else heading


@lru_cache(maxsize=4096)  # a short line is asked for by many a rule
def heading_key(heading: str) -> str:
    """Return the form in which ``heading`` is looked for among those that open sections.

    A day behind it or a number before it ("I. Summary") is none of it, nor is a mark that ends it,
    nor a summary's month.
    """
    key = fold(_NUMBERED.sub("", undated(heading))).rstrip(" —–-")
    if key.startswith("explore more o"):
        return "explore more"  # on a subject
    if "take" in key:
        key = _TAKEAWAY.sub("takeaway", key)
    return undated_summary(key) or key
