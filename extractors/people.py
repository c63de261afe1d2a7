"""Names in lines that may be bylines: listed, linked, side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line
from extractors.model import Anchor, Printed
from extractors.names import is_person, is_post, split_names
from extractors.profile import Profile
from extractors.text import fold

PERSON_PAGE = re.compile(
    r"/(?:experts?|people|our-people|authors?|staff|scholars?|persons?|profiles?|team|fellows?|"
    r"contributors?|bios?)/[^/]",
    re.I,
)
"""What the address of a page about somebody looks like."""
_TOPIC_PAGE = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|regions?|countr(?:y|ies)|programs?|programmes?|issues?|"
    r"subjects?|themes?|series|keywords?|search|publications?|projects?)\b|\?",
    re.I,
)
_LABEL = re.compile(r"(?:(?:written )?by|(?:the )?(?:authors?|contributors?)):?\s*$", re.I)
_BETWEEN = re.compile(r"[\s,;|•·/&]*(?:and\b)?\s*")
_MAX_NAMES = 300  # characters
_MOST_LINES = 4  # of a byline of one name a line
# What stands behind the last of some names: a handle, an address, others who are not named.
_BEHIND = re.compile(
    r"(?:\(?\b[\w.+-]{1,40}@[\w.-]{1,60}\)?|\(?@\w+\)?|,? (?:et al\.?|and others))$"
)


def read_people(line: Line, start: int, end: int) -> tuple[Printed, ...]:
    """Return the names in a list, or () unless all of its parts are people's."""
    end = start + len(_BEHIND.sub("", line.text[start:end].rstrip(" ,")).rstrip(" ,"))
    spans = [(start + a, start + b) for a, b in split_names(line.text[start:end])]
    parts = [line.text[a:b] for a, b in spans]
    if not parts or not all(is_person(part) and not _ends_in_post(part) for part in parts):
        return ()  # "A, Senior Fellow" is one person, and begins that person's part
    return tuple(line.printed(a, b) for a, b in spans)


def _ends_in_post(text: str) -> bool:
    return is_post(text.split()[-1])


def linked_names(line: Line, profile: Profile) -> tuple[Printed, ...]:
    """Return the names that a line links, if all else in it is "Author" or "By" in some form.

    The style sheet may set the label and each name on a line of its own, with nothing between.
    Several need no label where the publisher is known, and they lead to people, or bare names are
    the authors and they lead to no topics.
    """
    anchors = line.block.anchors
    if not anchors:
        return ()
    bare = len(anchors) > 1 and profile.publisher is not None and anchors[0].start == 0
    if (
        not (bare and _are_of_people(anchors, profile))
        and _LABEL.match(line.text[: anchors[0].start]) is None
    ):
        return ()
    ends = [anchor.start for anchor in anchors[1:]] + [len(line.text)]
    between = (line.text[a.end : end] for a, end in zip(anchors, ends, strict=True))
    if not all(_BETWEEN.fullmatch(text) for text in between):
        return ()
    found = [read_people(line, anchor.start, anchor.end) for anchor in anchors]
    return tuple(name for names in found for name in names) if all(found) else ()


def linked_people(line: Line, start: int, end: int) -> tuple[Printed, ...]:
    """Return the names that several links hold which fill ``line.text[start:end]``, or ()."""
    anchors = [anchor for anchor in line.block.anchors if start <= anchor.start < end]
    if len(anchors) < 2 or line.text[start : anchors[0].start].strip():
        return ()
    ends = [*(anchor.start for anchor in anchors[1:]), end]
    pairs = zip(anchors, ends, strict=True)
    if not all(_BETWEEN.fullmatch(line.text[anchor.end : end]) for anchor, end in pairs):
        return ()
    found = [read_people(line, anchor.start, anchor.end) for anchor in anchors]
    return tuple(name for names in found for name in names) if all(found) else ()


def all_linked(line: Line, start: int, end: int, profile: Profile) -> bool:
    """Tell whether links fill ``line.text[start:end]`` but for commas, and lead to people."""
    anchors = [anchor for anchor in line.block.anchors if start <= anchor.start < end]
    if not anchors or anchors[0].start > start or not _are_of_people(anchors, profile):
        return False
    ends = [*(anchor.start for anchor in anchors[1:]), end]
    pairs = zip(anchors, ends, strict=True)
    return all(_BETWEEN.fullmatch(line.text[anchor.end : end]) for anchor, end in pairs)


def _are_of_people(anchors: Sequence[Anchor], profile: Profile) -> bool:
    if all(PERSON_PAGE.search(anchor.url) for anchor in anchors):
        return True
    return profile.bare_byline and not any(_TOPIC_PAGE.search(anchor.url) for anchor in anchors)


def set_apart(line: Line, known: set[str]) -> tuple[Printed, ...]:
    """Return the names of a line that are set apart by nothing, if the page declares each."""
    if not known:
        return ()
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", line.text)]
    found: list[Printed] = []
    at = 0
    while at < len(words):
        start = words[at][0]
        ends = (
            n for n in range(at + 1, len(words)) if fold(line.text[start : words[n][1]]) in known
        )
        last = next(ends, None)
        if last is None:
            return ()
        found.append(line.printed(start, words[last][1]))
        at = last + 1
    return tuple(found) if len(found) > 1 else ()


def names_below_dek(
    lines: Sequence[Line], at: int, profile: Profile, *, dek: bool
) -> tuple[Printed, ...]:
    """Return the names that a line below the title holds and nothing else, ``dek`` between or not.

    They are several, or they lead to people's pages, and no line elsewhere does: that would head an
    expert's words.
    """
    line = lines[at]
    if line.block.kind != "paragraph" or len(line.text) > _MAX_NAMES:
        return ()
    if _links_person(line):
        near = range(at - _MOST_LINES, at + _MOST_LINES)
        apart = [n for n, other in enumerate(lines) if _links_person(other) and n not in near]
        return () if apart or profile.publisher is None else read_people(line, 0, len(line.text))
    if not dek:
        return ()
    names = linked_names(line, profile)
    names = names or (read_people(line, 0, len(line.text)) if profile.bare_byline else ())
    return names if len(names) > 1 else ()


def _links_person(line: Line) -> bool:
    """Tell whether a line is one link to somebody's page."""
    anchors = line.block.anchors
    if len(anchors) != 1 or anchors[0].end - anchors[0].start < len(line.text):
        return False
    return PERSON_PAGE.search(anchors[0].url) is not None and is_person(line.text)
