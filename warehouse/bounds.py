"""What is usual at a source, and whether tonight is. Pure: figures in, verdicts out.

A figure is a number that a night has for a source, or for a profile of a source. Its bounds are
learned from the figure's own past nights (:mod:`warehouse.usual`), and each verdict becomes a row
of ``checks``, from which the nights after it learn. A broken minimum holds the source's captures:
rows are missing that used to be there. A broken maximum warns: more than usual is no loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from statistics import median

from warehouse.figures import FIGURES, Figure, Tally, figures
from warehouse.usual import DEVIATIONS, LEARNED_FROM, Past, least, since_let_pass, together

WINDOW = 60
"""Nights that are looked back on: long enough for a holiday, short enough to learn new habits."""

_PER_MAD = 1.4826  # deviation of a normal curve, in median absolute deviations
_LEAST_BRIEFS = 10.0  # a night has this many briefs less than usual before it counts as few
_FEW = 0.8  # and is below a fifth of the usual
_MANY = 4.0  # five times as many as usual are many
_MOST_HEADINGS = 1.0  # one unknown heading more in every brief
_RARE = 0.25  # variance of unknown headings where there were none: one brief in four has one
_QUIET_NIGHTS = 7.0  # nights without anything, at least, before silence is remarked
_QUIETER = 3.0  # and three times the longest silence before
_GAPS = 5.0  # and five times the usual gap: by chance one gap in 150 is longer


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure, its bounds (None: none yet, or none on that side) and what was usual.

    Where tonight alone says too little, ``nights`` is how many were judged together, with tonight,
    and ``together`` their value.
    """

    figure: Figure
    lower: float | None = None
    upper: float | None = None
    usual: float | None = None
    nights: int = 1
    together: float | None = None

    @property
    def low(self) -> bool:
        return self.lower is not None and self.figure.value < self.lower

    @property
    def high(self) -> bool:
        return self.upper is not None and self.figure.value > self.upper

    @property
    def passed(self) -> bool:
        return not (self.low or self.high)

    @property
    def holds(self) -> bool:
        """Tell whether the source's captures are held back for it."""
        return self.low


def judge_night(
    tallies: Iterable[Tally], pasts: Mapping[tuple[str, str], Sequence[Past]]
) -> list[Verdict]:
    """Judge every figure of a night; ``pasts`` has the past of (name, subject), latest first."""
    verdicts = []
    for figure in figures(tallies):
        verdicts.append(judge(figure, pasts.get((figure.name, figure.subject), ())))
        if figure.name == "captures":
            silent = _silence(figure, pasts.get((figure.name, figure.subject), ()))
            verdicts.append(judge(silent, pasts.get((silent.name, silent.subject), ())))
    return verdicts


def _silence(captures: Figure, past: Sequence[Past]) -> Figure:
    nights = 0
    for value in (captures.value, *(p.value for p in past)):
        if value:
            break
        nights += 1
    return Figure("silent nights", captures.subject, captures.source, nights)


def judge(figure: Figure, past: Sequence[Past]) -> Verdict:
    """Hold a figure of tonight against its own past, the latest night first."""
    if figure.name == "future dates":  # no past makes them right
        return Verdict(figure, None, 0.0, 0.0)
    if figure.name == "captures":  # counted for the sake of silence alone
        return Verdict(figure)
    known = list(past[:WINDOW])
    if figure.name == "silent nights":
        before = known[max(0, int(figure.value) - 1) :]  # this silence is no measure of itself
        longest = max((p.value for p in before), default=0.0)
        gap = len(before) / max(1, sum(p.value == 0 for p in before))
        most = max(_QUIET_NIGHTS, _QUIETER * longest, _GAPS * gap)
        return Verdict(figure, None, most if len(before) >= LEARNED_FROM else None, longest)
    if len(known) < LEARNED_FROM:
        return Verdict(figure)
    if figure.name == "briefs":
        return _amount(figure, known)
    if figure.name == "unknown headings":
        return _headings(figure, known)
    return _mean(figure, known)


def _mean(figure: Figure, past: Sequence[Past]) -> Verdict:
    """Judge a mean over briefs: tonight's alone, or else together with those of nights before."""
    alone = least(figure.name, figure.of, past)
    verdict = Verdict(figure, alone.lower, None, alone.usual)
    if verdict.low or figure.value >= alone.usual:
        return verdict
    for nth, (joined, before) in enumerate(together(figure.value, figure.of, past), 2):
        # tonight has to be low too: a good night is not held for those before it
        worst = max(figure.value, joined.value)
        found = least(figure.name, joined.of, before)
        if found.lower is not None and worst < found.lower:
            return Verdict(figure, found.lower, None, found.usual, nth, joined.value)
    return verdict


def _amount(figure: Figure, past: Sequence[Past]) -> Verdict:
    usual, spread = _median(past)
    wide = DEVIATIONS * spread
    let_pass = [night.value for night in past[: since_let_pass(past)] if night.accepted]
    lower = min([usual, *let_pass]) - max(_FEW * usual, _LEAST_BRIEFS, wide)
    upper = usual + max(_MANY * usual, 2 * _LEAST_BRIEFS, wide)
    return Verdict(figure, lower if lower > 0 else None, upper, usual)


def _headings(figure: Figure, past: Sequence[Past]) -> Verdict:
    usual, spread = _median(past)
    # what varies from brief to brief varies more in a night that has fewer of them
    spread *= sqrt(max(1.0, median(night.of for night in past) / max(1, figure.of)))
    chance = sqrt(max(usual, _RARE) / figure.of)
    upper = usual + max(_MOST_HEADINGS, DEVIATIONS * hypot(spread, chance))
    return Verdict(figure, None, upper, usual)


def _median(past: Sequence[Past]) -> tuple[float, float]:
    """Return the median of nights and the deviation from it."""
    usual = median(night.value for night in past)
    return usual, _PER_MAD * median(abs(night.value - usual) for night in past)


def in_words(verdict: Verdict) -> str:
    """Say what broke: the figure, from what it fell or rose, to what, and the bound."""
    figure, joined = verdict.figure, verdict.together
    moved, bound, limit = "rose", "most", verdict.upper
    if verdict.low:
        moved, bound, limit = "fell", "least", verdict.lower
    before = f" from {_number(verdict.usual)}" if verdict.usual is not None else ""
    value = figure.value if joined is None else joined
    last = f" in the last {verdict.nights} nights taken together" if verdict.nights > 1 else ""
    return (
        f"{figure.subject}: {FIGURES[figure.name]} {moved}{before} to {_number(value)} "
        f"({bound} {_number(limit)}){last}"
    )


def _number(value: float | None) -> str:
    if value is None:
        return "?"
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def broken(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return the verdicts to tell of: what broke for a source is not told for its profiles too."""
    failed = [v for v in verdicts if not v.passed]
    whole = {(v.figure.source, v.figure.name) for v in failed if v.figure.profile is None}
    return [
        v
        for v in failed
        if v.figure.profile is None or (v.figure.source, v.figure.name) not in whole
    ]


_MERGED = (
    "what the nights before this one brought is merged: once the profile is mended, "
    "`briefhouse reprocess` reads it anew"
)


def reason_to_hold(verdicts: Iterable[Verdict], source: str, profile: str | None) -> str | None:
    """Return why a capture of that source and profile is held, in words; None if it isn't."""
    why = [
        v
        for v in broken(verdicts)
        if v.holds and v.figure.source == source and v.figure.profile in (None, profile)
    ]
    merged = [_MERGED] if any(v.nights > 1 for v in why) else []
    return "; ".join([*map(in_words, why), *merged]) or None
