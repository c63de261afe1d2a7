"""The title of a brief: marked by the page, told by its place, or given by metadata alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from extractors.bylines import names_authors
from extractors.datelines import kind_within, read_dateline, read_kind_and_day
from extractors.manuscript import Line
from extractors.model import Document, Printed
from extractors.names import is_person
from extractors.parts import jumps
from extractors.profile import Profile
from extractors.prose import begins_prose
from extractors.summaries import SUMMARIES
from extractors.text import declares, fold, is_title_case

_SITE_MARK = re.compile(r"\s+[-|–—·•:»]\s+|\s*\|\s*")
_ADDRESS = re.compile(r"\s+https?://\S+$")
_KIND_BEFORE = re.compile(r"\[(?P<kind>[^]]{3,40})\]:?\s+(?=\S)")
_MAX_TITLE = 300
# A line ending so is a sentence; a title may end with "U.S.", "a.m.", a question mark.
_SENTENCE = re.compile(r"(?<!\.[A-Zm])[.;:,…]$")
_QUOTED_END = re.compile(r"\.[”’\"']$")
_MAX_QUOTED_TITLE = 20  # words
_HEADLINE_WORDS = 4
_TITLE_WORDS = 3
_TOP = 10  # lines among which one may name what the title begins with


def explicit_title(lines: Sequence[Line], document: Document, profile: Profile) -> Line | None:
    """Return the line that the page itself marks as its title: no heading of a section."""
    declared = fold(document.title or "")
    for line in lines:
        if declared and declares(declared, line.text):
            return line
    for line in lines:
        if line.block.kind == "heading" and line.block.level == 1:
            if profile.names_house(line.text):
                continue
            if profile.section_of(line.text) is None:
                return line
            if profile.kind_end(line.text) is None:
                return None  # sections have this rank too, and the title stands above them
    return None


def declared_title(
    document: Document, profile: Profile, lines: Sequence[Line] = ()
) -> Printed | None:
    """Return the title that only the page's metadata gives, without the publisher's name.

    A mail's subject may have the kind before what one of the ``lines`` prints: "Brief: Title".
    """
    title = document.title
    if not title or _is_series(title, profile):
        return None
    own = {fold(name) for name in (*profile.organisations, *profile.sites)}
    *_, mark = [None, *_SITE_MARK.finditer(title)]
    if mark is not None and fold(title[mark.end() :]) in own and mark.start():
        title = title[: mark.start()].rstrip()
    kind, _, rest = title.partition(": ")
    if rest and profile.kind_end(kind) is not None and read_dateline(rest) is None:
        same = fold(rest)
        for line in lines:
            if len(line.text) <= _MAX_TITLE and fold(line.text) == same:
                return line.printed(0, len(line.text))
    return Printed(title)


def _is_series(title: str, profile: Profile) -> bool:
    """Tell whether a title is the house and the kind of piece, and no more: "FDD Flash Brief"."""
    at = title.find(" ") + 1
    rest = title[at:]
    return at > 0 and profile.names_house(title[: at - 1]) and profile.kind_end(rest) == len(rest)


def title_end(text: str, profile: Profile) -> int:
    """Return where a printed title ends that the publisher's name and an address stand behind."""
    for mark in _SITE_MARK.finditer(text):
        house = _ADDRESS.sub("", text[mark.end() :])
        if mark.start() and house and profile.names_house(house):
            return mark.start()
    return len(text)


def kind_before(line: Line, profile: Profile) -> tuple[Printed | None, int]:
    """Return the kind in brackets before a title, and where that begins: "[Memo] Locks Shut"."""
    m = _KIND_BEFORE.match(line.text) if line.text.startswith("[") else None
    kind = kind_within(line, *m.span("kind"), profile) if m else None
    return (kind, m.end()) if m and kind else (None, 0)


