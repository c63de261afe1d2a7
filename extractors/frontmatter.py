"""What stands above the first section: dateline, title, byline, dek, and their repetitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.author_lists import listed_authors, read_mixed
from extractors.bylines import (
    Byline,
    is_sentence,
    names_authors,
    read_byline,
    read_card,
    read_names_below,
    speaker_lines,
)
from extractors.datelines import (
    is_separator,
    read_dated_kind,
    read_dateline,
    read_day_behind,
    read_kind,
    read_kind_and_day,
    read_labelled_day,
)
from extractors.dates import PRINTED_DATE, parse_printed
from extractors.manuscript import Line
from extractors.model import BlockKind, Document, Printed, Stamp
from extractors.names import is_person
from extractors.people import names_below_dek
from extractors.profile import Profile
from extractors.prose import begins_prose
from extractors.text import fold
from extractors.titles import explicit_title, may_be_title, printed_title

_ORIGINAL = ("originally published", "original publication date", "date originally published")
_ANY_DATE = re.compile(PRINTED_DATE, re.I)
# Where no section follows, only so many lines can be front matter; the rest is the piece itself.
_WINDOW = 8

_SENTENCES = 3  # lines of so many: the piece has begun
_MAX_DEK = 300  # characters
_MENU_LINKS = 2
_MENU_MARKS = " |•·/»›>,-–\n"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values that a brief prints above its first section."""

    title: Printed | None = None
    kind: Printed | None = None
    published: Stamp | None = None
    published_printed: Printed | None = None
    authors: tuple[Printed, ...] = ()


def read_front_matter(
    lines: Sequence[Line], document: Document, profile: Profile, *, sections_follow: bool
) -> FrontMatter:
    """Read the lines above the first section and settle their sections."""
    seen: dict[str, BlockKind] = {}
    title = kind = date_printed = None
    published: Stamp | None = None
    authors: tuple[Printed, ...] = ()
    prose = False
    sentences = told = 0
    titled = explicit_title(lines, document, profile) or printed_title(lines, profile)
    known = {fold(name) for name in document.authors}
    by_name = any(rule.shape in ("named", "signed") for rule in profile.sections)
    speakers = speaker_lines(lines) if by_name else frozenset()
    listed = listed_authors(lines, profile, known)
    for i, line in enumerate(lines):
        folded = fold(line.text)
        if (
            line.block.marginal
            or profile.is_boilerplate(line.text)
            or (title is None and profile.names_house(line.text))
            or (title is None and line is not titled and _is_menu(line))
        ):
            line.section = "boilerplate"
        elif (not prose or told == 1) and (in_list := listed.get(i)) is not None:
            line.section = "title"
            authors += in_list.authors
        elif (
            folded in seen
            and not (prose and line is not titled)
            and not (line.kind == "heading" and seen[folded] == "item")  # it was listed above
        ):
            line.section = "repeat"
        elif is_separator(line.text) or _only_updates(line, lines):
            line.section = "title"
        elif (not prose or (told == 1 and published is None)) and (
            mixed := read_mixed(line, profile, known)
        ) is not None:
            line.section = "title"
            authors += mixed.authors
            kind = kind or mixed.kind
            if published is None and mixed.day is not None:
                date_printed = mixed.day
                published = Stamp(parse_printed(mixed.day.text))
        elif (published is None or _is_original(lines, i)) and (
            dateline := read_dateline(line.text)
        ):
            line.section = "title"
            if day := parse_printed(dateline["date"]):
                published = Stamp(day)
                date_printed = line.printed(*dateline.span("date"))
            if dateline["kind"]:
                kind = line.printed(*dateline.span("kind"))
        elif (
            kind is None
            and (named := read_kind(line, profile) or read_dated_kind(line, profile)) is not None
        ):
            line.section = "title"
            kind = named
        elif published is None and (parts := read_kind_and_day(line, profile)) is not None:
            line.section = "title"
            kind, date_printed = parts
            published = Stamp(parse_printed(date_printed.text))
        elif title is None and (line is titled or (titled is None and may_be_title(line))):
            line.section = "title"
            title = line.printed(0, len(line.text))
        elif byline := (
            read_byline(line, profile, known)
            if not _heads_prose(lines, i, known)
            and (
                (not prose and i not in speakers)
                or _beside_dateline(lines, i, profile)
                or (told == 1 and i not in speakers and _names_authors_alone(lines, i))
            )
            and (title is not None or titled is None or not _is_lone_name(line, known))
            else None
        ) or (
            title
            and i not in speakers
            and (
                (told < 2 and _linked_below(lines, i, profile, dek=prose))
                or _read_names(lines, i, profile, bare=not sections_follow and not prose)
            )
        ):
            line.section = "title"
            authors += byline.authors
            kind = kind or byline.kind
            if published is None and byline.day is not None:
                date_printed = byline.day
                published = Stamp(parse_printed(byline.day.text))
        elif (
            published is None
            and title is not None
            and _follows_head(lines, i)
            and (
                behind := read_day_behind(line)
                or (read_labelled_day(line) if profile.publisher is not None else None)
            )
        ):
            line.section = "title"
            date_printed = behind
            published = Stamp(parse_printed(behind.text))
        elif title is not None and profile.lead == "developments" and _is_dek(lines, i, profile):
            line.section = "title"
        elif not sections_follow and i >= _WINDOW:
            line.section = "context"
        else:
            line.section = "lead" if sections_follow else "context"
            if titled is None and not sections_follow:
                titled = line  # prose has begun: no later line is taken for the title
        seen.setdefault(folded, line.kind)
        # the names of a list to jump from come again below: no repetition, and no byline either
        if line.section in ("lead", "context"):
            told += 1
            sentences += line.text.endswith((".", "?", "!", "”"))
            prose = prose or begins_prose(line.text) or sentences >= _SENTENCES
    if published is None and profile.title_date and title is not None:
        date_printed = _date_in(title)
        published = Stamp(parse_printed(date_printed.text)) if date_printed else None
    return FrontMatter(title, kind, published, date_printed, authors)


