"""Boxes that a page sets aside and that are the brief's all the same: its key points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from extractors.model import Block
from extractors.profile import Profile

_SHAPES = ("labelled", "abstract", "summary")


def with_points(blocks: Sequence[Block], profile: Profile) -> Iterable[Block]:
    """Return ``blocks``; an ``<aside>`` that a heading of developments opens is text.

    Its paragraphs are items: what stands behind them, outside the box, is the piece itself.
    """
    boxed = True in [block.marginal for block in blocks]
    return _opened(blocks, profile) if boxed else blocks


def _opened(blocks: Iterable[Block], profile: Profile) -> Iterator[Block]:
    for marginal, run in groupby(blocks, key=lambda block: block.marginal):
        if not marginal:
            yield from run
            continue
        box = list(run)
        rule = profile.section_of(box[0].text)
        if rule is None or rule.name != "developments" or rule.shape not in _SHAPES:
            yield from box
            continue
        yield box[0]._replace(marginal=False)
        for block in box[1:]:
            own = block._replace(marginal=False)
            yield own._replace(kind="item", level=1) if block.kind == "paragraph" else own
