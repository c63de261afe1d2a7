"""Bylines: the lines above a text that name who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.datelines import TIME
from extractors.dates import PRINTED_DATE, PRINTED_MONTH
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.names import is_post
from extractors.people import linked_names, read_people, set_apart
from extractors.post_lines import read_post_line
from extractors.posted import label_end, labelled_people, with_posts
from extractors.profile import Profile
from extractors.text import fold, has_more_words

_BYLINE = re.compile(
    r"^(?:(?P<kind>(?!(?i:written|prepared|compiled|authored|posted|"
    r"lead|contributing|staff|research|project|survey)\b)"
    r"[A-Z][\w&-]*(?: [\w&.-]+){0,4}) )?"
    r"(?:(?i:written |prepared |compiled |authored |posted )?(?i:by):?|"
    r"(?i:(?:lead |contributing |staff )?author(?:s|\(s\))?|contributors?|"
    r"(?:research |project |survey )?team)\s?:)"
    r"\s+(?P<names>\S[\s\S]{2,400}?)"
    rf"(?:(?:\s+[—–|•·-]|,? on)\s+(?P<date>(?i:{PRINTED_DATE})){TIME})?$",
)
_DAY_BY = re.compile(
    rf"^(?:(?i:posted|published)(?: on)?:? )?(?P<date>(?i:{PRINTED_DATE})){TIME}"
    r",?(?: [—–|•·-])? (?i:by) "
    r"(?P<names>\S.{2,200}?)(?: in (?!\d).{2,60})?$"
)
_MONTH_BEHIND = re.compile(rf",? {PRINTED_MONTH}$", re.I)
# What a piece can be called besides the kinds that a profile knows: "Issue Brief by Ada Vance".
_PIECE = re.compile(
    r"\b(?:Briefs?|Papers?|Reports?|Memos?|Notes?|Articles?|Essays?|Commentar(?:y|ies)|Analys[ei]s|"
    r"Blog|Posts?|Stud(?:y|ies)|Perspectives?|Insights?|Updates?|Backgrounder|Explainer|Op-?[Ee]d|"
    r"Memorandum|Testimony|Feature|Story|Column|Opinion|Interview|Q&A)$"
)
_BY = re.compile(r"by:?\s+", re.I)
_MAX_BYLINE = 500
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
    listed = line.block.kind == "item" and not label_end(line.text)
    if listed or len(line.text) > _MAX_BYLINE:
        return None
    if (post := read_post_line(line, profile)) is not None:
        return Byline(*post)
    if (m := _DAY_BY.match(line.text)) and (names := labelled_people(line, *m.span("names"))):
        return Byline(names, None, line.printed(*m.span("date")))
    m = _BYLINE.match(line.text)
    if m is not None:
        names = labelled_people(line, m.start("names"), _before_month(m["names"], m.start("names")))
        own = any(fold(name) in fold(m["names"]) for name in profile.organisations)
        if not names and not own:
            return None
        size = profile.kind_end(m["kind"]) if m["kind"] else 0
        if size is None and _PIECE.search(m["kind"]) is None:
            return None
        kind = line.printed(0, size) if size else None
        return Byline(names, kind, line.printed(*m.span("date")) if m["date"] else None)
    if names := linked_names(line, profile):
        return Byline(names)
    names = set_apart(line, known) or read_people(line, 0, _before_month(line.text))
    if len(names) == 1 < len(line.block.anchors):
        names = ()  # two links side by side are no one's name
    if not names and (";" in line.text or "\n" in line.text) and profile.publisher is not None:
        posted = with_posts(line, 0, len(line.text))
        names = posted if profile.bare_byline or len(posted) > 1 else ()
    several = len(names) > 1 and "," in line.text
    if profile.publisher is None and line.text.isupper():
        several = False  # an office and its town
    sure = several or profile.bare_byline or all(fold(name.text) in known for name in names)
    return Byline(names) if names and sure else None


def _before_month(text: str, start: int = 0) -> int:
    """Return where names end that a month and its year stand behind: "Ada Vance, July 2026"."""
    month = _MONTH_BEHIND.search(text) if text[-4:].isdigit() else None
    return start + (month.start() if month else len(text))


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
