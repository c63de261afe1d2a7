"""Link lines: one cited piece a line, as `“Title,” by A and B` or `“Title,” Outlet`."""

from __future__ import annotations

import re

from extractors.manuscript import Line
from extractors.model import Link, Printed
from extractors.names import is_person, split_attribution, split_names
from extractors.text import SMALL_WORDS, fold, marks_from_end

_CLOSING = '”"'
_NICKNAMES = re.compile(r"[^“”\"]*(?:[“\"][\w. ]{1,20}[”\"][^“”\"]*)*")
_BY = re.compile(r"\s*,?\s*by\s+(?=\S)", re.I)
_PLAIN_BY = re.compile(r"^(?P<title>.+?),?\s+by\s+(?P<names>[A-Z].{3,120})$")
_POINTER = re.compile(
    r"^\[?(?:Read|See)\s+(?:(?P<author>[^“”]{3,60}?)[’']s?\s+[^“”.]{0,60})?"
    r"[“\"](?P<title>[^”\"]{3,300})[”\"]\.?\]?$"
)
_CREDITED = re.compile(r"[”\"]\s*,?\s*by\s+\S")
_THEN_BY = re.compile(r",?\s+by\s+(?=[A-Z])")
_WHERE = re.compile(r"\s+(?:in|for)\s+(?=[A-Z])|\s+[—–|]\s+|\s*\((?=[^()]+\)\.?$)")
_JOINED = re.compile(r"\band\b|&")
_HOUSE = re.compile(r"(?:[A-Z][\w.&]*\s+){0,5}[A-Z][\w.&]*[’']s\s+")
_MAX_OUTLET_WORDS = 9
_MAX_TITLE = 300
_OPENING = '“"'
_BULLET = re.compile(r"(?:[»›→▸▶►➤·•–—-]|\[\d{1,3}\])\s*(?=[“\"])")  # typed, or of a text browser
_CLAUSE = re.compile(r"\b(?:said|says|told|wrote|reported|added|according|that|was|is|are|has)\b")


def read_link_line(line: Line, *, under_heading: bool) -> Link | None:
    """Read one line as a citation; None if it is prose.

    Under a heading of link lines a bare outlet, or an anchor alone, is enough. Elsewhere the line
    must show the form: a title closed by ``,”`` or followed by "by" and names.
    """
    text = line.text
    if not under_heading and "”" not in text and '"' not in text:
        return None
    for nth, mark in enumerate(marks_from_end(text, _CLOSING)):
        if nth and not _NICKNAMES.fullmatch(text, mark + 1):
            break  # behind a title, only an author's nickname has quotation marks
        link = _quoted(line, mark, under_heading, by_only=nth > 0)
        if link is not None:
            return link
    if not under_heading:
        return None
    if text[:1] in _OPENING and line.block.anchors:
        return None
    if m := _PLAIN_BY.match(text):
        authors, outlet = _credits(line, m.start("names"), len(text))
        if authors:
            return _link(line, line.printed(*m.span("title")), authors, outlet)
    if line.block.anchors and len(line.block.anchors) == 1:
        anchor = line.block.anchors[0]
        before = text[: anchor.start].strip(' -–—“"')
        after = text[anchor.end :].strip(' ,.”"')
        if not before and len(after.split()) <= _MAX_OUTLET_WORDS:
            authors, outlet = _credits(line, anchor.end, len(text))
            return _link(line, _title(line, anchor.start, anchor.end), authors, outlet)
    return None


def read_pointer(line: Line) -> Link | None:
    """Read a sentence that only points to a piece: ``Read A’s “Title.”``"""
    m = _POINTER.match(line.text) if line.text.startswith(("Read", "See", "[")) else None
    if m is None:
        return None
    title = line.printed(m.start("title"), m.start("title") + len(m["title"].rstrip(" .,")))
    author = line.printed(*m.span("author")) if m["author"] else None
    people = (author,) if author is not None and is_person(author.text) else ()
    return _link(line, title, people, None)


def _quoted(line: Line, closing: int, under_heading: bool, *, by_only: bool) -> Link | None:
    text = line.text
    m = None if text[0] in _OPENING else _BULLET.match(text)
    start = m.end() if m is not None else 0
    start += text[start : start + 1] in (*_OPENING,)
    if closing == 0 or closing > _MAX_TITLE:
        return None
    rest = text[closing + 1 :]
    by = _BY.match(rest)
    if by:
        authors, outlet = _credits(line, closing + 1 + by.end(), len(text))
        if not authors:
            return None
    else:
        if (
            by_only
            or _CREDITED.search(text[:closing])
            or not _may_be_outlet(rest, text[:closing].rstrip()[-1:], under_heading)
        ):
            return None
        authors, outlet = _credits(line, closing + 1, len(text), by=False)
    title = _title(line, start, closing)
    return _link(line, title, authors, outlet) if title.text else None


