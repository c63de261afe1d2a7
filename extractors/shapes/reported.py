"""Reported statements: somebody's words with the speaker named in the same sentence.

“...,” writes CFR’s A for Outlet.     “...,” A tells Outlet. “...”     “...”, says A, Role.
Crisis Group expert A says the raid ...                  ... House experts A and B explain why ...
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.manuscript import Line, Manuscript
from extractors.model import Printed, Statement
from extractors.names import is_person, is_post, split_names
from extractors.text import opens_quotation, sentence_end

_WRITES = (
    r"(?:writes?|wrote|tells?|told|argues?|argued|tweets?|tweeted|posts?|posted|explains?|explained|"
    r"contends?)"
)
# Ministers say things too: an analyst's saying names the outlet, the event or the house.
_SAYS = (
    r"(?:says?|said|adds?|added|warns?|warned|notes?|noted|suggests?|cautions?)"
    r"(?=\s+(?:in|for|to|on|during|at)\s+(?:the\s+|an?\s+|this\s+)?(?!\w+day\b)[A-Z])"
)
_SAYING = r"(?:says?|said|adds?|added|warns?|warned|notes?|noted)"
_VERB = rf"(?:{_WRITES}|{_SAYS})\b"
_CLOSING = re.compile(r"[”\"]")
_VERB_FIRST = re.compile(
    rf"[,\s]*{_WRITES}\s+(?P<who>.+?)(?=\s+(?:in|for|on|at|during|of|to)\s|[.,;]?\s*$|\.\s+[“\"])"
)
_NAME_FIRST = re.compile(rf"[,\s]*(?P<who>[^“”\"]+?)\s+{_VERB}")
_OF_HOUSE = re.compile(rf"[,\s]*(?P<who>[^“”\"]+?)\s+{_SAYING}\b")
_HOUSE_LAST = re.compile(rf"[,\s]*{_SAYING}\s+(?P<who>[^“”\",]+?)(?=[.,;]|\s*$)")
# British: the comma stands behind the mark, the post behind the name.
_POST_LAST = re.compile(
    rf"[,\s]*(?:{_SAYING}|{_WRITES})\s+(?P<who>[^“”\",]+),\s+(?P<role>[^“”\".]{{5,150}})(?=\.)"
)
_OWNER = re.compile(r"(?:the\s+)?(?P<own>[^,]{2,60}?)[’']s?\s+(?=[A-Z])")
_REPORTING = (
    r"(?:says?|explains?|argues?|warns?|notes?|adds?|contends?|lays? out|parses?|analyses|"
    r"explores?|discusse?s?|examines?|looks? at|delves? into|reflects? on|assesse?s?)"
)
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
        speakers = _behind(line, mark.end(), organisations)
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


_Who = tuple[Printed, Printed | None, Printed | None]


def _behind(line: Line, at: int, organisations: tuple[str, ...]) -> list[_Who]:
    """Read who is named behind the quotation that ends at ``at``."""
    rest = line.text[at:]
    if (found := _POST_LAST.match(rest)) and is_person(found["who"]) and is_post(found["role"]):
        role = line.printed(at + found.start("role"), at + found.end("role"))
        house = next((o for o in organisations if o in role.text), None)
        if house is not None:
            start = at + found.start("role") + found["role"].find(house)
            place = line.printed(start, start + len(house))
            return [(line.printed(at + found.start("who"), at + found.end("who")), role, place)]
    found = _NAME_FIRST.match(rest) or _VERB_FIRST.match(rest)
    for form in (_OF_HOUSE, _HOUSE_LAST):
        if found is None and (own := form.match(rest)):
            found = own if own["who"].startswith(organisations) else None
    if found is None or len(found["who"]) > _MAX_WHO:
        return []
    return list(_speakers(line, at + found.start("who"), at + found.end("who"), organisations))


def read_told(
    manuscript: Manuscript, line: Line, organisations: tuple[str, ...]
) -> tuple[Statement, ...]:
    """Read what the house's own experts are reported to say, without quotation marks."""
    text = line.text
    if not organisations or line.block.kind in ("heading", "item"):
        return ()
    m = _told(organisations).search(text)
    if m is None or opens_quotation(text[m.end() :]):
        return ()
    length = sentence_end(text[m.end() :])
    quote = line.printed(m.end(), len(text) if length is None else m.end() + length)
    return tuple(
        Statement(quote, False, name, role, place, _whole(manuscript, name, role))
        for name, role, place in _speakers(line, m.start("who"), m.end("who"), organisations)
    )


@cache
def _told(organisations: tuple[str, ...]) -> re.Pattern[str]:
    houses = "|".join(re.escape(name) for name in organisations)
    who = rf"(?P<who>(?:{houses})(?:[’']s)? [^“”\".]{{5,90}}?)"
    return re.compile(rf"(?:^|(?<=[.,!?”’\")] )){who}\s+{_REPORTING}\s+(?=\S)")


def _speakers(line: Line, begin: int, end: int, organisations: tuple[str, ...]) -> Iterator[_Who]:
    """Read "CFR’s A and B", "CFR Senior Fellow A" or "A": names, role and organisation."""
    raw = line.text[begin:end]
    place: Printed | None = None
    own = _OWNER.match(raw)
    if own is not None and not any(is_person(raw[a:b]) for a, b in split_names(own["own"])):
        place = line.printed(begin + own.start("own"), begin + own.end("own"))
        begin += own.end()
        raw = line.text[begin:end]
    shared: Printed | None = None
    for a, b in split_names(raw):
        part = raw[a:b]
        if is_person(part):
            yield line.printed(begin + a, begin + b), shared, place
            continue
        role = _role_before(part)
        if role is None:
            return
        title = line.printed(begin + a, begin + a + role)
        named = next((o for o in organisations if title.text.startswith(o)), None)
        if named is not None:
            place = line.printed(begin + a, begin + a + len(named))
        if title.text.endswith("s"):
            shared = title  # "experts A and B"
        yield line.printed(begin + a + role, begin + b), title, place


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
