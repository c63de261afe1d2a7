"""Names that head experts' words, told from those of the authors of the piece."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.author_cards import name_end
from extractors.bylines import is_names, is_sentence
from extractors.manuscript import Line
from extractors.people import read_people


def speaker_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the places of names that head an expert's words: again and again amid the prose.

    Prose stands above them, and right below them or below a headline. A byline stands above it all.
    """
    prose = [at for at, line in enumerate(lines) if is_sentence(line)]
    if not prose:
        return frozenset()
    below = {at for n in prose for at in (n - 1, n - 2)}
    apart = below.difference(prose)
    found = frozenset(at for at in apart if at > prose[0] and is_names(lines[at]))
    early = {at for at in below if 1 < at < prose[0] and is_names(lines[at])}
    found |= {at for at in early if _headed_as(lines, at, found)}
    by = {at for at in found if lines[at].text[:3].lower() == "by "}
    found -= by if len(by) == 1 else set()  # the others are marked in another way
    return found if len(found) > 1 else frozenset()


def _headed_as(lines: Sequence[Line], at: int, others: frozenset[int]) -> bool:
    """Tell whether the first name is marked as all the others, or below a heading as theirs are."""
    marks = {_mark(lines[n]) for n in (at, *others)}
    ranks = {
        lines[n - 1].block.level if lines[n - 1].block.kind == "heading" else 0
        for n in (at, *others)
    }
    alike = len(marks) == 1 and marks.pop() is not None
    return bool(others) and (alike or (len(ranks) == 1 and ranks.pop() > 1))


def _mark(line: Line) -> tuple[int, bool] | None:
    """Return how a line with one name is set apart: its rank, or bold type; None if it is not."""
    block = line.block
    if len(read_people(line, 0, name_end(line))) != 1:
        return None
    rank, bold = block.level if block.kind == "heading" else 0, block.bold > 0
    return (rank, bold) if rank > 1 or bold else None
