"""``sources.toml``: which sources the nightly run asks."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flows.sources.model import KINDS, Source

_KEYS = {"name", "kind", "url", "urls", "path", "paths"}


class SourcesError(ValueError):
    """A sources file that can't be used; the message names the file, the source and the mend."""


def load_sources(path: Path) -> list[Source]:
    """Read every source that ``path`` declares; raises :class:`SourcesError`."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SourcesError(
            f"no sources file {path}; write one (see docs/sources.md) or name it with --sources"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SourcesError(f"can't read {path}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(f"{path} is not valid TOML: {error}") from error
    if unknown := set(raw) - {"source"}:
        raise SourcesError(f"{path}: unknown key {min(unknown)!r}; sources are [[source]] tables")
    entries = raw.get("source", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourcesError(f"{path}: write each source as a [[source]] table, with two brackets")
    sources = [_source(entry, nth, path) for nth, entry in enumerate(entries, start=1)]
    names = [source.name for source in sources]
    if repeated := next((name for name in names if names.count(name) > 1), None):
        raise SourcesError(f"{path}: two sources are named {repeated!r}; names must differ")
    return sources


def _source(entry: dict[str, Any], nth: int, path: Path) -> Source:
    where = f"{path}: source {nth} ({entry.get('name', 'without a name')})"
    if unknown := set(entry) - _KEYS:
        known = ", ".join(sorted(_KEYS))
        raise SourcesError(f"{where}: unknown key {min(unknown)!r}; the keys are {known}")
    name, kind = entry.get("name"), entry.get("kind")
    if not isinstance(name, str) or not name:
        raise SourcesError(f"{where}: `name` is missing")
    if kind not in KINDS:
        raise SourcesError(f"{where}: kind {kind!r} is none of {', '.join(KINDS)}")
    locations = _locations(entry, "path" if kind == "folder" else "url", kind, where)
    if kind == "folder":
        # relative to the file, so that a run means the same from anywhere
        return Source(
            name, kind, tuple(str(_absolute(p, path.absolute().parent)) for p in locations)
        )
    for url in locations:
        if not _is_address(url):
            raise SourcesError(
                f"{where}: {url!r} is no address; it starts with http:// or https://"
            )
    return Source(name, kind, tuple(locations))


def _locations(entry: dict[str, Any], key: str, kind: str, where: str) -> list[str]:
    one, several = entry.get(key), entry.get(f"{key}s", [])
    if one is not None and not isinstance(one, str):
        raise SourcesError(f"{where}: `{key}` must be a string")
    if not isinstance(several, list) or not all(isinstance(value, str) for value in several):
        raise SourcesError(f"{where}: `{key}s` must be a list of strings")
    locations = [value for value in (one, *several) if value]
    if not locations:
        raise SourcesError(f"{where}: a {kind} needs `{key}` (or `{key}s`, a list)")
    return locations


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def given_sources(arguments: Iterable[str]) -> list[Source]:
    """Return the sources for paths and addresses given on the command line.

    A path that is given twice, or lies below another one, is asked once.
    """
    arguments = list(arguments)
    if "" in arguments:
        raise SourcesError("an empty path; is a variable of your shell unset?")
    given = dict.fromkeys(a if _is_address(a) else str(_absolute(a)) for a in arguments)
    folders = {Path(argument) for argument in given if not _is_address(argument)}
    sources = []
    for argument in given:
        if _is_address(argument):
            sources.append(Source(argument, "pages", (argument,)))
        elif not any(parent in folders for parent in Path(argument).parents):
            sources.append(Source(argument, "folder", (argument,)))
    return sources


def _absolute(path: str, base: Path | None = None) -> Path:
    """Return ``path`` without dots, its links left as they are."""
    return Path(os.path.normpath((base or Path()).absolute() / Path(path).expanduser()))


def select(sources: Iterable[Source], names: Iterable[str]) -> list[Source]:
    """Return the sources of those names, or all if none is named."""
    by_name = {source.name: source for source in sources}
    wanted = list(names)
    for name in wanted:
        if name not in by_name:
            raise SourcesError(f"no source is named {name!r}; there are {', '.join(by_name)}")
    return [by_name[name] for name in wanted] if wanted else list(by_name.values())
