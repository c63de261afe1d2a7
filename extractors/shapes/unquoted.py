"""Unquoted statements: an expert's prose under their name, or above it.

Both shapes show by themselves where they begin: a name line tells, whatever stands above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.datelines import read_dateline
from extractors.manuscript import Line
from extractors.model import Statement
from extractors.names import is_person, is_post
from extractors.part import Part
from extractors.shapes.bios import is_bio, read_sign_line
from extractors.shapes.name_lines import NameLine, read_name_line
from extractors.shapes.quoted import unwrap
from extractors.shapes.speakers import Speaker
from extractors.text import fold, opens_quotation

_MAX_HEADLINE_WORDS = 24
_MAX_SENTENCES = 14
_PROSE_WORDS = 12
_MAX_TEASER = 6  # lines


class Share(NamedTuple):
    """One expert's share: its lines ``[begin, end)``, its words, and who says them."""

    begin: int
    end: int
    words: tuple[int, int]
    speakers: tuple[Speaker, ...]
    run_in: int | None = None
    marked: bool = False


def is_headline(line: Line) -> bool:
    """Tell whether a line can head an expert's part: marked as such, or short and no sentence."""
    block = line.block
    if block.kind == "heading":
        return True
    text = block.text
    if "\n" in text or len(text.split()) > _MAX_HEADLINE_WORDS:
        return False
    if block.kind == "item":
        return text.endswith("?")  # a numbered question
    if block.kind != "paragraph":
        return False
    if block.bold == len(text):
        return True
    return not text.endswith((".", ",", ";", ":", "…", "”", '"', "’")) and not opens_quotation(text)


def named_parts(lines: Sequence[Line], people: frozenset[str]) -> list[Share]:
    """Find the parts whose name line stands above the prose.

    One name alone above prose is a byline; a line "Name, Role:" says that words follow.
    """
    found: dict[int, NameLine] = {}
    at = 0
    while at < len(lines):
        name_line = read_name_line(lines, at, people)
        if name_line is None:
            at += 1
            continue
        found[at] = name_line
        at += name_line.lines
    starts = _without_list(lines, found)
    below = [
        at
        for at in starts
        if (n := at + found[at].lines) < len(lines) and n not in found and _heads(lines, n)
    ]
    headed_below = len(below) * 2 > len(starts)  # the name first, then the headline
    parts: list[Share] = []
    above = sum(at > 0 and is_headline(lines[at - 1]) for at in starts)
    headed_above = not headed_below and above * 2 > len(starts)
    for nth, at in enumerate(starts):
        name_line = found[at]
        begin = at
        if headed_above and begin > 0 and _two_sentences(lines[begin - 1]):
            begin -= 1
        if not headed_below:
            while begin > 0 and begin - 1 not in found and is_headline(lines[begin - 1]):
                begin -= 1
        words = at + name_line.lines if name_line.run_in is None else at
        if headed_below and name_line.run_in is None and words < len(lines):
            words += _heads(lines, words)
        end = starts[nth + 1] if nth + 1 < len(starts) else len(lines)
        speakers, run_in = name_line.speakers, name_line.run_in
        parts.append(Share(begin, end, (words, end), speakers, run_in, name_line.marked))
    closed = _closed(lines, parts, people)
    return closed if len(closed) > 1 or any(part.marked for part in closed) else []


def names_between(lines: Sequence[Line]) -> set[str]:
    """Return the names (folded) that stand alone between a headline and prose, again and again.

    The headline is above all of them, or below all of them.
    """
    named = {at: line.text for at, line in enumerate(lines) if _is_name(line)}
    above = _headed(lines, [(at, at - 1, at + 1) for at in named])
    below = _headed(lines, [(at, at + 1, at + 2) for at in named])
    found = max(above, below, key=len)
    others = {*named} - {*found} - {*found.values()}
    return {fold(named[at]) for at in found} if len(found) > 1 and not others else set()


def _headed(lines: Sequence[Line], places: Sequence[tuple[int, int, int]]) -> dict[int, int]:
    """Return the names' places with those of their headlines, where prose follows as well."""
    found = {
        at: headline
        for at, headline, prose in places
        if 0 <= headline < len(lines)
        and (is_headline(lines[headline]) or _two_sentences(lines[headline]))
        and prose < len(lines)
        and not is_headline(lines[prose])
    }
    found = {at: headline for at, headline in found.items() if headline not in found}
    return found if any(is_headline(lines[headline]) for headline in found.values()) else {}


def _is_name(line: Line) -> bool:
    words = line.text.split()
    return (
        line.block.kind in ("paragraph", "heading")
        and len(words) < 5
        and (is_person(line.text) and not is_post(words[-1]))
    )


