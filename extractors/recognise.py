"""Whose brief a document is, and in which version of their layout it was written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from extractors.datelines import read_dateline
from extractors.dates import from_url, localise, parse_printed
from extractors.headings import heading_key
from extractors.kinds import without_number
from extractors.model import Brief, Document
from extractors.phrases import Key
from extractors.profile import Index, Profile, Profiles
from extractors.records import MAX_LABEL, field_value
from extractors.text import fold

_OPENING = 300  # characters at both ends of a block that a phrase is looked for in
_SHORT = 130  # a heading, a kind or a dateline is no longer
_SOURCES = ("source", "sources", "from", "published by")
_FRONT = 20
"""Among so many blocks at the start a printed dateline is looked for."""


def by_host(hosts: Iterable[str], profiles: Profiles) -> Profile | None:
    """Return the profile of the publisher that one of ``hosts`` belongs to, the first first."""
    known = profiles.of_publishers()
    return next((p for host in hosts for p in known if p.serves(host)), None)


def by_name(name: str | None, profiles: Profiles) -> Profile | None:
    """Return the profile of the publisher that a source declares, by the name of either."""
    wanted = fold(name or "")
    known = profiles.of_publishers() if wanted else ()
    return next((p for p in known if wanted in (p.name, fold(p.publisher or ""))), None)


def by_layout(document: Document, profiles: Profiles) -> Profile | None:
    """Recognise a publisher by the site's name, else by the signature of its layout."""
    named = _by_site(document, profiles) or _by_source(document, profiles)
    if named is not None:
        return named
    names = {name for name, _ in _shown(document, profiles.index)}
    return next((p for p in profiles.of_publishers() if p.name in names), None)


def is_borne_out(brief: Brief, document: Document, profile: Profile, profiles: Profiles) -> bool:
    """Tell whether a brief recognised by its layout alone has the experts of its headings.

    "Expert Analysis" may stand above anything. The words of a known shape must follow, unless the
    page ends there or another signature shows that does without them.
    """
    if not any("statements" in sign for sign in profile.signatures):
        return True
    if brief.statements or brief.truncated or _by_site(document, profiles):
        return True
    signatures = [
        sign for key, sign in _shown(document, profiles.index).items() if key[0] == profile.name
    ]
    last = brief.blocks[-1].section if brief.blocks else None
    return last == "statements" or any("statements" not in sign for sign in signatures)


def _by_site(document: Document, profiles: Profiles) -> Profile | None:
    site = fold(document.site or "")
    known = profiles.of_publishers() if site else ()
    return next((profile for profile in known if site in profile.sites), None)


def _by_source(document: Document, profiles: Profiles) -> Profile | None:
    """Return the publisher that a library of reports prints as the source, by its full name.

    Below a label alone a short name is enough: "Source: OCHA" stands below others' maps too.
    """
    front = [fold(block.text) for block in document.blocks[:_FRONT] if len(block.text) < _SHORT]
    fields = {below for label, below in pairwise(front) if label in _SOURCES}
    sources = set(fields)
    for label in ("source ", "source: ", "sources: "):
        sources |= {text.removeprefix(label) for text in front if text.startswith(label)}
    if not sources:
        return None
    for profile in profiles.of_publishers():
        names = [fold(name) for name in profile.organisations]
        if any(name in fields or (" " in name and name in sources) for name in names):
            return profile
    return None


def _shown(document: Document, index: Index) -> dict[Key, frozenset[str]]:
    """Return the layouts of which ``document`` shows a signature, with the least demanding one."""
    shown: dict[Key, frozenset[str]] = {}
    for key, found in signs_of(document, index).items():
        signs = [sign for sign in index.signatures[key] if sign <= found]
        if signs:
            shown[key] = min(signs, key=lambda sign: ("statements" in sign, len(sign)))
    return shown


def version_for(document: Document, profile: Profile, profiles: Profiles) -> Profile:
    """Choose the version of ``profile`` that the document was written in.

    It is the one that knows most of its headings. Where several know as many, one that is valid
    on its day is preferred, then the newest.
    """
    versions = profiles.versions(profile)
    if len(versions) <= 1:
        return profile
    day = _day(document, profile)
    shown = {heading_key(line) for line in _short_lines(document)}
    return max(
        versions,
        key=lambda version: (
            len(version.layout_headings & shown),
            day is not None and version.valid_on(day),
        ),
    )


def signs_of(document: Document, index: Index) -> dict[tuple[str, int], set[str]]:
    """Return what ``document`` shows of each layout: sections, kinds, names, phrases.

    The keys are names and versions of profiles; a layout of which nothing shows has none.
    """
    signs: dict[tuple[str, int], set[str]] = defaultdict(set)
    blocks = [block for block in document.blocks if not block.marginal]
    for block in blocks:
        if block.kind == "item":
            continue
        for line in block.text.split("\n"):
            if len(line) > _SHORT:
                continue
            folded = fold(line)
            for key, section in index.headings.get(heading_key(line), ()):
                signs[key].add(section)
            for key in index.houses.get(folded, ()):
                signs[key].add("house")
            for kind in _kinds(line, folded):
                for key in index.kinds.get(kind, ()):
                    # below the first section it is the dateline of some other piece: a teaser's
                    if not signs[key] - {"kind", "house"}:
                        signs[key].add("kind")
    openings = [_ends(block.text) for block in blocks]
    for key in index.phrases.shown(openings):
        signs[key].add("phrases" if "phrase" in signs[key] else "phrase")
    return signs


def _ends(text: str) -> str:
    """Return how a block begins and ends: an introduction's last words lead over to the experts."""
    return text if len(text) <= 2 * _OPENING else f"{text[:_OPENING]}\n{text[-_OPENING:]}"


def _kinds(line: str, folded: str) -> tuple[str, ...]:
    """Return what in ``line`` can be a kind of piece (folded), behind a label or not."""
    if ":" in line[:MAX_LABEL] and (value := field_value(line)):
        line, folded = value, fold(value)
    dateline = read_dateline(line)
    if dateline is not None:
        return (fold(dateline["kind"]),) if dateline["kind"] else ()
    bare = without_number(line)
    return (folded,) if bare is None else (folded, fold(bare))


def _short_lines(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if len(block.text) <= _SHORT or "\n" in block.text:
            yield from (line for line in block.text.split("\n") if len(line) <= _SHORT)


def _day(document: Document, profile: Profile) -> date | None:
    """Return the day that the document says it was published on."""
    for block in document.blocks[:_FRONT]:
        dateline = read_dateline(block.text)
        if dateline and (day := parse_printed(dateline["date"])):
            return day
    stated = document.published
    if stated is not None and profile.timezone:
        stated = localise(stated, profile.timezone)
    if stated is not None and stated.on:
        return stated.on
    if day := from_url(document.url or document.canonical_url or ""):
        return day
    return document.announced.on if document.announced else None
