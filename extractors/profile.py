"""Profiles: what a publisher's briefs look like, declared in TOML and checked on loading."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from extractors.model import Section
from extractors.text import fold

SHAPES = ("labelled", "quotations", "link_lines", "printed_links", "prose")
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


class _Table:
    """One table of a profile file: reads values and says what is wrong with them, and where."""

    def __init__(self, origin: str, path: str, values: Any, keys: str) -> None:
        self._where = f"{origin}: {path}"
        self.need(isinstance(values, dict), "must be a table")
        self._values: dict[str, Any] = values
        for key in values:
            self.need(
                key in keys.split(),
                f"unknown key {key!r}; the keys are {', '.join(sorted(keys.split()))}",
            )

    def need(self, condition: bool, message: str) -> None:
        if not condition:
            raise ProfileError(f"{self._where}{message}")

    def get(self, key: str, kind: type, what: str, *, required: bool = False) -> Any:
        value = self._values.get(key)
        self.need(value is not None or not required, f"`{key}` ({what}) is missing")
        self.need(value is None or type(value) is kind, f"`{key}` must be {what}")
        return value

    def strings(self, key: str) -> list[str]:
        found = self._values.get(key, [])
        fits = isinstance(found, list) and all(isinstance(value, str) for value in found)
        self.need(fits, f"`{key}` must be a list of strings")
        return list(found)

    def tables(self, key: str) -> list[Any]:
        found = self._values.get(key, [])
        self.need(isinstance(found, list), f"write [[{key}]], one for each")
        return list(found)


def parse_profile(source: str, *, origin: str = "profile") -> Profile:
    """Read one profile; raises :class:`ProfileError` naming ``origin`` and what to mend."""
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{origin}: not valid TOML: {error}") from error
    top = _Table(
        origin,
        "",
        raw,
        "name publisher version valid_from valid_until timezone organisations recognise page "
        "section boilerplate",
    )
    recognise = _Table(origin, "[recognise]: ", raw.get("recognise", {}), "hosts signatures kinds")
    page = _Table(origin, "[page]: ", raw.get("page", {}), "article drop")
    boilerplate = _Table(origin, "[boilerplate]: ", raw.get("boilerplate", {}), "blocks")
    return Profile(
        name=top.get("name", str, "a string", required=True),
        version=top.get("version", int, "a whole number", required=True),
        publisher=top.get("publisher", str, "a string"),
        sections=tuple(_section(entry, origin) for entry in top.tables("section")),
        hosts=tuple(host.lower() for host in recognise.strings("hosts")),
        signatures=_signatures(recognise),
        kinds=frozenset(fold(kind) for kind in recognise.strings("kinds")),
        organisations=tuple(sorted(top.strings("organisations"), key=len, reverse=True)),
        article=tuple(page.strings("article")),
        drop=tuple(page.strings("drop")),
        boilerplate=_any_of(boilerplate),
        timezone=_timezone(top),
        valid_from=top.get("valid_from", date, "a date like 2025-01-31, without marks"),
        valid_until=top.get("valid_until", date, "a date like 2025-01-31, without marks"),
    )


def _section(entry: Any, origin: str) -> SectionRule:
    table = _Table(origin, "[[section]]: ", entry, "name headings shape")
    name: Any = table.get("name", str, "a string", required=True)
    shape = table.get("shape", str, "a string", required=True)
    names = get_args(Section)
    table.need(name in names, f"section name {name!r} is none of {', '.join(names)}")
    table.need(shape in SHAPES, f"shape {shape!r} is none of {', '.join(SHAPES)}")
    return SectionRule(name, frozenset(map(fold, table.strings("headings"))), shape)


def _signatures(table: _Table) -> tuple[frozenset[str], ...]:
    signatures = table.tables("signatures")
    for signature in signatures:
        table.need(isinstance(signature, list), "`signatures` must be a list of lists of signs")
        for sign in signature:
            table.need(sign in SIGNS, f"signature {sign!r} is none of {', '.join(SIGNS)}")
    return tuple(frozenset(signature) for signature in signatures)


def _any_of(table: _Table) -> re.Pattern[str] | None:
    patterns = table.strings("blocks")
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            table.need(False, f"{pattern!r} is no regular expression: {error}")
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.I | re.S) if patterns else None


def _timezone(table: _Table) -> str | None:
    name: str | None = table.get("timezone", str, 'an IANA name like "Europe/London"')
    try:
        if name is not None:
            ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        table.need(False, f"timezone {name!r} is not known; write an IANA name")
    return name


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
