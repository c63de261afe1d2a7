"""Experts who write under their names: round-ups, questions and answers, lists of contributors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.author_lists import names_listed
from extractors.bylines import Byline
from extractors.datelines import read_dateline
from extractors.manuscript import Line
from extractors.model import BLOCK_SEPARATOR, Printed
from extractors.names import is_person, retired_end, split_names
from extractors.part import Part
from extractors.people import PERSON_PAGE
from extractors.profile import Profile
from extractors.shapes import questions
from extractors.shapes.alike import announced, names_alike
from extractors.shapes.bios import is_bio, read_bios, read_sign_line
from extractors.shapes.end_cards import cards_begin
from extractors.shapes.name_lines import read_name_line
from extractors.shapes.named import authors_part, named_parts, names_between
from extractors.shapes.signed import signed_parts
from extractors.shapes.speakers import forms, is_known
from extractors.shapes.unquoted import Share, statements_of
from extractors.text import fold, opens_quotation

_MAX_HEADLINE = 200  # characters
_INTRODUCES = re.compile(r"\b(?:addressed|remarks|panell?ists|speakers|forum with)\b", re.I)
_RANK = r"(?:Brig|Gen|Maj|Lt|Col|Adm|Amb|Capt|Dr|Prof|[A-Z])\."
_NAME = rf"(?:(?:{_RANK}|[^\W\d_a-z][\w’'-]*) ){{1,4}}[^\W\d_a-z][\w’'-]+"
_NAMES = re.compile(rf"{_NAME}(?:(?:, and |, | and ){_NAME})+")


def read_named(part: Part) -> Sequence[Line]:
    """Read prose with the expert's name above it; the rest is what follows the last expert.

    A page can have the names below for once, and so the other way round.
    """
    people = _people(part)
    lines = part.lines[: cards_begin(part.lines, people)]
    if part.rule.titles is not None:
        return _unquoted(part, authors_part(lines, part.found.authors, people), len(lines))
    shares = named_parts(lines, people, announced=part.heading is not None)
    return _unquoted(part, shares or _announced(part, signed_parts(lines, people)), len(lines))


def read_signed(part: Part) -> Sequence[Line]:
    """Read prose with the expert's name below it; the rest is what follows the last expert."""
    people = _people(part)
    lines = part.lines[: cards_begin(part.lines, people)]
    shares = signed_parts(lines, people)
    return _unquoted(part, shares or _announced(part, named_parts(lines, people)), len(lines))


def _announced(part: Part, shares: Sequence[Share]) -> Sequence[Share]:
    """Return shares that are built as the publisher's mostly are not, if the page says so.

    It announces experts, or names them all as its authors.
    """
    if len(shares) < 2 or any(_ends_in_quotation(part.lines, share) for share in shares):
        return ()
    authors = frozenset(form for author in part.found.authors for form in forms(author.text))
    named = (speaker.name.text for share in shares for speaker in share.speakers)
    first = part.lines[shares[0].words[0]]
    told = announced(part.manuscript.lines, first) or all(is_known(n, authors) for n in named)
    return shares if told else ()


def _ends_in_quotation(lines: Sequence[Line], share: Share) -> bool:
    """Tell whether a quotation stands right above the name, and prose above it: nobody's."""
    first, last = (lines[at].text for at in (share.words[0], share.words[1] - 1))
    return opens_quotation(last) and last.endswith(("”", '"')) and not opens_quotation(first)


def _without_teasers(lines: Sequence[Line], share: Share) -> Share:
    """End the last share where furniture was set aside and nothing but teasers follows.

    They are items or have days, and no full stops.
    """
    first, end = share.words
    if share.end != end:
        return share
    at = end
    while at > first + 1 and not lines[at - 1].text.endswith((".", ".”")):
        at -= 1
    gaps = (n for n in range(at, end) if lines[n].start - lines[n - 1].end > len(BLOCK_SEPARATOR))
    begin = next(gaps, None)
    if begin is None or not any(
        line.block.kind == "item" or read_dateline(line.text) for line in lines[begin:end]
    ):
        return share
    return share._replace(end=begin, words=(first, begin))


