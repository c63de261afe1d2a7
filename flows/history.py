"""The history of a brief as a diff of words, over an open night."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

import duckdb

_AROUND = 8  # unchanged words shown on each side of a change
_TOKENS = re.compile(r"\w+(?:[’'.,\-]\w+)*|[^\w\s]|\s+")
_RED, _GREEN, _BOLD, _END = "\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"


class UnknownBriefError(LookupError):
    """No brief of the published night has the id."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"no brief has the id {wanted!r}; ids are in briefs.brief_id")


def account(connection: duckdb.DuckDBPyConnection, brief_id: str, *, colour: bool) -> list[str]:
    """Return the history of a brief, line by line. Raises :class:`UnknownBriefError`."""
    versions = connection.execute(
        """SELECT b.revision, b.valid_from, b.title, b.publisher, b.published_on, b.text,
            c.final_uri, b.capture_id
        FROM briefs_history b LEFT JOIN captures c USING (capture_id)
        WHERE b.brief_id = ? ORDER BY b.revision""",
        [brief_id],
    ).fetchall()
    if not versions:
        raise UnknownBriefError(brief_id)
    changes: dict[int, list[tuple[Any, ...]]] = {}
    for revision, *change in connection.execute(
        """SELECT revision, item, change, old_text, new_text, old_id, new_id FROM changes
        WHERE brief_id = ? ORDER BY revision, position""",
        [brief_id],
    ).fetchall():
        changes.setdefault(revision, []).append(tuple(change))
    _, _, title, publisher, day, *_ = versions[-1]
    parts = [str(part) for part in (publisher, day) if part]
    lines = [f"{_paint(title or brief_id, _BOLD, colour)}", " · ".join([*parts, brief_id])]
    before = None
    for revision, at, _, _, _, text, uri, capture_id in versions:
        seen = "first seen" if before is None else "seen"
        heading = f"revision {revision}, {seen} {at:%Y-%m-%d %H:%M:%S} UTC"
        lines += ["", _paint(heading, _BOLD, colour), f"  {uri} (capture {capture_id})"]
        if before is not None:
            told = changes.get(revision, [])
            lines += [line for change in told for line in _change(change, colour)]
            if not told:
                lines += _prose(before, text, colour)
        before = text
    return lines


def _change(change: tuple[Any, ...], colour: bool) -> Iterator[str]:
    item, kind, old, new, old_id, new_id = change
    ids = " to ".join(dict.fromkeys(i for i in (old_id, new_id) if i))
    yield f"  {item} {kind}{f'  {ids}' if ids else ''}"
    if kind == "moved":
        yield f"    {_short(new)}"
    else:
        yield f"    {words_diff(old or '', new or '', colour=colour)}"


def _prose(old: str, new: str, colour: bool) -> Iterator[str]:
    """Yield what changed in the text beside titles, days and items."""
    a, b = old.split("\n\n"), new.split("\n\n")
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield "  text"
            yield f"    {words_diff(' ¶ '.join(a[i:j]), ' ¶ '.join(b[k:m]), colour=colour)}"


def words_diff(old: str, new: str, *, colour: bool = False) -> str:
    """Return two texts as one, with [-what was removed-] and {+what was added+}."""
    a, b = _TOKENS.findall(" ".join(old.split())), _TOKENS.findall(" ".join(new.split()))
    opcodes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    out = []
    for nth, (tag, i, j, k, m) in enumerate(opcodes):
        if tag == "equal":
            out.append(_context(a[i:j], first=nth == 0, last=nth == len(opcodes) - 1))
            continue
        if j > i:
            out.append(_paint(f"[-{''.join(a[i:j])}-]", _RED, colour))
        if m > k:
            out.append(_paint(f"{{+{''.join(b[k:m])}+}}", _GREEN, colour))
    return "".join(out)


def _context(tokens: list[str], *, first: bool, last: bool) -> str:
    """Return unchanged words, those far from any change left out."""
    room = 2 * _AROUND  # a word and the space behind it
    head = [] if first else tokens[:room]
    tail = [] if last else tokens[-room:]
    if len(tokens) <= len(head) + len(tail) + room:
        return "".join(tokens)
    shown = "".join(head), "…", "".join(tail)
    return " ".join(part for part in shown if part)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 160 else f"{line[:120]} … {line[-30:]}"


def _paint(text: str, code: str, colour: bool) -> str:
    return f"{code}{text}{_END}" if colour else text
