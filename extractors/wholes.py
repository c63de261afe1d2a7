"""Expressions that match the whole of a text: of many, only those are tried that can."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from extractors.literals import PLAIN, firsts, longest, required

_MOST = 12  # runs of characters: to look for more takes longer than the expression


class _Whole(NamedTuple):
    """An expression, with what is true of all that it matches.

    ``required`` are runs of small letters, of each tuple of which a match has one. There are none
    where the first character tells as much.
    """

    pattern: re.Pattern[str]
    longest: int
    firsts: frozenset[str]
    required: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Wholes:
    """Expressions, one of which matches the whole of a text or none does."""

    patterns: tuple[re.Pattern[str], ...] = ()
    _all: tuple[_Whole, ...] = field(init=False, repr=False, compare=False)
    _by_first: dict[str, tuple[_Whole, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wholes = sorted(map(_whole, dict.fromkeys(self.patterns)), key=lambda whole: -whole.longest)
        by_first = {char: tuple(w for w in wholes if char in w.firsts) for char in PLAIN}
        object.__setattr__(self, "_all", tuple(wholes))
        object.__setattr__(self, "_by_first", by_first)

    def match(self, text: str) -> bool:
        """Tell whether one of the expressions matches the whole of ``text``."""
        size = len(text)
        lowered = ""
        for pattern, most, _, all_runs in self._by_first.get(text[:1].lower(), self._all):
            if size > most:
                return False  # as all that follow
            if all_runs:
                lowered = lowered or text.lower()
            for runs in all_runs:
                for run in runs:
                    if run in lowered:
                        break
                else:
                    break  # none of them
            else:
                if pattern.fullmatch(text) is not None:
                    return True
        return False


@lru_cache(maxsize=1024)  # all publishers share most of them
def _whole(pattern: re.Pattern[str]) -> _Whole:
    begin = firsts(pattern)
    runs = (runs for runs in required(pattern) if len(runs) <= _MOST and runs != (" ",))
    quick = tuple(sorted(runs, key=_cost)) if len(begin) == len(PLAIN) else ()
    return _Whole(pattern, longest(pattern), begin, quick)


def _cost(runs: tuple[str, ...]) -> tuple[int, int]:
    """Return what sorts first the runs that are soon looked for, of these the longest."""
    return len(runs), -min(map(len, runs))