def _may_be_outlet(rest: str, before: str, under_heading: bool) -> bool:
    """Tell whether ``rest`` names an outlet; ``before`` is the title's last character."""
    words = rest.strip(" ,.–—-").split()
    if len(words) > _MAX_OUTLET_WORDS or _CLAUSE.search(rest):
        return False
    if before != "," and (found := split_attribution(" ".join(words))) and found.role:
        return False  # somebody's words, with name and post
    if not under_heading:
        # A question closes without a comma; then a comma behind it parts a speaker from a role.
        closed = before == "," or (before in "?!" and "," not in rest)
        if not words or not closed or rest.rstrip().endswith("."):
            return False
    return all(
        w[0].isupper() or w[0].isdigit() or fold(w) in SMALL_WORDS or not w[0].isalpha()
        for w in words
    ) and (not words or words[0][0].isupper() or words[0][0].isdigit() or words[0] == "the")


def _title(line: Line, start: int, end: int) -> Printed:
    """Trim outer quotation marks and the comma before the closing one."""
    raw = line.text[start:end]
    bare = raw.strip().strip('“”"').rstrip()
    if bare.count("”") < bare.count("“") and raw.strip().endswith("”"):
        bare += "”"  # the mark that was trimmed closes an inner quotation
    bare = bare.removesuffix(",").rstrip()
    begin = start + raw.find(bare) if bare else start
    return line.printed(begin, begin + len(bare))


def _credits(
    line: Line, start: int, end: int, *, by: bool = True
) -> tuple[tuple[Printed, ...], Printed | None]:
    """Read "by A, B and C, Outlet": the leading parts that are people, then the outlet."""
    raw = line.text[start:end]
    lead = len(raw) - len(raw.lstrip(" ,–—-"))
    if not by and (m := _BY.match(raw[lead:])):
        lead, by = lead + m.end(), True
    start, raw = start + lead, raw[lead:].rstrip()
    if not raw:
        return (), None
    if not by:
        m = _THEN_BY.search(raw)
        authors, _ = _credits(line, start + m.end(), end) if m else ((), None)
        if m is None or not all(is_person(author.text) for author in authors):
            return (), _outlet(line, start, start + len(raw))
        return authors, _outlet(line, start, start + m.start())
    m = _WHERE.search(raw) if _may_say_where(raw) else None
    if m is not None and all(is_person(raw[a:b]) for a, b in split_names(raw[: m.start()])):
        authors, _ = _credits(line, start, start + m.start())
        return authors, _outlet(line, start + m.end(), start + len(raw.rstrip(")")))
    return _authors(line, start, raw)


def _may_say_where(raw: str) -> bool:
    return "in" in raw or "for" in raw or "—" in raw or "–" in raw or "|" in raw or "(" in raw


def _authors(line: Line, start: int, raw: str) -> tuple[tuple[Printed, ...], Printed | None]:
    authors: list[Printed] = []
    last, closed = 0, False
    for a, b in split_names(raw):
        joined = _JOINED.search(raw[last:a]) is not None
        a += _house(raw[a:b])
        if raw[a:b].endswith(".") and not is_person(raw[a:b]):
            b -= 1
        part = raw[a:b]
        named = is_person(part) or (not authors and part.isupper()) or _single(part, authors)
        if not named or (closed and not joined):
            return tuple(authors), _outlet(line, start + a, start + len(raw))
        authors.append(line.printed(start + a, start + b))
        last, closed = b, closed or joined  # "A and B" is whole: what a comma parts is no name
    if len(authors) == 2 and not closed:  # two authors would be "A and B"
        return (authors[0],), authors[1]
    return tuple(authors), None


def _house(part: str) -> int:
    """Return how long the house before a name is: "FDD’s " in "FDD’s Ada Vance"."""
    m = _HOUSE.match(part)
    return m.end() if m and is_person(part[m.end() :]) else 0


def _outlet(line: Line, start: int, end: int) -> Printed | None:
    outlet = line.printed(start, start + len(line.text[start:end].rstrip(" .,")))
    return outlet if outlet.text else None


def _single(part: str, authors: list[Printed]) -> bool:
    """Tell whether a lone word can be an author's name: only as the first after "by"."""
    return not authors and part[:1].isupper() and len(part.split()) <= 5


def _link(
    line: Line, title: Printed | None, authors: tuple[Printed, ...], outlet: Printed | None
) -> Link:
    anchor = line.block.anchors[0] if line.block.anchors else None
    text = line.printed(anchor.start, anchor.end) if anchor else line.printed(0, len(line.text))
    return Link(
        section="background",
        text=text,
        title=title,
        authors=authors,
        outlet=outlet,
        url=anchor.url if anchor else None,
    )
