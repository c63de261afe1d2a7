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
from extractors.shapes.months import is_month, name_end
from extractors.text import fold, is_title_case, label_end, opens_quotation

_INITIALS = re.compile(r"\.[A-Z]\.$")  # "Senate Votes Without U.S." is no sentence
_MAX_HEADLINE_WORDS = 20
_MAX_COUNTRY_WORDS = 6
_MIN_CAPITALS = 4  # characters: no "UN"
_MAX_COUNTRY = 60  # characters of a line that is broken behind it
_BEHIND = " :.–—-\n"
_SENTENCE = re.compile(r"[.!?…][”’\"')\]]*(?:\s|$)|”")
_PARTS = re.compile(r"\s*[:.\n]|\s*(?:[–—]|\s-\s)\s*[^\Wa-z]")


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
    heads = (i for i, line in enumerate(lines) if _is_headline(line) or _country(line))
    return lines[next(heads, len(lines)) :]


def _headed(
    manuscript: Manuscript,
    lines: Sequence[Line],
    groups: frozenset[str],
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

    for line in lines:
        if body is None and is_month(line.text):
            line.section = "boilerplate"  # below a headline: when that was
            dated = dated or (entries and headed)
        elif dated and line.block.kind != "heading":
            body = (body[0] if body is not None else line.start, line.end)  # a country's, all of it
        elif fold(line.text) in groups:
            close()
            grouped = True
        elif grouped and body is None and headline is None and opens_quotation(line.text):
            line.section = "context"  # an editorial's words, nobody's statement
        elif _is_headline(line):
            close()
            headed, listed = line.block.kind == "heading", False
            end = name_end(line.text) if entries and headed else len(line.text)
            headline, dated = line.printed(0, end), end < len(line.text)
        elif headed and (
            _is_stressed(line) or (entries and within and body is not None and _runs_in(line))
        ):
            body = (body[0] if body is not None else line.start, line.end)  # a country's, no label
        elif (country := _country(line, below=headline is not None and not listed)) is not None:
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


def _runs_in(line: Line) -> bool:
    return line.block.kind == "paragraph" and 0 < line.block.bold < len(line.text)


def _is_stressed(line: Line) -> bool:
    """Tell whether a paragraph opens with a sentence in bold: no name of a country."""
    if not _runs_in(line):
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
    if "\n" in text or len(text.split()) > _MAX_HEADLINE_WORDS:
        return False
    if text.endswith((",", ";", ":", "…", "”", '"', ")")) or opens_quotation(text):
        return False
    if text.endswith(".") and not _INITIALS.search(text):
        return False
    return block.bold == len(text) or is_title_case(text) or text.isupper()


def _country(line: Line, *, below: bool = False) -> tuple[int, int] | None:
    """Return where a short label ends that opens a paragraph, and where its text begins.

    A colon or the line's end ends it ("Malaysia: ..."); a dash or a full stop does where the page
    marks the label, and nothing need do so where it stands in capitals too. The items of a list
    have one if no headline is ``below`` which they stand.
    """
    text, bold = line.text, line.block.bold
    if line.block.kind != "paragraph" and (line.block.kind != "item" or below):
        return None
    at = label_end(text)
    marked = len(text[:bold].rstrip(_BEHIND))
    if marked and bold < len(text) and (_PARTS.match(text, marked) or _shouts(text, marked)):
        at = marked
    elif not marked and (broken := text.find("\n", 0, _MAX_COUNTRY)) > 0:
        at = len(text[:broken].rstrip(_BEHIND)) if text[broken - 1] not in ".!?" else at
    label = text[:at] if at is not None else ""
    if at is None or not 1 <= len(label.split()) <= _MAX_COUNTRY_WORDS:
        return None
    if not is_title_case(label) and not (at == marked and label[0].isupper()):
        return None
    begin = len(text) - len(text[at:].lstrip(_BEHIND))
    return (at, begin) if begin < len(text) else None


def _shouts(text: str, end: int) -> bool:
    """Tell whether a label of ``end`` characters stands in capitals, and a sentence behind it."""
    return end >= _MIN_CAPITALS and text[:end].isupper() and text[end:].lstrip()[:1].isupper()
