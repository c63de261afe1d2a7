"""Profiles: what a publisher's briefs look like. The files are read by ``profile_file``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import get_args

from extractors.headings import heading_key
from extractors.kinds import kind_end
from extractors.model import Section
from extractors.phrases import Key, Phrase, PhraseIndex
from extractors.text import fold
from extractors.wholes import Wholes

SHAPES = (
    "labelled",
    "summary",
    "abstract",
    "run_in",
    "headed",
    "quotations",
    "named",
    "signed",
    "questions",
    "asked",
    "capitals",
    "contributors",
    "listed",
    "bios",
    "link_lines",
    "printed_links",
    "prose",
    "teasers",
)
"""The shapes that a section can have; ``sections`` maps each to its reader."""

SELF_OPENING = frozenset({"summary", "run_in", "named", "signed", "questions", "asked", "capitals"})
"""Shapes that show by themselves where they begin: their sections need no heading."""

BY_EXPERTS = frozenset({"named", "signed", "questions"})
"""Shapes whose speakers' posts may stand elsewhere: in bios, on cards, in the introduction."""

LABELS = ("colon", "any", "none")
"""What ends a development's label: a colon; a colon or a full stop; nothing, there is none."""

SIGNS = (*get_args(Section), "kind", "house", "phrase", "phrases")
"""What a signature can ask for: a section that a heading opens, a kind, a line with nothing but the
publisher's full name, one phrase, or two."""

_MAX_HEADING = 80
_PARTING = re.compile(r"[|•·–—-]")
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")


class ProfileError(ValueError):
    """A profile file that can't be used; the message names the file, the key and the mend."""


@dataclass(frozen=True, slots=True)
class SectionRule:
    """Which headings (folded) open a section, and which shape its blocks have.

    Where a section with one of the headings ``unless`` stands in the same brief, it is prose. In a
    brief in whose title ``titles`` finds something it needs no heading. With ``overviews`` a text
    without a headline is about several items, and is none.
    """

    name: Section
    headings: frozenset[str]
    shape: str
    nested_own: bool = False
    labels: str = "colon"
    groups: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    titles: re.Pattern[str] | None = None
    overviews: bool = False

    @property
    def opens_itself(self) -> bool:
        """Tell whether the section can begin without a heading."""
        return (not self.headings and self.titles is None) or self.shape == "asked"

    def opens_below(self, title: str | None) -> bool:
        """Tell whether the section can begin without a heading in the brief of that title."""
        if self.titles is None or title is None:
            return self.opens_itself
        return self.titles.search(title) is not None


_PROSE = SectionRule("context", frozenset(), "prose")
_NO_WHOLES = Wholes()


