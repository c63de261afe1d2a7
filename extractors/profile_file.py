"""Profile files: TOML to :class:`~extractors.profile.Profile`, checked key by key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from extractors.literals import literals, opens
from extractors.model import Section
from extractors.phrases import Phrase
from extractors.profile import (
    LABELS,
    SELF_OPENING,
    SHAPES,
    SIGNS,
    Profile,
    ProfileError,
    Profiles,
    SectionRule,
)
from extractors.summaries import SUMMARIES
from extractors.text import fold
from extractors.wholes import Wholes

# A page of any age is cut by the same selectors and comes from the same hosts: an archive is shown
# in today's template. What its text looks like is a matter of its date.
_LAYOUT = "version valid_from valid_until organisations front section statements patterns"
_KEYS = f"name publisher timezone recognise page earlier {_LAYOUT}"
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")


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

    def choice(self, key: str, values: Sequence[str], default: str | None = None) -> Any:
        value: Any = self.get(key, str, "a string") or default
        self.need(value is not None, f"`{key}` is missing; it is one of {', '.join(values)}")
        self.need(value in values, f"`{key}` {value!r} is none of {', '.join(values)}")
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

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        """Return the regular expressions of a list; case does not count in them."""
        found = []
        for pattern in self.strings(key):
            try:
                found.append(re.compile(pattern, re.I | re.S))
            except re.error as error:
                self.need(False, f"{pattern!r} is no regular expression: {error}")
        return tuple(found)

    def pattern(self, key: str) -> re.Pattern[str] | None:
        """Return the expressions of a list as one, or None for an empty list."""
        parts = "|".join(f"(?:{part.pattern})" for part in self.patterns(key))
        return re.compile(parts, re.I | re.S) if parts else None


def parse_profiles(source: str, *, origin: str = "profile") -> tuple[Profile, ...]:
    """Read one profile file: all versions of one publisher's layout, the newest first.

    What an ``[[earlier]]`` version does not say is as in the newest. Raises
    :class:`~extractors.profile.ProfileError`, which names ``origin`` and what to mend.
    """
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{origin}: not valid TOML: {error}") from error
    top = _Table(origin, "", raw, _KEYS)
    newest = {key: value for key, value in raw.items() if key != "earlier"}
    found = [_profile(newest, origin)]
    shared = {key: newest[key] for key in newest if key not in ("valid_from", "valid_until")}
    for entry in top.tables("earlier"):
        table = _Table(origin, "[[earlier]]: ", entry, _LAYOUT)
        table.get("version", int, "a whole number", required=True)
        found.append(_profile({**shared, **entry}, f"{origin}: [[earlier]]"))
        falls = found[-1].version < found[-2].version
        table.need(falls, "`version` must be lower than that of the version above")
    return tuple(found)


def _profile(raw: dict[str, Any], origin: str) -> Profile:
    top = _Table(origin, "", raw, _KEYS)
    recognise = _Table(
        origin, "[recognise]: ", raw.get("recognise", {}), "hosts sites signatures kinds phrases"
    )
    page = _Table(origin, "[page]: ", raw.get("page", {}), "article drop")
    front = _Table(origin, "[front]: ", raw.get("front", {}), "lead bare_byline title_date")
    statements = _Table(origin, "[statements]: ", raw.get("statements", {}), "reported told")
    patterns = _Table(origin, "[patterns]: ", raw.get("patterns", {}), "boilerplate citations")
    sections = tuple(_section(entry, origin) for entry in top.tables("section"))
    for strange in (
        frozenset().union(*(r.unless for r in sections)).difference(*(r.headings for r in sections))
    ):
        top.need(False, f"[[section]]: `unless` {strange!r} is a heading of no other section")
    return Profile(
        name=top.get("name", str, "a string", required=True),
        version=top.get("version", int, "a whole number", required=True),
        publisher=top.get("publisher", str, "a string"),
        sections=sections,
        hosts=_hosts(recognise),
        sites=frozenset(fold(site) for site in recognise.strings("sites")),
        signatures=_signatures(recognise),
        kinds=frozenset(fold(kind) for kind in recognise.strings("kinds")),
        phrases=tuple(Phrase(p, literals(p), opens(p)) for p in recognise.patterns("phrases")),
        organisations=tuple(sorted(top.strings("organisations"), key=len, reverse=True)),
        lead=front.choice("lead", ("lead", "developments"), "lead"),
        bare_byline=bool(front.get("bare_byline", bool, "true or false")),
        title_date=bool(front.get("title_date", bool, "true or false")),
        article=tuple(page.strings("article")),
        drop=tuple(page.strings("drop")),
        boilerplate=Wholes(patterns.patterns("boilerplate")),
        citations=patterns.pattern("citations"),
        reported=bool(statements.get("reported", bool, "true or false")),
        told=bool(statements.get("told", bool, "true or false")),
        timezone=_timezone(top),
        valid_from=top.get("valid_from", date, "a date like 2025-01-31, without marks"),
        valid_until=top.get("valid_until", date, "a date like 2025-01-31, without marks"),
    )


def _section(entry: Any, origin: str) -> SectionRule:
    keys = "name headings shape nested labels groups unless titles overviews"
    table = _Table(origin, "[[section]]: ", entry, keys)
    name = table.choice("name", get_args(Section))
    shape = table.choice("shape", SHAPES)
    headings = frozenset(map(fold, table.strings("headings")))
    if shape == "abstract" and not headings:
        headings = SUMMARIES
    table.need(
        bool(headings) or shape in SELF_OPENING or bool(table.strings("titles")),
        f"`headings` is empty; only {', '.join(sorted(SELF_OPENING))} show where they begin",
    )
    nested = table.choice("nested", ("join", "own"), "join")
    labels = table.choice("labels", LABELS, LABELS[0])
    plain = nested == "join" and labels == LABELS[0]
    fits = shape == "labelled" or (shape == "abstract" and nested == "join")
    table.need(plain or fits, "`nested` and `labels` are for shape labelled, `labels` for abstract")
    groups = frozenset(map(fold, table.strings("groups")))
    table.need(
        not groups or shape in ("headed", "run_in"), "`groups` is for shapes headed and run_in"
    )
    unless = frozenset(map(fold, table.strings("unless")))
    titles = table.pattern("titles")
    table.need(
        titles is None or shape in ("headed", "named"), "`titles` is for shapes headed and named"
    )
    overviews = bool(table.get("overviews", bool, "true or false"))
    table.need(not overviews or shape == "headed", "`overviews` is for shape headed alone")
    return SectionRule(
        name, headings, shape, nested == "own", labels, groups, unless, titles, overviews
    )


def _hosts(table: _Table) -> tuple[str, ...]:
    hosts = [host.lower().removeprefix("www.") for host in table.strings("hosts")]
    for host in hosts:
        plain = _HOST.fullmatch(host) is not None
        table.need(plain, f"`hosts`: {host!r} is no domain; write it alone, as in example.org")
    return tuple(hosts)


def _signatures(table: _Table) -> tuple[frozenset[str], ...]:
    signatures = table.tables("signatures")
    for signature in signatures:
        table.need(isinstance(signature, list), "`signatures` must be a list of lists of signs")
        for sign in signature:
            table.need(sign in SIGNS, f"signature {sign!r} is none of {', '.join(SIGNS)}")
    return tuple(frozenset(signature) for signature in signatures)


def _timezone(table: _Table) -> str | None:
    name: str | None = table.get("timezone", str, 'an IANA name like "Europe/London"')
    try:
        if name is not None:
            ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        table.need(False, f"timezone {name!r} is not known; write an IANA name")
    return name


@cache
def shipped() -> Profiles:
    """Return the profiles that ship, by name; ``generic`` is the last."""
    found = [
        profile
        for entry in sorted(files("extractors.profiles").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
        for profile in parse_profiles(entry.read_text("utf-8"), origin=entry.name)
    ]
    return Profiles(found)
