"""Days and names that nothing but the style sheet parts, in markup that is no tree any more."""

from __future__ import annotations

import re

from extractors.dates import PRINTED_DATE
from extractors.names import is_person
from extractors.readers.html.slim import BORDER, BREAK

# A byline, a kind of piece or the minutes to read it: but for the style sheet it runs into the day.
_BESIDE_DAY = re.compile(
    rf"(?<=</span>)(?=<(?:span|time)[^<>]*>\s*{PRINTED_DATE}\s*<)"
    rf"|(?<=\d</span>)(?=<span[^<>]*>\d{{1,2}}[ -]min)"
    rf"|(?:(?<=\d{{4}}</span>)|(?<=\d{{4}}</time>))(?=<span[^<>]*>[a-z])",
    re.I,
)
_DEAD = r'<a(?: [^<>]*)? href="(?:#|javascript)[^<>]*>[^<>]{5,60}</a>'
_BESIDE_DEAD = re.compile(rf"({_DEAD})\s*(?={_DEAD})", re.I)
_DAY_BESIDE_DEAD = re.compile(rf"(\d{{4}}</(?:span|time)>)\s*(?={_DEAD})", re.I)


def days_apart(html: str) -> str:
    """Part a day in a box of its own from the one beside it, in markup that is no tree any more.

    Names that are links to nowhere are parted too.
    """
    if 'href="#' in html or 'href="javascript' in html:
        html = _DAY_BESIDE_DEAD.sub(rf"\1{BREAK}", _BESIDE_DEAD.sub(_broken, html))
    return _BESIDE_DAY.sub(BORDER, html) if "</span><" in html or "</time><" in html else html


def _broken(m: re.Match[str]) -> str:
    name = m[1][m[1].index(">") + 1 : -len("</a>")]
    return m[1] + BREAK if is_person(name.strip()) else m[0]
