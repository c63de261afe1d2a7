"""Profiles: those that ship and those of one's own folder; what they declare, for a person."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from extractors.profile import Profile, ProfileError, Profiles
from extractors.profile_file import parse_profiles, shipped


def load_profile(path: Path) -> tuple[Profile, ...]:
    """Read all versions in one profile file, the newest first.

    Raises :class:`~extractors.profile.ProfileError` for a file that can't be read or used.
    """
    versions = parse_profiles(_source(path), origin=str(path))
    for key, selectors in (("article", versions[0].article), ("drop", versions[0].drop)):
        for selector in selectors:
            _need_selector(selector, f"{path}: [page]: `{key}`")
    return versions


def _need_selector(selector: str, where: str) -> None:
    from extractors.readers.html.container import is_selector  # costs more than all else here

    if not is_selector(selector):
        raise ProfileError(f"{where}: {selector!r} is no CSS selector")


def own_profiles(folder: Path | None) -> Profiles | None:
    """Return the profiles of ``folder`` before those that ship; None without a folder.

    Raises :class:`~extractors.profile.ProfileError` for one that can't be used.
    """
    if folder is None:
        return None
    if not folder.is_dir():
        raise ProfileError(f"{folder} is no folder")
    names: dict[str, Path] = {}
    hosts: dict[str, Path] = {}
    own: list[Profile] = []
    for path in sorted(folder.glob("*.toml")):
        versions = load_profile(path)
        before = names.setdefault(versions[0].name, path)
        if before != path:
            raise ProfileError(f"{path}: `name` {versions[0].name!r} is that of {before}, too")
        for host in versions[0].hosts:
            before = hosts.setdefault(host, path)
            if before != path:
                raise ProfileError(f"{path}: [recognise]: `hosts` {host!r} is in {before}, too")
        own += versions
    return shipped().with_own(own)


OVERVIEW = ("name", "version", "valid", "hosts", "sections")


def overview(profiles: Profiles) -> list[tuple[str, ...]]:
    """Return a row of :data:`OVERVIEW` for each version of each profile."""
    return [_row(profile) for profile in profiles.known]


def source_of(name: str, folder: Path | None) -> str:
    """Return the file of the profile ``name`` as it is; one's own goes before what ships.

    Raises :class:`~extractors.profile.ProfileError` if there is none.
    """
    for path in sorted(folder.glob("*.toml")) if folder else ():
        if load_profile(path)[0].name == name:
            return _source(path)
    entry = files("extractors.profiles") / f"{name}.toml"
    if name not in {profile.name for profile in shipped().known}:
        known = ", ".join(dict.fromkeys(profile.name for profile in shipped().known))
        raise ProfileError(f"no profile {name!r}; there are {known}")
    return entry.read_text("utf-8")


def reading(profile: Profile) -> Iterator[str]:
    """Yield the lines that say how a version of a profile is understood."""
    yield f"version {profile.version}, valid {_validity(profile)}"
    yield f"  hosts: {', '.join(profile.hosts) or 'none'}"
    for signature in profile.signatures:
        yield f"  recognised without its host by: {' and '.join(sorted(signature))}"
    if profile.kinds:
        yield f"  kinds of piece: {', '.join(sorted(profile.kinds))}"
    for rule in profile.sections:
        opened = ", ".join(sorted(rule.headings)) or "no heading: it shows where it begins"
        yield f"  {rule.name}, shape {rule.shape}, opened by: {opened}"


def _row(profile: Profile) -> tuple[str, ...]:
    sections = dict.fromkeys(rule.name for rule in profile.sections)
    return (
        profile.name,
        str(profile.version),
        _validity(profile),
        ", ".join(profile.hosts) or "-",
        ", ".join(sections),
    )


def _validity(profile: Profile) -> str:
    since, until = profile.valid_from, profile.valid_until
    if since and until:
        return f"{since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else "any day"


def _source(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise ProfileError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ProfileError(f"{path}: no UTF-8 text: {error}") from error
