"""Hard-wrapped text: which lines are one paragraph.

Whoever wraps fills each line as far as the next word lets him. So a line goes on in the next one
if that one's first word would not have fitted any more, and a line with room left ends a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.dates import PRINTED_DATE
from extractors.text import is_title_case, opens_quotation, stays_open

_WIDEST = 100  # nobody wraps wider; a page stored one paragraph a line has hundreds of characters
_NARROWEST = 40  # lines of this length and less are titles, names, verses
_INDENT = "  "  # before a bullet in a mail, at least
_LISTED = 60  # characters that an indented list is wrapped at, at least
_ENOUGH = 3  # lines that go on, before a text counts as wrapped
_SHARE = 0.5  # of the lines with one below them
_FEW = 0.25  # of them, if most go on with a small letter: short lines stand around a short brief
_SURE_SHARE = 0.6
_INSIDE_SHARE = 0.2  # of these begin with a small letter, as a list of names does not
_UNBROKEN = re.compile(r"\S{40,}")  # an address stands beyond the margin
_BULLET = re.compile(r"^\s*(?:[•●▪■◦‣∙·⁃►▶➤➢❖◆♦→✓✔➔➜○\uf0b7\uf0a7\uf0d8]\s*|[-*]\s+)\S")
_DASH = re.compile(r"^\s*–\s+\S")
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+\S")
_ITEM = re.compile(rf"{_BULLET.pattern}|{_NUMBER.pattern}|[o○–]\s+\S")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?…:;]['\"’”)\]]*$|[”\"]$")
_OPEN_END = re.compile(r"[.!?…:;,’”\"')\]]$")
_DATELINE = re.compile(rf"{PRINTED_DATE}(?:\s*[|•·]\s*\S.{{0,80}})?", re.I)
_HEADING_SHARE = 0.8  # of the width: a heading hardly fills its line
_CITATION = re.compile(r"[“\"][^“”\"]{3,},[”\"] (?:by )?[A-Z]")  # “Title,” by A; “Title,” Outlet
_HYPHENED = re.compile(r"\w[-–]$|\w—$")
_TAIL = 40  # characters from which the end of a paragraph is told: joined ones may be endless


def unwrap(lines: Sequence[str]) -> list[str]:
    """Join the lines of each paragraph, if the text is wrapped; else return it as it is.

    Blank lines are dropped where lines are joined. A bullet always starts a line of its own.
    """
    width = wrap_width(lines)
    if width is None and _INDENT in [line[: len(_INDENT)] for line in lines]:
        # an indented list is wrapped on its own
        width = wrap_width([line for line in lines if not line.startswith(_INDENT)])
    spaced = _is_spaced(lines)
    joined: list[str] = []
    last = ""  # the line as it stood, blank if nothing can go on from it
    column = 0  # where the words of the bullet above begin
    indent = 0  # where that bullet stands
    for i, line in enumerate(lines):
        if _hangs(line, column) or (indent and _hangs_below(last, line, indent)):
            joined[-1] = join(joined[-1], line)
            last = line
            continue
        bullet = _BULLET.match(line)
        column = bullet.end() - 1 if bullet else 0
        indent = 0
        if line.startswith(_INDENT) and (bullet or _ITEM.match(line.lstrip(" "))):
            indent = len(line) - len(line.lstrip(" "))
        if width and last.strip() and line.strip() and _goes_on(last, line, width):
            below = lines[i + 1] if i + 1 < len(lines) else ""
            alone = not below.strip() or not _goes_on(line, below, width)
            first = joined[-1] == last
            headed = first and _BULLET.match(below) is not None
            cited = first and all(_CITATION.match(cites.strip()) for cites in (last, line))
            if not cited and (
                spaced
                or not (
                    opens_paragraph(joined[-1], line, alone=alone, width=width)
                    or (headed and _heads_list(last, line, width))
                )
            ):
                joined[-1] = join(joined[-1], line)
                last = line
                continue
        if width is None or line.strip():
            joined.append(line)
        last = line
    return joined


def _hangs(line: str, column: int) -> bool:
    """Tell whether ``line`` is indented to where the words of the bullet above it begin."""
    words = line.lstrip(" ")
    indented = column > 0 and len(line) - len(words) >= column
    return indented and bool(words.strip()) and not _ITEM.match(words)


def _hangs_below(above: str, line: str, indent: int) -> bool:
    """Tell whether ``line`` stands right below a bullet that is indented, and goes on from it.

    Mail programs indent a list so, and wrap it narrower than the text around it. What is filled
    goes on; a line with room left is a label above its text.
    """
    words = line.lstrip(" ")
    if len(line) - len(words) != indent or _ITEM.match(words):
        return False
    word = words.split(None, 1)[:1]
    return bool(word) and len(above.rstrip()) + 1 + len(word[0]) > _LISTED


def wrap_width(lines: Sequence[str]) -> int | None:
    """Return the width that the text is wrapped at, in characters; None if it is not."""
    filled = [bare for line in lines if (bare := line.rstrip())]
    if any(len(line) > _WIDEST and not _UNBROKEN.search(line) for line in filled):
        return None  # most texts: their paragraphs are lines
    breakable = [line for line in filled if not _UNBROKEN.search(line)]
    if len(breakable) < _ENOUGH + 1:
        return None
    width = max(map(len, breakable))
    if not _NARROWEST <= width <= _WIDEST:
        return None
    below = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    full = [b for a, b in below if _goes_on(a, b, width)]
    inside = sum(line.lstrip()[0].islower() for line in full)
    sure = inside >= _SURE_SHARE * len(full)
    if len(full) < _ENOUGH or len(full) < (_FEW if sure else _SHARE) * len(below):
        return None
    return width if inside >= _INSIDE_SHARE * len(full) else None


def join(above: str, below: str) -> str:
    """Join two lines; a word that the wrapper broke at its own hyphen gets no space."""
    above, below = above.rstrip(), below.strip()
    space = "" if _HYPHENED.search(above[-_TAIL:]) and below[:1].isalnum() else " "
    return above + space + below


def _goes_on(line: str, below: str, width: int) -> bool:
    line = line.rstrip()
    if _BULLET.match(below):
        return False
    if _DASH.match(below) and not line.endswith(("”", '"')):  # there it names who said so
        return False
    if _NUMBER.match(below) and _SENTENCE_END.search(line):
        return False
    word = below.split(None, 1)[0]
    return len(line) + 1 + len(word) > width


def _is_spaced(lines: Sequence[str]) -> bool:
    """Tell whether blank lines part the paragraphs: then no line between them begins one."""
    stripped = [line.strip() for line in lines]
    blank = sum(not b for a, b in pairwise(stripped) if a)
    filled = sum(map(bool, stripped))
    return blank * 20 > filled


def opens_paragraph(above: str, line: str, *, alone: bool, width: int) -> bool:
    """Tell whether ``line`` starts a paragraph though the last line of the one above is full.

    ``alone`` says that nothing goes on from it, ``width`` how many characters a line takes.
    A quotation opens below another, with who said it or wrote it. A heading is short, in title
    case, and stands alone below a sentence that is more than a quotation: below one of those stands
    who said it.
    """
    text, above = line.strip(), above.strip()
    if _DATELINE.fullmatch(text) or _DATELINE.fullmatch(above):
        return True
    quoted, ended = opens_quotation(above), _SENTENCE_END.search(above[-_TAIL:]) is not None
    if opens_quotation(text):
        if quoted and stays_open(above, was_open=False):
            return ended
        return quoted or above.count("”") > above.count("“")
    if not ended or (quoted and not _has_prose(above)):
        return False
    short = len(text) < _HEADING_SHARE * width and not _OPEN_END.search(text)
    return alone and short and text[:1].isupper() and is_title_case(text)


def _heads_list(above: str, line: str, width: int) -> bool:
    """Tell whether ``line``, above a list, is its heading though a full line is above it: a title.

    A title that takes two lines looks alike, but a list seldom stands right below one.
    """
    short = len(line.strip()) < _HEADING_SHARE * width and not _OPEN_END.search(line.rstrip())
    return short and is_title_case(line.strip()) and is_title_case(above.strip())


def _has_prose(quoted: str) -> bool:
    """Tell whether a paragraph that opens with a quotation is more than that and a name."""
    tail = quoted[quoted.rfind("”") + 1 :]
    return len(tail) > _NARROWEST or (not tail and quoted.count("”") > 1)
