"""Whose brief a document is: by the host it comes from, else by the signature of its layout."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.frontmatter import read_dateline
from extractors.model import Document
from extractors.profile import Profile, profiles
from extractors.text import fold


def by_host(hosts: Iterable[str]) -> Profile | None:
    """Return the profile of the publisher that one of ``hosts`` belongs to, the first first."""
    for host in hosts:
        for profile in profiles():
            if profile.serves(host):
                return profile
    return None


def by_signature(document: Document) -> Profile | None:
    """Recognise a publisher by its layout: the sections its headings open, the kinds it prints."""
    for profile in profiles():
        if not profile.signatures:
            continue
        signs: set[str] = set()
        for block in document.blocks:
            if block.marginal or block.kind == "item":
                continue
            for line in block.text.split("\n"):
                if rule := profile.section_of(line):
                    signs.add(rule.name)
                # below the first section it is the dateline of some other piece: a teaser's
                elif not signs and _names_kind(line, profile):
                    signs.add("kind")
        if any(signature <= signs for signature in profile.signatures):
            return profile
    return None


def _names_kind(line: str, profile: Profile) -> bool:
    dateline = read_dateline(line)
    return bool(dateline and dateline["kind"] and fold(dateline["kind"]) in profile.kinds)
