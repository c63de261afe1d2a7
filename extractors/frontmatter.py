"""What stands above the first section: dateline, title, byline, dek, and their repetitions."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.author_cards import linked_below, read_names
from extractors.author_lists import listed_authors
from extractors.bylines import read_byline
from extractors.datelines import (
    is_separator,
    read_dated_kind,
    read_dateline,
    read_kind,
    read_kind_and_day,
    read_kind_beside,
    read_origin_day,
)
from extractors.front_lines import (
    before_title,
    beside_dateline,
    date_in,
    day_below_head,
    day_on_top,
    follows_head,
    heads_prose,
    is_dek,
    is_lone_name,
    is_menu,
    is_original,
    is_value,
    names_authors_alone,
    update_lines,
)
from extractors.front_values import FrontMatter, declared_kind, first_day, stamp_of
from extractors.manuscript import Line
from extractors.mixed_lines import read_mixed
from extractors.model import BlockKind, Document, Printed, Stamp
from extractors.parts import is_minor
from extractors.profile import Profile
from extractors.prose import begins_prose
from extractors.rails import stray_lines
from extractors.records import read_record
from extractors.speaker_names import speaker_lines
from extractors.text import fold
from extractors.titles import (
    explicit_title,
    kind_before,
    may_be_title,
    printed_title,
    title_end,
)

# Where no section follows, only so many lines can be front matter; the rest is the piece itself.
_WINDOW = 8

_SENTENCES = 3  # lines of so many: the piece has begun


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
    record = read_record(lines, profile)
    bare = {at for at in record if lines[at].text.endswith(":")}  # "Markdown Content:", a heading
    heads = [line for at, line in enumerate(lines) if at not in bare] if bare else lines
    titled = explicit_title(heads, document, profile)
    titled = titled or next((lines[at] for at, entry in record.items() if entry.title), None)
    titled = titled or printed_title(lines, profile)
    strays = stray_lines(lines, titled, document, profile)
    known = {fold(name) for name in document.authors}
    by_name = any(rule.shape in ("named", "signed") for rule in profile.sections)
    speakers = speaker_lines(lines) if by_name else frozenset()
    listed = listed_authors(lines, profile, known)
    updates = update_lines(lines)
    for i, line in enumerate(lines):
        folded = fold(line.text)
        if (entry := record.get(i)) and i >= strays and (entry.title or line is not titled):
            line.section = "title" if any(entry) else "boilerplate"
            authors += entry.authors
            kind = kind or entry.kind
            if entry.title is not None and line is titled:
                title = entry.title
                seen.setdefault(fold(title.text), line.kind)
            published, date_printed = first_day(published, date_printed, entry.day, profile)
        elif (
            i < strays
            or line.block.marginal
            or profile.is_boilerplate(line.text)
            or (title is None and profile.names_house(line.text))
            or (title is None and line is not titled and is_menu(line))
        ):
            line.section = "boilerplate"
        elif (not prose or told == 1) and (in_list := listed.get(i)) is not None:
            line.section = "title"
            authors += in_list.authors
        elif (
            folded in seen
            and not (prose and line is not titled)
            and not (title is None and line is titled)
            and not (line.kind == "heading" and seen[folded] == "item")  # it was listed above
        ):
            line.section = "repeat"
        elif is_separator(line.text) or i in updates:
            line.section = "title"
        elif (line is not titled and (not prose or (told == 1 and published is None))) and (
            mixed := read_mixed(line, profile, known)
        ) is not None:
            line.section = "title"
            authors += mixed.authors
            kind = kind or mixed.kind
            published, date_printed = first_day(published, date_printed, mixed.day, profile)
        elif (published is None or is_original(lines, i)) and (
            dateline := read_dateline(line.text)
        ):
            line.section = "title"
            day = line.printed(*dateline.span("date"))
            if (stamp := stamp_of(day, profile)).on is not None:
                published, date_printed = stamp, day
            if dateline["kind"]:
                begin, end = dateline.span("kind")
                kind = read_kind_beside(
                    line, begin, before_title(line, begin, end, titled), profile
                )
        elif (
            kind is None
            and (named := read_kind(line, profile) or read_dated_kind(line, profile)) is not None
        ):
            line.section = "title"
            kind = named
        elif published is None and (parts := read_kind_and_day(line, profile)) is not None:
            line.section = "title"
            kind, day = parts
            if (stamp := stamp_of(day, profile)).on is not None:
                published, date_printed = stamp, day
        elif title is None and (
            line is titled
            or (titled is None and may_be_title(line) and not is_minor(line, document))
        ):
            line.section = "title"
            before, start = kind_before(line, profile)
            kind = kind or before
            title = line.printed(start, title_end(line.text, profile))
        elif byline := (
            read_byline(line, profile, known)
            if not (heads_prose(lines, i, known) or is_value(lines, i))
            and (
                (not prose and i not in speakers)
                or beside_dateline(lines, i, profile)
                or (told == 1 and i not in speakers and names_authors_alone(lines, i))
            )
            and (title is not None or titled is None or not is_lone_name(line, known))
            else None
        ) or (
            title
            and i not in speakers
            and (
                (told < 2 and linked_below(lines, i, profile, dek=prose))
                or read_names(lines, i, profile, bare=not sections_follow and not prose)
            )
        ):
            line.section = "title"
            authors += byline.authors
            kind = kind or byline.kind
            published, date_printed = first_day(published, date_printed, byline.day, profile)
        elif published is None and (
            behind := (
                (read_origin_day(line) if not prose else None)
                or (day_below_head(line, profile) if follows_head(lines, i) else None)
                if title is not None
                else day_on_top(lines, i, profile)
            )
        ):
            line.section = "title"
            date_printed = behind
            published = stamp_of(behind, profile)
        elif title is not None and profile.lead == "developments" and is_dek(lines, i, profile):
            line.section = "title"
        elif not sections_follow and i >= _WINDOW:
            line.section = "context"
        else:
            line.section = "lead" if sections_follow else "context"
            if titled is None and not sections_follow:
                titled = line  # prose has begun: no later line is taken for the title
        if i >= strays:
            seen.setdefault(folded, line.kind)
        # the names of a list to jump from come again below: no repetition, and no byline either
        if line.section in ("lead", "context"):
            told += 1
            sentences += line.text.endswith((".", "?", "!", "”"))
            prose = prose or begins_prose(line.text) or sentences >= _SENTENCES
    if published is None and profile.title_date and title is not None:
        date_printed = date_in(title)
        published = stamp_of(date_printed, profile) if date_printed else None
    kind = kind or declared_kind(document, profile)
    return FrontMatter(title, kind, published, date_printed, authors)
