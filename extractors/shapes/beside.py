"""What stands beside a name, in its line or below it: a post, a place, a headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.manuscript import Line
from extractors.names import is_person, is_post
from extractors.shapes.speakers import VERB, Speaker
from extractors.shapes.unquoted import is_headline

MAX_NAME_LINE = 400
_MAX_ROLE_WORDS = 30
_MAX_PLACED = 240
_BY_BEHIND = re.compile(r"(?:\n|\s*[,|(]\s*|\s+[–—-]\s+)by:?\s+(?=[^\W\d_])", re.I)
_PLACE = re.compile(r"(?::|\s[–—-]|\s*\|)\s+(?=[^\W\d_])")
# "Senior Research Fellow" is a post, "The President Must Lead" a headline.
_POST_FIRST = re.compile(
    r"(?!(?:The|An?|Why|How|What|When|Will|No)\b)(?:(?:[A-Z][\w.’&-]*,?|and|of|for|to) ){0,6}?"
    r"(?:[\w-]*(?:Fellow|Director|Analyst|Advis[eo]r|Associate|Researcher|Scholar|Professor|Head|"
    r"Manager|Chair|President|Officer|Economist|Editor|Ambassador|Expert|Specialist|Lecturer|"
    r"Coordinator|Assistant|Founder|Secretary|Correspondent|Member|Consultant|Executive|Chief|Lead)"
    r")(?:\b(?! (?:[Mm]ust|[Cc]an|[Ss]hould|[Ww]ill|[Nn]eeds?)\b))"
)
_LEADS = re.compile(r"\s+(?:leads|directs|heads|runs|oversees|previously|joined)\b")


def by_behind(line: Line) -> re.Match[str] | None:
    """Find "by" behind the headline or the place in one line with it: "Warsaw / by Name"."""
    if len(line.text) > MAX_NAME_LINE or "by" not in line.text:
        return None
    found = _BY_BEHIND.search(line.text)
    return found if found and (found[0][0] == "\n" or is_headline(line)) else None


def places_before(line: Line) -> Iterator[tuple[int, int]]:
    """Yield where a place or a headline may end before a name in one line with it, and that name.

    "Warsaw: Name", "Warsaw | Name"; in a heading, or behind bold type, on a line of its own.
    """
    if len(line.text) > _MAX_PLACED:
        return
    if "\n" in line.text:
        broken = line.text.rfind("\n")
        if line.block.level > 1 or line.block.bold in (broken, len(line.text)):
            yield broken, broken + 1
    elif is_headline(line):
        yield from (m.span() for m in _PLACE.finditer(line.text))


def post_behind(line: Line, start: int, colon: int) -> Speaker | None:
    """Read "Name: Role", where the role is all that stands behind the colon."""
    name, role = line.text[start:colon].strip(), line.text[colon + 1 :].strip()
    if not is_person(name) or not is_role(role) or _POST_FIRST.match(role) is None:
        return None
    return Speaker(line.printed(start, colon), line.printed(colon + 1, len(line.text)))


def is_role_line(line: Line) -> bool:
    """Tell whether a line holds a role and nothing else: "Senior Fellow, Economic Studies"."""
    return line.block.kind in ("paragraph", "heading") and is_role(line.text.strip())


def is_role(text: str) -> bool:
    """Tell whether the whole of ``text`` is a role."""
    return (
        len(text) <= MAX_NAME_LINE
        and "\n" not in text
        and text[:1].isupper()
        and is_post(text)
        and len(text.split()) <= _MAX_ROLE_WORDS
        and not text.endswith((".", "?", "!", ";"))
        and VERB.search(text) is None
        and _LEADS.search(text) is None
    )
