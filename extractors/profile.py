"""Profiles: what a publisher's briefs look like, declared in TOML and checked on loading."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from extractors.model import Section
from extractors.text import fold

SHAPES = ("labelled", "quotations", "link_lines", "prose")
SIGNS = (*get_args(Section), "kind")


class ProfileError(ValueError):
    """A profile file that can't be used; the message names the file, the key and the mend."""


@dataclass(frozen=True, slots=True)
class SectionRule:
    """Which headings (folded) open a section, and which shape its blocks have."""

    name: Section
    headings: frozenset[str]
    shape: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One publisher's layout. ``publisher`` is None for the profile of the unknown."""

    name: str
    version: int
    publisher: str | None
    sections: tuple[SectionRule, ...]
    hosts: tuple[str, ...] = ()
    signatures: tuple[frozenset[str], ...] = ()
    kinds: frozenset[str] = frozenset()
    organisations: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    boilerplate: re.Pattern[str] | None = None
    timezone: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def section_of(self, heading: str) -> SectionRule | None:
        """Return the section that ``heading`` opens, if it is one of this profile's."""
        if len(heading) > 80:
            return None
        folded = fold(heading)
        return next((rule for rule in self.sections if folded in rule.headings), None)

    def serves(self, host: str) -> bool:
        """Tell whether ``host`` is one of the publisher's, or below one of them."""
        return any(host == own or host.endswith("." + own) for own in self.hosts)

    def is_boilerplate(self, text: str) -> bool:
        """Tell whether the whole of ``text`` is furniture of the publisher's pages."""
        return self.boilerplate is not None and self.boilerplate.fullmatch(text) is not None


def parse_profile(source: str, *, origin: str = "profile") -> Profile:
    """Read one profile; raises :class:`ProfileError` naming ``origin`` and what to mend."""
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{origin}: not valid TOML: {error}") from error

    def need(condition: bool, message: str) -> None:
        if not condition:
            raise ProfileError(f"{origin}: {message}")

    known = {
        *("name", "publisher", "version", "valid_from", "valid_until", "timezone"),
        *("organisations", "recognise", "page", "section", "boilerplate"),
    }
    for key in raw:
        need(key in known, f"unknown key {key!r}; the keys are {', '.join(sorted(known))}")
    need(isinstance(raw.get("name"), str), "`name` is missing")
    need(isinstance(raw.get("version"), int), "`version` (a whole number) is missing")
    recognise = raw.get("recognise", {})
    page = raw.get("page", {})
    sections = tuple(_section(entry, need) for entry in raw.get("section", []))
    signatures = tuple(frozenset(signs) for signs in recognise.get("signatures", []))
    for signature in signatures:
        for sign in signature:
            need(sign in SIGNS, f"signature {sign!r} is none of {', '.join(SIGNS)}")
    return Profile(
        name=raw["name"],
        version=raw["version"],
        publisher=raw.get("publisher"),
        sections=sections,
        hosts=tuple(host.lower() for host in recognise.get("hosts", [])),
        signatures=signatures,
        kinds=frozenset(fold(kind) for kind in recognise.get("kinds", [])),
        organisations=tuple(sorted(raw.get("organisations", []), key=len, reverse=True)),
        article=tuple(page.get("article", [])),
        drop=tuple(page.get("drop", [])),
        boilerplate=_any_of(raw.get("boilerplate", {}).get("blocks", []), need),
        timezone=raw.get("timezone"),
        valid_from=raw.get("valid_from"),
        valid_until=raw.get("valid_until"),
    )


def _section(entry: dict[str, Any], need: Any) -> SectionRule:
    name: Any = entry.get("name")
    shape: Any = entry.get("shape")
    need(name in get_args(Section), f"section name {name!r} is none of {get_args(Section)}")
    need(shape in SHAPES, f"section {name!r}: shape {shape!r} is none of {', '.join(SHAPES)}")
    return SectionRule(name, frozenset(map(fold, entry.get("headings", []))), shape)


def _any_of(patterns: Iterable[str], need: Any) -> re.Pattern[str] | None:
    patterns = list(patterns)
    try:
        return re.compile("|".join(f"(?:{p})" for p in patterns), re.I | re.S) if patterns else None
    except re.error as error:
        need(False, f"boilerplate: {error.pattern!r} is no regular expression: {error}")
        raise


@cache
def profiles() -> tuple[Profile, ...]:
    """Return every profile that ships, by name; ``generic`` is the last."""
    found = [
        parse_profile(entry.read_text("utf-8"), origin=entry.name)
        for entry in files("extractors.profiles").iterdir()
        if entry.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda profile: (profile.publisher is None, profile.name)))


def generic() -> Profile:
    """Return the profile for whoever is not known."""
    return profiles()[-1]
