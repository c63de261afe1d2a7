"""What the styles of a Word file say of a paragraph: heading, list item or neither."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

from extractors.model import BlockKind

_HEADING = re.compile(r"heading (\d)")
_OFF = ("0", "false", "off", "none")
_MAX_BASES = 20  # styles rest on one another; a hostile file's in a circle
_BODY_LEVEL = 9  # the outline level of what is no heading


class Styles:
    """The styles of one file. Their names are English whatever language Word speaks."""

    def __init__(self, root: Any) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in root.iterfind(qn("w:style"))}

    def kind(self, paragraph: Any) -> tuple[BlockKind, int]:
        """Return the kind and the level of a paragraph's block."""
        own = paragraph.find(qn("w:pPr"))
        bases = self._bases(own.find(qn("w:pStyle")) if own is not None else None)
        names = [_name(style) for style in bases]
        for name in names:
            if m := _HEADING.fullmatch(name):
                return "heading", min(max(int(m[1]), 1), 6)
            if name == "title":
                return "heading", 1
        properties = [own, *(style.find(qn("w:pPr")) for style in bases)]
        properties = [p for p in properties if p is not None]
        for each in properties:
            level = _number(each.find(qn("w:outlineLvl")))
            if level is not None and 0 <= level < _BODY_LEVEL:
                return "heading", min(level + 1, 6)
        for each in properties:
            if (numbering := each.find(qn("w:numPr"))) is not None:
                if _number(numbering.find(qn("w:numId"))) == 0:
                    return "paragraph", 0  # a list's style with the list switched off
                level = (_number(numbering.find(qn("w:ilvl"))) or 0) + 1
                return "item", min(max(level, _list_level(names)), 9)
        if level := _list_level(names):
            return "item", level
        quoted = any(name in ("quote", "intense quote") for name in names)
        return ("quotation" if quoted else "paragraph"), 0

    def is_bold(self, run: Any) -> bool:
        """Tell whether a run is set in bold, by itself or by its character style."""
        own = run.find(qn("w:rPr"))
        if own is None:
            return False
        bases = self._bases(own.find(qn("w:rStyle")))
        for each in [own, *(style.find(qn("w:rPr")) for style in bases)]:
            bold = each.find(qn("w:b")) if each is not None else None
            if bold is not None:
                return (bold.get(qn("w:val")) or "1").lower() not in _OFF
        return False

    def _bases(self, reference: Any) -> list[Any]:
        """Return the style that is named, and those that it rests on."""
        found: list[Any] = []
        while reference is not None and len(found) < _MAX_BASES:
            style = self._styles.get(reference.get(qn("w:val")))
            if style is None:
                break
            found.append(style)
            reference = style.find(qn("w:basedOn"))
        return found


def _list_level(names: list[str]) -> int:
    """Return the depth that a list style's name gives, as ``list bullet 2``; 0 for others."""
    for name in names:
        if name.startswith(("list bullet", "list number")):
            return int(name[-1]) if name[-1] in "123456789" else 1
    return 0


def _name(style: Any) -> str:
    name = style.find(qn("w:name"))
    return (name.get(qn("w:val")) or "").lower() if name is not None else ""


def _number(element: Any) -> int | None:
    value = element.get(qn("w:val")) if element is not None else None
    return int(value) if value and value.isascii() and value.isdigit() else None
