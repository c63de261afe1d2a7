"""What a page sets between two statements, or two bullets: boxes, buttons, teasers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.manuscript import Line
from extractors.names import affiliation
from extractors.shapes.link_lines import read_link_line
from extractors.text import has_more_words, opens_quotation

_MAX_LINES = 8
_MAX_WORDS = 14
_EXPERT = re.compile(
    r"\b(?:fellow|analyst|advis[eo]r|researche?r?|scholar|programme|program|center|centre|"
    r"initiative|project|institute|expert|senior vice president|"
    r"(?:senior|managing|deputy|executive|associate|founding) director)\b",
    re.I,
)
_PRAISE = re.compile(
    r"\b(?:testimonials?|praise|reviews?|endorsements?)\b|\bsay(?:s|ing)?(?: about .{1,60})?\W*$",
    re.I,
)


def next_statement(lines: Sequence[Line], at: int) -> int | None:
    """Return where a quotation opens below a few short lines that begin with ``lines[at]``.

    None if what stands there is prose, or announces what others say of the publisher.
    """
    for i in range(at, min(at + _MAX_LINES + 1, len(lines))):
        text = lines[i].text
        if opens_quotation(text) and read_link_line(lines[i], under_heading=False) is None:
            return i if i > at else None
        if has_more_words(text, _MAX_WORDS) or _PRAISE.search(text):
            return None
    return None


def next_item(lines: Sequence[Line], at: int) -> int | None:
    """Return the place of the next list item behind a few short lines, None if prose is there."""
    for i in range(at, min(at + _MAX_LINES + 1, len(lines))):
        if lines[i].block.kind == "item":
            return i
        if has_more_words(lines[i].text, _MAX_WORDS):
            return None
    return None


def are_experts(roles: Iterable[str | None], organisations: tuple[str, ...]) -> bool:
    """Tell whether those who speak are experts by their posts: a witness of a pull quote is not."""
    return all(role is not None and _is_expert(role, organisations) for role in roles)


def _is_expert(role: str, organisations: tuple[str, ...]) -> bool:
    if role.startswith(("Former", "former")):
        return False
    return affiliation(role, organisations) is not None or _EXPERT.search(role) is not None


def place(lines: Sequence[Line]) -> None:
    """Set such lines aside; a sentence may be one of the brief's own."""
    for line in lines:
        line.section = "context" if line.text.endswith(".") else "boilerplate"
