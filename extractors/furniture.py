"""Furniture within an article: what the page sets among the words of a brief, told by its text.

Sign-up boxes, embedded posts, pull quotes, teasers, corrections and thanks are marked as marginal,
so that no row takes them in. One that parts a run of prose is put behind the text: a row is one
slice of it, and what floats on a page belongs to no place in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.announced import is_announced, tell_cards, unstuck
from extractors.colophons import is_colophon
from extractors.controls import is_control
from extractors.leads import tell_leads
from extractors.mail_feet import is_mail_foot, lists_others
from extractors.model import Block
from extractors.profile import Profile
from extractors.promoted import is_promoted
from extractors.pull_quotes import tell_pull_quotes
from extractors.running import tell_running
from extractors.text import fold, has_more_words

_MAX_ADDED = 500  # characters; a question may be longer
_MAX_BOX_HEAD = 10  # words
_MAX_OFFER = 30  # words
_MAX_NOTES = 4  # paragraphs below a heading over notes
_MAX_NOTES_HEAD = 40  # characters
_MIN_PROSE = 11  # words
_PROSE = ("paragraph", "quotation", "preformatted")
_NOTES = frozenset(
    (
        "acknowledgment", "acknowledgments", "acknowledgement", "acknowledgements", "correction",
        "corrections", "clarification", "disclaimer", "disclosure", "editor's note",
        "editors' note", "editor's notes", "author's note", "authors' note",
    )
)  # fmt: skip
_INVITES = re.compile(
    r"\b(?:sign(?:ing)? up|subscri\w+|newsletters?|inbox|e-?mail|notified|forwarded to you|"
    r"stay (?:updated|informed))\b",
    re.I,
)
_OFFERS = re.compile(
    r"\b(?:newsletters?|inbox|e-?mail|subscri\w+|updates?|round-?ups?|weekly|daily|monthly|digest|"
    r"insights?|latest|delivered|analysis|our experts|publications|every \w+day)\b",
    re.I,
)
_LETTER = re.compile(
    r"\b(?:newsletters?|letter|inbox|e-?mail|sign up|subscribe|digest|alerts?)\b", re.I
)
_POSTED = re.compile(
    r"(?:[^\n]{0,600}\s)?[—–-]\s*[^\n]{1,80}\(@\w{1,30}(?:@[\w.]+)?\)(?:[\s,·]+[^\n]{0,40})?"
    r"|[^\n]{0,600}\bpic\.(?:twitter|x)\.com/\w+[^\n]{0,120}"
)


def set_apart(blocks: Iterable[Block], profile: Profile) -> list[Block]:
    """Mark the furniture among ``blocks``; what parts a run of prose is put behind all of them."""
    parted: list[Block] = []
    for block in blocks:
        if block.anchors:
            parted += unstuck(block)
        else:
            parted.append(block)
    told = [not block.marginal and _is_furniture(block, profile) for block in parted]
    tell_leads(parted, told, profile)
    if True in told:
        _tell_posts(parted, told)
    tell_running(parted, told)
    tell_pull_quotes(parted, told, profile)
    tell_cards(parted, told, profile)
    _tell_boxes(parted, told, profile)
    if True in told:
        parted = [
            block._replace(marginal=True) if furniture else block
            for block, furniture in zip(parted, told, strict=True)
        ]
    return _floated(parted) if True in [block.marginal for block in parted] else parted


def _is_furniture(block: Block, profile: Profile) -> bool:
    text = block.text
    titled = block.level == 1 and block.kind == "heading"
    if titled or profile.section_of(text) is not None:
        return False
    return (
        profile.is_boilerplate(text)
        or is_announced(block, profile)
        or (
            (len(text) <= _MAX_ADDED or text.endswith("?"))
            and (is_promoted(block) or _is_added(block))
            and not profile.is_citation(text)
        )
        or ("\n" in text and lists_others(text, profile))
        or (("@" in text or "pic." in text) and _POSTED.fullmatch(text) is not None)
    )


def _is_added(block: Block) -> bool:
    """Tell whether a page, a mail program or a printer has added a block; code may look like it."""
    text = block.text
    return block.kind != "preformatted" and (
        is_control(text) or is_colophon(text) or is_mail_foot(text)
    )


def _tell_posts(blocks: Sequence[Block], told: list[bool]) -> None:
    """Tell the words of a post that is embedded as a quotation, above the line that signs it."""
    for at in range(len(blocks) - 1, 0, -1):
        quoted = blocks[at].kind == "quotation" == blocks[at - 1].kind
        told[at - 1] = told[at - 1] or (quoted and told[at])


def _tell_boxes(blocks: Sequence[Block], told: list[bool], profile: Profile) -> None:
    """Tell the head lines of sign-up boxes, and what stands below a heading over notes."""
    if True not in told and not any(
        _heads_notes(block) for block in blocks if len(block.text) < _MAX_NOTES_HEAD
    ):
        return
    begun = False  # above the text a box has no head line: that is the brief's
    for at, block in enumerate(blocks):
        if told[at] and begun and _INVITES.search(block.text) and _heads_box(blocks, told, at):
            told[at - 1] = told[at - 1] or profile.section_of(blocks[at - 1].text) is None
        elif at and told[at - 1] and not told[at] and _is_below_head(block, blocks[at - 1]):
            told[at] = True
        elif _heads_notes(block):
            end = at + 1
            while end < len(blocks) and not _ends_notes(blocks[end], profile):
                end += 1
            end = end if end - at <= _MAX_NOTES + 1 else at + 2
            told[at:end] = [True] * (end - at)
        begun = begun or _begins(block) or profile.section_of(block.text) is not None


def _is_below_head(block: Block, head: Block) -> bool:
    """Tell whether a sentence stands below the ``head`` of a box, and says what comes by mail."""
    marked = head.kind == "heading" or head.bold == len(head.text)
    if not marked or _INVITES.search(head.text) is None or block.kind != "paragraph":
        return False
    short = block.text.endswith((".", "!")) and not has_more_words(block.text, _MAX_OFFER)
    return short and _OFFERS.search(block.text) is not None


def _heads_box(blocks: Sequence[Block], told: Sequence[bool], at: int) -> bool:
    """Tell whether the line above an invitation is its head: nothing else follows below it."""
    head = blocks[at - 1]
    if head.kind not in ("heading", "paragraph") or has_more_words(head.text, _MAX_BOX_HEAD):
        return False
    marked = head.kind == "heading" or head.bold == len(head.text) or head.text.endswith("?")
    if not marked or head.text.endswith("."):
        return False
    asks = head.kind == "paragraph" and head.text.endswith("?")
    if asks or _LETTER.search(head.text) or _is_alone(blocks, at - 1):
        return True
    below = next(
        (b for b, set_aside in zip(blocks[at:], told[at:], strict=True) if not set_aside), None
    )
    return below is None or below.kind in ("heading", "item") or below.bold == len(below.text)


def _is_alone(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether ``blocks[at]`` is the one heading of its rank, where others have theirs."""
    own = blocks[at]
    ranks = [b.level for i, b in enumerate(blocks) if b.kind == "heading" and i != at]
    return own.kind == "heading" and own.level not in ranks and any(rank > 1 for rank in ranks)


