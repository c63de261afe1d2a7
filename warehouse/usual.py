"""What a source's past nights say of the next one: how little of a figure is still usual. Pure.

It is of figures that are means over briefs: shares, items of a brief, coverage. The statistics are
few: a mean, the deviation of one brief, and for shares, which are no bell curves near 1, the chance
itself. All are learned from rows of ``checks``, so that SQL can learn them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, sqrt

from warehouse.figures import PER_BRIEF, SHARES

LEARNED_FROM = 10
"""Nights that a figure needs before it has bounds: two working weeks, so that both weekdays and a
quiet weekend are among them."""

TOGETHER = 14
"""Nights with briefs that are judged together at most, with tonight."""

DEVIATIONS = 4.0
"""How many deviations from the mean are usual. The tails of real nights are heavier than the
normal curve's, for which 3 would do; 200 quiet nights are simulated in benchmarks/alarms.py."""

_CHANCE = 0.002  # a share is held that is less likely: none of two, where all of twenty had it
_UNSURE = 0.3  # deviation of a share that was always 1 or 0: one brief in ten may be different
_GUESS = 0.5  # items per brief: one night more whose briefs differ by half
_ODD = 1.5  # briefs of a night that may have nothing at all: one, never two
_LEAST_SHARE = 0.15  # a share falls by less than this without anybody having to look
_LEAST_COVERAGE = 0.2  # a long passage of a new kind in a short brief makes as much
_LEAST_PART = 0.4  # items per brief: a fall to half is never within this


@dataclass(frozen=True, slots=True)
class Past:
    """A night's value of a figure; ``accepted`` if it is low and a person let it pass."""

    value: float
    of: int = 1
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Least:
    """What was usual, and the least that still is; None if there is no such."""

    usual: float
    lower: float | None


def together(value: float, of: int, past: Sequence[Past]) -> Iterator[tuple[Past, Sequence[Past]]]:
    """Yield tonight with the night before, with two before, ..., each with the nights before these.

    A redesign of a source with one brief a night shows in several nights alone. What a person let
    pass is not judged once more.
    """
    joined = Past(value, of)
    for nth, night in enumerate(past[: TOGETHER - 1], 1):
        if night.accepted or len(past) - nth < LEARNED_FROM:
            return
        joined = mean_of([joined, night])
        yield joined, past[nth:]


def mean_of(nights: Sequence[Past]) -> Past:
    """Return nights taken together: their mean, over all their briefs."""
    of = sum(night.of for night in nights)
    return Past(sum(night.value * night.of for night in nights) / of, of)


def since_let_pass(past: Sequence[Past]) -> int:
    """Return how many of the latest nights are as a person let pass; 0 if the source is as ever.

    What was let pass is usual from then on, until the nights after it are nearer to what had been.
    """
    nth = 0 if any(night.accepted for night in past) else len(past)
    while nth < len(past):
        first = nth
        while nth < len(past) and past[nth].accepted:
            nth += 1
        after, let_pass, before = past[:first], past[first:nth], _as_ever(past[nth:])
        if let_pass and before and not _is_back(after, let_pass, before):
            return nth
        nth += 1
    return 0


def _as_ever(nights: Sequence[Past]) -> list[Past]:
    return [night for night in nights if not night.accepted]


def _is_back(after: Sequence[Past], let_pass: Sequence[Past], before: Sequence[Past]) -> bool:
    middle = (mean_of(let_pass).value + mean_of(before).value) / 2
    return bool(after) and mean_of(after).value > middle


def least(name: str, of: int, past: Sequence[Past]) -> Least:
    """Return how little of a figure of ``of`` briefs is usual, given the nights before.

    What was let pass and did not last was an exception, and teaches nothing.
    """
    split = since_let_pass(past)
    ways = [past[:split], _as_ever(past[split:])] if split else [_as_ever(past) or past]
    known = mean_of(ways[0])  # of the present way of the source
    fall = max(
        _floor(name, known.value),
        _ODD * known.value / of,
        DEVIATIONS * _deviation(name, known.value, ways) * sqrt(1 / of + 1 / known.of),
    )
    if name in SHARES and fall < known.value:
        fall = max(fall, known.value - _fewest(of, known.value * known.of, known.of) / of)
    lower = known.value - fall
    return Least(known.value, lower if lower > 0 else None)


def _deviation(name: str, usual: float, ways: Sequence[Sequence[Past]]) -> float:
    """Return how much one brief differs, from how much nights do: more where they have fewer.

    That none differed yet does not mean that none will.
    """
    squares = sum(
        night.of * (night.value - mean) ** 2
        for way in ways
        for mean in (mean_of(way).value,)
        for night in way
    )
    nights = sum(map(len, ways))
    if name in SHARES:
        return max(_UNSURE, sqrt(squares / nights))
    guess = _LEAST_COVERAGE if name == "coverage" else _GUESS * usual
    return sqrt((squares + guess**2) / nights)


def _floor(name: str, usual: float) -> float:
    if name in PER_BRIEF:
        return _LEAST_PART * usual
    return _LEAST_COVERAGE if name == "coverage" else _LEAST_SHARE


def _fewest(of: int, had: float, known: int) -> int:
    """Return the fewest of ``of`` briefs that have something, if ``had`` of ``known`` had it.

    It is where the chance of so few exceeds what is passed over: beta-binomial, so that what is
    known of few briefs is less sure than what is known of many.
    """
    a, b = had + 0.5, max(0.0, known - had) + 0.5
    # the logarithm of the chance of none, then of one, ...
    term = lgamma(b + of) + lgamma(a + b) - lgamma(b) - lgamma(a + b + of)
    chance = 0.0
    for few in range(of):
        chance += exp(term)
        if chance > _CHANCE:
            return few
        term += log((of - few) / (few + 1) * (a + few) / (b + of - few - 1))
    return of
