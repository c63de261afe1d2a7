"""PDF files: paragraphs joined, running lines set aside, headings and links found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    ListFlowable,
    ListItem,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

from extractors import Brief, extract
from extractors.model import Block
from extractors.readers.pdf.document import read_pdf

CHECK = Callable[..., Brief]
DAYS = "One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()
LONG = " ".join(
    f"{day} ships waited outside the bar while the pilots of shift {number} and the port authority "
    f"argued over the crews of {day.lower()} night tugs and the pay of {number} stokers."
    for day in DAYS
    for number in ("a", "b", "c")
)


def _typeset(
    lines: tuple[str, ...],
    *,
    font: str = "Times-Roman",
    size: float = 11,
    gap: float = 6,
    justified: bool = False,
    margin: float = 72,
    page: tuple[float, float] = A4,
    lists: bool = False,
) -> bytes:
    """Set lines as a word processor does; ``gap`` is the space between paragraphs, in points."""
    out = BytesIO()
    style = ParagraphStyle(
        "body",
        fontName=font,
        fontSize=size,
        leading=size * 1.25,
        spaceAfter=gap,
        alignment=TA_JUSTIFY if justified else TA_LEFT,
    )
    flow = []
    for line in lines:
        bare = line.removeprefix("- ")
        if bare == line:
            flow.append(Paragraph(line, style))
        elif lists:
            item = ListItem(Paragraph(bare, style))
            flow.append(ListFlowable([item], bulletType="bullet", start="•"))
        else:
            flow.append(Paragraph("• " + bare, style))
    SimpleDocTemplate(
        out, pagesize=page, leftMargin=margin, rightMargin=margin, title="Microsoft Word - x.docx"
    ).build(flow)
    return out.getvalue()


class _Paged(FPDF):
    """A file with a running head and page numbers."""

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, "Quarterly of the Port Society", align="R")
        self.ln(12)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, f"Page {self.page_no()} of {{nb}}", align="C")


def _blocks(body: bytes) -> list[Block]:
    return list(read_pdf(body).blocks)


@pytest.mark.parametrize("font", ["Times-Roman", "Helvetica", "Courier"])
@pytest.mark.parametrize("justified", [False, True])
@pytest.mark.parametrize(("size", "gap", "margin"), [(11, 6, 72), (9, 0, 120), (13, 10, 40)])
def test_brief(
    harbor: tuple[str, ...],
    same_as_golden: CHECK,
    font: str,
    justified: bool,
    size: float,
    gap: float,
    margin: float,
) -> None:
    body = _typeset(harbor, font=font, size=size, gap=gap, justified=justified, margin=margin)
    same_as_golden(body, "brief.pdf")


@pytest.mark.parametrize("lists", [False, True])
def test_brief_on_many_small_pages(
    harbor: tuple[str, ...], same_as_golden: CHECK, lists: bool
) -> None:
    body = _typeset(harbor, page=(360, 420), margin=40, lists=lists)
    assert len(PdfReader(BytesIO(body)).pages) > 3
    same_as_golden(body, "https://www.fdd.org/brief.pdf", "application/octet-stream")


def test_running_lines_are_marginal_and_do_not_part_paragraphs() -> None:
    pdf = _Paged()
    pdf.add_page()
    pdf.set_font("Times", size=12)
    pdf.multi_cell(0, 6, LONG)
    blocks = _blocks(bytes(pdf.output()))
    text = [b.text for b in blocks if not b.marginal]
    assert text == [LONG]
    aside = {b.text for b in blocks if b.marginal}
    assert aside == {"Quarterly of the Port Society", "Page 1 of 2", "Page 2 of 2"}


def test_headings_bold_and_links() -> None:
    pdf = FPDF(format=LETTER, unit="pt")
    pdf.add_page()
    pdf.set_font("Times", "B", size=22)
    pdf.multi_cell(0, 26, "Pilots Walk Out in Port Vessa", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", "B", size=15)
    pdf.multi_cell(0, 20, "What Happened", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("Times", "B", size=11)
    pdf.write(14, "Night shifts: ")
    pdf.set_font("Times", size=11)
    pdf.write(14, "Forty pilots left, ")
    pdf.write(14, "the union said", link="https://union.example/said?a=1")
    pdf.write(14, ", and stayed out.")
    title, heading, paragraph = _blocks(bytes(pdf.output()))
    assert (title.kind, title.level, heading.kind, heading.level) == ("heading", 1, "heading", 2)
    assert paragraph.text == "Night shifts: Forty pilots left, the union said, and stayed out."
    assert paragraph.text[: paragraph.bold].strip() == "Night shifts:"
    assert [(paragraph.text[a.start : a.end].strip(), a.url) for a in paragraph.anchors] == [
        ("the union said", "https://union.example/said?a=1")
    ]


def test_hyphens_at_line_ends() -> None:
    pdf = FPDF(unit="pt")
    pdf.add_page()
    pdf.set_font("Times", size=11)
    for line in (
        "The pilots signed an agree-",
        "ment on deep-water berths,",
        "and the agreement holds for deep-",
        "water ships alone.",
    ):
        pdf.cell(0, 14, line, new_x="LMARGIN", new_y="NEXT")
    (block,) = _blocks(bytes(pdf.output()))
    assert block.text == (
        "The pilots signed an agreement on deep-water berths, "
        "and the agreement holds for deep-water ships alone."
    )


def test_a_working_title_is_no_title(harbor: tuple[str, ...]) -> None:
    assert read_pdf(_typeset(harbor)).title is None


def test_encrypted(harbor: tuple[str, ...]) -> None:
    writer = PdfWriter(clone_from=BytesIO(_typeset(harbor)))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    rejection = extract(out.getvalue(), uri="a.pdf").rejection
    assert rejection is not None and rejection.reason == "encrypted"


def test_scanned() -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(20, 20, 100, 100, style="F")
    rejection = extract(bytes(pdf.output()), uri="a.pdf").rejection
    assert rejection is not None and rejection.reason == "no-text"
    assert "OCR" in rejection.message


@pytest.mark.parametrize("keep", [0.02, 0.5])
def test_damaged(harbor: tuple[str, ...], keep: float) -> None:
    body = _typeset(harbor)
    found = extract(body[: int(len(body) * keep)], uri="a.pdf")
    assert found.brief is not None or (
        found.rejection is not None and found.rejection.reason in ("damaged", "no-text")
    )


def test_a_loop_of_pages_ends() -> None:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 999999999>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    assert extract(body, uri="a.pdf").rejection is not None


@pytest.mark.parametrize("words", range(6, 20))
@pytest.mark.parametrize("goes_on", ["“Never again” is a word.", "UNESCO has a word for it."])
def test_where_space_parts_paragraphs_no_line_begins_one_without_it(
    words: int, goes_on: str
) -> None:
    fill = " ".join(["mill"] * words)
    said = f"“The {fill} burned to the ground. {goes_on} So it is said.” — Ada Vance"
    lines = ("The first mill burned.", "The second mill did not.", "Nobody knew why.", said, "End.")
    body = _typeset(lines, gap=8)
    assert [block.text for block in read_pdf(body).blocks] == [*lines]


def test_a_number_that_ends_a_heading_is_no_page_number() -> None:
    pdf = FPDF(unit="pt")
    pdf.set_margins(72, 30)
    pdf.add_page()
    pdf.set_font("Times", "B", size=20)
    pdf.multi_cell(
        0, 24, "Assessment of the Harbour,\nMay 19,\n2025", new_x="LMARGIN", new_y="NEXT"
    )
    pdf.set_font("Times", size=11)
    pdf.multi_cell(0, 14, LONG)
    title, text = (b for b in _blocks(bytes(pdf.output())) if not b.marginal)
    assert title.text == "Assessment of the Harbour, May 19, 2025"
    assert text.text == LONG


def test_a_title_of_two_lines_whose_first_had_room_left() -> None:
    pdf = FPDF(unit="pt")
    pdf.add_page()
    for size, lines in ((18, ("Pilots Walk Out in Port", "Vessa")), (14, ("Key Points",))):
        pdf.set_font("Times", "B", size=size)
        for line in lines:
            pdf.cell(0, size * 1.3, line, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(12)
    pdf.set_font("Times", size=11)
    pdf.multi_cell(0, 14, LONG)
    texts = [b.text for b in _blocks(bytes(pdf.output()))]
    assert texts == ["Pilots Walk Out in Port Vessa", "Key Points", LONG]


def test_a_head_with_an_address_on_a_later_page_alone_is_running() -> None:
    pdf = FPDF(unit="pt")
    pdf.add_page()
    pdf.set_font("Times", size=12)
    pdf.multi_cell(0, 14, LONG)
    pdf.add_page()
    pdf.cell(0, 14, "Port Questions | www.ports.example", new_x="LMARGIN", new_y="NEXT")
    other = " ".join(f"The tide of day {n} rose and fell over the empty piers." for n in range(9))
    pdf.multi_cell(0, 14, other)
    blocks = _blocks(bytes(pdf.output()))
    assert [b.text for b in blocks if not b.marginal] == [LONG, other]


def _columns(lines: Sequence[str], *, title: str = "", headings: Sequence[str] = ()) -> bytes:
    """Set lines in two columns below a title, one column behind the other."""
    out = BytesIO()
    styles = {
        size: ParagraphStyle(
            f"s{size}", fontName=font, fontSize=size, leading=size * 1.25, spaceAfter=6
        )
        for size, font in ((10, "Times-Roman"), (14, "Times-Bold"))
    }
    width, height = (A4[0] - 120) / 2, A4[1] - 150
    frames = [
        Frame(left, 60, width, height, leftPadding=0, rightPadding=0) for left in (50, 70 + width)
    ]

    def head(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Times-Bold", 20)
        canvas.drawString(50, A4[1] - 60, title if document.page == 1 else "")

    flow = [
        Paragraph(line.replace("- ", "• ", 1), styles[14 if line in headings else 10])
        for line in lines
    ]
    document = BaseDocTemplate(out, pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=frames, onPage=head)])
    document.build(flow)
    return out.getvalue()


def test_a_brief_in_two_columns() -> None:
    said = [f"“{day} ferries sail — {LONG[:200].lower()}.” — Ada Vance, FDD Fellow" for day in DAYS]
    news = [f"- {day} Ferries: {LONG[:330]}." for day in DAYS[:6]]
    headings = ("Latest Developments", "FDD Expert Response", "FDD Background and Analysis")
    links = [f"“The Price of the {day} Tide, and Who Pays It,” by Piet Falk" for day in DAYS]
    lines = [
        "May 4, 2025 | Flash Brief", headings[0], *news, headings[1], *said, headings[2], *links
    ]  # fmt: skip
    body = _columns(lines, title="Pilots Walk Out in Port Vessa", headings=headings)
    brief = extract(body, uri="brief.pdf").brief
    assert brief is not None
    assert brief.title is not None and brief.title.text == "Pilots Walk Out in Port Vessa"
    assert [d.headline.text for d in brief.developments if d.headline] == [
        f"{day} Ferries" for day in DAYS[:6]
    ]
    assert [d.text.text for d in brief.developments] == [LONG[:330] + "."] * 6
    assert [f"“{s.quote.text}” — Ada Vance, FDD Fellow" for s in brief.statements] == said
    assert [link.text.text for link in brief.links] == links


def test_columns_that_the_file_sets_row_by_row() -> None:
    left, right = (
        "The ferries sail at dawn and nobody asks why. " * 9,
        "It rains on the piers. " * 19,
    )
    pdf = FPDF(unit="pt", format=A4)
    pdf.add_page()
    pdf.set_font("Times", size=10)
    columns = [
        pdf.multi_cell(230, 12, side, dry_run=True, output="LINES") for side in (left, right)
    ]
    for n, row in enumerate(zip(*columns, strict=False)):
        for x, words in zip((40, 310), row, strict=True):
            pdf.text(x, 60 + 12 * n, words)
    rows = min(map(len, columns))
    want = [" ".join(" ".join(column[:rows]).split()) for column in columns]
    assert [block.text for block in _blocks(bytes(pdf.output()))] == want


@pytest.mark.parametrize("grid", [False, True])
def test_the_cells_of_a_table_are_told_apart_and_tell_nothing(grid: bool) -> None:
    out = BytesIO()
    style = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, spaceAfter=6)
    ships = Table([["Ship", "Flag"], ["Bellamy", "Panama"], ["Quill", "Liberia"]], [120, 150])
    if grid:
        ships.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    news = [f"{LONG[:300]}.", f"{LONG[300:600]}."]
    lines = [["May 4, 2024 | Flash Brief", "Latest Developments", *news], [
        "Expert Analysis", "“So it sails.” — Ada Vance, FDD Fellow"
    ]]  # fmt: skip
    above, below = ([Paragraph(line, style) for line in part] for part in lines)
    SimpleDocTemplate(out, pagesize=A4).build([*above, ships, *below])
    brief = extract(out.getvalue(), uri="brief.pdf").brief
    assert brief is not None
    cells = [brief.text[b.start : b.end] for b in brief.blocks if b.kind == "cell"]
    assert cells == ["Ship", "Flag", "Bellamy", "Panama", "Quill", "Liberia"]
    assert [d.text.text for d in brief.developments] == news
    assert len(brief.statements) == 1
