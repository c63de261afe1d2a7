"""Expert statements: quotations, of one paragraph or several, with the attribution behind them.

The statement runs from the first “ to the last ” before the name. A dash splits nothing: statements
are full of dashes. What follows the last ” decides, and it must read as a name and a role.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.manuscript import Line, Manuscript
from extractors.model import Printed, Statement
from extractors.names import Attribution, affiliation, is_post, split_attribution
from extractors.part import Part
from extractors.prose import is_subheading
from extractors.shapes.link_lines import read_link_line
from extractors.text import is_title_case, opens_quotation, stays_open

_DASH = re.compile(r"\s*(?:[—–―‒]|--?)+\s*")
_CLOSING = re.compile(r"[”\"]")
_UNCLOSED = re.compile(r"[.!?…]\s*[—–―]\s*(?=[A-Z])")
_SPEECH = re.compile(
    r"\b(?:said|says|told|wrote|writes|asked|added|adding|noted|reported|warned|posted|tweeted)\b"
)
_CUT_NAME = re.compile(r"[^\W\d_][\w’'.() -]{0,40}")
# An editor's sentence may introduce the experts; more than that is no section of statements.
_MAX_INTRODUCTION = 2
_MAX_PARAGRAPHS = 8
_MAX_ATTRIBUTION = 320


class _Tail(NamedTuple):
    """A quotation's end in a line, and the attribution behind it, as offsets into the line."""

    quote_end: int
    start: int
    name: tuple[int, int]
    role: tuple[int, int] | None
    dashed: bool


def read_quotations(part: Part) -> Sequence[Line]:
    """Read statements one behind the other; the first line that starts none ends them."""
    lines, organisations = part.lines, part.profile.organisations
    at = _introduction(part)
    for line in lines[:at]:
        line.section = "context"
    while at < len(lines):
        read = read_statement(part.manuscript, lines, at, organisations)
        if read is None:
            break
        statement, behind = read
        part.found.statements.append(statement)
        part.place(lines[at:behind])
        at = behind
    return lines[at:]


def _introduction(part: Part) -> int:
    """Return how many lines stand between the heading and the first statement."""
    for at, line in enumerate(part.lines[: _MAX_INTRODUCTION + 1]):
        if read_statement(part.manuscript, part.lines, at, part.profile.organisations):
            return at
        if is_subheading(line) or read_link_line(line, under_heading=False):
            break
    return 0


def read_statement(
    manuscript: Manuscript, lines: Sequence[Line], at: int, organisations: tuple[str, ...]
) -> tuple[Statement, int] | None:
    """Read the statement that starts with ``lines[at]``.

    Returns it and the index of the first line behind it, or None if none starts there.
    """
    first = lines[at]
    if first.block.kind == "heading" or read_link_line(first, under_heading=False):
        return None
    opened = opens_quotation(first.text)
    is_open = False
    for i in range(at, min(at + _MAX_PARAGRAPHS, len(lines))):
        line = lines[i]
        if i > at and not (_goes_on(line) if is_open else _reopens(lines[i - 1], line)):
            return None
        tail = _tail(line, opened=opened, ends_text=line is manuscript.lines[-1])
        if tail is not None:
            statement = _build(manuscript, first, line, tail, line, organisations)
            return (statement, i + 1) if statement.quote.text else None
        if not opened:
            return None
        if i + 1 < len(lines) and (alone := _alone(line, lines[i + 1])):
            statement = _build(manuscript, first, line, alone, lines[i + 1], organisations)
            return (statement, i + 2) if statement.quote.text else None
        is_open = stays_open(line.text, is_open)
    return None


def _goes_on(line: Line) -> bool:
    return line.block.kind != "heading"


def _reopens(above: Line, line: Line) -> bool:
    """Tell whether a quotation is closed at the end of one paragraph and opened by the next."""
    return (
        _goes_on(line)
        and above.text.rstrip().endswith(("”", '"'))
        and opens_quotation(line.text)
        and read_link_line(line, under_heading=False) is None
    )


