"""Days and names that nothing but the style sheet parts, in markup that is no tree any more."""

from __future__ import annotations

import re

from extractors.dates import PRINTED_DATE
from extractors.names import is_person
from extractors.people import PERSON_PAGE
from extractors.readers.html.slim import BORDER, BREAK

# A byline, a kind of piece or the minutes to read it: but for the style sheet it runs into the day.
_BESIDE_DAY = re.compile(
    rf"(?<=</span>)(?=<(?:span|time)[^<>]*>\s*{PRINTED_DATE}\s*<)"
    rf"|(?<=\d</span>)(?=<span[^<>]*>\d{{1,2}}[ -]min)"
    rf"|(?:(?<=\d{{4}}</span>)|(?<=\d{{4}}</time>))(?=<span[^<>]*>[a-z])",
    re.I,
)
_DEAD = (
    rf'<a(?: [^<>]*)? href="(?:#|javascript|[^"<>]{{0,200}}{PERSON_PAGE.pattern})[^<>]*>'
    r"[^<>]{5,60}</a>"
)
_BESIDE_DEAD = re.compile(rf"({_DEAD})\s*(?={_DEAD})", re.I)
_BESIDE_LINK = re.compile(r"(?:</a>|</span>|</time>)\s*<(?:a|span|time)\b")
_DAY_BEHIND_LINK = re.compile(rf"({_DEAD})\s*(?=<(?:span|time)[^<>]*>\s*{PRINTED_DATE}\s*<)", re.I)
_BY_BESIDE = re.compile(r"(>\s*(?:written )?by:?)(</span><)", re.I)
_DAY_BESIDE_DEAD = re.compile(rf"(\d{{4}}</(?:span|time)>)\s*(?={_DEAD})", re.I)


def days_apart(html: str) -> str:
    """Part a day in a box of its own from the one beside it, in markup that is no tree any more.

    Names that are links to nowhere are parted too.
    """
    if "y</span><" in html or "y:</span><" in html:
        html = _BY_BESIDE.sub(r"\1 \2", html)
    if _BESIDE_LINK.search(html) is not None:
        html = _DAY_BEHIND_LINK.sub(rf"\1{BREAK}", html)
        html = _DAY_BESIDE_DEAD.sub(rf"\1{BREAK}", _BESIDE_DEAD.sub(_broken, html))
    return _BESIDE_DAY.sub(BORDER, html) if "</span><" in html or "</time><" in html else html


def _broken(m: re.Match[str]) -> str:
    name = m[1][m[1].index(">") + 1 : -len("</a>")]
    return m[1] + BREAK if is_person(name.strip()) else m[0]
