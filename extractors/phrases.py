"""Phrases that tell publishers, of all profiles looked for in one pass over a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

Key = tuple[str, int]
"""Name and version of a profile."""


class Phrase(NamedTuple):
    """Words that tell a publisher: an expression, and runs of characters in lower case.

    One of ``literals`` is in every text that the expression finds something in: a quick first test.
    ``opens`` says that the expression finds something at the start of a text only.
    """

    pattern: re.Pattern[str]
    literals: tuple[str, ...]
    opens: bool = False

    def is_in(self, text: str) -> bool:
        """Tell whether the expression finds something in ``text``."""
        # `search` would try an expression that opens with ^ at each of the characters
        find = self.pattern.match if self.opens else self.pattern.search
        return find(text) is not None


class PhraseIndex:
    """Finds the phrases of many profiles by their literals: one pass, however many there are."""

    def __init__(self, phrases: Iterable[tuple[Key, Phrase]]) -> None:
        self._phrases = tuple(phrases)
        self._bare = [n for n, (_, phrase) in enumerate(self._phrases) if "" in phrase.literals]
        literals: dict[bytes, list[int]] = {}
        for nth, (_, phrase) in enumerate(self._phrases):
            if "" not in phrase.literals:
                for literal in phrase.literals:
                    literals.setdefault(literal.encode(), []).append(nth)
        self._of_literal = list(literals.values())
        self._automaton = BytesAhoCorasick(list(literals))

    def __reduce__(self) -> tuple[type[PhraseIndex], tuple[tuple[tuple[Key, Phrase], ...]]]:
        return PhraseIndex, (self._phrases,)  # an automaton can't cross a process border

    def shown(self, texts: Sequence[str]) -> Iterator[Key]:
        """Yield the key of each phrase that is in one of ``texts``, in the order of the phrases."""
        encoded = [text.encode("utf-8", "replace") for text in texts]
        starts = list(accumulate((len(text) + 1 for text in encoded), initial=0))
        places: dict[int, set[int]] = {nth: set(range(len(texts))) for nth in self._bare}
        # letters beyond ASCII stay as they are: literals have none that a capital could stand for
        joined = b"\n".join(encoded).lower()
        for literal, start, _ in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            place = bisect_right(starts, start) - 1
            for nth in self._of_literal[literal]:
                places.setdefault(nth, set()).add(place)
        for nth in sorted(places):
            key, phrase = self._phrases[nth]
            if any(phrase.is_in(texts[place]) for place in places[nth]):
                yield key