def _tail(line: Line, *, opened: bool, ends_text: bool) -> _Tail | None:
    """Find the attribution at the end of ``line``, behind its last closing mark."""
    text = line.text
    marks = list(_CLOSING.finditer(text))
    for nth, mark in enumerate(reversed(marks)):
        rest = text[mark.end() :]
        if len(rest) > _MAX_ATTRIBUTION or nth > 2:
            break
        if nth and rest.count("“") != rest.count("”"):
            continue  # the marks behind are no pair: a nickname or a show's name would be
        dash = _DASH.match(rest)
        begin = dash.end() if dash else len(rest) - len(rest.lstrip())
        by = rest[begin:]
        found = split_attribution(by)
        if nth and not dash and not (found and "”" in by[: found.name[1]]):
            continue  # without a dash only a nickname tells that the marks are the name's
        if found is None and ends_text and dash and not nth and _CUT_NAME.fullmatch(by):
            found = Attribution((0, len(by.rstrip())), None)  # the page is cut within the name
        if found is None or not _credible(text[: mark.start()], by, found, bool(dash)):
            continue
        return _shifted(found, mark.start(), mark.end(), mark.end() + begin, bool(dash))
    if opened and not _CLOSING.search(text[1:]):
        for dash in reversed(list(_UNCLOSED.finditer(text))):
            found = split_attribution(text[dash.end() :])
            if found and found.role and len(text) - dash.end() <= _MAX_ATTRIBUTION:
                end = dash.start() + 1
                return _shifted(found, end, end, dash.end(), True)
    return None


def _credible(quoted: str, by: str, found: Attribution, dashed: bool) -> bool:
    """Tell whether ``by`` attributes the quotation, and does not go on as prose."""
    if found.role is None:
        return dashed
    if not dashed and quoted.rstrip().endswith(","):
        return False  # “Title,” Name ...: a link line, or “...,” Name said
    role = by[found.role[0] : found.role[1]]
    if _SPEECH.search(role):
        return False
    if not role.endswith((".", "!", "?", "”", '"')) or is_title_case(role):
        return True
    return dashed and is_post(role)


def _shifted(found: Attribution, quote_end: int, start: int, by: int, dashed: bool) -> _Tail:
    role = (found.role[0] + by, found.role[1] + by) if found.role else None
    return _Tail(quote_end, start, (found.name[0] + by, found.name[1] + by), role, dashed)


def _alone(line: Line, below: Line) -> _Tail | None:
    """Find an attribution that fills the line below a quotation which is closed."""
    stripped = line.text.rstrip()
    if not stripped.endswith(("”", '"')) or below.block.kind == "heading":
        return None
    text = below.text
    dash = _DASH.match(text)
    begin = dash.end() if dash else 0
    found = split_attribution(text[begin:])
    if found is None or len(text) > _MAX_ATTRIBUTION or not (dash or found.role):
        return None
    if not _credible("", text[begin:], found, bool(dash)):
        return None  # a sentence that happens to begin with a name
    return _shifted(found, len(stripped) - 1, 0, begin, bool(dash))


def _build(
    manuscript: Manuscript,
    first: Line,
    last: Line,
    tail: _Tail,
    attributed: Line,
    organisations: tuple[str, ...],
) -> Statement:
    """Make the statement from ``first`` to ``last``; its name stands in ``attributed``."""
    start = first.start + (1 if opens_quotation(first.text) else 0)
    role = attributed.printed(*tail.role) if tail.role else None
    place: Printed | None = None
    if role is not None and tail.role is not None:
        span = affiliation(role.text, organisations)
        if span is not None:
            place = attributed.printed(tail.role[0] + span[0], tail.role[0] + span[1])
    return Statement(
        quote=manuscript.printed(start, last.start + tail.quote_end),
        is_quotation=True,
        speaker=attributed.printed(*tail.name),
        role=role,
        affiliation=place,
        attribution=attributed.printed(tail.name[0], (tail.role or tail.name)[1]),
    )
