"""Print: a PDF of one column, paragraphs wrapped by width, with page numbers."""

from __future__ import annotations

from datetime import UTC, datetime

from fpdf import FPDF

from benchmarks.quality.formats import Rendered, Unprintable
from benchmarks.quality.page import Page, Piece, plain
from benchmarks.quality.writer import Writer

_ENCODING = "cp1252"
"""What PDF's built-in fonts can show."""


class _Paper(FPDF):
    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, str(self.page_no()), align="C")


def render(page: Page, w: Writer) -> Rendered:
    """Print ``page`` as a PDF; raises :class:`Unprintable` for letters the fonts lack."""
    texts = [plain(piece.inline) for piece in page.pieces]
    try:
        "".join(texts).encode(_ENCODING)
    except UnicodeEncodeError as error:
        raise Unprintable(str(error)) from None
    paper = _Paper()
    paper.core_fonts_encoding = _ENCODING
    paper.creation_date = datetime(2025, 1, 1, tzinfo=UTC)
    paper.add_page()
    face, bullet = w.pick("Helvetica", "Times"), w.pick("• ", "- ")
    for piece, text in zip(page.pieces, texts, strict=True):
        if piece.role != "rule":
            _print(paper, piece, text, face, bullet)
    slug = page.url.rstrip("/").rsplit("/", 1)[-1]
    uri = page.url if page.extra.get("fetched") else f"{slug}.pdf"
    pinned = "\n".join([face, bullet, *texts]).encode()
    return Rendered(bytes(paper.output()), uri, links=False, head=False, pinned=pinned)


def _print(paper: FPDF, piece: Piece, text: str, face: str, bullet: str) -> None:
    size = {"title": 18, "heading": 13}.get(piece.role, 11)
    paper.set_font(face, style="B" if size > 11 else "", size=size)
    paper.set_x(paper.l_margin + (5 * piece.level if piece.role == "item" else 0))
    text = bullet + text if piece.role == "item" else text
    paper.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")
    paper.ln(3)
