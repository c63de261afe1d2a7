"""Names behind "By", with the posts or the houses that stand behind them.

By Ada Vance, Senior Fellow, and Ole Brandt, Director     By Ada Vance of the Pier Institute;
Authors: Ada Vance (Fellow); Ole Brandt                   Ole Brandt and Ida Moen of Port Watch
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.attributions import split_attributions
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.names import is_person, is_post
from extractors.people import linked_people, read_people
from extractors.text import has_more_words

_LABEL = re.compile(
    r"(?:(?:written|prepared|compiled|authored|posted|published(?=.*\d{4}$)) )?by:?\s+|"
    r"(?:(?:the|lead|contributing|staff) )?(?:authors?|author\(s\)|contributors?)\s?:\s+|"
    r"(?:(?:research|project|survey) )?team:\s+",
    re.I,
)
_POST_BEHIND = re.compile(r"(?P<name>[^,;]{4,60}), (?P<post>[^;]{3,120})$")
_DASH = re.compile(r" [–—|-] ")
_IN_BRACKETS = re.compile(r" \(([^()]*)\)")
_HOUSE = re.compile(r"\s+(?:of|from|at|with|for)\s+(?:the\s+)?(?=[A-Z])|\s+\([A-Z][^()]{1,60}\)")
_NEXT = re.compile(r",?\s+(?:and|&)\s+|,\s+")
_AND = re.compile(r",?\s+and\s+")
_CONTACT = re.compile(r"(?:[\w-]{3,12}: ?)?[\w.+-]*@[\w.-]+")
_PARTED = re.compile(r"[;\n]\s*(?:and\s+)?")
_MAX_POST_WORDS = 12


def label_end(text: str) -> int:
    """Return where the label ends that opens a byline: "By ", "Authors: "; 0 if there is none."""
    m = _LABEL.match(text)
    return m.end() if m else 0


def is_contact(text: str) -> bool:
    """Tell whether ``text`` is an address for mail or an account, and nothing else."""
    return _CONTACT.fullmatch(text) is not None


def labelled_people(line: Line, start: int, end: int) -> tuple[Printed, ...]:
    """Return the names that stand behind a label, as links, as a list, or with posts; or ()."""
    names = linked_people(line, start, end) if line.block.anchors else ()
    return names or read_people(line, start, end) or with_posts(line, start, end)


def with_posts(line: Line, start: int, end: int) -> tuple[Printed, ...]:
    """Return the names behind "By" that have posts or houses behind them: "By A, Senior Fellow".

    Several are parted by semicolons or lines; a post may stand on the line below its name.
    """
    found: list[Printed] = []
    for a, b in _segments(line.text, start, end):
        names = read_people(line, a, b) or _with_post(line, a, b)
        post = is_post(line.text[a:b]) and not has_more_words(line.text[a:b], _MAX_POST_WORDS)
        post = post or is_contact(line.text[a:b].strip())
        if not names and not (found and post):
            return ()
        found += names
    return tuple(found)


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for m in _PARTED.finditer(text, start, end):
        if text[start : m.start()].strip():
            yield start, m.start()
        start = m.end()
    if text[start:end].strip():
        yield start, end


def _with_post(line: Line, start: int, end: int) -> tuple[Printed, ...]:
    """Return the names in "A of the House", "A, Senior Fellow" or what ``_posted`` reads."""
    posted = _posted(line, start, end)
    if len(posted) > 1:
        return posted
    part = line.text[start:end]
    names = _housed(line, start, end)
    m = _POST_BEHIND.fullmatch(part.strip())
    if not names and m is not None and (is_post(m["post"]) or not is_person(m["post"])):
        start += len(part) - len(part.lstrip())
        names = read_people(line, start, start + m.end("name"))
        names += _behind_post(line, start + m.start("post"), end) if names else ()
    return names or posted


def _behind_post(line: Line, start: int, end: int) -> tuple[Printed, ...]:
    """Return the names behind the "and" that follows a post: "..., Port Watch, and B, Tides"."""
    for m in _AND.finditer(line.text, start, end):
        comma = line.text.find(",", m.end(), end)
        if comma != -1 and read_people(line, m.end(), comma):
            return _with_post(line, m.end(), end)
    return ()


def _housed(line: Line, start: int, end: int) -> tuple[Printed, ...]:
    """Return the names in "A of the House", "A (House) and B of Another", or ()."""
    found: tuple[Printed, ...] = ()
    house = _HOUSE.search(line.text, start, end)
    while house is not None:
        names = read_people(line, start, house.start())
        if not names:
            return ()
        found += names
        for m in _NEXT.finditer(line.text, house.end(), end):
            below = _HOUSE.search(line.text, m.end(), end)
            if names := read_people(line, m.end(), below.start() if below else end):
                start, house = m.end(), below
                break
        else:
            return found
    return found + read_people(line, start, end) if found else ()


def _posted(line: Line, start: int, end: int) -> tuple[Printed, ...]:
    """Return the names in "A – Fellow", "A (Fellow)" or "A, Fellow, and B, Director", or ()."""
    text = _IN_BRACKETS.sub(r", \1 ", line.text[start:end])
    text = _DASH.sub(",  ", text)  # as long as it was
    told = split_attributions(text)
    if not all(role is not None and is_post(text[slice(*role)]) for _, role in told):
        return ()
    return tuple(line.printed(start + a, start + b) for (a, b), _ in told)
