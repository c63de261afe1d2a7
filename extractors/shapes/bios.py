"""Bios: sentences that say who somebody is.

—Name is a Role. Other Name is a Role.        Name is the Institute’s Role and former Role.
—Name, role
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.attributions import split_attributions
from extractors.manuscript import Line
from extractors.names import is_person, is_post, split_names
from extractors.shapes.speakers import VERB, Speaker, is_known
from extractors.text import sentence_end

_MAX_BIO = 1_500
_MAX_SUBJECT = 160
_DASH = re.compile(r"[—–―]\s*|--?\s*")
_START = re.compile(r"[.!?][”\"’)]*\s+(?=[A-Z])")
_LEADS = re.compile(r"\s+(?:leads|directs|heads|runs|oversees|previously|joined|served)\b")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_APPOSITIVE = re.compile(r",[^,]*,?$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}$")
_SURNAME = re.compile(r"(?:[A-Z][a-z]+\. )*[A-Z][\w’'-]+")
# A head of state "is the president of Kesh" too: those who speak here have a post of learning.
_LEARNED = re.compile(
    r"\b(?:fellow|director|scholar|advis[eo]r|professor|analyst|associate|chair|researcher|head|"
    r"nonresident|expert|economist|intern|lecturer|vice president|manager|coordinator|assistant|"
    r"counsel)s?\b",
    re.I,
)


class Bio(NamedTuple):
    """What one sentence says of one person or several: ``line.text[start:end]``."""

    speakers: tuple[Speaker, ...]
    start: int
    end: int


def read_bios(line: Line) -> Iterator[Bio]:
    """Yield the sentences of a line that say who somebody is, wherever in it they stand."""
    text = line.text
    if len(text) > _MAX_BIO or line.block.kind in ("item", "cell"):
        return
    dash = _DASH.match(text)
    starts = [dash.end() if dash else 0, *(m.end() for m in _START.finditer(text))]
    found: list[tuple[int, list[tuple[int, int]], int | None]] = []
    for start in starts:
        if found and start < found[-1][1][-1][1]:
            continue  # an initial or a rank within the name
        read = _sentence(line, start)
        if read is not None:
            found.append((start, *read))
    for nth, (start, names, begin) in enumerate(found):
        stop = found[nth + 1][0] if nth + 1 < len(found) else len(text)
        role = None
        if begin is not None:
            length = sentence_end(text[begin:stop])
            whole = text[begin : stop if length is None else begin + length].rstrip()
            bare = whole if _ABBREVIATED.search(whole) else whole.rstrip(". ")
            role = line.printed(begin, begin + len(bare))
        speakers = tuple(Speaker(line.printed(a, b), role) for a, b in names)
        yield Bio(speakers, start, stop)


def _sentence(line: Line, start: int) -> tuple[list[tuple[int, int]], int | None] | None:
    """Read "Name is a ..." at ``start``: the names, and where the role begins (None without)."""
    text = line.text
    stop = min(len(text), start + _MAX_SUBJECT)
    verb, leads = VERB.search(text, start, stop), _LEADS.search(text, start, stop)
    if leads and (verb is None or leads.start() < verb.start()):
        verb = None
    mark = verb or leads
    if mark is None:
        return None
    names = _subject(text, start, mark.start())
    return (names, verb.end() if verb else None) if names else None


def _subject(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the people whom a sentence is about; [] if they are none."""
    subject = text[start:end]
    bare = _BRACKETS.sub("", subject) if subject.endswith(")") else subject
    for form in (subject, bare, _APPOSITIVE.sub("", subject)):
        if _is_named(form.strip()):
            return [(start, start + len(form))]
    if " and " not in subject and "&" not in subject:
        return []
    spans = split_names(subject)
    if len(spans) > 1 and all(is_person(subject[a:b]) for a, b in spans):
        return [(start + a, start + b) for a, b in spans]
    return []


def _is_named(text: str) -> bool:
    return (is_person(text) and not is_post(text.split()[-1])) or _SURNAME.fullmatch(
        text
    ) is not None


def told_in(line: Line) -> Iterator[Speaker]:
    """Yield those of whom a line says which post of learning they hold."""
    for bio in read_bios(line):
        for speaker in bio.speakers:
            if speaker.role is not None and _LEARNED.search(speaker.role.text):
                yield speaker


def is_bio(line: Line, people: frozenset[str]) -> bool:
    """Tell whether a line does nothing but say who people are, all of them known."""
    first = next(read_bios(line), None)
    return (
        first is not None
        and first.start == 0
        and all(is_known(speaker.name.text, people) for speaker in first.speakers)
        and all(_LEARNED.search(s.role.text) for s in first.speakers if s.role is not None)
    )


def read_sign_line(line: Line, people: frozenset[str]) -> tuple[Speaker, ...]:
    """Read a line below prose that says who wrote it: "—Name is a Role."; () if it is none.

    Without the dash all of them must be among ``people``.
    """
    text = line.text
    if line.block.kind in ("item", "heading", "cell") or len(text) > _MAX_BIO:
        return ()
    dash = _DASH.match(text)
    bios = list(read_bios(line))
    if bios and bios[0].start == (dash.end() if dash else 0):
        speakers = tuple(
            speaker for bio in bios for speaker in bio.speakers if is_person(speaker.name.text)
        )
        if speakers and (dash or is_bio(line, people)):
            return speakers
    return _signature(line, dash.end()) if dash else ()


def _signature(line: Line, start: int) -> tuple[Speaker, ...]:
    """Read "—Name", "—A and B" or "—Name, role" (in small letters too)."""
    text = line.text[start:].rstrip(". ")
    found = split_attributions(text)
    if not found:
        return ()
    speakers = []
    for (a, b), role in found:
        if role is not None and not is_post(text[role[0] : role[1]]):
            return ()
        printed = line.printed(start + role[0], start + role[1]) if role else None
        speakers.append(Speaker(line.printed(start + a, start + b), printed))
    return tuple(speakers)
