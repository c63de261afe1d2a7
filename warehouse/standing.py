"""How a source stands, in one word: what went amiss told apart. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from warehouse.usual import LEARNED_FROM


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a source when somebody asks how it is."""

    failures_in_row: int = 0
    broken: frozenset[str] = frozenset()
    """The figures that broke in the last night in which it was asked."""
    captures: int = 0
    """How many pages came in that night."""
    held: int = 0
    nights: int = 0


def condition(standing: Standing) -> str:
    """Tell silence, a failure to fetch and a failure of the extractor apart, in one word."""
    if standing.failures_in_row:
        return "unreachable"
    if "read" in standing.broken:
        return "unreadable"
    if standing.held:
        return "held"
    if "silent nights" in standing.broken or (
        "briefs" in standing.broken and not standing.captures
    ):
        return "silent"
    if standing.broken:
        return "unusual"
    return "learning" if standing.nights < LEARNED_FROM else "well"


CONDITIONS: Mapping[str, str] = {
    "unreachable": "it did not answer; its last error says why",
    "unreadable": "pages come and give no briefs: its profile no longer fits",
    "held": "what came is held back until it is released",
    "silent": "it answers, and nothing comes, where there used to be something",
    "unusual": "a figure is out of its bounds; nothing is held",
    "learning": "there are fewer nights than bounds are learned from",
    "well": "all is as usual",
}
"""What :func:`condition` can return, and what that means."""
