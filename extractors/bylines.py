"""Bylines: the lines above a text that name who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from extractors.dates import PRINTED_DATE
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.names import is_post
from extractors.people import linked_names, read_people, set_apart
from extractors.posted import labelled_people, with_posts
from extractors.profile import Profile
from extractors.text import fold, has_more_words

_BYLINE = re.compile(
    r"^(?:(?P<kind>(?!(?i:written|prepared|compiled|authored|posted)\b)"
    r"[A-Z][\w&-]*(?: [\w&.-]+){0,4}) )?"
    r"(?:(?i:written |prepared |compiled |authored |posted )?(?i:by):?|"
    r"(?i:(?:lead |contributing |staff )?author(?:s|\(s\))?|contributors?)\s?:)"
    r"\s+(?P<names>\S[\s\S]{2,400}?)"
    rf"(?:(?:\s+[—–|•·-]|,? on)\s+(?P<date>(?i:{PRINTED_DATE})))?$",
)
_DAY_BY = re.compile(
    rf"^(?:(?i:posted|published)(?: on)?:? )?(?P<date>(?i:{PRINTED_DATE})),?(?: [—–|•·-])? (?i:by) "
    r"(?P<names>\S.{2,200})$"
)
_BY = re.compile(r"by:?\s+", re.I)
_MAX_BYLINE = 500
_FRONT = 20  # lines above all of which a card of the author stands
_MAX_CARD = 160
_MAX_POST_WORDS = 12
_SENTENCE_WORDS = 10


class Byline(NamedTuple):
    """Who wrote a brief, and what else the line of their names says."""

    authors: tuple[Printed, ...] = ()
    kind: Printed | None = None
    day: Printed | None = None


def names_authors(line: Line) -> bool:
    """Tell whether ``line`` is "By" and names of people."""
    m = _BYLINE.match(line.text)
    return m is not None and bool(read_people(line, m.start("names"), m.end("names")))


def read_byline(line: Line, profile: Profile, known: set[str]) -> Byline | None:
    """Read "By A and B", "Critical Questions by A — May 5, 2025", or bare names.

    Bare names are certain where they are several, where the page's metadata has them, or where the
    profile says that they stand so. "By" and the publisher's own name is a byline of nobody.
    """
    if line.block.kind == "item" or len(line.text) > _MAX_BYLINE:
        return None
    if (m := _DAY_BY.match(line.text)) and (names := read_people(line, *m.span("names"))):
        return Byline(names, None, line.printed(*m.span("date")))
    m = _BYLINE.match(line.text)
    if m is not None:
        names = labelled_people(line, *m.span("names"))
        own = any(fold(name) in fold(m["names"]) for name in profile.organisations)
        if not names and not own:
            return None
        size = profile.kind_end(m["kind"]) if m["kind"] else 0
        if size is None:
            return None
        kind = line.printed(0, size) if size else None
        return Byline(names, kind, line.printed(*m.span("date")) if m["date"] else None)
    if names := linked_names(line, profile):
        return Byline(names)
    names = set_apart(line, known) or read_people(line, 0, len(line.text))
    if len(names) == 1 < len(line.block.anchors):
        names = ()  # two links side by side are no one's name
    if not names and profile.bare_byline and ";" in line.text:
        names = with_posts(line, 0, len(line.text))
    several = len(names) > 1 and "," in line.text
    if profile.publisher is None and line.text.isupper():
        several = False  # an office and its town
    sure = several or profile.bare_byline or all(fold(name.text) in known for name in names)
    return Byline(names) if names and sure else None


def posted_name(line: Line) -> tuple[Printed, ...]:
    """Return the one name that stands before a post, on the same line or the next."""
    at = line.text.find("\n")
    if at != -1 and is_short_post(line.text[at:]):
        return read_people(line, 0, at)
    return with_posts(line, 0, len(line.text)) if at == -1 else ()


def read_names_below(lines: Sequence[Line], at: int) -> Byline | None:
    """Read bare names right below the title: several, or one with a post on the next line.

    A second author with a post stands below the first one's.
    """
    above = lines[at - 1]
    if above.section not in ("title", "repeat") and not (
        at > 1 and _is_authors_post(lines, at - 1)
    ):
        return None
    names = read_people(lines[at], 0, len(lines[at].text))
    posted = at + 1 < len(lines) and is_short_post(lines[at + 1].text)
    return Byline(names) if len(names) > 1 or (names and posted) else None


def read_card(lines: Sequence[Line], at: int, profile: Profile) -> Byline | None:
    """Read a name with a post behind its link or on the next line, below one abstract at most.

    Where names follow further down it is none: then each heads an expert's words.
    """
    if at >= _FRONT:
        return None
    above = [line for line in lines[:at] if line.section in ("lead", "context")]
    telling = (line for line in above if not profile.is_citation(line.text))
    if len([*islice((line for line in telling if not is_short_post(line.text)), 2)]) > 1:
        return None
    end = at
    while size := _card(lines, end):
        end += size
    if end == at or any(_heads_words(lines, below) for below in range(end, len(lines))):
        return None
    return Byline(read_people(lines[at], 0, name_end(lines[at])))


def _heads_words(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line names an expert above that one's words: tags and subheadings do not."""
    if _card(lines, at):
        return True
    line, below = lines[at], lines[at + 1 : at + 2]
    return line.block.kind != "heading" and is_names(line) and any(map(is_sentence, below))


def name_end(line: Line) -> int:
    """Return where the name on a card may end: with its link, or its line."""
    anchors = line.block.anchors
    if anchors and anchors[0].start == 0:
        return anchors[0].end
    return len(line.text.partition("\n")[0])


def _card(lines: Sequence[Line], at: int) -> int:
    """Return how many lines a person's name and post fill from ``at`` on, 0 if they do not."""
    name, post = lines[at : at + 1], lines[at + 1 : at + 2]
    if not name or len(name[0].text) > _MAX_CARD or name[0].text.endswith(":"):
        return 0
    text, end = name[0].text, name_end(name[0])
    if len(read_people(name[0], 0, end)) != 1:
        return 0
    if end < len(text):
        return int(is_short_post(text[end:]))
    return 2 if post and is_short_post(post[0].text) else 0


def _is_authors_post(lines: Sequence[Line], at: int) -> bool:
    """Tell whether the post of the author who is named one line further up stands here."""
    author = lines[at - 1]
    named = author.section == "title" and bool(read_people(author, 0, len(author.text)))
    return named and is_short_post(lines[at].text)


def is_short_post(text: str) -> bool:
    """Tell whether ``text`` is a person's post and little else."""
    return not has_more_words(text, _MAX_POST_WORDS) and is_post(text)


def is_sentence(line: Line) -> bool:
    """Tell whether a line is prose that ends as a sentence does."""
    text = line.text
    ended = text.endswith((".", ".”", ".’", "…"))
    return ended and has_more_words(text, _SENTENCE_WORDS - 1)


def is_names(line: Line) -> bool:
    """Tell whether a line holds names alone, behind "By" or not, or with a post behind them."""
    if len(line.text) > _MAX_BYLINE:
        return False
    by = _BY.match(line.text)
    start = by.end() if by else 0
    comma = line.text.find(",", start) if by else -1  # behind it may be a post
    ends = {len(line.text), comma, len(line.text.partition("\n")[0])}  # a post may stand below
    return any(read_people(line, start, end) for end in ends if end > start)
