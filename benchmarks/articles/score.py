"""How much of an article's words a reader finds, and how many others it brings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from benchmarks.articles.pieces import Article, words


@dataclass(frozen=True)
class Score:
    """Shares (0 to 1) of words."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(found: str, truth: Article) -> Score:
    """Score the text ``found`` on a page. Head line, byline and day may be in it or not."""
    want, got = Counter(words(truth.body)), Counter(words(found))
    hits = (want & got).total()
    strange = (got - want - Counter(words(truth.front))).total()
    return Score(hits / (hits + strange) if hits else 0.0, hits / want.total())
