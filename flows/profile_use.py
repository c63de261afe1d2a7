"""What a profile names and a document has: what is never found is a slip, or of no use any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extractors.headings import heading_key
from extractors.model import Document
from extractors.profile import Profile
from extractors.readers.html.page import Page
from extractors.readers.opened import Opened
from extractors.text import fold

Named = tuple[str, str]
"""The key of a profile, and what is written there: ``("article", ".note-body")``."""


def named(versions: Sequence[Profile]) -> list[Named]:
    """Return the selectors and headings of a profile's versions."""
    selectors = [("article", s) for v in versions for s in v.article]
    selectors += [("drop", s) for v in versions for s in v.drop]
    headings = [
        ("question" if rule.shape == "asked" else "heading", heading)
        for version in versions
        for rule in version.sections
        for heading in sorted(rule.headings)
    ]
    return list(dict.fromkeys((*selectors, *headings)))


def selectors_found(opened: Opened, wanted: Iterable[Named]) -> Iterator[Named]:
    """Yield the selectors that find something on a page, before it is read; others have none."""
    for key, selector in wanted:
        asked = key in ("article", "drop")
        if asked and (not isinstance(opened, Page) or opened.finds(selector)):
            yield key, selector


def headings_found(document: Document, wanted: Iterable[Named]) -> Iterator[Named]:
    """Yield the headings that are a line of their own, and the questions that open one."""
    lines = [line for block in document.blocks for line in block.text.split("\n")]
    keys = {heading_key(line) for line in lines}
    folded = [fold(line[:200]) for line in lines]
    for key, heading in wanted:
        opens = key == "question" and any(line.startswith(heading) for line in folded)
        if opens or (key != "question" and heading in keys):
            yield key, heading
