"""Blocks of several lines that end a mail: what to press, an address, titles of other pieces.

Manage Your Email Preferences | Unsubscribe        Also this week
58 East 68th Street, New York, NY 10065            The Ferry Hour
"""

from __future__ import annotations

import re

from extractors.profile import Profile
from extractors.text import fold, has_more_words

_MAX = 500  # characters
_MAX_TITLE = 16  # words
_WORDS = ("nsubscribe", "references", "rofile")
_PARTS = re.compile(r"\s*(?:\n|[|·•]| [–—-] )\s*")
_PRESSED = re.compile(
    r"unsubscribe(?: here| instantly| now)?(?: \S+@\S+)?"
    r"|(?:manage|update|change|edit) (?:(?:your|my) )?(?:[\w-]+ ){0,2}(?:preferences|profile)",
    re.I,
)
_ALSO = frozenset(
    (
        "also this week",
        "also this month",
        "also today",
        "also new",
        "more this week",
        "new this week",
    )
)


def is_mail_foot(text: str) -> bool:
    """Tell whether one of the lines of a block, or of the parts between bars, is to be pressed."""
    if len(text) > _MAX or not any(word in text for word in _WORDS):
        return False
    parts = _PARTS.split(text)
    return any(_PRESSED.fullmatch(part.strip(" .[]<>()")) is not None for part in parts)


def lists_others(text: str, profile: Profile) -> bool:
    """Tell whether the lines of a block are titles of other pieces, below one that says so."""
    head, _, rest = text.partition("\n")
    if not rest or len(text) > _MAX or has_more_words(head, 5) or text.endswith((".", "”")):
        return False
    rule = profile.section_of(head)
    if fold(head).rstrip(":") not in _ALSO and (rule is None or rule.shape != "teasers"):
        return False
    return not any(x.endswith(".") or has_more_words(x, _MAX_TITLE) for x in rest.split("\n"))
