"""Who is named behind a quotation: at its end, in the line below it, or in two lines.

A dash splits nothing: statements are full of dashes. What follows the last ” decides, and it must
read as a name and a role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractors.attributions import split_attributions
from extractors.manuscript import Line
from extractors.names import Attribution, is_post
from extractors.text import is_title_case, marks_from_end, opens_quotation

_DASH = re.compile(r"\s*(?:[—–―‒]|--?)+\s*")
_CLOSING = '”"“'
_WRONG_CLOSING = re.compile(r"(?<=[.!?…])“(?=\s*[—–―])")
_UNCLOSED = re.compile(r"[.!?…]\s*[—–―]\s*(?=[A-Z])")
_SPEECH = re.compile(
    r"\b(?:said|says|told|wrote|writes|asked|added|adding|noted|reported|warned|posted|tweeted)\b"
)
_CUT_NAME = re.compile(r"[^\W\d_][\w’'.() -]{0,40}")
_SENTENCE_END = (".", "!", "?", "”", '"')
_MAX_ATTRIBUTION = 320
_MAX_ROLE_WORDS = 25
_MAX_CUT_WORDS = 4


class Tail(NamedTuple):
    """Where a quotation ends, and who is named behind it: offsets into the manuscript's text."""

    quote_end: int
    people: tuple[Attribution, ...]
    lines: int = 0
    """How many lines below the quotation the attribution fills."""


def tail_of(line: Line, *, opened: bool, ends_text: bool) -> Tail | None:
    """Find the attribution at the end of ``line``, behind its last closing mark."""
    text = line.text
    for nth, mark in enumerate(_closing(text)):
        rest = text[mark + 1 :]
        if len(rest) > _MAX_ATTRIBUTION or nth > 2:
            break
        if nth and rest.count("“") != rest.count("”"):
            continue  # the marks behind are no pair: a nickname or a show's name would be
        dash = _DASH.match(rest)
        begin = dash.end() if dash else len(rest) - len(rest.lstrip())
        by = rest[begin:]
        found = split_attributions(by)
        if nth and not dash and not (found and "”" in by[: found[0].name[1]]):
            continue  # without a dash only a nickname tells that the marks are the name's
        quoted = text[:mark]
        cut = ends_text and not nth and (dash is not None or (opened and _may_be_cut(quoted, by)))
        if not found and cut and _CUT_NAME.fullmatch(by.rstrip(" ,")):
            found = [Attribution((0, len(by.rstrip(" ,"))), None)]
        if found and _credible(quoted, by, found, dashed=cut or dash is not None):
            return placed(line, mark, found, mark + 1 + begin)
    if opened and next(_closing(text), 0) == 0:
        for at in reversed(list(_UNCLOSED.finditer(text))):
            found = split_attributions(text[at.end() :])
            if found and found[0].role and len(text) - at.end() <= _MAX_ATTRIBUTION:
                return placed(line, at.start() + 1, found, at.end())
    return None


def _closing(text: str) -> Iterator[int]:
    """Yield the offsets of the marks that close a quotation, the last one first."""
    for at in marks_from_end(text, _CLOSING):
        if text[at] != "“" or _WRONG_CLOSING.match(text, at):
            yield at


def _may_be_cut(quoted: str, by: str) -> bool:
    """Tell whether the page may end within a name: no dash shows that one was begun."""
    few = len(by.split()) <= _MAX_CUT_WORDS and not by.rstrip().endswith(_SENTENCE_END)
    return few and by[:1].isupper() and not quoted.endswith(",") and not _SPEECH.search(by)


def _credible(quoted: str, by: str, found: Sequence[Attribution], *, dashed: bool) -> bool:
    """Tell whether ``by`` attributes the quotation, and does not go on as prose."""
    if found[-1].role is None:
        return dashed
    if not dashed and quoted.rstrip().endswith(","):
        return False  # “Title,” Name ...: a link line, or “...,” Name said
    role = by[found[0].name[1] : found[-1].role[1]]
    if _SPEECH.search(role):
        return False
    role = by[found[-1].role[0] : found[-1].role[1]]
    if not role.endswith(_SENTENCE_END) or is_title_case(role):
        return True
    return dashed and is_post(role)


def tail_below(line: Line, below: Sequence[Line]) -> Tail | None:
    """Find an attribution that fills the line below a quotation which is closed, or two lines."""
    stripped = line.text.rstrip()
    if not stripped.endswith(("”", '"')) or not below:
        return None
    if below[0].block.kind == "heading" and not is_card(below):
        return None
    text = below[0].text
    dash = _DASH.match(text)
    begin = dash.end() if dash else 0
    found = split_attributions(text[begin:])
    if not found or len(text) > _MAX_ATTRIBUTION:
        return None
    tail = placed(line, len(stripped) - 1, (), 0)
    people = placed(below[0], 0, found, begin).people
    if len(below) > 1 and found[-1].role is None and is_role(below[1]):
        role = (below[1].start, below[1].end)
        return tail._replace(people=tuple(p._replace(role=role) for p in people), lines=2)
    if not _credible("", text[begin:], found, dashed=dash is not None):
        return None  # a sentence that happens to begin with a name
    return tail._replace(people=people, lines=1)


def is_card(lines: Sequence[Line]) -> bool:
    """Tell whether a heading is an expert's name, with the post behind it or in the line below."""
    found = split_attributions(lines[0].text)
    if len(found) != 1 or len(lines[0].text) > _MAX_ATTRIBUTION:
        return False
    return found[0].role is not None or (len(lines) > 1 and is_role(lines[1]))


def is_role(line: Line) -> bool:
    """Tell whether ``line``, below a name, is the post that belongs to it."""
    text = line.text
    return (
        line.block.kind != "heading"
        and len(text.split()) <= _MAX_ROLE_WORDS
        and is_post(text)
        and not opens_quotation(text)
        and not text.endswith(_SENTENCE_END)
        and not _SPEECH.search(text)
    )


def placed(line: Line, quote_end: int, found: Iterable[Attribution], by: int) -> Tail:
    """Make a tail of offsets into ``line``; those of ``found`` count from ``by``."""
    by += line.start
    people = (
        Attribution((a + by, b + by), (role[0] + by, role[1] + by) if role else None)
        for (a, b), role in found
    )
    return Tail(line.start + quote_end, tuple(people))
