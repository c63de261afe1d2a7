"""The head of a record: what is known of a brief, one field a line, above its words.

HEADLINE: Locks Shut in Vessa        Title: Locks Shut in Vessa
DATELINE: May 8, 2025 | Brief        Type: Brief
LINK: https://harbor.example/a       Source: Harbor Institute
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from extractors.datelines import kind_within, read_both, read_dateline
from extractors.dates import localise, parse_metadata
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.note_lines import read_note
from extractors.posted import labelled_people
from extractors.profile import Profile
from extractors.titles import title_end

_FIELD = re.compile(
    r"[\W_]{0,3}(?P<label>[^\W\d_][\w /()-]{1,24}?)[*_ ]{0,3}(?:::?|=|\|)[*_]*(?:\s|$)"
)
_PARTED = re.compile(r"\n|\s+[|•·—–]\s+|;\s+|\s{2,}|\t")
_BAR = re.compile(r"\s*[|•·]\s*")
MAX_LABEL = 32
"""Characters: no label is longer."""
_MAX_FIELD = 400
_TOP = 16  # lines among which a record stands
_ENOUGH = 2
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]")
_DAY = 10  # characters of "2025-01-05"
_ROLES = {
    label: role
    for role, labels in {
        "title": "title;headline;hed;article title;document title;name;subject",
        "day": (
            "date;dateline;published;published on;publish date;published date;publication date;"
            "date published;date of publication;pub date;pubdate;posted;posted on;issued;"
            "date issued;release date;date released;released"
        ),
        "kind": (
            "type;kind;category;categories;format;series;genre;product;product type;section;class;"
            "publication type;document type;doc type;content type;item type;type of publication;"
            "post type;article type;product line;tag;tags"
        ),
        "authors": "author;authors;author(s);by;byline;writer;writers;creator;creators",
        "source": ("source;sources;publisher;publication;outlet;think tank;journal;document;item"),
        "other": (
            "source url;url source;url;uri;link;links;permalink;canonical;"
            "canonical url;original url;original;web;website;web page;address;page;site;"
            "institution;organization;organisation;issuer;from;topic;topics;issue;issues;region;regions;country;countries;keywords;subjects;"
            "project;projects;program;programs;language;lang;status;id;record;record id;"
            "record no;record number;document id;doc id;doc;entry;accession;"
            "accession no;accession number;retrieved;retrieved on;date retrieved;accessed;"
            "accessed on;date accessed;access date;added;date added;saved;saved on;date saved;"
            "captured;clipped;downloaded;archived;created;modified;updated;last updated;"
            "published time;words;word count;length;copyright;rights;database;collection;archive;"
            "file;filename;markdown content;body;text;full text;content;time;edition;place;"
            "location;number;volume;reviewed;priority;folder"
        ),
    }.items()
    for label in labels.split(";")
}
_TELLING = ("title", "day", "kind")
_SCHEMES = ("http://", "https://", "www.")


class Entry(NamedTuple):
    """What the fields of one line say of the brief; nothing, where they say where it was found."""

    title: Printed | None = None
    kind: Printed | None = None
    day: Printed | None = None
    authors: tuple[Printed, ...] = ()


def read_record(lines: Sequence[Line], profile: Profile) -> dict[int, Entry]:
    """Return, by its place, each line among the first that is fields of a record.

    Two fields make one. So does one that names a kind of piece there is, or an address and nothing
    else, or the title above all other lines.
    """
    found: dict[int, Entry] = {}
    roles: set[str] = set()
    count = 0
    sure = False
    for at, line in enumerate(lines[:_TOP]):
        fields = _fields(line)
        if not fields and at and (role := _role_above(lines, at - 1, roles)):
            fields = [(role, 0, len(line.text))]
            found.setdefault(at - 1, Entry())
        if not fields:
            if note := read_note(line, profile):
                sure, found[at] = True, Entry(None, *note)
            continue
        entry = found[at] = _entry(line, fields, profile)
        count += len(fields)
        roles.update(role for role, _, _ in fields)
        sure = sure or entry.kind is not None or (at == 0 and entry.title is not None)
        sure = sure or line.text[fields[0][1] :].startswith(_SCHEMES)
    if not sure and (count < _ENOUGH or roles.isdisjoint(_TELLING)):
        return {}
    return found


def field_value(text: str) -> str:
    """Return the value of a field that tells the kind of a piece, or its day; "" of all else."""
    m = _FIELD.match(text)
    return text[m.end() :].strip() if m and _role(m["label"]) in ("kind", "day") else ""


def _fields(line: Line) -> list[tuple[str, int, int]]:
    """Return the role of each field of a line, and where its value is; () if all is no fields."""
    if len(line.text) > _MAX_FIELD or ":" not in line.text[:MAX_LABEL]:
        return []  # most lines
    found: list[tuple[str, int, int]] = []
    for start, end in _rows(line.text):
        m = _FIELD.match(line.text, start, end)
        role = _role(m["label"]) if m else None
        if m is None or role is None or (line.block.marginal and not found and role != "source"):
            return []
        found.append((role, m.end(), end))
    return found


def _role_above(lines: Sequence[Line], at: int, roles: AbstractSet[str]) -> str | None:
    """Return the role that the line above a value names, and nothing else, from a title on."""
    role, below = (
        _ROLES.get(line.text.rstrip(" :").lower()) if len(line.text) < MAX_LABEL else None
        for line in lines[at : at + 2]
    )
    if role != "title" and "title" not in roles:
        return None  # pages have such pairs beside their title
    told = role in _TELLING or lines[at + 1].text.startswith(_SCHEMES)
    return role if told and below is None else None


def _rows(text: str) -> Iterator[tuple[int, int]]:
    """Part the rows of a line, and the fields that stand side by side in one."""
    begin = 0
    for m in _PARTED.finditer(text):
        if m[0] == "\n" or ((label := _FIELD.match(text, m.end())) and _role(label["label"])):
            yield begin, m.start()
            begin = m.end()
    yield begin, len(text)


def _role(label: str) -> str | None:
    return _ROLES.get(label.partition("/")[0].strip().lower())


def _entry(line: Line, fields: Sequence[tuple[str, int, int]], profile: Profile) -> Entry:
    entry = Entry()
    for role, start, end in fields:
        value = line.text[start:end].strip()
        start = line.text.find(value, start)
        if not value:
            continue
        if role == "title" and entry.title is None:
            entry = entry._replace(title=_titled(line, value, start, profile))
        elif role == "day" and entry.day is None:
            entry = _dated(entry, line, value, start, profile)
        elif role == "kind" and entry.kind is None:
            entry = _of_kind(entry, line, value, start, profile)
        elif role == "source":
            entry = _dated(
                _of_kind(entry, line, value, start, profile), line, value, start, profile
            )
        elif role == "authors":
            people = labelled_people(line, start, start + len(value))
            entry = entry._replace(authors=entry.authors + people)
    return entry


def _titled(line: Line, value: str, start: int, profile: Profile) -> Printed:
    end = title_end(value, profile)
    quoted = value[0] == "“" and value.find("”") == end - 1  # the record's marks, not the title's
    return line.printed(start + quoted, start + end - quoted)


def _of_kind(entry: Entry, line: Line, value: str, start: int, profile: Profile) -> Entry:
    bar = _BAR.search(value)
    end = start + (bar.start() if bar else len(value))
    return entry._replace(kind=entry.kind or kind_within(line, start, end, profile))


def _dated(entry: Entry, line: Line, value: str, start: int, profile: Profile) -> Entry:
    bare = value.lstrip("@")
    start += len(value) - len(bare)
    m = read_dateline(bare) or read_both(bare)
    if m is not None:
        entry = entry._replace(day=line.printed(start + m.start("date"), start + m.end("date")))
        kind = m.groupdict().get("kind") or ""
        return _of_kind(entry, line, kind, start + m.start("kind"), profile)
    day = bare[:_DAY]
    if _ISO.match(bare) and (stamp := parse_metadata(bare)) is not None:
        local = localise(stamp, profile.timezone) if profile.timezone else stamp
        if local.on is not None and local.on.isoformat() == day:
            return entry._replace(day=line.printed(start, start + _DAY))
    return entry
