"""News items: a headline on a line of its own, or run in before the first full stop.

headed:  Court Upholds Sale        run_in:  Bank closes its doors. The savings bank ...
         The highest court ...              The terms.
                                            - Tolls stay frozen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from extractors.manuscript import Line, Manuscript
from extractors.model import Development, Printed
from extractors.part import Part
from extractors.shapes.numbered import as_items
from extractors.text import fold, is_title_case, label_end, opens_quotation, sentence_end

_INITIALS = re.compile(r"\.[A-Z]\.$")  # "Senate Votes Without U.S." is no sentence
_MAX_HEADLINE_WORDS = 20
_MAX_LABEL_WORDS = 8
_MAX_LABEL = 60
_MAX_COUNTRY_WORDS = 5
_BEHIND = " :.–—-"
_PARTS = re.compile(r"\s*[:.–—]|\s+-\s")
_MIN_POINTS, _MAX_POINTS = 3, 5
_MAX_POINT_WORDS = 75
_LONGER = 2.5  # times the longest point: the prose below them
_MAX_CAPTION_WORDS = 20
_SAME_WORDS = 6


def read_headed(part: Part) -> Sequence[Line]:
    """Read items of a headline and the paragraphs below it.

    A headline with no text below it heads a group of items, as the rule's ``groups`` do. A
    paragraph "Country: text" is an item of its own.
    """
    lines = part.lines if part.heading is not None else _from_first_headline(part.lines)
    part.place(lines)
    part.found.developments += _headed(part.manuscript, lines, part.rule.groups)
    return ()


def _from_first_headline(lines: Sequence[Line]) -> Sequence[Line]:
    heads = (i for i, line in enumerate(lines) if _is_item_headline(line) or _country(line))
    return lines[next(heads, len(lines)) :]


def _headed(
    manuscript: Manuscript, lines: Sequence[Line], groups: frozenset[str]
) -> list[Development]:
    found: list[Development] = []
    headline: Printed | None = None
    grouped = False
    body: list[Line] = []

    def close() -> None:
        nonlocal headline
        if body:
            found.append(Development(headline, manuscript.printed(body[0].start, body[-1].end)))
        headline = None
        body.clear()

    for line in lines:
        if fold(line.text) in groups:
            close()
            grouped = True
        elif grouped and not body and headline is None and opens_quotation(line.text):
            line.section = "context"  # an editorial's words, nobody's statement
        elif _is_item_headline(line):
            close()
            headline = line.printed(0, len(line.text))
        elif (country := _country(line)) is not None:
            close()
            headline = line.printed(0, country[0])
            found.append(Development(headline, line.printed(country[1], len(line.text))))
            headline = None
        else:
            body.append(line)
    close()
    return found


def _is_item_headline(line: Line) -> bool:
    block = line.block
    if block.kind == "heading":
        return True
    text = block.text
    if block.kind != "paragraph" or "\n" in text or len(text.split()) > _MAX_HEADLINE_WORDS:
        return False
    if text.endswith((",", ";", ":", "…", "”", '"', ")")) or opens_quotation(text):
        return False
    if text.endswith(".") and not _INITIALS.search(text):
        return False
    return block.bold == len(text) or is_title_case(text) or text.isupper()


def _country(line: Line) -> tuple[int, int] | None:
    """Return where a short label ends that opens a paragraph, and where its text begins.

    A colon ends it ("Malaysia: ..."); a dash or a full stop does where the page marks the label.
    """
    text, bold = line.text, line.block.bold
    if line.block.kind != "paragraph":
        return None
    marked = text[:bold].rstrip(_BEHIND)
    at = label_end(text)
    if marked and bold < len(text) and _PARTS.match(text, len(marked)):
        at = len(marked)
    label = text[:at] if at is not None else ""
    if at is None or not 1 <= len(label.split()) <= _MAX_COUNTRY_WORDS or not is_title_case(label):
        return None
    begin = len(text) - len(text[at:].lstrip(_BEHIND))
    return (at, begin) if begin < len(text) else None


def read_run_in(part: Part) -> Sequence[Line]:
    """Read items whose headline runs in: it ends with the first full stop, which is dropped.

    Bullets below a paragraph belong to its item. A paragraph without headline is an item too.
    Where no heading opens them, several paragraphs with a headline each must follow one another.
    """
    lines = part.lines if part.heading is not None else _from_first_run_in(part.lines)
    part.place(lines)
    part.found.developments += _run_in(part.manuscript, lines, part.rule.groups)
    return ()


def _from_first_run_in(lines: Sequence[Line]) -> Sequence[Line]:
    titled = [_has_run_in_title(line) for line in lines]
    for at in range(len(lines)):
        if all(titled[at : at + _MIN_POINTS]) and len(titled) >= at + _MIN_POINTS:
            return lines[at:]
    return ()


def _has_run_in_title(line: Line) -> bool:
    end = run_in_label(line)
    if end is None or end == len(line.text):
        return False
    return line.block.bold > 0 or is_title_case(line.text[:end])


def _run_in(
    manuscript: Manuscript, lines: Sequence[Line], groups: frozenset[str]
) -> list[Development]:
    items: list[tuple[int | None, list[Line]]] = []
    for line in lines:
        if fold(line.text) in groups or line.block.kind == "heading":
            continue
        label = run_in_label(line)
        below = line.block.kind == "item" or (line.block.level > 0 and label is None)
        alone = bool(items) and items[-1][0] == len(items[-1][1][-1].text)
        if items and (below or alone):
            items[-1][1].append(line)
        else:
            items.append((label, [line]))
    found = []
    for label, group in items:
        head, end = group[0], group[-1].end
        if label is None or (label == len(head.text) and len(group) == 1):
            found.append(Development(None, manuscript.printed(head.start, end)))
        else:
            headline = head.printed(0, len(head.text[:label].rstrip(". ")))
            found.append(Development(headline, manuscript.printed(head.start + label, end)))
    return found


def run_in_label(line: Line) -> int | None:
    """Return the offset behind the full stop that ends a run-in headline, or None."""
    text, bold = line.text, line.block.bold
    if line.block.kind == "item" or opens_quotation(text):
        return None
    marked = text[:bold].rstrip()
    if 0 < bold < len(text) and marked.endswith((".", "?", "!")) and marked.rstrip(". "):
        return len(marked)
    if 0 < bold < len(text):
        return None  # the page marks what it stresses, and this is no label
    end = sentence_end(text)
    if end is None:
        end = len(text) if text.endswith(".") else None
    if end is None or end > _MAX_LABEL or len(text[:end].split()) > _MAX_LABEL_WORDS:
        return None
    if not text[:end].rstrip(". "):
        return None
    opens = text[:1].isupper() or text[:1] in "‘“"
    return end if opens or (text[:1].isdigit() and is_title_case(text[:end])) else None


def read_summary(part: Part) -> Sequence[Line]:
    """Read the points that sum a brief up, each a development without label.

    Where no heading says that they do, only a list of the usual length does, above all prose.
    """
    lines = part.lines if part.heading is not None else _from_first_list(part.lines)
    points = as_items(lines)
    end = _summary_end(points)
    part.place(lines[:end])
    part.found.developments += [
        Development(None, line.printed(0, len(line.text))) for line in points[:end]
    ]
    return lines[end:]


def _from_first_list(lines: Sequence[Line]) -> Sequence[Line]:
    at = next((i for i, line in enumerate(lines) if line.block.kind == "item"), len(lines))
    if any(len(line.text.split()) > _MAX_CAPTION_WORDS for line in lines[:at]):
        return ()
    size = sum(1 for _ in takewhile(lambda line: line.block.kind == "item", lines[at:]))
    return lines[at:] if _MIN_POINTS <= size <= _MAX_POINTS + 1 else ()


def _summary_end(lines: Sequence[Line]) -> int:
    """Return how many of ``lines`` sum the brief up: its bullets, or short paragraphs that were.

    Without bullets the prose below shows by its length, alone or beside theirs, because it is the
    first of two sentences, or because it takes the first point up again in the same words.
    """
    items = 0
    while items < len(lines) and lines[items].block.kind == "item":
        items += 1
    if items:
        return items
    openings: set[str] = set()
    longest = 0
    terse = True  # each point is one sentence
    for at, line in enumerate(lines):
        words = line.text.split()
        opening = fold(" ".join(words[:_SAME_WORDS]))
        if (
            at >= _MAX_POINTS
            or len(words) > _MAX_POINT_WORDS
            or opening in openings
            or (at >= _MIN_POINTS and len(words) > _LONGER * longest)
            or (at >= _MIN_POINTS and terse and sentence_end(line.text) is not None)
            or line.block.kind == "heading"
        ):
            return at
        openings.add(opening)
        longest = max(longest, len(words))
        terse = terse and sentence_end(line.text) is None
    return len(lines)
