"""Whether a page was cut off: its last line stops within a name, a role or a sentence.

A cut value stays as it is printed; nothing is completed. What may as well be whole is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line
from extractors.model import Statement
from extractors.text import opens_quotation

_SENTENCE_END = re.compile(r"[.!?…:;”’\"')\]]$")
_MIN_PROSE_WORDS = 15
_DANGLING = re.compile(r"(?:^|\s)(?:and|of|for|on|at|the|to|in|&)$|[,&—–-]$")
_POSTS = (
    "fellow director analyst advisor adviser manager officer program president editor "
    "executive associate scholar coordinator specialist counsel"
).split()


def is_truncated(lines: Sequence[Line], statements: Sequence[Statement]) -> bool:
    """Tell whether the text certainly stops before its end."""
    last = next((line for line in reversed(lines) if line.section != "boilerplate"), None)
    if last is None or last is not lines[-1]:
        return False  # furniture below shows that the page went on to its end
    text = last.text.rstrip()
    attribution = statements[-1].attribution if statements else None
    if attribution is not None and attribution.end == last.end:
        role = statements[-1].role
        return role is None or _is_cut_role(role.text)
    if opens_quotation(text) and "”" not in text and '"' not in text[1:]:
        return True
    if text.endswith(("—", "–")):
        return True
    prose = last.section in ("lead", "developments", "statements", "context")
    return prose and len(text.split()) >= _MIN_PROSE_WORDS and not _SENTENCE_END.search(text)


def _is_cut_role(role: str) -> bool:
    """Tell whether a role stops within a post ("Research Ana") or before what must follow."""
    if _DANGLING.search(role):
        return True
    word = role.split()[-1].lower()
    return any(post != word and post.startswith(word) for post in _POSTS)
