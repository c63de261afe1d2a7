"""Experts' shares whose name line stands above the prose, the headline above or below the name.

Where all name lines stand below it instead, they are read so.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.datelines import read_dateline
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.names import is_person, is_post
from extractors.shapes.below import below_parts, stand_below
from extractors.shapes.bios import is_bio
from extractors.shapes.name_lines import NameLine, read_name_line
from extractors.shapes.speakers import Speaker
from extractors.shapes.unquoted import Share, is_headline
from extractors.text import fold

_LOWEST = 6  # the rank of a heading that ends a part which no heading begins
_MAX_SENTENCES = 14


def named_parts(
    lines: Sequence[Line], people: frozenset[str], *, announced: bool = False
) -> list[Share]:
    """Find the parts whose name line stands above the prose.

    One name alone above prose is a byline, unless a heading has ``announced`` experts; a line
    "Name, Role:" says that words follow.
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
    below_words = stand_below(lines, found)
    if below_words is None:
        return []
    if below_words:
        return below_parts(lines, found)
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
    several = len(closed) > 1 or announced
    return closed if several or any(part.marked for part in closed) else []


def authors_part(
    lines: Sequence[Line], authors: Sequence[Printed], people: frozenset[str]
) -> list[Share]:
    """Return what stands below the byline as the part of the ``authors`` whom it names."""
    ends = [author.end for author in authors if author.end is not None]
    if not ends or len(ends) < len(authors):
        return []
    begin = next((at for at, line in enumerate(lines) if line.start > max(ends)), len(lines))
    first, last = begin, len(lines)
    while first < last and is_headline(lines[first]):
        first += 1
    while first < last and is_bio(lines[last - 1], people):
        last -= 1
    speakers = tuple(Speaker(author) for author in authors)
    return [Share(begin, len(lines), (first, last), speakers)] if first < last else []


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


def _rank(line: Line) -> int:
    """Return the rank of a heading, 0 of what is none."""
    return line.block.level if line.block.kind == "heading" else 0


def _prose(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and not is_headline(lines[at])


def _two_sentences(line: Line) -> bool:
    """Tell whether a line can be a headline with full stops; where the others have headlines."""
    words = line.text.split()
    return line.block.kind == "paragraph" and len(words) <= _MAX_SENTENCES and "\n" not in line.text


def _heads(lines: Sequence[Line], at: int) -> bool:
    return is_headline(lines[at]) and at + 1 < len(lines) and not is_headline(lines[at + 1])


def _without_list(lines: Sequence[Line], found: dict[int, NameLine]) -> list[int]:
    """Return the name lines that prose follows.

    A list of the names to jump to is none of them, nor is a card of another piece, with its date.
    """
    names = [fold(found[at].speakers[0].name.text) for at in found]
    starts = []
    for nth, at in enumerate(found):
        after = at + found[at].lines
        listed = names[nth] in names[nth + 1 :] and (
            after in found or (nth > 0 and at - 1 in found)
        )
        empty = found[at].run_in is None and (after >= len(lines) or after in found)
        far = 1 if at and _prose(lines, at - 1) else 2  # a card has no prose below its date
        near = (*lines[max(at - far, 0) : at], *lines[after : after + 1])
        if not listed and not empty and not any(read_dateline(line.text) for line in near):
            starts.append(at)
    return starts


def _closed(lines: Sequence[Line], parts: list[Share], people: frozenset[str]) -> list[Share]:
    """End each part where the next one's headline begins; the last before what follows it.

    A bio below the words belongs to the part, and is none of its words: a card has nothing else.
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
            rank = _rank(lines[part.begin]) or _LOWEST
            end = next((i for i in range(body + 1, end) if 0 < _rank(lines[i]) <= rank), end)
        first, last = part.words[0], end
        least = first + (part.run_in is not None)
        while last > least and is_bio(lines[last - 1], people):
            last -= 1
        if part.run_in is not None or first < last:
            closed.append(part._replace(end=end, words=(first, last)))
    return closed
