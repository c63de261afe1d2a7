"""Statements whose speaker stands above the words, or before them: NAME, ROLE: “Words.”"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.attributions import split_attributions
from extractors.manuscript import Line, Manuscript
from extractors.model import Statement
from extractors.names import affiliation
from extractors.shapes.between import are_experts
from extractors.shapes.tails import Tail, is_role, placed, tail_of
from extractors.text import opens_quotation, stays_open

_MAX_WHO = 200  # characters
_MAX_PARAGRAPHS = 8
_CLOSING = ("”", '"')
_RUNS_IN = (": “", ': "')


def read_above(
    manuscript: Manuscript, lines: Sequence[Line], organisations: tuple[str, ...]
) -> tuple[list[Statement], int]:
    """Read statements from ``lines[0]`` on, each below or behind its speaker's name and post.

    Returns them and how many lines they fill; none if the first line names no speaker so, or if
    words have their speaker behind them as well.
    """
    said: list[Statement] = []
    at = 0
    while at < len(lines):
        read = _read(lines, at, organisations)
        if read is None:
            break
        begin, tail, at = read
        said += statements_of(manuscript, begin, tail, organisations)
    return said, at


def _read(
    lines: Sequence[Line], at: int, organisations: tuple[str, ...]
) -> tuple[int, Tail, int] | None:
    """Return where the words begin, their end with who said them, and the line behind them."""
    line = lines[at]
    if opens_quotation(line.text):
        return None
    colon = next((i for mark in _RUNS_IN if (i := line.text.find(mark, 0, _MAX_WHO)) != -1), None)
    who = line.text[:colon].rstrip(" :")
    found = split_attributions(who) if len(who) <= _MAX_WHO else ()
    if len(found) != 1:
        return None
    tail = placed(line, 0, found, 0)
    first = at + (colon is None)
    if colon is None and found[0].role is None:
        if first >= len(lines) or not is_role(lines[first]):
            return None
        own = (lines[first].start, lines[first].end)
        tail = tail._replace(people=tuple(p._replace(role=own) for p in tail.people))
        first += 1
    role = tail.people[0].role
    if role is None or first >= len(lines):
        return None
    if colon is not None:  # prose quotes officials so
        post = line.text[role[0] - line.start : role[1] - line.start]
        if not are_experts([post], organisations):
            return None
    words = lines[first].text[colon + 2 :] if colon is not None else lines[first].text
    if not opens_quotation(words):
        return None
    begin = lines[first].end - len(words) + 1
    is_open = False
    for i in range(first, min(first + _MAX_PARAGRAPHS, len(lines))):
        text = words if i == first else lines[i].text
        if lines[i].block.kind == "heading" or tail_of(lines[i], opened=True, ends_text=False):
            return None
        is_open = stays_open(text, is_open)
        if text.rstrip().endswith(_CLOSING) and not is_open:
            end = lines[i].start + len(lines[i].text.rstrip()) - 1
            return begin, tail._replace(quote_end=end), i + 1
        if not is_open:
            return None
    return None


def statements_of(
    manuscript: Manuscript, begin: int, tail: Tail, organisations: tuple[str, ...]
) -> Iterator[Statement]:
    """Make a statement of each person named in ``tail``, of the words from ``begin`` on."""
    quote = manuscript.printed(begin, tail.quote_end)
    for name, at in tail.people if quote.text else ():
        role = manuscript.printed(*at) if at else None
        span = affiliation(role.text, organisations) if role else None
        place = None
        if at and span:
            place = manuscript.printed(at[0] + span[0], at[0] + span[1])
        yield Statement(
            quote=quote,
            is_quotation=True,
            speaker=manuscript.printed(*name),
            role=role,
            affiliation=place,
            attribution=manuscript.printed(name[0], (at or name)[1]),
        )
