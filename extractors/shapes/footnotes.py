"""Footnotes and other lines that only lead elsewhere: addresses without title or author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from extractors.manuscript import Line
from extractors.model import Link
from extractors.part import Found
from extractors.profile import Profile

_MARK = re.compile(r"\[(?:\d{1,4}|[ivxlc]{1,8})\]\s*\S")
_URL = re.compile(r"https?://[^\s;,<>“”\"]*[^\s;,<>“”\".)\]]")

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FROM_RAISED = str.maketrans(_RAISED, "0123456789")
_NOTE = re.compile(
    rf"(?:\[(\d{{1,2}})\]|(\d{{1,2}})[.)]?(?=\s)|([{_RAISED}]{{1,2}}))\s*(?=[^\W\d_]|[“‘\"(])"
)
_CALLED_BEHIND = r"(?:[a-z]|[^\W\d_][”’)\"]?[.,;:!?”’)\"][”’)\"]?)"  # no "Q1", no "M23"
_OPENINGS = frozenset(f"[0123456789{_RAISED}")
_BACK = ("↩", "↩\ufe0e")


def part_notes(lines: list[Line], profile: Profile) -> tuple[list[Line], list[Line]]:
    """Part the notes from the text: paragraphs whose number stands behind a word further up.

    "1 Date in the local log." below "on 12 November1". Notes are numbered from 1 on; where an arrow
    leads back from them, they may be items of a list.
    """
    notes: list[Line] = []
    last = 0
    for at, line in enumerate(lines):
        if line.text.endswith(_BACK):
            notes.append(line)
        if line.text[:1] not in _OPENINGS or line.block.kind == "heading":
            continue
        m = _NOTE.match(line.text)
        if m is None or is_footnote(line):
            continue
        number = int(m[1] or m[2] or m[3].translate(_FROM_RAISED))
        if number in (1, last + 1) and _is_called(lines[:at], number):
            if at and profile.section_of(lines[at - 1].text) is not None:
                continue  # the first of the points that a heading opens
            notes.append(line)
            last = number
    if not notes:
        return lines, notes
    apart = {line.start for line in notes}
    return [line for line in lines if line.start not in apart], notes


def _is_called(lines: Sequence[Line], number: int) -> bool:
    """Tell whether a note's number stands behind a word, as "November1" or "November[1]"."""
    raised = "".join(_RAISED[int(digit)] for digit in str(number))
    call = re.compile(rf"{_CALLED_BEHIND}(?:{number}|{raised}|\[{number}\])(?![\w%]|[.,]\d)")
    return any(call.search(line.text) for line in reversed(lines))


def cite_notes(notes: Iterable[Line], found: Found) -> None:
    """Put each note to the brief's links if it leads anywhere, else aside."""
    for line in notes:
        if _URL.search(line.text) or any(
            not _is_mark(line.text[a.start : a.end]) for a in line.block.anchors
        ):
            found.cite(line, plain_links(line))
        else:
            line.section = "boilerplate"


def is_footnote(line: Line) -> bool:
    """Tell whether a line is a note: "[1] https://...", "[2] A, “Title,” https://..."."""
    text = line.text
    if _MARK.match(text) is None:
        return False
    return _URL.search(text) is not None or len(line.block.anchors) > 0


def plain_links(line: Line) -> Iterator[Link]:
    """Return what a line leads to: its anchors, else its addresses, else the line itself.

    An anchor whose text is but a note's mark, "[1]", leads back into the brief and is left out.
    """
    anchors = [a for a in line.block.anchors if not _is_mark(line.text[a.start : a.end])]
    if anchors:
        for anchor in anchors:
            yield Link("background", line.printed(anchor.start, anchor.end), url=anchor.url)
        return
    addresses = list(_URL.finditer(line.text))
    if len(addresses) > 1:
        for address in addresses:
            yield Link("background", line.printed(*address.span()), url=address[0])
    else:
        url = addresses[0][0] if addresses else None
        yield Link("background", line.printed(0, len(line.text)), url=url)


def _is_mark(text: str) -> bool:
    return re.fullmatch(r"\s*\[?\s*(?:\d{1,4}|[ivxlc]{1,8})\s*\]?\s*", text) is not None
