"""Those who speak: a name with the role that is printed for it, wherever that stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extractors.manuscript import Manuscript
from extractors.model import Printed, Statement
from extractors.names import affiliation
from extractors.text import fold

VERB = re.compile(
    r"\s+(?:is|are|was|were|(?:previously )?serve[sd]? as|works? as|holds)\s+"
    r"(?:currently\s+)?(?:(?:an?|the|both)\s+)?"
)
"""What stands between a name and a role in a sentence about somebody."""


def _owner(role: str, organisations: tuple[str, ...]) -> tuple[int, int] | None:
    """Return the house that a role begins with: "Institute’s Senior Fellow"."""
    return next((m.span(1) for o in organisations if (m := _house(o).match(role))), None)


@cache
def _house(organisation: str) -> re.Pattern[str]:
    return re.compile(rf"({re.escape(organisation)})[’']s (?=\w)")


_BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person named as the one who speaks, and the role that is printed for them."""

    name: Printed
    role: Printed | None = None

    def says(
        self,
        manuscript: Manuscript,
        quote: Printed,
        organisations: tuple[str, ...],
        *,
        is_quotation: bool = False,
    ) -> Statement:
        """Return the statement that this speaker makes with the words ``quote``."""
        name, role, place = self.name, self.role, None
        attribution: Printed | None = name
        if role is not None and role.start is not None:
            span = affiliation(role.text, organisations) or _owner(role.text, organisations)
            if span is not None:
                place = manuscript.printed(role.start + span[0], role.start + span[1])
            if name.start is not None and role.end is not None and name.start < role.start:
                between = role.start - (name.end or role.start)
                if between <= _MAX_BETWEEN:
                    attribution = manuscript.printed(name.start, role.end)
        if name.start is None:
            attribution = None
        return Statement(quote, is_quotation, name, role, place, attribution)


_MAX_BETWEEN = 120
"""Characters between a name and a role that still stand together."""


def forms(name: str) -> Iterator[str]:
    """Yield the forms, folded, that a person's name can have elsewhere: ranks left out.

    "Brig. Gen. Tom Okell (Ret.)" is "Gen. Tom Okell" and "Tom Okell" too.
    """
    words = fold(_BRACKETS.sub("", name)).split()
    yield " ".join(words)
    for at in range(1, len(words) - 1):
        yield " ".join(words[at:])


def is_known(name: str, people: frozenset[str]) -> bool:
    """Tell whether ``name`` is one of ``people``, who are folded names."""
    return any(form in people for form in forms(name))


class Roles:
    """The roles that a page tells of people: in bios, on cards, in its introduction."""

    def __init__(self, told: Iterable[Speaker] = ()) -> None:
        self._by_name: dict[str, Speaker] = {}
        self.add(told)

    def add(self, told: Iterable[Speaker]) -> None:
        """Take in what further lines tell; what was told first stays."""
        for speaker in told:
            names = list(forms(speaker.name.text))
            bare = [word for word in names[-1].split() if not word.endswith(".")]
            for name in (*names, *(bare if len(bare) == 1 else ())):
                self._by_name.setdefault(name, speaker)

    def people(self) -> Iterator[str]:
        """Yield the folded names of all whose roles are told; surnames alone are no names."""
        return (name for name in self._by_name if " " in name)

    def of(self, speaker: Speaker) -> Speaker:
        """Return ``speaker`` with the role told elsewhere, where they have none of their own."""
        if speaker.role is not None:
            return speaker
        names = list(forms(speaker.name.text))
        for name in (*names, names[0].rpartition(" ")[2]):
            if (told := self._by_name.get(name)) is not None and told.role is not None:
                return Speaker(speaker.name, told.role)
        return speaker