def printed_title(lines: Sequence[Line], profile: Profile) -> Line | None:
    """Return the line that the place of the others shows to be the title, where no line is marked.

    It is printed twice, or it stands below a dateline that names the kind of piece.
    """
    candidates = [
        line
        for line in lines
        if may_be_title(line)
        and not profile.is_boilerplate(line.text)
        and not profile.names_house(line.text)
        and not _is_house_byline(line.text, profile)
        and profile.kind_end(line.text) is None
    ]
    folded = [fold(line.text) for line in candidates]
    for words in folded[:_TOP]:
        for line, other in zip(candidates[:_TOP], folded[:_TOP], strict=True):
            if other.startswith(words + ":"):
                return line  # "Kestovia: Floods", below a line "Kestovia"
    for line in candidates[:_TOP]:
        *_, mark = [None, *_SITE_MARK.finditer(line.text)]
        bare = fold(line.text[: mark.start()]) if mark is not None else ""
        if bare in folded[:_TOP] and len(bare.split()) >= _TITLE_WORDS:
            return candidates[folded.index(bare)]  # what a browser saves has the site behind it
    if _is_masthead(lines, profile):
        return next((line for line in candidates if line.start > lines[1].start), None)
    last = {words: i for i, words in enumerate(folded)}
    begun = next((line.start for line in lines if begins_prose(line.text)), None)
    twice = [
        line
        for i, line in enumerate(candidates)
        if last[folded[i]] > i and (begun is None or line.start < begun)
    ]
    people = {fold(line.text) for line in twice if is_person(line.text)}
    if len(people) > 1:  # a list of names to jump to is printed twice as well
        twice = [line for line in twice if fold(line.text) not in people]
    dated = {i for i, line in enumerate(lines) if read_dateline(line.text)}
    beside = {lines[at].start for i in dated for at in (i - 1, i + 1) if 0 <= at < len(lines)}
    for line in twice:
        if len(line.text.split()) >= _TITLE_WORDS or line.start in beside:
            return line  # a menu has its words twice too
    named = _beside_own(lines, dated, begun, profile) if len(dated) > 1 else None
    if any(named is candidate for candidate in candidates):
        return named
    for above, line in pairwise(lines):
        dateline = read_dateline(above.text)
        if (dateline and dateline["kind"]) or (
            read_kind_and_day(above, profile)
            and len(line.text.split()) >= _HEADLINE_WORDS
            and not is_person(line.text)
        ):
            return line if any(line is candidate for candidate in candidates) else None
    return twice[0] if twice else None


def _beside_own(
    lines: Sequence[Line], dated: AbstractSet[int], begun: int | None, profile: Profile
) -> Line | None:
    """Return what the last dateline above the text that names a kind heads, or is headed by.

    Those above it are of other pieces: of podcasts, in a rail.
    """
    for at in sorted(dated, reverse=True):
        dateline = read_dateline(lines[at].text)
        kind = dateline["kind"] if dateline else None
        above = begun is None or lines[at].start < begun
        if kind and above and profile.kind_end(kind) is not None:
            return lines[at + 1] if at + 1 < len(lines) else lines[at - 1]
    return None


def _is_masthead(lines: Sequence[Line], profile: Profile) -> bool:
    """Tell whether the first line names who issues what the second one names: a press release.

    So do two lines in capitals above a title that is not, and a day.
    """
    if len(lines) < 4 or not lines[0].text.isupper():
        return False
    if profile.kind_end(lines[1].text) is not None:
        return True
    below = lines[2].text
    dated = read_dateline(lines[3].text) is not None
    return lines[1].text.isupper() and dated and not below.isupper() and may_be_title(lines[2])


def _is_house_byline(text: str, profile: Profile) -> bool:
    """Tell whether a line is "By" and the house, as "By Atlantic Council experts"."""
    return text.startswith("By ") and text[3:].startswith(profile.organisations or ("\n",))


def may_be_title(line: Line) -> bool:
    text = line.text
    return (
        line.block.kind in ("paragraph", "heading")
        and len(text) <= _MAX_TITLE
        and not jumps(line)
        and "\n" not in text
        and not _SENTENCE.search(text)
        and not (_QUOTED_END.search(text) and not _is_headline(text))
        and not read_dateline(text)
        and not names_authors(line)
        and fold(text) not in SUMMARIES
    )


def _is_headline(text: str) -> bool:
    """Tell whether a line that ends with somebody's sentence is a headline all the same."""
    return len(text.split()) <= _MAX_QUOTED_TITLE and is_title_case(text)
