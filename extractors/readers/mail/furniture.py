"""What mail programs and newsletters put around a text: marked as marginal, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.model import Block
from extractors.readers.letterhead import read_field

_VIEW = re.compile(
    r"(?:(?:having )?(?:trouble|problems?) (?:viewing|reading|seeing) this (?:e-?mail|message)\??"
    r"[ ,]*)?(?:(?:click here to )?(?:view|read|open|see)(?: it| this(?: e-?mail| message"
    r"| newsletter)?| e-?mail)? (?:in|on|with) (?:your |a |the )?(?:web )?(?:browser|online|web)"
    r"|view online|(?:web|online|browser) version|click here)\.?",
    re.I,
)
_FURNITURE = re.compile(
    r"unsubscribe(?: here| from this list| instantly| me)?|to unsubscribe,? click here"
    r"|(?:manage|update|change)(?: your| my)? (?:e-?mail |subscription )*preferences"
    r"|(?:update|edit) (?:your )?(?:profile|subscription)|subscribe(?: here| now)?"
    r"|forward (?:this e-?mail )?to a friend|forward|share|tweet|(?:privacy policy|terms of use)"
    r"|(?:copyright )?(?:©|\(c\)) ?(?:20\d\d)?.{0,120}all rights reserved\.?"
    r"|(?:copyright )?(?:©|\(c\)) ?20\d\d.{0,80}"
    r"|you (?:are receiving|received|'re receiving|’re receiving) this (?:e-?mail|message|"
    r"newsletter) because.{0,200}|want to change how you receive these e-?mails\??"
    r"|this e-?mail was sent to \S+(?: by .{1,100})?\.?"
    r"|you can (?:update your preferences|unsubscribe).{0,80}"
    r"|(?:facebook|twitter|linkedin|instagram|youtube|website|and|or)\b",
    re.I,
)
_BETWEEN = re.compile(r"\W*")
_MAX_FURNITURE = 300
_PASSED_ON = re.compile(
    r"(?:-{2,}\s*(?:forwarded message|original message|forwarded by .{1,80})\s*-{2,}"
    r"|begin forwarded message:?)",
    re.I,
)
_MAX_FIELDS = 12
_TOP = 30  # blocks among which a forwarding mail program begins the message that it passes on


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A body with the message that it passes on in it; subject and date "" where there is none."""

    blocks: Sequence[Block]
    subject: str = ""
    date: str = ""


def settle(blocks: Iterable[Block]) -> list[Block]:
    """Mark the blocks that newsletters have for their own purposes."""
    return [block._replace(marginal=True) if _is_furniture(block) else block for block in blocks]


def view_address(blocks: Iterable[Block]) -> str | None:
    """Return where the newsletter stands on the web, if it says so."""
    for block in blocks:
        if len(block.text) <= _MAX_FURNITURE:
            for anchor in block.anchors:
                words = block.text[anchor.start : anchor.end]
                if words.lower() != "click here" and _VIEW.fullmatch(words):
                    return anchor.url
    return None


def forwarded(blocks: Sequence[Block]) -> Forwarded:
    """Find the message that a body passes on: what stands above it is marginal, its head too."""
    for i, block in enumerate(blocks[:_TOP]):
        first, *rest = block.text.split("\n")
        if not _PASSED_ON.fullmatch(first.strip()):
            continue
        fields: dict[str, str] = {}
        end = i + 1
        lines = [(i, line) for line in rest]
        lines += [(n, ln) for n, b in enumerate(blocks[end:], end) for ln in b.text.split("\n")][
            :_MAX_FIELDS
        ]
        for n, line in lines:
            field = read_field(line)
            if field is None:
                break
            fields.setdefault(*field)
            end = max(end, n + 1)
        settled = [b._replace(marginal=True) for b in blocks[:end]] + list(blocks[end:])
        date = fields.get("date") or fields.get("sent") or ""
        return Forwarded(settled, fields.get("subject", ""), date)
    return Forwarded(blocks)


def _is_furniture(block: Block) -> bool:
    text = block.text.strip()
    if len(text) > _MAX_FURNITURE:
        return False
    if _VIEW.fullmatch(text):
        return True
    # one phrase behind the other: an expression for all of them would try every way to part them
    at = 0
    while at < len(text):
        phrase = _FURNITURE.match(text, at)
        between = _BETWEEN.match(text, phrase.end() if phrase else at)
        if between is None or (phrase is None and between.end() == at):
            return False
        at = between.end()
    return bool(text)
