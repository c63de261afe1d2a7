"""Trying a profile on a document: whether it would be recognised, and what it reads there."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import get_terminal_size

from extractors.model import Brief, Document, Printed
from extractors.profile import Index, Profile, Profiles
from extractors.profile_file import shipped
from extractors.readers.opened import Unreadable, open_document
from extractors.recognise import by_host, by_layout, signs_of, version_for
from extractors.understand import understand
from flows.profile_use import Named, headings_found, named, selectors_found

_WIDTH = 100  # columns of a line, where no terminal says how many it has
_MOST_MISSED = 20


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one document: the brief as the profile reads it, and who would own it."""

    document: Document
    hosts: tuple[str, ...]
    brief: Brief
    owner: Profile | None
    reasons: tuple[str, ...]
    found: frozenset[Named]
    """What the profile names and the document has."""


class TrialError(ValueError):
    """A document that can't be tried; the message says why."""


def try_profile(versions: Sequence[Profile], path: Path) -> Trial:
    """Apply a profile to the document at ``path``, whether or not it would be recognised.

    Raises :class:`TrialError` for a document that can't be read.
    """
    newest = versions[0]
    known = shipped().with_own(versions)
    wanted = named(versions)
    try:
        opened = open_document(path.read_bytes(), uri=path.name)
        hosts = tuple(opened.hosts)
        found = set(selectors_found(opened, wanted))
        document = opened.read(newest.article, newest.drop, newest.kinds)
    except OSError as error:
        raise TrialError(f"{path}: {error.strerror}") from error
    except Unreadable as error:
        raise TrialError(f"{path}: {error}") from error
    if not any(block.text.strip() for block in document.blocks):
        raise TrialError(f"{path}: holds no text of its own; it may need a browser")
    return Trial(
        document,
        hosts,
        understand(document, version_for(document, newest, known)),
        by_host(hosts, known) or by_layout(document, known),
        tuple(_recognition(versions, document, hosts, known)),
        frozenset((*found, *headings_found(document, wanted))),
    )


def _recognition(
    versions: Sequence[Profile], document: Document, hosts: Sequence[str], known: Profiles
) -> Iterator[str]:
    """Say for each way of recognising a publisher whether it leads to this profile, or why not."""
    newest = versions[0]
    if newest.publisher is None:
        yield "the profile has no `publisher`: it is nobody's, and recognises nothing"
        return
    wanted = ", ".join(newest.hosts) or "none"
    owner = by_host(hosts, known)
    if not hosts:
        yield f"host: the file names none (the profile's: {wanted})"
    elif owner is not None and owner.name == newest.name:
        yield f"host: yes, {', '.join(h for h in hosts if newest.serves(h))}"
    else:
        other = f", which belong to {owner.name}" if owner is not None else ""
        yield f"host: no, the file names {', '.join(hosts)}{other} (the profile's: {wanted})"
    for rival in known.of_publishers():
        if rival.name != newest.name and (shared := set(rival.hosts) & set(newest.hosts)):
            theirs = ", ".join(sorted(shared))
            yield f"host {theirs}: of the profile {rival.name}, too; one's own goes before it"
    if newest.sites:
        site = document.site or "none"
        yield f"site: the file names {site} (the profile's: {', '.join(sorted(newest.sites))})"
    for version in versions:
        shown = signs_of(document, Index([version])).get((version.name, version.version), set())
        for signature in version.signatures:
            missing = ", ".join(sorted(signature - shown))
            words = " and ".join(sorted(signature))
            found = f"no, there is no {missing}" if missing else "yes"
            yield f"signature of version {version.version} ({words}): {found}"
        if not version.signatures:
            yield f"signature of version {version.version}: the profile has none"


def account(trial: Trial, path: Path, name: str) -> Iterator[str]:
    """Yield the lines that tell a person what the profile ``name`` makes of the document.

    Those that quote the document are cut to the width of the terminal.
    """
    brief, document = trial.brief, trial.document
    yield f"{path}: {document.format}, {len(brief.blocks)} blocks, {len(brief.text):,} characters"
    if trial.owner is not None and trial.owner.name == name:
        yield "Recognised."
    else:
        taken = f"; it would be taken for {trial.owner.name}" if trial.owner else ""
        yield f"Not recognised{taken}. Read by this profile all the same."
    yield from (f"  {reason}" for reason in trial.reasons)
    day = brief.published.on if brief.published else None
    yield f"Read by version {brief.profile_version}."
    yield ""
    for label, value in (
        ("title", _text(brief.title)),
        ("kind", _text(brief.kind)),
        ("published", str(day) if day else None),
        ("authors", ", ".join(author.text for author in brief.authors)),
    ):
        yield _line(f"{label:<13} {value or '-'}")
    yield ""
    yield from _blocks(brief)
    yield ""
    yield from _rows(brief)
    yield from _remarks(brief)


def _blocks(brief: Brief) -> Iterator[str]:
    yield f"{'section':<13} {'kind':<12} text"
    for block in brief.blocks:
        text = brief.text[block.start : block.end]
        yield _line(f"{block.section:<13} {block.kind:<12} {text}")


def _rows(brief: Brief) -> Iterator[str]:
    yield f"developments: {len(brief.developments)}"
    for d in brief.developments:
        yield _line(f"  {_text(d.headline) or '(no label)'} | {d.text.text}")
    yield f"statements: {len(brief.statements)}"
    for s in brief.statements:
        of = f" [{s.affiliation.text}]" if s.affiliation else ""
        yield _line(f"  {s.speaker.text} | {_text(s.role) or '(no role)'}{of} | {s.quote.text}")
    yield f"links: {len(brief.links)}"
    for link in brief.links:
        cited = [_text(link.title), ", ".join(a.text for a in link.authors), _text(link.outlet)]
        words = " | ".join(word for word in cited if word) or link.text.text
        yield _line(f"  {link.section}: {words}" + (f" <{link.url}>" if link.url else ""))


def _remarks(brief: Brief) -> Iterator[str]:
    yield ""
    unknown = brief.unknown_headings
    yield f"unknown headings: {len(unknown)}"
    yield from (_line(f"  {heading}") for heading in unknown)
    others = sum(block.section == "other" for block in brief.blocks)
    share = brief.coverage
    yield f"coverage: {'-' if share is None else f'{share:.1%}'}, {others} blocks in no section"
    rows = {"developments": brief.developments, "statements": brief.statements}
    for section in (name for name, found in rows.items() if not found):
        if any(block.section == section for block in brief.blocks):
            yield f"{section}: their heading is there and no row came of it; try another shape"
    if brief.truncated:
        yield "cut: the text breaks off in the middle"


def missed(versions: Sequence[Profile], trials: Sequence[Trial]) -> Iterator[str]:
    """Yield the lines that tell what the profile names and none of the documents has."""
    found = {each for trial in trials for each in trial.found}
    left = [each for each in named(versions) if each not in found]
    if left and trials:
        yield "in none of these documents:"
    yield from (_line(f"  {key}: {text}") for key, text in left[:_MOST_MISSED])
    if len(left) > _MOST_MISSED:
        yield f"  and {len(left) - _MOST_MISSED} more"


def _line(text: str) -> str:
    width = get_terminal_size((_WIDTH, 0)).columns if sys.stdout.isatty() else _WIDTH
    text = text.replace("\n", " ")
    return text if len(text) <= width else f"{text[: width - 2].rstrip()} …"


def _text(value: Printed | None) -> str | None:
    return value.text if value else None
