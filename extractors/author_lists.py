"""Authors below a label of their own, and in a line at the end.

Authors
 - Ada Vance
 - Ole Brandt, Senior Fellow
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from extractors.bylines import Byline, is_short_post, posted_name
from extractors.datelines import read_dateline
from extractors.manuscript import Line
from extractors.model import Printed
from extractors.people import all_linked, read_people
from extractors.posted import label_end, with_posts
from extractors.profile import Profile, SectionRule
from extractors.prose import begins_prose
from extractors.text import fold

_LABELS = frozenset(
    (
        "author;authors;by;written by;contributor;contributors;the author;the authors;author(s);"
        "about the author;about the authors;lead author;lead authors;contributing authors"
    ).split(";")
)
_CLOSING_LABELS = _LABELS - {"by", "contributor", "contributors"}
_WINDOW = 20  # lines among which such a label stands above a text
_CLOSING = re.compile(
    r"(?:(?:written|prepared) by|(?:about the |lead )?authors?(?: and contributors?)?|"
    r"contributors?|contributing authors?|"
    r"(?:this )?(?:memo|paper|report|brief|summary|update|article) (?:was |is )?"
    r"(?:written|prepared|compiled) by):?\s+(?=[^\W\d_])",
    re.I,
)
_MAX_LINE = 300
_MAX_LABEL = 100  # characters of a line that may be a label


def listed_authors(lines: Sequence[Line], profile: Profile, known: set[str]) -> dict[int, Byline]:
    """Return, by its place, each line of a list of authors: the label, names, and their posts.

    Bullets need no label where the profile says that bare names are the authors, or the page
    declares them. Names that come again below are a list to jump from.
    """
    found: dict[int, Byline] = {}
    for at, line in enumerate(lines[:_WINDOW]):
        if at in found or len(line.text) > _MAX_LINE:
            continue
        if line.block.kind == "item":
            names = _bullets(lines[at:], profile, known)
            found |= {at + n: Byline(printed) for n, printed in enumerate(names)}
        if fold(line.text) not in _LABELS:
            continue
        named = names_listed(lines[at + 1 :])
        if named:
            found[at] = Byline()
            found |= {at + 1 + below: byline for below, byline in named.items()}
    return found


def labels_authors(lines: Sequence[Line], at: int, rule: SectionRule) -> bool:
    """Tell whether a line heads the names of the authors above the text, and no section.

    If it opens one of contributors that one is read as such, but where a day stands in it.
    """
    if fold(lines[at].text) not in _LABELS or any(begins_prose(line.text) for line in lines[:at]):
        return False
    named = names_listed(lines[at + 1 :])
    if rule.shape == "contributors" and not any(
        read_dateline(line.text) for line in lines[at + 1 : at + len(named) + 4]
    ):
        return False
    return bool(named) and any(begins_prose(line.text) for line in lines[at + 1 + len(named) :])


def closing_authors(lines: Sequence[Line], profile: Profile) -> tuple[Printed, ...]:
    """Return the authors listed below a label at the end, or in the last line "Authors: A and B".

    A line "By A" at the end of a page is a teaser's.
    """
    known = lines if profile.publisher is not None else ()
    below = max(len(known) - _WINDOW, 0)
    for at, line in enumerate(known[below:], below + 1):
        if len(line.text) > _MAX_LABEL:
            continue  # most lines: spare the folding
        if fold(line.text) in _CLOSING_LABELS and not line.block.marginal:
            listed = names_listed(lines[at:])
            if listed:
                return tuple(name for byline in listed.values() for name in byline.authors)
    for line in reversed(known[-_WINDOW:]):
        m = _CLOSING.match(line.text) if len(line.text) <= _MAX_LINE else None
        if m is None or line.block.marginal:
            continue
        end = len(line.text.rstrip("."))
        if names := read_people(line, m.end(), end) or with_posts(line, m.end(), end):
            return names
    return ()


def _bullets(lines: Sequence[Line], profile: Profile, known: set[str]) -> list[tuple[Printed, ...]]:
    """Return the names that the bullets ``lines`` begin with hold, if all of them do."""
    items = list(takewhile(lambda line: line.block.kind == "item", lines))
    label = label_end(items[0].text)  # "by Ada Vance" above the others' names
    names = []
    for at, item in enumerate(items):
        names.append(read_people(item, 0 if at else label, len(item.text)))
        if not names[-1]:
            return []  # most lists
    texts = {fold(name.text) for printed in names for name in printed}
    linked = all(all_linked(item, 0, len(item.text), profile) for item in items)
    declared = bool(texts) and (
        label > 0 or texts <= known or (linked and profile.publisher is not None)
    )
    if not (declared or (profile.bare_byline and len(items) > 1)):
        return []
    return [] if any(fold(line.text) in texts for line in lines[len(items) :]) else names


def names_listed(lines: Sequence[Line]) -> dict[int, Byline]:
    """Return the names that ``lines`` begin with, one a line or several, and posts below names."""
    found: dict[int, Byline] = {}
    for at, line in enumerate(lines):
        if len(line.text) > _MAX_LINE:
            break
        names = read_people(line, 0, len(line.text)) or posted_name(line)
        if not names and not (at and found[at - 1].authors and is_short_post(line.text)):
            break
        found[at] = Byline(names)
    return found
