"""Expert statements: quotations, of one paragraph or several, with the attribution behind them.

The statement runs from the first “ to the last ” before the name.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.manuscript import Line, Manuscript
from extractors.model import Statement
from extractors.part import Part
from extractors.prose import is_subheading
from extractors.shapes import between
from extractors.shapes.above import read_above, statements_of
from extractors.shapes.link_lines import read_link_line
from extractors.shapes.tails import tail_below, tail_of
from extractors.text import opens_quotation, stays_open

# An editor's sentence may introduce the experts; more than that is no section of statements.
_MAX_INTRODUCTION = 2
_MAX_PARAGRAPHS = 8


def read_quotations(part: Part) -> Sequence[Line]:
    """Read statements one behind the other; the first line that starts none ends them.

    Furniture may stand between two of them, or above the first.
    """
    lines = part.lines
    said, behind = read_above(part.manuscript, lines, part.profile.organisations)
    if said:
        part.found.statements += said
        part.place(lines[:behind])
        return lines[behind:]
    at, read = _first(part)
    for line in lines[:at]:
        line.section = "context"
    begin = at
    if read is None:
        at, read = _behind_furniture(part, 0)
    while read is not None:
        between.place(lines[begin:at])
        statements, behind = read
        part.found.statements += statements
        part.place(lines[at:behind])
        begin = at = behind
        read = _read(part, at)
        if read is None:
            at, read = _behind_furniture(part, at)
    return lines[begin:]


def goes_on_below(
    manuscript: Manuscript, lines: Sequence[Line], at: int, organisations: tuple[str, ...]
) -> bool:
    """Tell whether an expert's statement begins behind a few short lines from ``lines[at]`` on."""
    begin = between.next_statement(lines, at)
    if begin is None:
        return False
    read = read_statement(manuscript, lines, begin, organisations)
    roles = [said.role.text if said.role else None for said in read[0]] if read else [None]
    return between.are_experts(roles, organisations)


def _read(part: Part, at: int) -> tuple[list[Statement], int] | None:
    if at >= len(part.lines):
        return None
    return read_statement(part.manuscript, part.lines, at, part.profile.organisations)


def _behind_furniture(part: Part, at: int) -> tuple[int, tuple[list[Statement], int] | None]:
    """Return where the next expert's statement begins behind a few short lines, and read it."""
    if not goes_on_below(part.manuscript, part.lines, at, part.profile.organisations):
        return at, None
    begin = between.next_statement(part.lines, at) or at
    return begin, _read(part, begin)


def _first(part: Part) -> tuple[int, tuple[list[Statement], int] | None]:
    """Return how many lines introduce the first statement, and that statement as it is read."""
    for at, line in enumerate(part.lines[: _MAX_INTRODUCTION + 1]):
        read = _read(part, at)
        if read is not None:
            return at, read
        if is_subheading(line) or read_link_line(line, under_heading=False):
            break
    return 0, None


def is_statement(line: Line) -> bool:
    """Tell whether ``line`` ends with the attribution of a quotation."""
    return tail_of(line, opened=opens_quotation(line.text), ends_text=False) is not None


def is_expert_statement(line: Line, organisations: tuple[str, ...]) -> bool:
    """Tell whether ``line`` is all of an expert's statement."""
    tail = tail_of(line, opened=True, ends_text=False) if opens_quotation(line.text) else None
    spans = [person.role for person in tail.people] if tail is not None else [None]
    roles = [line.text[at[0] - line.start : at[1] - line.start] if at else None for at in spans]
    return between.are_experts(roles, organisations)


def read_statement(
    manuscript: Manuscript, lines: Sequence[Line], at: int, organisations: tuple[str, ...]
) -> tuple[list[Statement], int] | None:
    """Read the statement that starts with ``lines[at]``: once for each person who makes it.

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
        tail = tail_of(line, opened=opened, ends_text=line is manuscript.lines[-1])
        if tail is None and opened:
            tail = tail_below(line, lines[i + 1 : i + 3])
        if tail is not None:
            opening = 1 if opened or first.text.startswith("”") else 0
            begin = first.start + opening
            said = list(statements_of(manuscript, begin, tail, organisations))
            return (said, i + 1 + tail.lines) if said else None
        if not opened:
            return None
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