def _is_lone_name(line: Line, known: set[str]) -> bool:
    """Tell whether one name is all that a line holds: above a title, that is a topic's."""
    return fold(line.text) not in known and is_person(line.text)


def _heads_prose(lines: Sequence[Line], at: int, known: set[str]) -> bool:
    """Tell whether a heading stands right above prose: two capitals in it make no name."""
    line, below = lines[at], lines[at + 1 : at + 2]
    heads = line.block.kind == "heading" and fold(line.text) not in known
    return heads and not names_authors(line) and any(map(is_sentence, below))


def _names_authors_alone(lines: Sequence[Line], at: int) -> bool:
    """Tell whether no other line than this begins with "By": several head experts' words."""
    return _begins_with_by(lines[at]) and not any(map(_begins_with_by, lines[at + 1 :]))


def _begins_with_by(line: Line) -> bool:
    by = line.text[:3].lower() == "by " and len(line.text) <= _MAX_DEK
    return (by and not line.text.endswith(".")) or names_authors(line)


def _linked_below(lines: Sequence[Line], at: int, profile: Profile, *, dek: bool) -> Byline | None:
    names = names_below_dek(lines, at, profile, dek=dek)
    return Byline(names) if names else None


def _read_names(lines: Sequence[Line], at: int, profile: Profile, *, bare: bool) -> Byline | None:
    """Read names below the title that nothing marks; ``bare`` if no section follows them."""
    below = read_names_below(lines, at) if bare else None
    return below or (read_card(lines, at, profile) if profile.publisher is not None else None)


def _is_dek(lines: Sequence[Line], at: int, profile: Profile) -> bool:
    """Tell whether a paragraph stands between the title and the dateline.

    The kind of piece may stand above the day.
    """
    above, line, below = lines[at - 1], lines[at], lines[at + 1 : at + 3]
    if above.section not in ("title", "repeat", "boilerplate") or len(line.text) > _MAX_DEK:
        return False
    if below and read_kind(below[0], profile) is not None:
        below = below[1:]
    if not below or below[0].block.marginal:
        return False
    dateline = read_dateline(below[0].text)
    return dateline is not None and not dateline["updated"]


def _is_original(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a day's line, or the one above, says that it is the first: "Originally ..."."""
    own = lines[at].text.lower().startswith(_ORIGINAL)
    return own or (at > 0 and fold(lines[at - 1].text) in _ORIGINAL)


def _follows_head(lines: Sequence[Line], at: int) -> bool:
    return at > 0 and lines[at - 1].section == "title"


def _beside_dateline(lines: Sequence[Line], at: int, profile: Profile) -> bool:
    """Tell whether a line stands next to the kind and the day, as authors below an abstract do."""
    beside = (*lines[max(at - 1, 0) : at], *lines[at + 1 : at + 2])
    return any(read_kind_and_day(line, profile) is not None for line in beside)


def _only_updates(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a line prints the day of an update beside a dateline of ``lines``."""
    return _is_update(line) and any(
        read_dateline(other.text) and not _is_update(other) for other in lines
    )


def _is_update(line: Line) -> bool:
    if not line.text[:12].lower().startswith(("updated", "last updated")):
        return False  # most lines: spare the long expression
    return read_dateline(line.text) is not None


def _is_menu(line: Line) -> bool:
    """Tell whether a line above the title is links alone, and they are no people's."""
    anchors = line.block.anchors
    if len(anchors) < _MENU_LINKS:
        return False
    at, between = 0, ""
    for anchor in anchors:
        between += line.text[at : anchor.start]
        at = anchor.end
    named = any(is_person(line.text[anchor.start : anchor.end]) for anchor in anchors)
    return not named and not (between + line.text[at:]).strip(_MENU_MARKS)


def _date_in(title: Printed) -> Printed | None:
    """Return the one day that a title names: "Weekly Update, August 12, 2024"."""
    found = list(_ANY_DATE.finditer(title.text))
    if len(found) != 1 or title.start is None:
        return None
    return Printed(found[0][0], title.start + found[0].start(), title.start + found[0].end())
