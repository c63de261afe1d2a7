"""Developments: bullets or paragraphs, with a label before the first colon or without one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.manuscript import Line, Manuscript
from extractors.model import BLOCK_SEPARATOR, Development
from extractors.part import Part
from extractors.prose import is_subheading
from extractors.shapes import between
from extractors.shapes.headed import read_headlines
from extractors.shapes.labels import (
    bold_end,
    is_label,
    label_end,
    line_label_end,
    run_in_label,
    spells,
)
from extractors.shapes.numbered import as_items
from extractors.shapes.pairs import pairs_end, read_pairs
from extractors.text import is_title_case

_STOPS = (".", "!", "?", "…", "”")
_SIBLING_WORDS = 10
_ABOVE = 24  # lines among which all bullets have labels, if more may come below a box
_MIN_HEADED = 3  # lines: two headlines at least, of which one has text


def read_labelled(part: Part) -> Sequence[Line]:
    """Read developments up to a subheading, or to prose that follows a list.

    Where the section begins with a subheading, each of that rank is the label of what is below it.
    """
    if size := pairs_end(part.lines, part.heading.block.level if part.heading else 0):
        part.place(part.lines[:size])
        part.found.developments += read_pairs(part.manuscript, part.lines[:size])
        return part.lines[size:]
    if size := _headlines_end(part):
        part.place(part.lines[:size])
        part.found.developments += read_headlines(part.manuscript, part.lines[:size])
        return part.lines[size:]
    lines = as_items(part.lines)
    end = 0
    listed = False
    within: set[int] = set()  # what stands between two bullets and is no part of their list
    for line in _first_list(lines):
        prose_below = listed and line.block.kind != "item" and line.block.level == 0
        if prose_below and end not in within:
            item = next_labelled(lines, end)
            if item is None:
                break
            within.update(range(end, item))
        elif not prose_below and end and is_subheading(line):
            break
        listed = listed or line.block.kind == "item"
        end += 1
    part.place(line for at, line in enumerate(part.lines[:end]) if at not in within)
    between.place([part.lines[at] for at in sorted(within)])
    part.found.developments += read_developments(
        part.manuscript,
        [line for at, line in enumerate(lines[:end]) if at not in within and not _is_figure(line)],
        nested_own=part.rule.nested_own,
        labels=part.rule.labels,
    )
    return part.lines[end:]


def _headlines_end(part: Part) -> int:
    """Return how many lines the section's headlines and their texts fill, 0 if it has none."""
    lines, section = part.lines, part.heading
    if section is None or len(lines) < _MIN_HEADED or not _is_marked(lines[0]):
        return 0
    first = lines[0].block
    if first.kind == "heading" and not 0 < section.block.level < first.level:
        return 0  # the next section's
    size = next(
        (at for at, line in enumerate(lines) if line.block.kind == "heading" and at
         and (first.kind != "heading" or line.block.level < first.level)),
        len(lines),
    )  # fmt: skip
    marked = [_is_marked(line) for line in lines[:size]]
    if marked.count(True) < _MIN_HEADED - 1 or marked[-1]:
        return 0
    return 0 if any(a and b for a, b in pairwise(marked)) else size


def _is_marked(line: Line) -> bool:
    block = line.block
    return block.kind == "heading" or (
        block.kind == "paragraph" and block.bold == len(line.text) and is_subheading(line)
    )


def _is_figure(line: Line) -> bool:
    """Tell whether a cell of a table holds a name or a figure, and tells of nothing by itself."""
    return line.block.kind == "cell" and not line.text.endswith(_STOPS) and ":" not in line.text


def next_labelled(lines: Sequence[Line], at: int) -> int | None:
    """Return where the list goes on behind a few short lines: each bullet of it has a label."""
    if lines[at].block.kind == "heading":
        return None
    item = between.next_item(lines, at)
    if item is None or not _has_label(lines[item]):
        return None
    above = (x for x in lines[max(0, at - _ABOVE) : at] if x.block.kind == "item")
    return item if all(map(_has_label, above)) else None


def _has_label(line: Line) -> bool:
    end = bold_end(line) or label_end(line.text)
    return end is not None and is_label(line, end, alike=False)


def _first_list(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines up to a second list: behind furniture, of words after one of sentences."""
    ended = [_ends(line) for line in lines]
    at = ended.index(False) if False in ended else 0
    if not at or ended[at - 1] is None:
        return lines
    end = ended.index(None, at) if None in ended[at:] else len(ended)
    if True in ended[at:end]:
        return lines
    apart = lines[at].start - lines[at - 1].end > len(BLOCK_SEPARATOR)  # something was set aside
    return lines[:at] if apart else lines


def _ends(line: Line) -> bool | None:
    """Tell whether an item ends as a sentence does; None for what is no item."""
    return line.text.endswith(_STOPS) if line.block.kind == "item" else None


def read_developments(
    manuscript: Manuscript,
    lines: Sequence[Line],
    *,
    nested_own: bool = False,
    labels: str = "colon",
) -> list[Development]:
    """Read every line of a section as one development, or as the end of the one before it.

    A nested item (unless ``nested_own``), and a further paragraph of an item, continue the
    development above them. ``labels`` says what ends a label: a ``colon``, or ``any`` of colon and
    full stop ("Mali. Troops ..."); with ``none`` a colon is but a colon.
    """
    groups: list[list[Line]] = []
    base = min((line.block.level for line in lines if line.block.kind == "item"), default=0)
    for line in lines:
        block = line.block
        nested = block.kind == "item" and block.level > base and not nested_own
        continues = block.kind == "paragraph" and block.level > 0
        if groups and (nested or continues):
            groups[-1].append(line)
        else:
            groups.append([line])
    if labels == "none":
        return [_unlabelled(manuscript, group) for group in groups]
    heads = [group[0] for group in groups]
    colons = [bold_end(line) or label_end(line.text) for line in heads]
    broken = [line_label_end(line) for line in heads]
    if len(heads) > 1 and None not in broken:
        colons = broken
    # Where every development has a short run before a colon, that run is its label in any case.
    alike = len(heads) > 1 and all(
        at is not None and len(line.text[:at].split()) <= _SIBLING_WORDS
        for line, at in zip(heads, colons, strict=True)
    )
    return [
        (labels == "any" and _stopped(manuscript, group))
        or _development(manuscript, group, at, alike)
        for group, at in zip(groups, colons, strict=True)
    ]


def _unlabelled(manuscript: Manuscript, group: list[Line]) -> Development:
    return Development(None, manuscript.printed(group[0].start, group[-1].end))


def _stopped(manuscript: Manuscript, group: list[Line]) -> Development | None:
    """Read a development whose label ends with a full stop, in title case: it is no sentence."""
    head = group[0]
    end = run_in_label(Line(head.block._replace(kind="paragraph"), head.start))
    if end is None or end == len(head.text) or not is_title_case(head.text[:end]):
        return None
    if not spells(head.text[:end]):
        return None
    label = head.printed(0, len(head.text[:end].rstrip(". ")))
    return Development(label, manuscript.printed(head.start + end, group[-1].end))


def _development(
    manuscript: Manuscript, group: list[Line], at: int | None, alike: bool
) -> Development:
    head, end = group[0], group[-1].end
    if at is None or not is_label(head, at, alike) or head.start + at + 1 >= end:
        return _unlabelled(manuscript, group)
    return Development(head.printed(0, at), manuscript.printed(head.start + at + 1, end))
