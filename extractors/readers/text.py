"""Plain text to blocks: every line is a block, unless the text is hard-wrapped."""

from __future__ import annotations

import re

from extractors.model import Block, Document
from extractors.text import clean, collapse

_BULLET = re.compile(r"^(\s*)(?:[•●▪■◦‣∙·]\s*|[-*–]\s+)(?=\S)")
_NUMBER = re.compile(r"^(\s*)\d{1,2}[.)]\s+(?=\S)")

# A wrapped text has hardly a line beyond 80 columns and many that come close; a page stored one
# paragraph a line has lines of hundreds of characters.
_WRAP_LIMIT = 84
_WRAP_FULL = 55


def read_text(text: str, *, url: str = "") -> Document:
    """Read plain ``text``. Bullets become items (without their glyph), other lines paragraphs."""
    lines = clean(text).splitlines()
    if _is_wrapped(lines):
        lines = _unwrap(lines)
    numbered = sum(1 for line in lines if _NUMBER.match(line)) >= 2
    blocks = []
    margin: int | None = None
    for line in lines:
        bullet = _BULLET.match(line) or (_NUMBER.match(line) if numbered else None)
        content = collapse(line[bullet.end() :] if bullet else line)
        if not content:
            continue
        if bullet:
            indent = len(bullet[1].expandtabs(4))
            margin = indent if margin is None else min(margin, indent)
            blocks.append(Block("item", content, level=1 + (indent - margin) // 2))
        else:
            blocks.append(Block("paragraph", content))
    return Document(format="text", blocks=tuple(blocks), url=url or None)


def _is_wrapped(lines: list[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    if len(filled) < 8 or max(map(len, filled)) > _WRAP_LIMIT:
        return False
    return sum(len(line) >= _WRAP_FULL for line in filled) > len(filled) // 2


def _unwrap(lines: list[str]) -> list[str]:
    """Join the lines of each paragraph; a blank line, a bullet or a short line ends one."""
    joined: list[str] = []
    open_paragraph = False
    for line in lines:
        if not line.strip():
            open_paragraph = False
            continue
        if open_paragraph and not _BULLET.match(line) and not _NUMBER.match(line):
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
        open_paragraph = len(line) >= _WRAP_FULL
    return joined
