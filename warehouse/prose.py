"""The paragraphs of a brief as a diff sees them: words beside developments and the like. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from warehouse.diff import Change, Item, diff_items
from warehouse.identity import is_volatile, item_keys

# More rows than these tell no more than the two texts themselves.
_MOST_ROWS = 100

Row = Mapping[str, Any]


def paragraphs(text: str, blocks: Sequence[Row], items: Mapping[str, Sequence[Row]]) -> list[Item]:
    """Return the blocks of a body that are no item's; ``items`` are the rows of each table.

    A block is an item's if most of it is printed there. What changes at every visit is left out.
    """
    spans = sorted(_spans(items))
    free = (b for b in _body(text, blocks) if 2 * _covered(b, spans) <= _length(b))
    return _items(text, free)


def body(text: str, blocks: Sequence[Row]) -> list[Item]:
    """Return all blocks of a body, those of its items too."""
    return _items(text, _body(text, blocks))


def diff_prose(old: Sequence[Item], new: Sequence[Item]) -> list[Change]:
    """Align two versions of a brief's paragraphs; where too many changed, return one change."""
    found = diff_items("text", old, new)
    if len(found) > _MOST_ROWS:
        gone = [c.old.text for c in found if c.old and c.change != "moved"]
        come = [c.new.text for c in found if c.new and c.change != "moved"]
        if gone or come:
            before, after = (Item("", "\n\n".join(texts)) for texts in (gone, come))
            found = [Change("text", "reworded", before, after)]
    return found[:_MOST_ROWS]


def _body(text: str, blocks: Sequence[Row]) -> Iterator[Row]:
    for block in blocks:
        if block["section"] not in ("title", "repeat", "boilerplate") and not is_volatile(
            _text_of(text, block)
        ):
            yield block


def _items(text: str, blocks: Iterator[Row]) -> list[Item]:
    texts = [_text_of(text, block) for block in blocks]
    return [Item(key, words) for key, words in zip(item_keys(texts), texts, strict=True)]


def _text_of(text: str, block: Row) -> str:
    return text[block["text_start"] : block["text_end"]].replace("\n", " ")


def _length(block: Row) -> int:
    return int(block["text_end"] - block["text_start"])


def _spans(items: Mapping[str, Sequence[Row]]) -> Iterator[tuple[int, int]]:
    """Yield where items are printed: developments, statements, and the lines that cite."""
    for row in items["developments"]:
        yield row["text_start"], row["text_end"]
        if row["headline_start"] is not None:
            yield row["headline_start"], row["headline_end"]
    for row in items["statements"]:
        for name in ("quote", "attribution") if row["attribution"] else ("quote", "speaker"):
            yield row[f"{name}_start"], row[f"{name}_end"]
    for row in items["links"]:
        if row["section"] == "background":
            yield row["text_start"], row["text_end"]
            yield from zip(row["authors_start"] or (), row["authors_end"] or (), strict=True)


def _covered(block: Row, spans: Sequence[tuple[int, int]]) -> int:
    """Return how many code points of a block lie in ``spans``, which are in order."""
    start, end, covered = block["text_start"], block["text_end"], 0
    for first, last in spans:
        covered += max(0, min(last, end) - max(first, start))
        start = max(start, last)  # what lies in two spans counts once
    return covered
