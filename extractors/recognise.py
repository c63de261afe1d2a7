"""Whose brief a document is, and in which version of their layout it was written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from extractors.dates import from_url, localise, parse_printed
from extractors.frontmatter import read_dateline
from extractors.model import Document
from extractors.profile import Profile, Profiles
from extractors.text import fold

_FRONT = 20
"""Among so many blocks at the start a printed dateline is looked for."""


def by_host(hosts: Iterable[str], profiles: Profiles) -> Profile | None:
    """Return the profile of the publisher that one of ``hosts`` belongs to, the first first."""
    known = profiles.of_publishers()
    return next((p for host in hosts for p in known if p.serves(host)), None)


def by_layout(document: Document, profiles: Profiles) -> Profile | None:
    """Recognise a publisher by the site's name, else by the signature of its layout."""
    known = profiles.of_publishers()
    site = fold(document.site or "")
    named = next((p for p in known if site and site in p.sites), None)
    return named or next((p for p in known if _shows(document, profiles.versions(p))), None)


def version_for(document: Document, profile: Profile, profiles: Profiles) -> Profile:
    """Choose the version of ``profile`` that the document was written in.

    The versions valid on its day are asked first, the newest first; of these the first whose
    sections it has.
    """
    versions = profiles.versions(profile)
    if len(versions) <= 1:
        return profile
    day = _day(document, profile)
    valid = [v for v in versions if day is not None and v.valid_on(day)] or versions
    return next((version for version in valid if _opens_any(document, version)), valid[0])


def _shows(document: Document, versions: Iterable[Profile]) -> bool:
    for profile in versions:
        if profile.signatures:
            signs = signs_of(document, profile)
            if any(signature <= signs for signature in profile.signatures):
                return True
    return False


def signs_of(document: Document, profile: Profile) -> set[str]:
    """Return what ``document`` shows of a layout: sections by their headings, kinds, phrases."""
    signs: set[str] = set()
    unseen = list(profile.phrases)
    for block in document.blocks:
        if block.marginal:
            continue
        for phrase in [phrase for phrase in unseen if phrase.search(block.text)]:
            unseen.remove(phrase)
            signs.add("phrases" if "phrase" in signs else "phrase")
        if block.kind == "item":
            continue
        for line in block.text.split("\n"):
            if rule := profile.section_of(line):
                signs.add(rule.name)
            # below the first section it is the dateline of some other piece: a teaser's
            elif signs <= {"phrase", "phrases"} and _names_kind(line, profile):
                signs.add("kind")
    return signs


def _names_kind(line: str, profile: Profile) -> bool:
    dateline = read_dateline(line)
    if dateline is not None:
        return bool(dateline["kind"]) and fold(dateline["kind"]) in profile.kinds
    return profile.kind_end(line) is not None


def _opens_any(document: Document, profile: Profile) -> bool:
    return any(
        profile.section_of(line) is not None
        for block in document.blocks
        for line in block.text.split("\n")
    )


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
    return from_url(document.url or document.canonical_url or "")
