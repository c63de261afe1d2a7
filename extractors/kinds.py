"""Kinds of piece: "Flash Brief", "Insight No. 12". What a line names, given the kinds there are."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from extractors.text import fold

_MAX_KIND = 80
_NUMBERED = re.compile(r"(?P<kind>\D{3,60}?)(?: (?:(?i:no\.?|number|#) ?)?\d{1,5}| / \D{2,60})$")


def kind_end(text: str, kinds: AbstractSet[str]) -> int | None:
    """Return where the kind of piece ends in ``text``, if that is what it names.

    A number or a region may stand behind it: "Insight No. 12", "Briefing / Africa". ``kinds`` are
    folded.
    """
    if len(text) > _MAX_KIND:
        return None
    if fold(text) in kinds:
        return len(text)
    bare = without_number(text)
    return len(bare) if bare is not None and fold(bare) in kinds else None


def without_number(text: str) -> str | None:
    """Return ``text`` without the number or the region behind it; None if it has none."""
    if len(text) > _MAX_KIND or not (text[-1:].isdigit() or " / " in text):
        return None  # most lines: spare the expression, which tries each place
    m = _NUMBERED.match(text)
    return m["kind"] if m else None
