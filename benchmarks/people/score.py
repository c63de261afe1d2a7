"""Pairs of forms that were joined, against those that are one person's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from benchmarks.people.forms import people
from warehouse.people import expert_ids


@dataclass(frozen=True)
class Score:
    """Pairs of forms: joined rightly, joined at all, of one person; and who was made one."""

    people: int
    forms: int
    right: int
    joined: int
    true: int
    wrong: tuple[tuple[str, str], ...]

    @property
    def precision(self) -> float:
        return self.right / self.joined

    @property
    def recall(self) -> float:
        return self.right / self.true

    def __str__(self) -> str:
        return (
            f"{self.people} people, {self.forms} forms: precision {self.precision:.4f}, "
            f"recall {self.recall:.4f} of {self.true} pairs"
        )


def score(seed: int, count: int) -> Score:
    """Join the forms of ``count`` invented people of one publisher."""
    owners: dict[str, set[int]] = defaultdict(set)
    everyone = people(seed, count)
    for nth, forms in enumerate(everyone):
        for form in forms:
            owners[form].add(nth)
    names = [form for form, who in owners.items() if len(who) == 1]  # else nobody can tell
    ids = expert_ids([("tank", name) for name in names])
    right = joined = true = 0
    wrong = []
    for a, b in combinations(names, 2):
        same = owners[a] == owners[b]
        together = ids["tank", a] == ids["tank", b]
        true += same
        joined += together
        right += same and together
        if together and not same:
            wrong.append((a, b))
    return Score(len(everyone), len(names), right, joined, true, tuple(wrong))
