"""What is usual at a source, and whether tonight is. Pure: figures in, verdicts out.

A figure is a number that a night has for a source, or for a profile of a source. Its bounds are
learned from the figure's own past nights, and each verdict becomes a row of ``checks``, from which
the nights after it learn. A broken minimum holds the source's captures: rows are missing that used
to be there. A broken maximum warns: more than usual is no loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from statistics import median

from warehouse.figures import FIGURES, PER_BRIEF, SHARES, Figure, Tally, figures

LEARNED_FROM = 10
"""Nights that a figure needs before it has bounds: two working weeks, so that both weekdays and a
quiet weekend are among them."""

WINDOW = 60
"""Nights that are looked back on: long enough for a holiday, short enough to learn new habits."""

DEVIATIONS = 4.0
"""How many deviations from the median are usual. The tails of real nights are heavier than the
normal curve's, for which 3 would do; 200 quiet nights are simulated in benchmarks/alarms.py."""

_PER_MAD = 1.4826  # deviation of a normal curve, in median absolute deviations
_UNSURE = 0.09  # variance of a share that was always 1 or 0: one brief in ten may be different
_LEAST_SHARE = 0.15  # a share falls by less than this without anybody having to look
_LEAST_COVERAGE = 0.2  # a long passage of a new kind in a short brief makes as much
_LEAST_PART = 0.5  # items per brief: half as many
_LEAST_BRIEFS = 10.0  # a night has this many briefs less than usual before it counts as few
_FEW = 0.8  # and is below a fifth of the usual
_MANY = 4.0  # five times as many as usual are many
_MOST_HEADINGS = 1.0  # one unknown heading more in every brief
_RARE = 0.25  # variance of unknown headings where there were none: one brief in four has one
_QUIET_NIGHTS = 7.0  # nights without anything, at least, before silence is remarked
_QUIETER = 3.0  # and three times the longest silence before
_GAPS = 5.0  # and five times the usual gap: by chance one gap in 150 is longer


@dataclass(frozen=True, slots=True)
class Past:
    """A night's value of a figure; ``accepted`` if it broke its bound and a person let it pass."""

    value: float
    of: int = 1
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A figure, its bounds (None: none yet, or none on that side) and what was usual."""

    figure: Figure
    lower: float | None = None
    upper: float | None = None
    usual: float | None = None

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
    usual = median(p.value for p in known)
    spread = _PER_MAD * median(abs(p.value - usual) for p in known)
    night = median(p.of for p in known)
    # what varies from brief to brief varies more in a night that has fewer of them
    spread *= sqrt(max(1.0, night / max(1, figure.of)))
    down, up = _allowed(figure, usual, spread)
    # What a person let pass is usual from then on, as far as it goes.
    least = min([usual, *(p.value for p in known if p.accepted)])
    lower = least - down if down is not None and least - down > 0 else None
    upper = usual + up if up is not None else None
    return Verdict(figure, lower, upper, usual)


def _allowed(figure: Figure, usual: float, spread: float) -> tuple[float | None, float | None]:
    """Return how far below and above the usual a figure may be; None for without end."""
    wide = DEVIATIONS * spread
    if figure.name in SHARES:
        chance = sqrt(max(usual * (1 - usual), _UNSURE) / figure.of)
        return max(_LEAST_SHARE, DEVIATIONS * hypot(spread, chance)), None
    if figure.name in PER_BRIEF:
        # a brief without any is as likely as one without a share
        chance = usual * sqrt(_UNSURE / figure.of)
        return max(_LEAST_PART * usual, DEVIATIONS * hypot(spread, chance)), None
    if figure.name == "coverage":
        return max(_LEAST_COVERAGE, wide), None
    if figure.name == "unknown headings":
        chance = sqrt(max(usual, _RARE) / figure.of)
        return None, max(_MOST_HEADINGS, DEVIATIONS * hypot(spread, chance))
    assert figure.name == "briefs", figure.name
    return max(_FEW * usual, _LEAST_BRIEFS, wide), max(_MANY * usual, 2 * _LEAST_BRIEFS, wide)


def in_words(verdict: Verdict) -> str:
    """Say what broke: the figure, from what it fell or rose, to what, and the bound."""
    figure = verdict.figure
    return told(
        figure.subject, figure.name, figure.value, verdict.lower, verdict.upper, verdict.usual
    )


def told(
    subject: str,
    name: str,
    value: float,
    lower: float | None,
    upper: float | None,
    usual: float | None,
) -> str:
    """Say the same of a row of ``checks``."""
    low = lower is not None and value < lower
    moved, bound, limit = ("fell", "least", lower) if low else ("rose", "most", upper)
    before = f" from {_number(usual)}" if usual is not None else ""
    return (
        f"{subject}: {FIGURES.get(name, name)} {moved}{before} to {_number(value)} "
        f"({bound} {_number(limit)})"
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


def reason_to_hold(verdicts: Iterable[Verdict], source: str, profile: str | None) -> str | None:
    """Return why a capture of that source and profile is held, in words; None if it isn't."""
    reasons = [
        in_words(v)
        for v in broken(verdicts)
        if v.holds and v.figure.source == source and v.figure.profile in (None, profile)
    ]
    return "; ".join(reasons) or None


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
