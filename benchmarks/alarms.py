"""How often quiet nights raise an alarm, and how soon a fall does: simulated publishers.

    python -m benchmarks.alarms

Each source has a daily volume, weekends, and briefs whose parts vary as those of real publishers
do: some have no statements, some no authors, some a section that no profile knows. Nothing is
wrong in any of 200 nights, so every alarm is a false one. Then half the developments, or all
developments and statements, are gone from one night on.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from statistics import median

from warehouse.bounds import WINDOW, broken, judge_night
from warehouse.figures import Tally
from warehouse.usual import Past

NIGHTS = 200
RUNS = 20


@dataclass(frozen=True)
class Publisher:
    """An invented publisher: briefs on a weekday, on a weekend day, and what they hold."""

    name: str
    weekday: float
    weekend: float
    authors: float
    developments: float
    statements: float
    items: float
    coverage: float
    headings: float


PUBLISHERS = (
    Publisher("daily brief", 3, 0.3, 0.0, 0.97, 0.95, 4, 0.97, 0.05),
    Publisher("one long assessment", 1, 1, 0.99, 1.0, 0.2, 18, 0.92, 0.5),
    Publisher("weekly", 0.2, 0.05, 0.9, 0.6, 0.9, 3, 0.9, 0.3),
    Publisher("large", 40, 8, 0.85, 0.5, 0.55, 3, 0.88, 0.4),
    Publisher("humanitarian", 8, 2, 0.0, 0.9, 0.02, 9, 0.85, 1.2),
)


def _poisson(rng: random.Random, mean: float) -> int:
    total, n = rng.expovariate(1), 0
    while total < mean:
        total += rng.expovariate(1)
        n += 1
    return n


def night(rng: random.Random, p: Publisher, day: int) -> Tally:
    """Return what one quiet night brings."""
    holiday = day % 365 in range(355, 365)
    volume = (p.weekend if day % 7 in (5, 6) or holiday else p.weekday) * rng.uniform(0.7, 1.3)
    briefs = _poisson(rng, volume)
    mood = rng.gauss(0, 0.03)  # what the day's news are like changes all its briefs a little

    def some(share: float) -> int:
        return sum(rng.random() < min(1.0, max(0.0, share + mood)) for _ in range(briefs))

    with_developments, with_statements = some(p.developments), some(p.statements)
    covered = sum(min(1.0, max(0.2, rng.gauss(p.coverage, 0.06))) for _ in range(briefs))
    return Tally(
        p.name,
        "generic" if not briefs else p.name,
        captures=briefs + _poisson(rng, 0.03 * briefs),
        briefs=briefs,
        titles=briefs,
        dates=some(0.99),
        authors=some(p.authors),
        with_developments=with_developments,
        with_statements=with_statements,
        developments=sum(max(1, _poisson(rng, p.items)) for _ in range(with_developments)),
        statements=sum(max(1, _poisson(rng, 2)) for _ in range(with_statements)),
        covered=covered,
        unknown_headings=_poisson(rng, p.headings * briefs),
    )


def simulate(seed: int) -> tuple[int, int, list[str]]:
    """Return holds, warnings and the alarms' figures of 200 quiet nights of all publishers."""
    rng = random.Random(seed)
    holds = warnings = 0
    names: list[str] = []
    pasts: dict[tuple[str, str], list[Past]] = {}
    for day in range(NIGHTS):
        for publisher in PUBLISHERS:
            tally = night(rng, publisher, day)
            verdicts = judge_night([tally], pasts)
            alarms = broken(verdicts)
            holds += any(v.holds for v in alarms) and tally.briefs > 0
            warnings += any(not v.holds for v in alarms)
            names += [f"{publisher.name}: {v.figure.name}" for v in alarms]
            for v in verdicts:
                if not v.low:
                    past = pasts.setdefault((v.figure.name, v.figure.subject), [])
                    past.insert(0, Past(v.figure.value, v.figure.of))
                    del past[WINDOW:]
    return holds, warnings, names


def noticed(seed: int, publisher: Publisher, fallen: Publisher) -> int:
    """Return in which night with briefs a fall is held, after 60 quiet nights; 60 if in none."""
    rng = random.Random(seed)
    pasts: dict[tuple[str, str], list[Past]] = {}
    nights = 0
    for day in range(WINDOW * 20):
        quiet = day < WINDOW
        tally = night(rng, publisher if quiet else fallen, day)
        verdicts = judge_night([tally], pasts)
        nights += not quiet and tally.briefs > 0
        if nights >= WINDOW or (nights and any(v.holds for v in verdicts) and not quiet):
            break
        for v in verdicts:
            if not v.low:
                past = pasts.setdefault((v.figure.name, v.figure.subject), [])
                past.insert(0, Past(v.figure.value, v.figure.of))
                del past[WINDOW:]
    return nights


def main() -> None:
    found = [simulate(seed) for seed in range(RUNS)]
    nights = NIGHTS * len(PUBLISHERS)
    print(f"{RUNS} runs of {NIGHTS} quiet nights of {len(PUBLISHERS)} sources each")
    for what, nth in (("held", 0), ("warned of", 1)):
        counts = [run[nth] for run in found]
        share = sum(counts) / (nights * RUNS)
        print(
            f"{what}: {sum(counts) / RUNS:.1f} of {nights} nights of a source on average "
            f"({share:.2%}), at most {max(counts)}"
        )
    names = [name for run in found for name in run[2]]
    for name in sorted(set(names), key=names.count, reverse=True)[:12]:
        print(f"  {name}: {names.count(name)}")
    print(f"held in which night with briefs, median of {RUNS} runs:")
    for publisher in PUBLISHERS:
        half = replace(publisher, items=publisher.items / 2)
        none = replace(publisher, developments=-1.0, statements=-1.0)
        nights = (
            median(noticed(seed, publisher, fallen) for seed in range(RUNS))
            for fallen in (half, none)
        )
        print("  {}: half the developments {:g}, nothing {:g}".format(publisher.name, *nights))


if __name__ == "__main__":
    main()
