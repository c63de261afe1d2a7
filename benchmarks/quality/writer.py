"""The hand that invents: a seeded source of sentences, people, labels, titles and citations."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar

from benchmarks.quality.page import Inline, Span, link

T = TypeVar("T")
_SLOT = re.compile(r"\{([^{}]+)\}")
_COUNTRY = ("", "adj", "capital", "city", "leader")


@cache
def words() -> dict[str, list[str]]:
    """Return the word lists of words.toml."""
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True)
class Person:
    """An invented expert. ``name`` is as a byline prints it; ``honorific`` may stand before it."""

    name: str
    honorific: str = ""

    @property
    def printed(self) -> str:
        """The name with its honorific."""
        return f"{self.honorific} {self.name}".strip()

    @property
    def slug(self) -> str:
        """The name in an address."""
        return re.sub(r"[^a-z]+", "-", self.name.lower()).strip("-")


class Writer:
    """A story's own writer: the same three countries throughout, everything else by chance."""

    def __init__(self, seed: str, *, rich: bool = True) -> None:
        """Begin a story; ``rich`` tells whether what is printed keeps its hyperlinks."""
        self.rich = rich
        self.rng = random.Random(seed)
        self._bound: dict[str, str] = {}
        for letter, row in zip("ABC", self.rng.sample(words()["countries"], 3), strict=True):
            for part, value in zip(_COUNTRY, row.split("|"), strict=True):
                self._bound[f"{letter}.{part}" if part else letter] = value
        self._said: set[str] = set()

    # --- chance ---

    def pick(self, *options: T) -> T:
        """Return one of ``options``."""
        return self.rng.choice(options)

    def chance(self, share: float) -> bool:
        """Return True in ``share`` (0 to 1) of the cases."""
        return self.rng.random() < share

    def number(self, low: int, high: int) -> int:
        """Return a number from ``low`` to ``high``, both included."""
        return self.rng.randint(low, high)

    # --- words ---

    def say(self, name: str) -> str:
        """Return one expansion of the list ``name``, from a line not yet used in this story."""
        lines = words()[name]
        fresh = [line for line in lines if line not in self._said] or lines
        line = self.rng.choice(fresh)
        self._said.add(line)
        return self._fill(line)

    def _fill(self, text: str) -> str:
        while _SLOT.search(text):
            text = _SLOT.sub(lambda found: self._slot(found[1]), text)
        return text

    def _slot(self, name: str) -> str:
        if name.startswith("n:"):
            low, high = name[2:].split("-")
            return str(self.rng.randint(int(low), int(high)))
        return self._bound.get(name) or self.rng.choice(words()[name])

    def prose(self, *lists: str) -> str:
        """Return one paragraph: a sentence of each list, in their order."""
        return " ".join(self.say(name) for name in lists)

    def report(self, low: int = 1, high: int = 4) -> str:
        """Return a paragraph of news with ``low`` to ``high`` sentences after the first."""
        return self.prose("report", *("follow" for _ in range(self.number(low, high))))

    def opinion(self, low: int = 2, high: int = 6) -> str:
        """Return an expert's paragraph; a good third hold quotations of their own."""
        lists = ["opinion" for _ in range(self.number(low, high))]
        if self.chance(0.4):
            lists.insert(self.number(1, len(lists)), "opinion_nested")
        return self.prose(*lists)

    def background(self, low: int = 1, high: int = 4) -> str:
        """Return a paragraph of background."""
        return self.prose(*("background" for _ in range(self.number(low, high))))

    # --- people, days, addresses ---

    def person(self, *, foreign: float = 0.12, honorific: float = 0.1) -> Person:
        """Invent somebody; every form of name that real bylines show."""
        given, family = self._given(foreign), self._family(foreign)
        middle, suffix = "", ""
        form = self.rng.random()
        if form < 0.12:
            middle = f"{self.pick(*'ABCDEFGHJKLMNPRSTW')}."
        elif form < 0.20:
            middle = self._slot("particles")
        elif form < 0.25:
            middle = self._given(0)
        elif form < 0.28:
            given, middle = f"{given[0]}.", self._given(0)
        elif form < 0.285:
            middle = f"“{self._slot('nicknames')}”"
        if self.chance(0.05):
            suffix = self.pick("Jr.", "III", "II", "Sr.")
        name = " ".join(part for part in (given, middle, family, suffix) if part)
        return Person(name, self._slot("honorifics") if self.chance(honorific) else "")

    def _given(self, foreign: float) -> str:
        name = self._slot("given_foreign" if self.chance(foreign) else "given")
        return f"{name}-{self._slot('given')}" if self.chance(0.03) else name

    def _family(self, foreign: float) -> str:
        name = self._slot("surnames_foreign" if self.chance(foreign) else "surnames")
        return f"{name}-{self._slot('surnames')}" if self.chance(0.08) else name

    def people(self, count: int, **forms: float) -> list[Person]:
        """Invent ``count`` people with different names."""
        found: dict[str, Person] = {}
        while len(found) < count:
            person = self.person(**forms)
            found.setdefault(person.name, person)
        return list(found.values())

    def day(self, first: date, last: date) -> date:
        """Return a day from ``first`` to ``last``."""
        return first + timedelta(self.number(0, (last - first).days))

    def slug(self, text: str) -> str:
        """Return an address's last part that resembles ``text``, as slugs do: not always."""
        found = re.findall(r"[a-z0-9]+", text.lower())
        keep = found if self.chance(0.6) else self.rng.sample(found, max(2, len(found) // 2))
        return "-".join(keep[:9])

    def news_url(self) -> str:
        """Return an address at an invented outlet."""
        host = self.slug(self._slot("outlets")).replace("-", "")
        year, month, day = self.number(2019, 2025), self.number(1, 12), self.number(1, 28)
        path = self.pick(
            f"/{year}/{month:02}/{day:02}/{self.slug(self._slot('cited'))}",
            f"/news/{self.number(10000, 99999)}",
            f"/a/{year}?id={day}&lang=en",
        )
        return f"https://www.{host}.example{self._fill(path)}"

    def linked(self, text: str, share: float = 0.5) -> Inline:
        """Return ``text`` with up to two of its phrases linked, in ``share`` of the cases."""
        if not self.chance(share):
            return (text,)
        parts: list[str | Span] = []
        rest = text
        for _ in range(self.number(1, 2)):
            found = list(
                re.finditer(
                    r"(?<=[a-z,] )[A-Za-z0-9][^ “”‘’—.,:;()\[\]]*( [a-z]+){0,2}(?=[ ,.])", rest
                )
            )
            if not found:
                break
            hit = self.rng.choice(found)
            parts += [rest[: hit.start()], link(hit[0], self.news_url())]
            rest = rest[hit.end() :]
        return (*parts, rest)