def _unquoted(part: Part, shares: Sequence[Share], cards: int) -> Sequence[Line]:
    """Make the statements, and set ``cards`` apart: where they begin among the part's lines."""
    if not shares:
        return part.lines
    lines = part.lines[:cards]
    for line in part.lines[cards:]:
        line.section = "boilerplate"
    shares = [*shares[:-1], _without_teasers(lines, shares[-1])]
    part.found.statements += statements_of(part, shares)
    begin, end = shares[0].begin, shares[-1].end
    part.place(line for line in lines[begin:end] if line.section != "boilerplate")
    short = {fold(line.text) for line in lines[begin:end] if len(line.text) <= _MAX_HEADLINE}
    for line in lines[:begin]:
        entries = [fold(entry) for entry in line.text.split("\n")]
        if all(words in short or words.partition(": ")[2] in short for words in entries):
            line.section = "repeat"  # the list to jump from
    return lines[end:]


def read_questions(part: Part) -> Sequence[Line]:
    """Read questions and answers; the bios below tell the authors' roles."""
    lines = part.lines
    begin = questions.begins(lines)
    if begin is None:
        return lines
    people = _people(part)
    bios = [at for at in range(begin + 1, len(lines)) if is_bio(lines[at], people)]
    end = min(bios, default=len(lines))
    told = [speaker for at in bios for speaker in read_sign_line(lines[at], people)]
    said, used = questions.read_answers(part, lines[begin:end], told)
    part.found.statements += said
    own = {*range(begin, begin + used), *bios}
    part.place(lines[at] for at in own)
    return [line for at, line in enumerate(lines) if at >= begin + used and at not in own]


def read_contributors(part: Part) -> Sequence[Line]:
    """Read a list of names, with posts or without: they wrote the brief, whatever its byline says.

    A rank in retirement behind a name is the name's: "Gen. Ada Vance, USAF (ret.)".
    """
    lines = part.lines
    at = 0
    names: list[Printed] = []
    while at < len(lines):
        line = lines[at]
        listed = read_name_line(lines, at, frozenset())
        if listed is not None:
            found, size = [speaker.name for speaker in listed.speakers], listed.lines
        else:
            found, size = list(names_listed(lines[at : at + 1]).get(0, Byline()).authors), 1
        if not found and not part.found.authors:  # a bio tells who wrote it if nothing else does
            bios = [bio for bio in read_bios(line) if bio.start == 0]
            found = [who.name for bio in bios for who in bio.speakers if is_person(who.name.text)]
        if not found:
            break
        names += [_with_rank(line, name) for name in found]
        part.place(lines[at : at + size])
        at += size
    for name in names:
        own = {*forms(name.text.partition(",")[0])}
        told = (author.text.partition(",")[0] for author in part.found.authors)
        if own.isdisjoint(form for known in told for form in forms(known)):
            part.found.authors += (name,)
    return lines[at:]


def _with_rank(line: Line, name: Printed) -> Printed:
    start = (name.start or 0) - line.start
    return line.printed(start, start + retired_end(line.text[start:], len(name.text)))


def _people(part: Part) -> frozenset[str]:
    """Return the folded names that are known to speak: who wrote the brief, whose post it tells.

    So are those whom it links to, lists, or introduces.
    """
    people = {form for author in part.found.authors for form in forms(author.text)}
    people |= {*part.found.roles.people()}
    lines = part.lines
    short = Counter(fold(line.text) for line in lines if len(line.text) <= _MAX_HEADLINE)
    for line in lines:
        name, colon, headline = line.text.partition(": ")
        if colon and is_person(name) and (fold(headline) in short or fold(name) in short):
            people.add(fold(name))
        elif short[fold(line.text)] > 1 and is_person(line.text):
            people.add(fold(line.text))
        people |= {
            fold(line.text[a.start : a.end])
            for a in line.block.anchors
            if PERSON_PAGE.search(a.url) and is_person(line.text[a.start : a.end])
        }
        if _INTRODUCES.search(line.text):
            people |= _introduced(line.text)
    alike = names_alike(lines, part.manuscript.lines, lambda name: _is_house(name, part.profile))
    return frozenset(people | names_between(lines) | alike)


def _is_house(name: str, profile: Profile) -> bool:
    return name in profile.kinds or profile.names_house(name)


def _introduced(text: str) -> set[str]:
    """Return the names in a sentence like "with A, B, and C" or "A and B addressed a forum"."""
    names: set[str] = set()
    for m in _NAMES.finditer(text):
        parts = [m[0][a:b] for a, b in split_names(m[0])]
        if len(parts) > 1 and all(is_person(name) for name in parts):
            names |= {form for name in parts for form in forms(name)}
    return names