def _heads_notes(block: Block) -> bool:
    size = len(block.text)
    marked = size < _MAX_NOTES_HEAD and (block.kind == "heading" or block.bold == size)
    return marked and fold(block.text) in _NOTES


def _ends_notes(block: Block, profile: Profile) -> bool:
    marked = block.kind == "heading" or (0 < block.bold == len(block.text))
    return marked or profile.section_of(block.text) is not None


def _begins(block: Block) -> bool:
    """Tell whether the text has begun with a block: it is a sentence, or more."""
    text = block.text
    sentence = block.kind != "heading" and text.endswith((".", "?", "!", "”", ")"))
    return sentence and has_more_words(text, _MIN_PROSE)


def _floated(blocks: Sequence[Block]) -> list[Block]:
    """Put marginal blocks between two paragraphs behind all others, once the text has begun."""
    kept: list[Block] = []
    floating: list[Block] = []
    run: list[Block] = []
    begun = False
    above: Block | None = None
    for block in blocks:
        if block.marginal:
            run.append(block)
            continue
        within = begun and above is not None and above.kind in _PROSE and block.kind in _PROSE
        (floating if within else kept).extend(run)
        run = []
        kept.append(block)
        above = block
        begun = begun or _begins(block)
    return [*kept, *run, *floating]
