"""PDF files to blocks: lines as they stand on the pages, joined to paragraphs again."""

from __future__ import annotations

import re
import threading

import pypdfium2 as pdfium
from pypdfium2 import raw

from extractors.model import Document
from extractors.readers.errors import Unreadable
from extractors.readers.pdf.blocks import blocks_of
from extractors.readers.pdf.lines import PageLines, page_lines
from extractors.text import clean, collapse

_MAX_PAGES = 400
_MAX_CHARACTERS = 2_000_000
_NO_TITLE = re.compile(
    r"(?:microsoft \w+ - .*|untitled.*|.*\.(?:docx?|pdf|indd|rtf|pages|odt|html?))", re.I
)
_one_at_a_time = threading.Lock()  # PDFium keeps state of its own


def read_pdf(body: bytes, *, url: str = "") -> Document:
    """Read a PDF file: headings by their size, links, running heads and page numbers as marginal.

    Its dates are those of the file, not of the text, and say nothing here. Raises
    :class:`Unreadable` (``encrypted``, ``damaged``, ``too-large``, or ``no-text`` for a scan).
    """
    with _one_at_a_time:
        title, pages = _read(body)
    if not any(page.lines for page in pages):
        message = "the PDF has no text in it, only pictures; use text recognition (OCR) on it"
        raise Unreadable("no-text", message)
    return Document(
        format="pdf",
        blocks=tuple(blocks_of(pages)),
        url=url or None,
        title=None if not title or _NO_TITLE.fullmatch(title) else title,
    )


def _read(body: bytes) -> tuple[str, list[PageLines]]:
    try:
        document = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            message = "the PDF is encrypted; save it without a password"
            raise Unreadable("encrypted", message) from error
        message = "the PDF is damaged or not whole; fetch it again"
        raise Unreadable("damaged", message) from error
    try:
        if len(document) > _MAX_PAGES:
            limit = f"it has {len(document):,} pages, more than {_MAX_PAGES}"
            raise Unreadable("too-large", f"the PDF is too long for a brief: {limit}")
        pages: list[PageLines] = []
        characters = 0
        for i in range(len(document)):
            page = page_lines(document, i)
            characters += sum(len(line.text) for line in page.lines)
            if characters > _MAX_CHARACTERS:
                limit = f"more than {_MAX_CHARACTERS:,} characters"
                raise Unreadable("too-large", f"the PDF is too long for a brief: {limit}")
            pages.append(page)
        title = collapse(clean(document.get_metadata_value("Title") or ""))
    finally:
        document.close()
    return title, pages
