"""Plain text to blocks: every line is a block, unless the text is hard-wrapped."""

from __future__ import annotations

import re
from itertools import compress

from extractors.model import Block, Document
from extractors.readers.emphasis import is_emphasised, plain
from extractors.readers.entities import unescape_text
from extractors.readers.letterhead import read_letterhead, sent_at
from extractors.readers.printouts import without_page_lines
from extractors.readers.wrapped import unwrap
from extractors.text import clean, collapse

# U+F0B7 is the bullet of the Symbol font, which Word and PDF files leave as it is.
BULLET = re.compile(
    r"^(\s*)(?:[•●▪■◦‣∙·⁃►▶➤➢❖◆♦→✓✔➔➜○\uf0b7\uf0a7\uf0d8]\s*|[-*–]\s+|o\s{2,}|(?<=\s\s)o\s)(?=\S)"
)
"""A bullet at the start of a line; its group is the indent."""

_GLYPHS = "•●▪■◦‣∙·⁃►▶➤➢❖◆♦→✓✔➔➜○\uf0b7\uf0a7"
_LONE_BULLET = re.compile(rf"^([ \t]*[{_GLYPHS}])[ \t]*\n\s*", re.M)

_LONE_DASH = re.compile(r"^( {2,}[-*–])[ \t]*\n\s*?(?<=\n) {2,}(?=\S)", re.M)

NUMBER = re.compile(r"^(\s*)\d{1,2}[.)]\s+(?=\S)")
"""A number at the start of a line, as lists have it; its group is the indent."""

_TOP = 6  # blocks among which a copied page's menu is
_APART = re.compile(r"(?<=\S)(?: {2,}| ?\t[ \t]*)(?=\S)")
_MAX_MENU = 200

_BREAKS = re.compile(r"\r\n?\f?|\n\f|[\x0b\x0c\x1c-\x1e]")
_BREAKING = "\r\f\x0b\x1c\x1d\x1e"  # one of these is in all that the expression finds
_QUOTED = re.compile(r"^\s{0,3}>\s?")


def read_text(text: str, *, url: str = "") -> Document:
    """Read plain ``text``. Bullets become items (without their glyph), other lines paragraphs.

    Lines behind ``>`` are a quotation, unless most lines are: then the text was forwarded so. The
    head of a mail that was pasted above it is marginal; it declares the title and the day.
    """
    head = read_letterhead(text)
    if head is None:
        return Document(format="text", blocks=tuple(text_blocks(text)), url=url or None)
    fields = [Block("paragraph", line, marginal=True) for line in _filled(text[: head.end])]
    return Document(
        format="text",
        blocks=(*fields, *text_blocks(text[head.end :])),
        url=url or None,
        title=head.subject or None,
        published=sent_at(head.date),
    )


def _filled(text: str) -> list[str]:
    return [line for part in text.splitlines() if (line := collapse(clean(part)))]


def text_blocks(text: str) -> list[Block]:
    """Take plain ``text`` apart into blocks."""
    text = unescape_text(text)
    if any(char in text for char in _BREAKING):
        text = _BREAKS.sub("\n", text)
    if any(glyph in text for glyph in _GLYPHS):
        text = _LONE_BULLET.sub(r"\1 ", text)
    if "\n   " in text:
        text = _LONE_DASH.sub(r"\1 ", text)  # so mail programs write items that are paragraphs
    lines = [line if line.isprintable() else clean(line) for line in text.splitlines()]
    lines, of_pages = without_page_lines(_dedented(lines))
    blocks: list[Block] = []
    emphasised = "*" in text and is_emphasised(lines)
    for quoted, stretch in _stretches(lines):
        found = _blocks(unwrap(stretch))
        if emphasised:
            found = [_plain(block) for block in found]
        if quoted:
            found = [Block("quotation", b.text) if b.kind == "paragraph" else b for b in found]
        blocks += found
    return blocks + [Block("paragraph", collapse(line), marginal=True) for line in of_pages]


def _dedented(lines: list[str]) -> list[str]:
    """Take off the blanks that all lines begin with."""
    if not lines or any(line[:1] > " " for line in lines):
        return lines  # most texts
    indent = min((len(x) - len(x.lstrip(" ")) for x in lines if x.strip()), default=0)
    return [line[indent:] for line in lines]


def _plain(block: Block) -> Block:
    text, bold = plain(block.text)
    return block._replace(text=text, bold=bold)


def _stretches(lines: list[str]) -> list[tuple[bool, list[str]]]:
    """Part the lines that are quoted from those that are not, and take the marks off."""
    if not any(">" in line for line in lines):
        return [(False, lines)]
    filled = [line for line in lines if line.strip()]
    marked = sum(_QUOTED.match(line) is not None for line in filled)
    above: list[str] = []
    below: list[str] = []
    while marked > len(filled) // 2:
        # it was forwarded so; what whoever did says above it, or below, is wrapped on its own
        at = [i for i, line in enumerate(lines) if _QUOTED.match(line)]
        above += lines[: at[0]]
        below = lines[at[-1] + 1 :] + below
        lines = [_QUOTED.sub("", line) for line in lines[at[0] : at[-1] + 1]]
        filled = [line for line in lines if line.strip()]
        marked = sum(_QUOTED.match(line) is not None for line in filled)
    around = [[(False, part)] if part else [] for part in (above, below)]
    return [*around[0], *_parted(lines, marked), *around[1]]


def _parted(lines: list[str], marked: int) -> list[tuple[bool, list[str]]]:
    if not marked:
        return [(False, lines)]
    stretches: list[tuple[bool, list[str]]] = []
    for line in lines:
        quoted = False
        while m := _QUOTED.match(line):
            quoted, line = True, line[m.end() :]
        if not stretches or stretches[-1][0] is not quoted:
            stretches.append((quoted, []))
        stretches[-1][1].append(line)
    return stretches


def _blocks(lines: list[str]) -> list[Block]:
    lines = list(filter(None, lines))
    # most lines open with a letter, which is no bullet: spare the expressions
    listed = [not line[0].isalpha() or line[0] == "o" for line in lines]
    numbered = sum(1 for line in compress(lines, listed) if NUMBER.match(line)) >= 2
    blocks: list[Block] = []
    margin: int | None = None
    for line, may_be in zip(lines, listed, strict=True):
        bullet = None
        if may_be:
            bullet = BULLET.match(line) or (NUMBER.match(line) if numbered else None)
        content = collapse(line[bullet.end() :] if bullet else line)
        if not content:
            continue
        if bullet:
            indent = len(bullet[1].expandtabs(4))
            margin = indent if margin is None else min(margin, indent)
            blocks.append(Block("item", content, level=1 + (indent - margin) // 2))
        else:
            top = len(blocks) < _TOP
            blocks.append(Block("paragraph", content, marginal=top and _is_menu(line)))
    return blocks


def _is_menu(line: str) -> bool:
    """Tell whether a line at the top of a page was its menu: words set apart, and no sentence."""
    line = line.strip()
    if len(line) >= _MAX_MENU or line.endswith((".", "”", ":", ",")):
        return False
    return len(_APART.findall(line)) > 1
