"""Whether a page was cut off: its last line stops within a name, a role or a sentence.

A cut value stays as it is printed; nothing is completed. What may as well be whole is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line
from extractors.model import Statement
from extractors.profile import Profile
from extractors.text import fold, opens_quotation

_SENTENCE_END = re.compile(r"[.!?…:;”’\"')\]]$")
_NUMBER = re.compile(r"\W*\d{1,4}\W*")  # of a page: it stands below a text that is cut too
_MIN_PROSE_WORDS = 15
_MIN_HEADING, _MAX_HEADING = 8, 120  # characters
_DANGLING = re.compile(
    r"(?:^|\s)(?:and|of|for|on|at|the|to|in|by|&|(?i:senior|adjunct|managing))$|[,&—–-]$"
)
_POSTS = frozenset(
    (
        "fellow director analyst advisor adviser manager officer program president editor "
        "executive associate scholar coordinator specialist counsel research deputy chairman "
        "chairwoman chair professor economist correspondent secretary assistant "
        "institute university center foundation council journal"
    ).split()
)


def is_truncated(lines: Sequence[Line], statements: Sequence[Statement], profile: Profile) -> bool:
    """Tell whether the text certainly stops before its end."""
    last = next((line for line in reversed(lines) if not _NUMBER.fullmatch(line.text)), None)
    if last is None or last.section == "boilerplate":
        return False  # furniture below shows that the page went on to its end
    text = last.text.rstrip()
    attribution = statements[-1].attribution if statements else None
    if attribution is not None and attribution.end == last.start + len(text.rstrip(" ,")):
        role = statements[-1].role
        if text.endswith(","):
            return True
        if role is None:  # cut, unless this brief names others so
            return all(said.role for said in statements[:-1])
        return _is_cut_role(role.text, profile.organisations)
    if opens_quotation(text) and "”" not in text and '"' not in text[1:]:
        return True
    if text.endswith(("—", "–")) or _is_cut_heading(last, profile):
        return True
    if last.section == "background":
        return _DANGLING.search(text) is not None
    if last.section == "developments" and last.block.kind == "item":
        others = [line for line in lines if line is not last]
        return not _SENTENCE_END.search(text) and _are_sentences(others)
    prose = last.section in ("lead", "developments", "statements", "context")
    return prose and len(text.split()) >= _MIN_PROSE_WORDS and not _SENTENCE_END.search(text)


def _are_sentences(lines: Sequence[Line]) -> bool:
    """Tell whether all items of a list end as sentences do, if there are any."""
    items = [line.text for line in lines if line.block.kind == "item"]
    return bool(items) and all(_SENTENCE_END.search(text) for text in items)


def _is_cut_heading(line: Line, profile: Profile) -> bool:
    """Tell whether a line stops within a heading that opens a section: "FDD Expert Resp"."""
    words = fold(line.text)
    if not _MIN_HEADING <= len(words) <= _MAX_HEADING or profile.section_of(line.text) is not None:
        return False
    return profile.begins_heading(words)


def _is_cut_role(role: str, organisations: Sequence[str]) -> bool:
    """Tell whether a role stops within a post ("Research Ana"), or before what must follow."""
    if _DANGLING.search(role):
        return True
    word = role.split()[-1].lower()
    if word in _POSTS or role.endswith(tuple(organisations)):
        return False
    if any(post.startswith(word) for post in _POSTS):
        return True
    return any(_ends_within(role, name) for name in organisations if " " in name)


def _ends_within(role: str, name: str) -> bool:
    """Tell whether ``role`` ends with the beginning of ``name``: a whole word of it and more."""
    first = name.split()[0]
    at = role.rfind(first)
    return at != -1 and len(role) - at < len(name) and name.startswith(role[at:])
