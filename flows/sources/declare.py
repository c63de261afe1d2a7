"""``sources.toml``: which sources the nightly run asks."""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from flows.fetch.urls import split_credentials
from flows.sources.credentials import Credentials
from flows.sources.keys import KEYS, is_address
from flows.sources.model import KINDS, Source
from flows.sources.names import storable
from flows.sources.positions import Positions, positions
from flows.sources.selection import Selection

_ONE_OR_MORE = {"url": "urls", "path": "paths"}


class SourcesError(ValueError):
    """A sources file that can't be used; the message names each line that is wrong and the mend."""


def load_sources(path: Path) -> list[Source]:
    """Read every source that ``path`` declares, those that are not enabled too.

    Raises :class:`SourcesError` that tells everything that is wrong, a line each.
    """
    try:
        text = path.read_text("utf-8-sig")
        raw = tomllib.loads(text)
    except FileNotFoundError:
        raise SourcesError(
            f"no sources file {path}; write one (see docs/sources.md) or name it with --sources"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourcesError(f"can't read {path}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(f"{path} is not valid TOML: {error}") from error
    reader = _Reader(path, positions(text))
    sources = reader.read(raw)
    if reader.wrong:
        raise SourcesError("\n".join(line for _, line in sorted(reader.wrong)))
    return sources


class _Reader:
    """Reads declarations and gathers what is wrong with them, by line."""

    def __init__(self, path: Path, lines: Positions) -> None:
        self._path = path
        self._lines = lines
        self.wrong: list[tuple[int, str]] = []

    def read(self, raw: dict[str, Any]) -> list[Source]:
        for key in raw:
            if key != "source":
                self._wrong(0, key, f"unknown key {key!r}; sources are [[source]] tables")
        entries = raw.get("source", [])
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            self._wrong(0, "source", "write each source as a [[source]] table, with two brackets")
            return []
        names = Counter(e["name"] for e in entries if isinstance(e.get("name"), str))
        found = []
        for nth, entry in enumerate(entries, start=1):
            if names[str(entry.get("name"))] > 1:
                self._wrong(
                    nth, "name", f"two sources are named {entry['name']!r}; names must differ"
                )
            if source := self._source(nth, entry):
                found.append(source)
        return found

    def _source(self, nth: int, entry: dict[str, Any]) -> Source | None:
        before = len(self.wrong)
        name = entry.get("name")
        title = f"source {nth} ({name if isinstance(name, str) and name else 'without a name'})"
        kind = entry.get("kind")
        if kind is None:
            self._wrong(nth, "", f"{title}: `kind` is missing; it is one of {', '.join(KINDS)}")
        if name is None:
            self._wrong(nth, "", f"{title}: `name` is missing")
        known_kind = isinstance(kind, str) and kind in KINDS
        values: dict[str, Any] = {}
        for key, value in entry.items():
            if mistake := _misplaced(key, kind if known_kind else None):
                self._wrong(nth, key, f"{title}: {mistake}")
                continue
            try:
                values[key] = KEYS[key].read(value)
            except ValueError as error:
                self._wrong(nth, key, f"{title}: `{key}` {error}")
        wanted = [key for key in _ONE_OR_MORE if known_kind and kind in KEYS[key].kinds]
        if wanted and not any(key in entry or _ONE_OR_MORE[key] in entry for key in wanted):
            needed = " or ".join(f"`{key}` (or `{_ONE_OR_MORE[key]}`, a list)" for key in wanted)
            self._wrong(nth, "", f"{title}: a {kind} needs {needed}")
        if len(self.wrong) > before:
            return None
        return self._made(values)

    def _made(self, values: dict[str, Any]) -> Source:
        # relative to the file, so that a run means the same from anywhere
        folder = self._path.absolute().parent
        paths = [values.get("path"), *values.get("paths", ())]
        urls = [values.get("url"), *values.get("urls", ())]
        kept = ("publisher", "pages", "content", "max_entries", "delay", "every", "enabled")
        return Source(
            values["name"],
            values["kind"],
            tuple(
                dict.fromkeys(
                    (*filter(None, urls), *(str(_absolute(p, folder)) for p in paths if p))
                )
            ),
            selection=Selection(
                values.get("include", ()),
                values.get("exclude", ()),
                values.get("since"),
                values.get("until"),
            ),
            credentials=Credentials(
                values.get("headers", ()),
                *(values.get(key) for key in ("user", "password", "token", "proxy")),
            ),
            **{key: values[key] for key in kept if key in values},
        )

    def _wrong(self, nth: int, key: str, message: str) -> None:
        fallbacks = (self._lines.get(at) for at in ((nth, key), (nth, ""), (0, "source")))
        line = next((found for found in fallbacks if found), 1)
        self.wrong.append((line, f"{self._path}:{line}: {message}"))


def _misplaced(key: str, kind: str | None) -> str | None:
    """Tell why ``key`` can't stand in a source of ``kind`` (None if that is unknown)."""
    allowed = [name for name, known in KEYS.items() if kind is None or kind in known.kinds]
    if key in allowed:
        return None
    if key in KEYS:
        return f"a {kind} has no `{key}`; its keys are {', '.join(allowed)}"
    near = get_close_matches(key, allowed, 1, 0.5)
    guess = f"did you mean `{near[0]}`? " if near else ""
    return f"unknown key {key!r}; {guess}the keys are {', '.join(allowed)}"


def given_sources(arguments: Iterable[str]) -> list[Source]:
    """Return the sources for paths and addresses given on the command line.

    A path that is given twice, or lies below another one, is asked once. What an address has of
    user and password is kept out of the source's name and of all that is stored.
    """
    arguments = list(arguments)
    if "" in arguments:
        raise SourcesError("an empty path; is a variable of your shell unset?")
    given = dict.fromkeys(a if is_address(a) else str(_absolute(a)) for a in arguments)
    folders = {Path(argument) for argument in given if not is_address(argument)}
    sources = []
    for argument in given:
        if is_address(argument):
            sources.append(_given_address(argument))
        elif not any(parent in folders for parent in Path(argument).parents):
            sources.append(Source(storable(argument), "folder", (argument,)))
    return sources


def _given_address(url: str) -> Source:
    try:
        bare, credentials = split_credentials(url)
    except ValueError:
        bare, credentials = url, None  # no address: fetching says so
    user, password = credentials or (None, None)
    return Source(bare, "pages", (bare,), credentials=Credentials(user=user, password=password))


def _absolute(path: str, base: Path | None = None) -> Path:
    """Return ``path`` without dots, its links left as they are."""
    return Path(os.path.normpath((base or Path()).absolute() / Path(path).expanduser()))


def select(sources: Iterable[Source], names: Iterable[str]) -> list[Source]:
    """Return the sources of those names; if none is named, all that are enabled."""
    by_name = {source.name: source for source in sources}
    wanted = list(names)
    for name in wanted:
        if name not in by_name:
            raise SourcesError(f"no source is named {name!r}; there are {', '.join(by_name)}")
    if wanted:
        return [by_name[name] for name in wanted]
    return [source for source in by_name.values() if source.enabled]
