"""What must hold of every document, whatever was done to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from extractors.model import (
    BLOCK_SEPARATOR,
    BlockKind,
    Brief,
    Extraction,
    Printed,
    Section,
)

_SECTIONS, _KINDS = frozenset(get_args(Section)), frozenset(get_args(BlockKind))


class Broken(AssertionError):
    """Something that must hold and does not; the message begins with which rule."""


def check(extraction: Extraction) -> None:
    """Raise :class:`Broken` if ``extraction`` breaks a rule."""
    if (extraction.brief is None) == (extraction.rejection is None):
        raise Broken("outcome: neither a brief nor a rejection, or both")
    if extraction.rejection is not None:
        if not extraction.rejection.reason or not extraction.rejection.message:
            raise Broken("rejection: without reason or message")
        return
    assert extraction.brief is not None
    brief = extraction.brief
    _check_text(brief)
    _check_blocks(brief)
    for field, value in printed(brief):
        _check_printed(field, value, brief.text)
    share = brief.coverage
    if share is not None and not 0 <= share <= 1:
        raise Broken(f"coverage: {share}")


def _check_text(brief: Brief) -> None:
    if not brief.text.strip():
        raise Broken("text: empty")
    try:
        brief.text.encode()
        for value in (brief.url, brief.canonical_url, brief.language, brief.license_url):
            (value or "").encode()
    except UnicodeEncodeError as error:
        raise Broken("text: a lone surrogate") from error
    if "\x00" in brief.text:
        raise Broken("text: a null")


def _check_blocks(brief: Brief) -> None:
    at = 0
    for nth, block in enumerate(brief.blocks):
        if nth:
            if not brief.text.startswith(BLOCK_SEPARATOR, at):
                raise Broken("blocks: no separator between two")
            at += len(BLOCK_SEPARATOR)
        if block.start != at or block.end <= block.start:
            raise Broken("blocks: a gap, an overlap or an empty one")
        if block.section not in _SECTIONS or block.kind not in _KINDS:
            raise Broken(f"blocks: section {block.section}, kind {block.kind}")
        at = block.end
    if at != len(brief.text):
        raise Broken("blocks: they do not reach the end of the text")


def printed(brief: Brief) -> Iterator[tuple[str, Printed]]:
    """Yield every printed value of ``brief`` with the name of its field."""
    values: list[tuple[str, Printed | None]] = [
        ("title", brief.title),
        ("kind", brief.kind),
        ("published_printed", brief.published_printed),
        *(("authors", author) for author in brief.authors),
    ]
    for d in brief.developments:
        values += [("headline", d.headline), ("development", d.text)]
    for s in brief.statements:
        values += [("quote", s.quote), ("speaker", s.speaker), ("role", s.role)]
        values += [("affiliation", s.affiliation), ("attribution", s.attribution)]
    for link in brief.links:
        values += [("link", link.text), ("link title", link.title), ("outlet", link.outlet)]
        values += [("link authors", author) for author in link.authors]
    return ((field, value) for field, value in values if value is not None)


def _check_printed(field: str, value: Printed, text: str) -> None:
    if not value.text.strip():
        raise Broken(f"printed: {field} is empty")
    if value.start is None or value.end is None:
        if (value.start, value.end) != (None, None):
            raise Broken(f"printed: {field} has one offset")
        try:
            value.text.encode()
        except UnicodeEncodeError as error:
            raise Broken(f"printed: {field} of the metadata has a lone surrogate") from error
    elif value.start < 0 or text[value.start : value.end] != value.text:
        raise Broken(f"printed: {field} is not what the text says there")
