"""Word files (.docx) to blocks, in the order of the document."""

from __future__ import annotations

import io
import re
from typing import Any
from zipfile import BadZipFile
from zlib import error as ZlibError

from docx import Document as open_package
from docx.oxml.ns import qn

from extractors.model import Block, BlockKind, Document
from extractors.mojibake import repair
from extractors.readers.blocks import BlockBuilder, part_typed_bullets
from extractors.readers.docx.styles import Styles
from extractors.readers.errors import Unreadable
from extractors.readers.unpack import open_office, refuse_entities
from extractors.text import clean, collapse

_INSTRUCTION = re.compile(r'\bHYPERLINK\s+"([^"]{1,2000})"', re.I)
# What the libraries raise for a file that is none: lxml's errors are syntax errors.
_BROKEN: tuple[type[Exception], ...] = (
    SyntaxError,
    BadZipFile,
    ZlibError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    NotImplementedError,
    AssertionError,
    RecursionError,
)
_WEB = ("http://", "https://")
# Programs put these in for a title that nobody gave.
_NO_TITLE = re.compile(
    r"(?:microsoft word\b.*|word document|document ?\d*|untitled.*|powerpoint presentation"
    r"|.*\.(?:docx?|pdf|indd|rtf|pages|odt))",
    re.I,
)
_SKIPPED = {qn(f"w:{n}") for n in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "sectPr")}
_SKIPPED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")


def read_docx(body: bytes, *, url: str = "") -> Document:
    """Read a Word file: headings and lists by their styles, links, tables, footnotes at the end.

    Its author and dates are those of the file, not of the text, and say nothing here.
    Raises :class:`Unreadable` (``damaged``, ``encrypted``, ``too-large``, ``binary``).
    """
    with open_office(body) as archive:
        refuse_entities(archive)
    try:
        package = open_package(io.BytesIO(body))
        styles = Styles(package.styles.element)
        blocks = _Walk(styles, _targets(package.part)).read(package.element.body)
        notes = _notes(package.part, styles)
        title = collapse(clean(package.core_properties.title or ""))
    except _BROKEN as error:
        message = f"the Word file is damaged ({type(error).__name__}); save it again"
        raise Unreadable("damaged", message) from error
    return Document(
        format="docx",
        blocks=(*blocks, *notes),
        url=url or None,
        title=None if not title or _NO_TITLE.fullmatch(title) else title,
    )


def _targets(part: Any) -> dict[str, str]:
    """Return the web addresses that a part's links lead to, by their ids."""
    return {
        key: clean(relation.target_ref)
        for key, relation in part.rels.items()
        if relation.is_external and relation.target_ref.lower().startswith(_WEB)
    }


def _notes(part: Any, styles: Styles) -> list[Block]:
    """Return the footnotes and endnotes, as paragraphs behind the text."""
    from docx.oxml import parse_xml

    blocks: list[Block] = []
    for relation in part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        root = parse_xml(relation.target_part.blob)
        blocks += _Walk(styles, _targets(relation.target_part)).read(root)
    return blocks


class _Walk:
    """Walks the elements of a part once, with a stack, and collects their blocks."""

    def __init__(self, styles: Styles, targets: dict[str, str]) -> None:
        self._styles = styles
        self._targets = targets
        self._builder = BlockBuilder()
        self._fields: list[str | None] = []  # open fields; each with the address it leads to
        self._bold = False
        self._cells = 0

    def read(self, root: Any) -> list[Block]:
        stack: list[Any] = [root]
        while stack:
            node = stack.pop()
            if callable(node):
                node()
                continue
            tag = node.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            after = self._enter(node, tag)
            if after is not None:
                stack.append(after)
            stack.extend(reversed(node))
        self._end(None)
        return [part for block in self._builder.blocks for part in part_typed_bullets(block)]

    def _enter(self, node: Any, tag: str) -> Any:
        builder = self._builder
        if tag == qn("w:p"):
            self._end(None)  # a text box stands in the middle of another paragraph
            return lambda: self._end(node)
        if tag == qn("w:tc"):
            self._cells += 1
            return self._leave_cell
        if tag == qn("w:r"):
            self._bold = self._styles.is_bold(node)
        elif tag == qn("w:t"):
            builder.text(repair(node.text or ""), bold=self._bold)
        elif tag in (qn("w:tab"), qn("w:noBreakHyphen")):
            builder.text(" " if tag == qn("w:tab") else "-", bold=self._bold)
        elif tag in (qn("w:br"), qn("w:cr")):
            builder.line_break()
        elif tag == qn("w:hyperlink"):
            if target := self._targets.get(node.get(qn("r:id"), "")):
                builder.open_anchor(target)
                return builder.close_anchor
        elif tag == qn("w:fldSimple"):
            if target := _address(node.get(qn("w:instr"), "")):
                builder.open_anchor(target)
                return builder.close_anchor
        elif tag == qn("w:instrText") and self._fields:
            self._fields[-1] = self._fields[-1] or _address(node.text or "")
        elif tag == qn("w:fldChar"):
            self._field(node.get(qn("w:fldCharType")))
        return None

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(None)
        elif kind == "separate" and self._fields and (target := self._fields[-1]):
            self._builder.open_anchor(target)
        elif kind == "end" and self._fields and self._fields.pop():
            self._builder.close_anchor()

    def _leave_cell(self) -> None:
        self._end(None)
        self._cells -= 1

    def _end(self, paragraph: Any) -> None:
        kind: BlockKind
        kind, level = self._styles.kind(paragraph) if paragraph is not None else ("paragraph", 0)
        if self._cells and kind == "paragraph":
            kind = "cell"
        self._builder.end(kind, level)


def _address(instruction: str) -> str | None:
    found = _INSTRUCTION.search(instruction)
    return clean(found[1]) if found and found[1].lower().startswith(_WEB) else None
