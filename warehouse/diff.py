"""What a revision changed: items added, removed, reworded or moved. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractors.text import plain_marks

# Two texts that share this much (difflib's ratio) are one item, reworded: an edit of a sentence
# leaves more, two different developments of one brief share less.
REWORDED = 0.6
# Where more pairs than these would have to be compared, the page was rewritten rather than edited:
# its items are removed and added. A brief's edit leaves a handful. So it is with pairs of words.
_MOST_PAIRS = 2_500
_MOST_WORDS = 4_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a brief as a diff sees it, in printed order."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One changed item; the side that does not exist is None."""

    item: str
    change: str
    old: Item | None
    new: Item | None


def diff_items(item: str, old: Sequence[Item], new: Sequence[Item]) -> list[Change]:
    """Align two versions of a brief's items of one kind and return what changed.

    Items of one id are the same, though what stands beside the printed text may have changed: a
    speaker's role, a link's address. Those left over are paired by their words, best match first.
    """
    before = {i.id: i for i in old}
    after = {i.id: i for i in new}
    gone = [i for i in old if i.id not in after]
    come = [i for i in new if i.id not in before]
    beside = [
        (i, after[i.id])
        for i in old
        if i.id in after and plain_marks(after[i.id].text) != plain_marks(i.text)
    ]
    pairs = [*_aligned(gone, come), *beside]
    reworded_old = {a.id for a, _ in pairs}
    reworded_new = {b.id for _, b in pairs}
    return [
        *(Change(item, "removed", i, None) for i in gone if i.id not in reworded_old),
        *(Change(item, "reworded", a, b) for a, b in pairs),
        *(Change(item, "added", None, i) for i in come if i.id not in reworded_new),
        *(Change(item, "moved", i, i) for i in _moved(old, new)),
    ]


def _aligned(gone: Sequence[Item], come: Sequence[Item]) -> list[tuple[Item, Item]]:
    words_gone, words_come = ([i.text.split() for i in items] for items in (gone, come))
    if (
        len(gone) * len(come) > _MOST_PAIRS
        or sum(map(len, words_gone)) * sum(map(len, words_come)) > _MOST_WORDS
    ):
        return []
    scored = sorted(
        ((_alike(a, b), i, j) for i, a in enumerate(words_gone) for j, b in enumerate(words_come)),
        key=lambda s: (-s[0], s[1], s[2]),
    )
    used_old: set[int] = set()
    used_new: set[int] = set()
    pairs = []
    for ratio, i, j in scored:
        if ratio >= REWORDED and i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            pairs.append((i, j))
    return [(gone[i], come[j]) for i, j in sorted(pairs)]


def _alike(a: list[str], b: list[str]) -> float:
    """Return the share of common words, in order; 0 for less than what makes one item."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    # these bounds from above are cheaper by far, and most pairs are far apart
    if matcher.real_quick_ratio() < REWORDED or matcher.quick_ratio() < REWORDED:
        return 0.0
    return matcher.ratio()


def _moved(old: Sequence[Item], new: Sequence[Item]) -> list[Item]:
    """Return the items whose order among the common ones changed: those off the longest run."""
    place = {item.id: i for i, item in enumerate(new)}
    common = [item for item in old if item.id in place]
    order = [place[item.id] for item in common]
    if order == sorted(order):
        return []
    tails: list[int] = []  # least last place of a rising run of each length, and where it stands
    ends: list[int] = []
    before: list[int] = []
    for i, value in enumerate(order):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [i]
    stay = set()
    i = ends[-1]
    while i != -1:
        stay.add(i)
        i = before[i]
    return [item for i, item in enumerate(common) if i not in stay]


def diff_value(item: str, old: str | None, new: str | None) -> list[Change]:
    """Return the change of a brief's own value, such as its title."""
    if old == new:
        return []
    before = Item("", old) if old is not None else None
    after = Item("", new) if new is not None else None
    kind = "added" if before is None else "removed" if after is None else "reworded"
    return [Change(item, kind, before, after)]


def printed_text(row: Mapping[str, str | None], table: str) -> str:
    """Return how an item reads in a diff."""
    if table == "developments":
        headline = row.get("headline")
        return f"{headline}: {row['text']}" if headline else str(row["text"])
    if table == "statements":
        return f"{row['quote']} — {row.get('attribution') or row['speaker']}"
    parts = [f"“{row['title']}”" if row.get("title") else str(row["text"])]
    # how a reader came to an address (tracking parameters) is no part of what is cited
    address = row.get("canonical_url") or row.get("url")
    return " ".join([*parts, *([str(address)] if address else [])])