@dataclass(frozen=True, slots=True)
class Profile:
    """One version of a publisher's layout. ``publisher`` is None for the profile of the unknown."""

    name: str
    version: int
    publisher: str | None
    sections: tuple[SectionRule, ...]
    hosts: tuple[str, ...] = ()
    sites: frozenset[str] = frozenset()
    signatures: tuple[frozenset[str], ...] = ()
    kinds: frozenset[str] = frozenset()
    phrases: tuple[Phrase, ...] = ()
    organisations: tuple[str, ...] = ()
    lead: Section = "lead"
    bare_byline: bool = False
    title_date: bool = False
    article: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    boilerplate: Wholes = _NO_WHOLES
    citations: re.Pattern[str] | None = None
    reported: bool = False
    told: bool = False
    timezone: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    last_words: frozenset[str] = field(init=False, repr=False, compare=False)
    """The words (folded) that headings of sections end with."""
    _opens: dict[str, SectionRule] = field(init=False, repr=False, compare=False)
    _sorted: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _names: frozenset[str] = field(init=False, repr=False, compare=False)
    _below: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        opens = {heading: rule for rule in self.sections for heading in rule.headings}
        object.__setattr__(self, "_opens", opens)
        object.__setattr__(self, "_sorted", tuple(sorted(opens)))
        object.__setattr__(self, "_below", tuple(f".{own}" for own in self.hosts))
        last_words = frozenset(heading.rpartition(" ")[2] for heading in opens)
        object.__setattr__(self, "last_words", last_words)
        names = frozenset(map(_bare, (*self.organisations, *self.sites)))
        object.__setattr__(self, "_names", names)

    def headings(self) -> frozenset[str]:
        """Return all headings (folded) that open a section."""
        return frozenset(self._opens)

    def begins_heading(self, words: str) -> bool:
        """Tell whether a heading that opens a section begins with ``words`` (folded)."""
        at = bisect_left(self._sorted, words)
        return at < len(self._sorted) and self._sorted[at].startswith(words)

    @property
    def layout_headings(self) -> frozenset[str]:
        """The headings (folded) of what happened and of what experts say, and of their groups."""
        telling = (r for r in self.sections if r.name in ("developments", "statements"))
        return frozenset().union(*(rule.headings | rule.groups for rule in telling))

    def section_of(self, heading: str) -> SectionRule | None:
        """Return the section that ``heading`` opens, if it is one of this profile's."""
        if len(heading) > _MAX_HEADING:
            return None
        return self._opens.get(heading_key(heading))

    def sections_of(self, headings: Sequence[str]) -> list[SectionRule]:
        """Return the sections that the ``headings`` of one brief open, each of which opens one."""
        rules = [self._opens[heading_key(heading)] for heading in headings]
        keys = frozenset(map(heading_key, headings))
        return [_PROSE if rule.unless & keys else rule for rule in rules]

    def kind_end(self, text: str) -> int | None:
        """Return where the kind of piece ends in ``text``, if that is what it names.

        A number or a region may stand behind it: "Insight No. 12", "Briefing / Africa".
        """
        return kind_end(text, self.kinds)

    def names_house(self, text: str) -> bool:
        """Tell whether ``text`` is names of the publisher alone, as the top of a page has them."""
        if len(text) > _MAX_HEADING:
            return False
        if _PARTING.search(text) is None:
            return _bare(text) in self._names  # most lines: spare the longer expression
        return all(_bare(part) in self._names for part in _PARTS.split(text))

    def serves(self, host: str) -> bool:
        """Tell whether ``host`` is one of the publisher's, or below one of them."""
        return f".{host}".endswith(self._below)

    def is_boilerplate(self, text: str) -> bool:
        """Tell whether the whole of ``text`` is furniture of the publisher's pages."""
        return self.boilerplate.match(text)

    def is_citation(self, text: str) -> bool:
        """Tell whether the whole of ``text`` only leads to another piece."""
        return self.citations is not None and self.citations.fullmatch(text) is not None

    def valid_on(self, day: date) -> bool:
        """Tell whether briefs of ``day`` have this layout; both ends are included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def _bare(name: str) -> str:
    return fold(name).replace("&", "and").removeprefix("the ")


class Index:
    """What shows a layout, by the words that show it: each line is looked up once for all."""

    def __init__(self, known: Iterable[Profile]) -> None:
        self.headings: dict[str, list[tuple[Key, str]]] = {}
        self.kinds: dict[str, list[Key]] = {}
        self.houses: dict[str, list[Key]] = {}
        self.signatures: dict[Key, tuple[frozenset[str], ...]] = {}
        phrases: list[tuple[Key, Phrase]] = []
        for profile in known:
            if not profile.signatures:
                continue
            key = (profile.name, profile.version)
            self.signatures[key] = profile.signatures
            for rule in profile.sections:
                if rule.shape == "abstract":
                    continue  # anybody's paper has one
                for heading in rule.headings:
                    self.headings.setdefault(heading, []).append((key, rule.name))
            for kind in profile.kinds:
                self.kinds.setdefault(kind, []).append(key)
            for name in {fold(name) for name in profile.organisations if " " in name}:
                self.houses.setdefault(name, []).append(key)
            phrases += [(key, phrase) for phrase in profile.phrases]
        self.phrases = PhraseIndex(phrases)


class Profiles:
    """The profiles that a run knows: those of publishers, and one for whoever is unknown."""

    def __init__(self, known: Iterable[Profile]) -> None:
        known = tuple(known)
        self.generic = next(profile for profile in known if profile.publisher is None)
        self.known = tuple(_with_furniture(profile, self.generic) for profile in known)
        self.index = Index(self.known)
        self.kinds = frozenset(kind for profile in self.known for kind in profile.kinds)
        self._newest = {profile.name: profile for profile in reversed(self.known)}

    def of_publishers(self) -> tuple[Profile, ...]:
        """Return the newest version of each publisher's profile."""
        return tuple(p for p in self._newest.values() if p.publisher is not None)[::-1]

    def versions(self, profile: Profile) -> Sequence[Profile]:
        """Return all versions of ``profile``, the newest first."""
        return [known for known in self.known if known.name == profile.name]

    def with_own(self, own: Iterable[Profile]) -> Profiles:
        """Return these profiles with a user's ``own`` before them; the same name replaces."""
        own = tuple(own)
        names = {profile.name for profile in own}
        return Profiles([*own, *(known for known in self.known if known.name not in names)])


def _with_furniture(profile: Profile, generic: Profile) -> Profile:
    """Return ``profile`` knowing what is furniture on anybody's page, as the generic one does."""
    if profile is generic:
        return profile
    names = (*profile.organisations, *profile.sites)
    more = frozenset(fold(f"more from {the}{name}") for name in names for the in ("", "the "))
    common_sections = [
        replace(
            rule,
            headings=(rule.headings | (more if rule.shape == "teasers" else frozenset()))
            - profile.headings(),
        )
        for rule in generic.sections
        if rule.shape in ("teasers", "printed_links")
    ]
    return replace(
        profile,
        sections=(*profile.sections, *common_sections),
        boilerplate=Wholes((*profile.boilerplate.patterns, *generic.boilerplate.patterns)),
    )
