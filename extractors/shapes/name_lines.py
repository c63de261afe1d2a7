"""Name lines: who speaks in the unquoted prose below, with the role as printed.

Name, Role            Name (@handle), Role:            Name / Role on a line of its own
by A and B            A and B, Role, said:             Name, Role: the prose runs in here
Name: Role            City / by Name                   Name. (in bold) The prose runs in here
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.attributions import split_attributions
from extractors.manuscript import Line
from extractors.names import Attribution, is_person, is_post, split_names
from extractors.shapes.beside import (
    MAX_NAME_LINE,
    by_behind,
    is_role,
    is_role_line,
    places_before,
    post_behind,
)
from extractors.shapes.speakers import VERB, Speaker, is_known
from extractors.shapes.unquoted import is_headline
from extractors.text import sentence_end

_NUMBER = re.compile(r"\d{1,2}[.)]\s+")
_PLACED = re.compile(r"\s*\((?!(?i:ret|res)\b)[A-Z][^()@]{1,40}\)\s*$")
_LEAST_NAMED = 12  # characters of an item that names somebody with a role
_LEAST_PROSE = 40  # characters behind a name in bold
_POST = re.compile(r"\s*\((?P<role>[^()@]{3,200})\)\s*$")
_HANDLE = re.compile(r"\s*\(\s*@\w+\s*\)")
_SEPARATOR = re.compile(r"\s+[–—|-]\s+|\s*\|\s*")
_BY = re.compile(r"by:?\s+(?=[^\W\d_])", re.I)
_BEHIND_BOLD = re.compile(r"[\s:.–—|-]*(?=[A-Z0-9“‘\"'])")
# What pictures of people leave behind before a name: a file's name, or the name once more.
_GLUED = re.compile(
    r"\S+?\.(?:jpe?g|png|webp)\S*?(?=[A-Z][a-z])|(?P<twice>\S[^,:(]{3,60}?)(?=(?P=twice))"
)
_SAYING = re.compile(r",?\s+(?:said|says|writes|wrote|comments|commented|explains?)\s*$")


@dataclass(frozen=True, slots=True)
class NameLine:
    """A line (or two) that says who speaks.

    ``run_in`` is where prose goes on in the same line; ``marked`` tells that the line says by its
    form, "Name, Role:", that words follow.
    """

    speakers: tuple[Speaker, ...]
    lines: int = 1
    run_in: int | None = None
    marked: bool = False


def read_name_line(lines: Sequence[Line], at: int, people: frozenset[str]) -> NameLine | None:
    """Read ``lines[at]`` as a name line above prose; ``people`` are folded names known to speak.

    An item is one if it gives a role, and words behind it or all in bold: others are lists.
    """
    block = lines[at].block
    if block.kind in ("cell", "quotation") or not block.text:
        return None
    if block.kind == "item" and not (block.bold and len(block.text) > _LEAST_NAMED):
        return None
    found = _read(lines, at, people)
    if found is None or block.kind != "item":
        return found
    alone = found.run_in is None and block.bold < len(block.text)
    return None if alone or any(speaker.role is None for speaker in found.speakers) else found


def _read(lines: Sequence[Line], at: int, people: frozenset[str]) -> NameLine | None:
    line = lines[at]
    text = line.text
    colon = text.find(":", 0, MAX_NAME_LINE)
    end = len(text) if colon <= 0 else colon
    glued = _GLUED.match(text, 0, min(end, MAX_NAME_LINE))
    start = glued.end() if glued else 0
    if text[0].isdigit() and (number := _NUMBER.match(text)):
        start = number.end()
    by = _BY.match(text, start) or by_behind(line)
    if by is not None:
        start = by.end()
        colon = text.find(":", start, MAX_NAME_LINE)
        end = len(text.rstrip(")")) if colon <= 0 else colon
    if end - start > MAX_NAME_LINE:
        return None
    if (saying := _SAYING.search(text, start, end)) is not None and end < len(text):
        end = saying.start()
    run_in = colon + 1 if colon > 0 and text[colon + 1 :].strip() else None
    marked = colon > 0  # "by Name" may stand above a piece of one author
    speakers = _with_roles(line, start, end, people)
    if speakers:
        return NameLine(speakers, 1, run_in, marked)
    if by is None and (placed := _behind_place(line, people)):
        return NameLine(placed)
    if run_in is not None and not glued and (posted := post_behind(line, start, colon)):
        return NameLine((posted,))
    if by is None and (bold := _in_bold(line, people)) is not None:
        return bold
    if run_in is not None and not glued and not is_known(text[start:end], people):
        return None
    if run_in is not None and is_headline(line):
        run_in = None  # "Name: Headline"
    return _names_alone(lines, at, start, end, people, by=by is not None, run_in=run_in)


def _behind_place(line: Line, people: frozenset[str]) -> tuple[Speaker, ...]:
    """Read the name, with its role or known, behind a place or a headline: "Warsaw: Name"."""
    for end, start in places_before(line):
        if is_known(line.text[:end], people):
            return ()
        if speakers := _with_roles(line, start, len(line.text), people):
            return speakers
        if is_known(line.text[start:].strip(), people):
            return (Speaker(line.printed(start, len(line.text))),)
    return ()


def _in_bold(line: Line, people: frozenset[str]) -> NameLine | None:
    """Read a name with its role, or that of somebody known, in bold before the prose."""
    block = line.block
    if not 0 < block.bold < min(len(block.text), MAX_NAME_LINE):
        return None
    head = block.text[: block.bold].rstrip(" :.–—|-")
    if (posted := _post_in_second_line(line, len(head), people)) is not None:
        return posted
    behind = _BEHIND_BOLD.match(block.text, len(head))
    if behind is None or len(block.text) - behind.end() < _LEAST_PROSE:
        return None
    speakers = _with_roles(line, 0, len(head), people)
    if not speakers and is_known(head, people):
        speakers = (Speaker(line.printed(0, len(head))),)
    return NameLine(speakers, 1, behind.end(), marked=False) if speakers else None


def _post_in_second_line(line: Line, end: int, people: frozenset[str]) -> NameLine | None:
    """Read a name, a role and the prose on three lines of one paragraph."""
    name, broken, below = line.text[:end].strip(), *line.text[end:].partition("\n")[1:]
    role = below.partition("\n")[0]
    if not broken or role == below or not (is_role(role) and (is_person(name) or name in people)):
        return None
    start = line.text.index(role, end)
    speaker = Speaker(line.printed(0, end), line.printed(start, start + len(role)))
    return NameLine((speaker,), 1, start + len(role), marked=False)


def _with_roles(line: Line, start: int, end: int, people: frozenset[str]) -> tuple[Speaker, ...]:
    """Read "Name, Role", "Name (Role)", "Name – Role" or "A and B, Roles"; () if it is none."""
    text = line.text[start:end]
    if text.rstrip().endswith((".", "?", "!")):
        return ()
    speakers = []
    for (a, b), role in _split(text):
        if role is None:
            return ()
        words = text[role[0] : role[1]].strip(" ,:")
        name = text[a:b].strip()
        known = is_known(name, people)
        if not words or not is_person(name) or (is_post(name.split()[-1]) and not known):
            return ()
        if not is_post(words) and not (known and words[0].isupper()):
            return ()
        if sentence_end(words) is not None or VERB.search(words):
            return ()
        lead = role[0] + text[role[0] : role[1]].find(words)
        printed = line.printed(start + lead, start + lead + len(words))
        speakers.append(Speaker(line.printed(start + a, start + b), printed))
    return tuple(speakers)


def _split(text: str) -> list[Attribution]:
    """Part names and roles by what stands between them: brackets, a handle, a comma, a dash."""
    if (post := _POST.search(text)) is not None and is_post(post["role"]):
        return [Attribution((0, post.start()), post.span("role"))]
    if (handle := _HANDLE.search(text)) is not None:
        return [Attribution((0, handle.start()), (handle.end(), len(text)))]
    if found := split_attributions(text):
        return found
    if (dash := _SEPARATOR.search(text)) is not None:
        return [Attribution((0, dash.start()), (dash.end(), len(text)))]
    return []


def _names_alone(
    lines: Sequence[Line],
    at: int,
    start: int,
    end: int,
    people: frozenset[str],
    *,
    by: bool,
    run_in: int | None,
) -> NameLine | None:
    """Read one name or several without a role, or with the role on the next line."""
    line = lines[at]
    text = line.text
    bare = _HANDLE.search(text, start, end)
    if bare is not None and not text[bare.end() : end].strip(" ,"):
        end = bare.start()
    spans = [(start, end)]
    bracket = _PLACED.search(text, start, end)
    if bracket is not None and is_known(text[start : bracket.start()], people):
        spans = [(start, bracket.start())]  # "Name (Warsaw)"
    if not is_person(text[slice(*spans[0])].strip()):
        spans = [(start + a, start + b) for a, b in split_names(text[start:end])]
        if len(spans) < 2 or not all(is_person(text[a:b]) for a, b in spans):
            return None
    names = [line.printed(a, b) for a, b in spans]
    known = any(is_known(name.text, people) for name in names)
    linked = any(a.start <= start < a.end for a in line.block.anchors)
    if not known and any(is_post(name.text.split()[-1]) for name in names):
        return None
    below = lines[at + 1] if at + 1 < len(lines) and run_in is None and len(names) == 1 else None
    if below is not None and is_role_line(below):
        role = below.printed(0, len(below.text.rstrip(" :")))
        marked = below.text.rstrip().endswith(":")
        return NameLine((Speaker(names[0], role),), 2, None, marked)
    if by or known or (linked and len(names) == 1):
        return NameLine(tuple(Speaker(name) for name in names), 1, run_in)
    return None
