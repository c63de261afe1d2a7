"""``sources.toml``: which sources the nightly run asks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

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
    sources = [
        _source(entry, nth, path) for nth, entry in enumerate(raw.get("source", []), start=1)
    ]
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
    key = "path" if kind == "folder" else "url"
    given = [entry.get(key), *(entry.get(f"{key}s") or [])]
    locations = [value for value in given if isinstance(value, str) and value]
    if not locations:
        raise SourcesError(f"{where}: a {kind} needs `{key}` (or `{key}s`, a list)")
    if kind == "folder":
        # relative to the file, so that a run means the same from anywhere
        locations = [
            str((path.parent / Path(value).expanduser()).absolute()) for value in locations
        ]
    return Source(name, kind, tuple(locations))


def given_sources(arguments: Iterable[str]) -> list[Source]:
    """Return the sources for paths and addresses given on the command line."""
    sources = []
    for argument in dict.fromkeys(arguments):
        if urlsplit(argument).scheme.lower() in ("http", "https"):
            sources.append(Source(argument, "pages", (argument,)))
        else:
            path = str(Path(argument).expanduser().absolute())
            sources.append(Source(path, "folder", (path,)))
    return sources


def select(sources: Iterable[Source], names: Iterable[str]) -> list[Source]:
    """Return the sources of those names, or all if none is named."""
    by_name = {source.name: source for source in sources}
    wanted = list(names)
    for name in wanted:
        if name not in by_name:
            raise SourcesError(f"no source is named {name!r}; there are {', '.join(by_name)}")
    return [by_name[name] for name in wanted] if wanted else list(by_name.values())
