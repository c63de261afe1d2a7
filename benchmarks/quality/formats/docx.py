"""Word: headings as styles or bold paragraphs, lists as list styles, real hyperlinks."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from benchmarks.quality.formats import Rendered
from benchmarks.quality.formats.markdown import markup
from benchmarks.quality.page import Inline, Page, Piece, plain, with_absolute_links
from benchmarks.quality.writer import Writer


def render(page: Page, w: Writer) -> Rendered:
    """Print ``page`` as a Word file."""
    page = with_absolute_links(page)
    document = Document()
    styled = w.chance(0.6)
    for piece in page.pieces:
        if piece.role != "rule":
            _add(document, piece, styled)
    file = io.BytesIO()
    document.save(file)
    slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    uri = page.url if page.extra.get("fetched") else f"{slug}.docx"
    pinned = "\n".join(markup(piece.inline) for piece in page.pieces).encode()
    return Rendered(file.getvalue(), uri, links=True, head=False, pinned=pinned)


def _add(document: Any, piece: Piece, styled: bool) -> None:
    if piece.role == "title" and styled:
        document.add_heading(plain(piece.inline), 0)
    elif piece.role == "heading" and styled:
        document.add_heading(plain(piece.inline), piece.level - 1)
    else:
        style = {1: "List Bullet", 2: "List Bullet 2"}.get(piece.level, "List Bullet 3")
        paragraph = document.add_paragraph(style=style if piece.role == "item" else None)
        _runs(paragraph, paragraph._p, piece.inline, piece.role in ("title", "heading"), False)


def _runs(paragraph: Any, parent: Any, inline: Inline, bold: bool, italic: bool) -> None:
    for part in inline:
        if isinstance(part, str):
            run = paragraph.add_run(part)
            run.bold, run.italic = bold or None, italic or None
            parent.append(run._r)
        elif part.mark == "a":
            relation = paragraph.part.relate_to(
                part.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            element = OxmlElement("w:hyperlink")
            element.set(qn("r:id"), relation)
            parent.append(element)
            _runs(paragraph, element, part.inner, bold, italic)
        else:
            _runs(
                paragraph,
                parent,
                part.inner,
                bold or part.mark == "strong",
                italic or part.mark == "em",
            )
