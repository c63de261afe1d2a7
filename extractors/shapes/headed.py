"""News items below a headline on a line of its own, and countries that run in.

Court Upholds Sale        Norland: The army ...
The highest court ...     **Velmar** – The army ...
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.manuscript import Line, Manuscript
from extractors.model import Development, Printed
from extractors.part import Part
from extractors.shapes.countries import (
    MAX_HEADLINE_WORDS,
    bare_end,
    country_end,
    runs_in,
    unparted_end,
)
from extractors.shapes.months import is_bare_month, is_month, name_end
from extractors.text import fold, has_more_words, is_title_case, opens_quotation

_INITIALS = re.compile(r"\.[A-Z]\.$")  # "Senate Votes Without U.S." is no sentence
_ASIDES = frozenset(
    (
        "president's take;the president's take;editor's note;from the president;foreword;"
        "message from the president;letter from the president;our take;podcast;the podcast"
    ).split(";")
)  # headings in a tracker over what somebody thinks
_MAX_COUNTRY = 60  # characters of a heading with a list of names behind it
_SENTENCE = re.compile(r"[.!?…][”’\"')\]]*(?:\s|$)|”")


def read_headed(part: Part) -> Sequence[Line]:
    """Read items of a headline and the paragraphs below it.

    A headline with no text below it heads a group of items, as the rule's ``groups`` do. A
    paragraph "Country: text" is an item of its own. Where the rule has ``overviews``, text without
    a headline is none: it is about several; and what runs in below a country's heading and its
    text is no country.
    """
    lines = part.lines if part.heading is not None else _from_first_headline(part.lines)
    part.place(lines)
    found = _headed(
        part.manuscript,
        lines,
        part.rule.groups,
        part.rule.headings,
        entries=part.rule.overviews,
        within=part.heading is not None,
    )
    if part.rule.overviews:
        for line in _overviews(lines, found):
            line.section = "context"
        found = [row for row in found if row.headline is not None]
    part.found.developments += found
    return ()


def _overviews(lines: Sequence[Line], found: Sequence[Development]) -> list[Line]:
    spans = [(row.text.start or 0, row.text.end or 0) for row in found if row.headline is None]
    return [line for line in lines if any(a <= line.start < b for a, b in spans)]


def read_headlines(manuscript: Manuscript, lines: Sequence[Line]) -> list[Development]:
    """Read ``lines`` as headlines, each with its text below."""
    return _headed(manuscript, lines, frozenset())


def _from_first_headline(lines: Sequence[Line]) -> Sequence[Line]:
    heads = (i for i, line in enumerate(lines) if _is_headline(line) or country_end(line))
    return lines[next(heads, len(lines)) :]


def _headed(
    manuscript: Manuscript,
    lines: Sequence[Line],
    groups: frozenset[str],
    heads: frozenset[str] = frozenset(),
    *,
    entries: bool = False,
    within: bool = False,
) -> list[Development]:
    found: list[Development] = []
    headline: Printed | None = None
    grouped = False
    body: tuple[int, int] | None = None  # its span in the text
    headed = False  # the headline is a heading
    dated = False  # a month stands below it
    listed = False  # the headline is the label of a bullet: so may the next one's be

    def close() -> None:
        nonlocal headline, body, headed, dated
        if body is not None:
            text = manuscript.printed(*body)
            if headline is not None or _SENTENCE.search(text.text):
                found.append(Development(headline, text))  # else a list of names
        headline = body = None
        headed = dated = False

    aside = 0  # the rank of a heading over what its author thinks of the month
    for line in lines:
        if aside and (line.block.kind != "heading" or line.block.level > aside):
            line.section = "context"
            continue
        aside = line.block.level if entries and fold(line.text) in _ASIDES else 0
        if aside:
            close()
            line.section = "context"
        elif body is None and is_month(line.text):
            line.section = "boilerplate"  # below a headline: when that was
            dated = dated or (entries and headed)
        elif entries and (is_bare_month(line.text) or _lists(line.text, heads)):
            line.section = "context"  # a strip of months, or a list of names: "Improved: Kesh"
        elif dated and line.block.kind != "heading":
            body = (body[0] if body is not None else line.start, line.end)  # a country's, all of it
        elif fold(line.text[: name_end(line.text)]) in groups:
            close()
            grouped = True
        elif grouped and body is None and headline is None and opens_quotation(line.text):
            line.section = "context"  # an editorial's words, nobody's statement
        elif _is_headline(line):
            close()
            headed, listed = line.block.kind == "heading", False
            end = name_end(line.text) if entries and headed else len(line.text)
            headline, dated = line.printed(0, bare_end(line.text, end)), end < len(line.text)
        elif headed and (
            _is_stressed(line) or (entries and within and body is not None and runs_in(line))
        ):
            body = (body[0] if body is not None else line.start, line.end)  # a country's, no label
        elif (
            country := country_end(line, below=headline is not None and not listed)
        ) is not None or (
            entries and within and not headed and (country := unparted_end(line)) is not None
        ):
            close()
            listed = line.block.kind == "item"
            headline = line.printed(0, country[0])
            body = (line.start + country[1], line.end)
            if not line.block.bold:
                close()
        else:
            body = (body[0] if body is not None else line.start, line.end)
    close()
    return found


def _lists(text: str, heads: frozenset[str]) -> bool:
    """Tell whether a line names, behind a heading of the section, whom it is about."""
    at = text.find(":", 0, _MAX_COUNTRY)
    return at > 0 and fold(text[:at]) in heads and _SENTENCE.search(text, at) is None


def _is_stressed(line: Line) -> bool:
    """Tell whether a paragraph opens with a sentence in bold: no name of a country."""
    if not runs_in(line):
        return False
    text, bold = line.text, line.block.bold
    marked = text[:bold].rstrip()
    stopped = marked.endswith((".", "!", "?")) or text[bold : bold + 1] in (".", "!", "?")
    return stopped and not is_title_case(marked.rstrip(".!?"))


def _is_headline(line: Line) -> bool:
    block = line.block
    if block.kind == "heading":
        return True
    text = block.text
    if block.kind == "cell" and not text[:1].isalpha():
        return False  # a figure
    if block.kind not in ("paragraph", "cell"):
        return False
    if "\n" in text or len(text.split()) > MAX_HEADLINE_WORDS:
        return False
    if text.endswith((",", ";", ":", "…", "”", '"')) or opens_quotation(text):
        return False
    if text.endswith(")") and not (text.isupper() and has_more_words(text, 1)):
        return False  # a credit
    if text.endswith(".") and not _INITIALS.search(text):
        return False
    return block.bold == len(text) or is_title_case(text) or text.isupper()