def _prose(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and not is_headline(lines[at])


def _two_sentences(line: Line) -> bool:
    """Tell whether a line can be a headline with full stops; where the others have headlines."""
    words = line.text.split()
    return line.block.kind == "paragraph" and len(words) <= _MAX_SENTENCES and "\n" not in line.text


def _heads(lines: Sequence[Line], at: int) -> bool:
    return is_headline(lines[at]) and at + 1 < len(lines) and not is_headline(lines[at + 1])


def _without_list(lines: Sequence[Line], found: dict[int, NameLine]) -> list[int]:
    """Return the name lines that prose follows; a list of the names to jump to is none of them."""
    names = [fold(found[at].speakers[0].name.text) for at in found]
    starts = []
    for nth, at in enumerate(found):
        after = at + found[at].lines
        listed = names[nth] in names[nth + 1 :] and (
            after in found or (nth > 0 and at - 1 in found)
        )
        empty = found[at].run_in is None and (after >= len(lines) or after in found)
        if not listed and not empty:
            starts.append(at)
    return starts


def _closed(lines: Sequence[Line], parts: list[Share], people: frozenset[str]) -> list[Share]:
    """End each part where the next one's headline begins; the last before what follows it.

    A bio below the words belongs to the part, and is none of its words.
    """
    closed = []
    for nth, part in enumerate(parts):
        end = part.end
        if nth + 1 < len(parts):
            end = parts[nth + 1].begin
        else:
            body = part.words[0] + (part.run_in is not None)
            while body < end and is_headline(lines[body]):
                body += 1
            end = next((i for i in range(body + 1, end) if lines[i].block.kind == "heading"), end)
        first, last = part.words[0], end
        while last > first + 1 and is_bio(lines[last - 1], people):
            last -= 1
        if part.run_in is not None or first < last:
            closed.append(part._replace(end=end, words=(first, last)))
    return closed


def signed_parts(lines: Sequence[Line], people: frozenset[str]) -> list[Share]:
    """Find the parts whose name line, "—Name is a Role.", stands below the prose.

    Without a dash one such line is the bio of the piece's author.
    """
    parts: list[Share] = []
    listed, jumps = _jump_list(lines)
    begin = 0
    for at, line in enumerate(lines):
        if at in listed:
            continue
        speakers = read_sign_line(line, people)
        if not speakers:
            continue
        first = _behind_teaser(lines, begin, at)
        if not parts:
            first = _first_headline(lines, max(listed, default=-1) + 1, at)
        words = first
        while words < at and (is_headline(lines[words]) or fold(lines[words].text) in jumps):
            words += 1
        if words < at:
            dashed = not line.text[0].isalpha()
            parts.append(Share(first, at + 1, (words, at), speakers, marked=dashed))
        begin = at + 1
    return parts if len(parts) > 1 or any(part.marked for part in parts) else []


def _behind_teaser(lines: Sequence[Line], begin: int, end: int) -> int:
    """Step over a card between two parts that announces another piece: its date comes first."""
    dated = next(
        (at for at in range(begin, min(begin + 2, end)) if read_dateline(lines[at].text)), None
    )
    if dated is None:
        return begin
    card = range(dated, min(dated + _MAX_TEASER, end))
    short = [at for at in card if len(lines[at].text.split()) <= 2 * _MAX_HEADLINE_WORDS]
    heads = [at for at in short if at > dated + 1 and is_headline(lines[at])]
    for line in lines[begin : (heads or [dated + 1])[-1]]:
        line.section = "boilerplate"
    return (heads or [dated + 1])[-1]


def _jump_list(lines: Sequence[Line]) -> tuple[set[int], set[str]]:
    """Return the lines that say "Name: Headline" of a headline that stands below, and those."""
    heads = {
        fold(line.text): at
        for at, line in enumerate(lines)
        if len(line.text.split()) <= _MAX_HEADLINE_WORDS
    }
    listed, jumps = set(), set()
    for at, line in enumerate(lines):
        _, colon, headline = line.text.partition(": ")
        for words in (headline, line.text) if colon else (line.text,):
            if heads.get(fold(words), -1) > at:
                listed.add(at)
                jumps.add(fold(words))
                break
    return listed, jumps


def _first_headline(lines: Sequence[Line], begin: int, end: int) -> int:
    """Return where the first part begins: at its headline, behind the introduction."""
    prose = False
    for at in range(begin, end):
        if is_headline(lines[at]) and (prose or lines[at].block.kind == "heading" or begin):
            return at
        prose = prose or len(lines[at].text.split()) >= _PROSE_WORDS
    return begin if begin else max(end - 1, 0)


def statements_of(part: Part, shares: Sequence[Share]) -> list[Statement]:
    """Make each share's statements: one for each of those who speak with one voice."""
    return [said for share in shares for said in _said(part, share)]


def _said(part: Part, share: Share) -> list[Statement]:
    first, last = share.words
    start = part.lines[first].start + (share.run_in or 0)
    words = part.manuscript.printed(start, part.lines[last - 1].end)
    inner = unwrap(words.text)
    if inner is not None and words.start is not None:
        words = part.manuscript.printed(words.start + inner[0], words.start + inner[1])
    return [
        part.found.roles.of(speaker).says(
            part.manuscript, words, part.profile.organisations, is_quotation=inner is not None
        )
        for speaker in share.speakers
    ]
