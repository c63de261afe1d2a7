"""Invented briefs: words, people and events that never were, the same ones for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_OPENERS = (
    "The ministry of works said on {day} that",
    "Officials in {place} conceded that",
    "According to the {body},",
    "In a letter to parliament, {name} wrote that",
    "Two surveyors who had seen the file said that",
    "By the evening of {day},",
    "After a session of nine hours,",
    "Witnesses in {place} told reporters that",
)
_SUBJECTS = (
    "the harbor board", "a convoy of forty grain trucks", "the provincial council",
    "the ferry line",
    "a delegation from {place}", "the customs service", "the river guard", "a panel of engineers",
    "the opposition", "the northern garrison", "the rail authority", "the {body}",
)  # fmt: skip
_VERBS = (
    "had suspended the agreement on transit fees", "would reopen the crossing near {place}",
    "had moved its fuel depot to the eastern bank", "withdrew the draft of the pilotage law",
    "seized a consignment of radio parts", "had lost contact with three of its vessels",
    "would publish the annexes that it had kept from view", "asked for a review of the tender",
    "had doubled the price of winter coal", "ordered a count of the reservists",
)  # fmt: skip
_TAILS = (
    "although the treasury had warned against it in {month}.",
    "and neither side would say for how long.",
    "a step that the treaty of {year} does not foresee.",
    "which leaves the strait without a pilot station until {month}.",
    "while prices on the exchange in {place} rose by {number} percent.",
    "despite an appeal of {number} mayors.",
    "as the third such decision in {number} weeks.",
    "and the crews were sent home.",
)
_PLACES = (
    "Port Amaris", "Saint Orrin", "Tarsk", "Lower Quay", "Brennick", "Velmar", "Halvar", "Quell",
    "Dorvane", "Ostmere", "Kestovia", "Imber Falls", "Port Liss", "Upper Sarn",
)  # fmt: skip
_BODIES = (
    "Strait Commission", "Bureau of Gauges", "Chamber of Pilots", "Institute for Quiet Waters",
    "Grain Exchange", "Union of Lamplighters",
)  # fmt: skip
_FIRST = (
    "Ada", "Corvin", "Mirabel", "Teodor", "Marit", "Tobias", "Leila", "Ivo", "Hana", "Sunniva",
    "Aldous", "Ruslo", "Ottoline", "Benedikt", "Yara", "Casimir",
)  # fmt: skip
_LAST = (
    "Vance", "Hale", "Osterhout", "Ellingsworth", "Renquist", "Marchbank", "Telgari", "Braddock",
    "Verrin", "Tamask", "Quillon", "Ashdown-Reyes", "Ferrow", "Lindqvarn",
)  # fmt: skip
_ROLES = (
    "Senior Fellow", "Research Analyst", "Director of the Straits Program", "Adjunct Fellow",
    "Deputy Director of Hydraulic Studies", "Policy Director", "Senior Adviser",
)  # fmt: skip
_NOUNS = "Ferry Grain Harbor Pilots Coal Levee Rail Customs Lantern Bridge Salt Convoy".split()
_DEEDS = "Talks Stall|Tariff Doubles|Lease Expires|Convoy Turns Back|Vote Is Postponed".split("|")
_MONTHS = "January March April June August October November".split()


@dataclass(frozen=True)
class Brief:
    """One invented brief, as its authors would hand it in."""

    number: int
    title: str
    day: date
    authors: tuple[str, ...]
    developments: tuple[tuple[str, str], ...]
    statements: tuple[tuple[str, str, str], ...]  # words, name, role
    prose: tuple[tuple[str, tuple[str, ...]], ...]  # subheading, paragraphs
    links: tuple[tuple[str, str], ...]  # title, author

    @property
    def printed_day(self) -> str:
        return f"{self.day:%B} {self.day.day}, {self.day.year}"

    @property
    def slug(self) -> str:
        return "-".join(self.title.lower().replace(",", "").replace("’", "").split())


class Writer:
    """Writes invented words; every draw comes from one seeded generator."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def _fill(self, pattern: str) -> str:
        return pattern.format(
            day=self.random.choice(("Monday", "Tuesday", "Thursday", "Saturday")),
            place=self.random.choice(_PLACES),
            body=self.random.choice(_BODIES),
            name=self.name(),
            month=self.random.choice(_MONTHS),
            year=self.random.randint(1921, 1998),
            number=self.random.randint(3, 64),
        )

    def name(self) -> str:
        return f"{self.random.choice(_FIRST)} {self.random.choice(_LAST)}"

    def sentence(self) -> str:
        parts = (self.random.choice(p) for p in (_OPENERS, _SUBJECTS, _VERBS, _TAILS))
        return self._fill(" ".join(parts))

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences))

    def title(self) -> str:
        nouns = self.random.sample(_NOUNS, 2)
        deeds = self.random.sample(_DEEDS, 2)
        place = self.random.choice(_PLACES)
        return f"{nouns[0]} {deeds[0]} in {place}, {nouns[1]} {deeds[1]}"

    def label(self) -> str:
        return f"{self.random.choice(_NOUNS)} {self.random.choice(_DEEDS)}"

    def brief(self, number: int) -> Brief:
        """Write brief ``number``: about 6 KB of text."""
        r = self.random
        return Brief(
            number=number,
            title=self.title(),
            day=date(2024, 11, 4) + timedelta(days=number),
            authors=tuple(dict.fromkeys(self.name() for _ in range(r.randint(1, 2)))),
            developments=tuple((self.label(), self.paragraph(3)) for _ in range(3)),
            statements=tuple(
                (self.paragraph(4), self.name(), r.choice(_ROLES)) for _ in range(r.randint(2, 3))
            ),
            prose=tuple(
                (f"What {r.choice(_PLACES)} Wants", tuple(self.paragraph(4) for _ in range(2)))
                for _ in range(2)
            ),
            links=tuple((self.title(), self.name()) for _ in range(4)),
        )


def briefs(count: int, seed: int = 1) -> list[Brief]:
    """Return ``count`` invented briefs."""
    writer = Writer(seed)
    return [writer.brief(number) for number in range(count)]
