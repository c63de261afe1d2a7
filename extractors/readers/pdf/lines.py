"""The lines of a PDF page: their characters, places, sizes and links."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from extractors.model import Anchor
from extractors.mojibake import repair
from extractors.text import clean

_MAX_CHARACTERS = 200_000  # of one page
_MAX_LINKS = 2_000
_HYPHENED = re.compile(r"[^\W\d_][-\u2010]$")
_SPACE = 32
_WIDE = 1.2  # times the size of the text: no justified line has such a space
_HYPHEN = 2  # PDFium's code for a hyphen at the end of a line
_FORCED_BOLD = 0x40000  # a flag of the font
_BOLD = re.compile(rb"bold|black|heavy|demi", re.I)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_LIGATURES |= {0xFB05: "st", 0xFB06: "st"}
_WEB = ("http://", "https://")


class Gap(NamedTuple):
    """A wide gap within a line: the offset of its space, and where it begins and ends."""

    at: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line of a page; places are in points, from the page's lower left corner.

    ``text`` ends with U+00AD where a hyphen ends the line; ``bold`` is the length of the bold run
    that the line opens with.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: int
    anchors: tuple[Anchor, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page, in the order of its text, and its height."""

    lines: tuple[PdfLine, ...]
    height: float


def page_lines(document: pdfium.PdfDocument, number: int) -> PageLines:
    """Read the lines of one page; a damaged page has none."""
    try:
        page = document[number]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return PageLines((), 0)
    try:
        links = _links(document, page, text)
        count = min(text.count_chars(), _MAX_CHARACTERS)
        codes = [raw.FPDFText_GetUnicode(text, i) for i in range(count)]
        lines = []
        start = 0
        for i, code in enumerate([*codes, 10]):
            if code in (_HYPHEN, 10, 13):  # behind its hyphen PDFium has no line break
                if line := _line(text, codes, start, i + (code == _HYPHEN), links):
                    lines.append(line)
                start = i + 1
        return PageLines(tuple(lines), page.get_height())
    finally:
        text.close()
        page.close()


def _line(
    text: Any, codes: list[int], start: int, end: int, links: dict[int, str]
) -> PdfLine | None:
    """Make the line of the characters ``[start, end)``; None if it prints nothing.

    White space is folded; characters in ``places`` are where each of the page's ones begins.
    """
    out = ""
    places: list[int] = []
    for code in codes[start:end]:
        part = clean(_character(code))
        if part.isspace():
            part = " " if out and not out.endswith(" ") else ""
        places.append(len(out))
        out += part
    inked = [i for i, place in enumerate(places) if out[place : place + 1].strip()]
    if not inked:
        return None
    out = out.rstrip()
    places = [min(place, len(out)) for place in [*places, len(out)]]
    anchors = []
    i = 0
    while i < end - start:
        url, j = links.get(start + i), i + 1
        while j < end - start and links.get(start + j) == url:
            j += 1
        begin, stop = places[i], places[j]
        begin += len(out[begin:stop]) - len(out[begin:stop].lstrip())
        stop = begin + len(out[begin:stop].rstrip())
        if url is not None and begin < stop:
            anchors.append(Anchor(begin, stop, url))
        i = j
    first, last = start + inked[0], start + inked[-1]
    bold = places[_bold_end(text, first, end) - start]
    gaps = _gaps(
        text, codes, range(first, last + 1), [places[i - start] for i in range(first, last + 1)]
    )
    mended = repair(out)
    if mended != out:  # the places of its parts are lost
        out, anchors, bold, gaps = mended, [], 0, ()
    out = with_soft_hyphen(out)
    middle = start + inked[len(inked) // 2]  # the first may be a bullet, of another size
    left, right = _place(text, first)[0], _place(text, last)[1]
    base, size = _place(text, middle)[2], _size(text, middle)
    return PdfLine(out, left, right, base, size, bold, tuple(anchors), gaps)


def with_soft_hyphen(line: str) -> str:
    """Return ``line`` with U+00AD in place of a hyphen that ends it."""
    return line[:-1] + "\u00ad" if _HYPHENED.search(line) else line


def _gaps(text: Any, codes: list[int], ink: range, places: Sequence[int]) -> tuple[Gap, ...]:
    """Return the wide gaps of a line. What the file draws in one piece has none."""
    if raw.FPDFText_CountRects(text, ink.start, len(ink)) < 2:
        return ()
    found = []
    widest = 0.0
    for i, place in zip(ink, places, strict=True):
        if codes[i] != _SPACE:
            continue
        widest = widest or _WIDE * _size(text, ink.start)
        before, after = _place(text, i - 1)[1], _place(text, i + 1)[0]
        if after - before > widest:
            found.append(Gap(place, before, after))
    return tuple(found)


def _character(code: int) -> str:
    if code in _LIGATURES:
        return _LIGATURES[code]
    if code == _HYPHEN:
        return "-"
    return chr(code) if 0 < code < 0x110000 else ""


def _place(text: Any, index: int) -> tuple[float, float, float]:
    """Return a character's left and right edge and its base line."""
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetLooseCharBox(text, index, box)
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    return box.left, box.right, y.value


def _size(text: Any, index: int) -> float:
    """Return the height of a character's font on the page: some files scale one of a point."""
    size = float(raw.FPDFText_GetFontSize(text, index))
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(text, index, matrix):
        size *= abs(matrix.d) or 1.0
    return round(size, 1)


def _is_bold(text: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 128, flags)
    return bool(_BOLD.search(name.value)) or bool(flags.value & _FORCED_BOLD)


def _bold_end(text: Any, start: int, end: int) -> int:
    """Return where the bold run that begins at ``start`` ends, ``start`` if there is none."""
    at = start
    while at < end and (_is_bold(text, at) or raw.FPDFText_GetUnicode(text, at) in (32, 160)):
        at += 1
    return at


def _links(document: pdfium.PdfDocument, page: Any, text: Any) -> dict[int, str]:
    """Return the address that each linked character of a page leads to."""
    found: dict[int, str] = {}
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    for _ in range(_MAX_LINKS):
        if not raw.FPDFLink_Enumerate(page, position, link):
            break
        url = _address(document, link)
        box = raw.FS_RECTF()
        if not url or not raw.FPDFLink_GetAnnotRect(link, box):
            continue
        middle = (box.top + box.bottom) / 2
        edge = 1.0  # points: boxes are drawn a little wider than the words
        ends = [
            raw.FPDFText_GetCharIndexAtPos(text, x, middle, 3, 4)
            for x in (box.left + edge, box.right - edge)
        ]
        if 0 <= ends[0] <= ends[1] and ends[1] - ends[0] < 2_000:
            found.update(dict.fromkeys(range(ends[0], ends[1] + 1), url))
    return found


def _address(document: pdfium.PdfDocument, link: Any) -> str:
    action = raw.FPDFLink_GetAction(link)
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    buffer = ctypes.create_string_buffer(2048)
    size = raw.FPDFAction_GetURIPath(document, action, buffer, 2048)
    if size > 2048:
        return ""
    url = clean(buffer.value.decode("utf-8", "replace"))
    return url if url.lower().startswith(_WEB) else ""
