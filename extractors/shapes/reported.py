"""Reported statements: a quotation with its speaker named in the same sentence.

“...,” writes CFR’s A for Outlet.     “...,” A tells Outlet. “...”     Group expert A says ...
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.manuscript import Line, Manuscript
from extractors.model import Printed, Statement
from extractors.names import is_person, is_post, split_names
from extractors.text import opens_quotation

_WRITES = (
    r"(?:writes?|wrote|tells?|told|argues?|argued|tweets?|tweeted|posts?|posted|explains?|explained|"
    r"contends?)"
)
# Ministers say things too: an analyst's saying names the outlet, the event or the house.
_SAYS = (
    r"(?:says?|said|adds?|added|warns?|warned|notes?|noted|suggests?|cautions?)"
    r"(?=\s+(?:in|for|to|on|during|at)\s+(?:the\s+|an?\s+|this\s+)?(?!\w+day\b)[A-Z])"
)
_VERB = rf"(?:{_WRITES}|{_SAYS})\b"
_CLOSING = re.compile(r"[”\"]")
_VERB_FIRST = re.compile(
    rf"[,\s]*{_WRITES}\s+(?P<who>.+?)(?=\s+(?:in|for|on|at|during|of|to)\s|[.,;]?\s*$|\.\s+[“\"])"
)
_NAME_FIRST = re.compile(rf"[,\s]*(?P<who>[^“”\"]+?)\s+{_VERB}")
_OF_HOUSE = re.compile(
    r"[,\s]*(?P<who>[^“”\"]+?)\s+(?:says?|said|adds?|added|warns?|warned|notes?|noted)\b"
)
_OWN = re.compile(r"^(?:the\s+)?(?P<own>[^,]{2,60}?)[’']s?\s+(?=[A-Z])")
_MAX_WHO = 120


def read_reported(
    manuscript: Manuscript, line: Line, organisations: tuple[str, ...]
) -> tuple[Statement, ...]:
    """Read a paragraph that is one quotation with its speaker; () if it is none."""
    text = line.text
    if not opens_quotation(text) or line.block.kind in ("heading", "item"):
        return ()
    for mark in list(_CLOSING.finditer(text, 1)):
        rest = text[mark.end() :]
        found = _NAME_FIRST.match(rest) or _VERB_FIRST.match(rest)
        if found is None and (own := _OF_HOUSE.match(rest)):
            found = own if own["who"].startswith(organisations) else None
        if found is None or len(found["who"]) > _MAX_WHO:
            continue
        begin = mark.end() + found.start("who")
        speakers = list(_speakers(line, begin, mark.end() + found.end("who"), organisations))
        if not speakers:
            continue
        last = max(m.start() for m in _CLOSING.finditer(text))
        split = "“" in rest or text.count('"') > 2
        quote = line.printed(1, last if split else mark.start())
        return tuple(
            Statement(quote, True, name, role, place, _whole(manuscript, name, role))
            for name, role, place in speakers
        )
    return ()


def _speakers(
    line: Line, begin: int, end: int, organisations: tuple[str, ...]
) -> Iterator[tuple[Printed, Printed | None, Printed | None]]:
    """Read "CFR’s A and B", "CFR Senior Fellow A" or "A": names, role and organisation."""
    raw = line.text[begin:end]
    place: Printed | None = None
    if (own := _OWN.match(raw)) is not None and not is_person(raw):
        place = line.printed(begin + own.start("own"), begin + own.end("own"))
        begin += own.end()
        raw = line.text[begin:end]
    for a, b in split_names(raw):
        part = raw[a:b]
        if is_person(part):
            yield line.printed(begin + a, begin + b), None, place
            continue
        role = _role_before(part)
        if role is None:
            return
        title = line.printed(begin + a, begin + a + role)
        named = next((o for o in organisations if title.text.startswith(o)), None)
        inside = line.printed(begin + a, begin + a + len(named)) if named else place
        yield line.printed(begin + a + role, begin + b), title, inside


def _role_before(part: str) -> int | None:
    """Return where the name begins in "CFR Senior Fellow Jon Reik", or None."""
    words = [m.start() for m in re.finditer(r"\S+", part)]
    for start in words[1:]:
        if is_person(part[start:]) and is_post(part[:start]) and not is_post(part[start:]):
            return start
    return None


def _whole(manuscript: Manuscript, name: Printed, role: Printed | None) -> Printed:
    starts = [p.start for p in (name, role) if p is not None and p.start is not None]
    ends = [p.end for p in (name, role) if p is not None and p.end is not None]
    return manuscript.printed(min(starts), max(ends))
