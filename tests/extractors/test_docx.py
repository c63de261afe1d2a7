"""Word files: styles, lists, bold labels, links, tables and notes, in the document's order."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document as new_document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from extractors import Brief, extract
from extractors.readers.docx.document import read_docx

CHECK = Callable[..., Brief]
LABEL = re.compile(r"- ((?:‘[^’]*’|[^:‘])*): (.*)")
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def _bytes(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _link(paragraph: Any, text: str, url: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, HYPERLINK, is_external=True))
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    run[0].text = text
    link.append(run)
    paragraph._p.append(link)


def _with_part(body: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the file with one part of it changed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry.filename, change(part) if entry.filename == name else part)
    return out.getvalue()


def _seen(body: bytes) -> list[tuple[str, str, int]]:
    return [(b.kind, b.text, b.level) for b in read_docx(body).blocks]


@pytest.mark.parametrize("styled", [True, False])
def test_brief(harbor: tuple[str, ...], same_as_golden: CHECK, styled: bool) -> None:
    document = new_document()
    for i, line in enumerate(harbor):
        if line.startswith("- "):
            label, text = LABEL.fullmatch(line).groups()  # type: ignore[union-attr]
            if styled:
                paragraph = document.add_paragraph(style="List Bullet")
                paragraph.add_run(label + ":").bold = True
                paragraph.add_run(" " + text)
            else:
                document.add_paragraph("• " + line[2:])
        elif styled and i == 1:
            document.add_paragraph(line, style="Title")
        elif styled and line.istitle() and len(line) < 40:
            document.add_heading(line, 2)
        else:
            document.add_paragraph(line)
    document.core_properties.title = "Document1"
    same_as_golden(_bytes(document), "brief.docx")


def test_kinds_and_levels() -> None:
    document = new_document()
    document.add_heading("Title", 0)
    document.add_heading("Part", 2)
    document.add_paragraph("Text\twith tab\nand break")
    document.add_paragraph("One", style="List Bullet")
    document.add_paragraph("Half", style="List Bullet 2")
    document.add_paragraph("Words of another", style="Quote")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "A", "B"
    document.add_paragraph("• Typed")
    assert _seen(_bytes(document)) == [
        ("heading", "Title", 1),
        ("heading", "Part", 2),
        ("paragraph", "Text with tab\nand break", 0),
        ("item", "One", 1),
        ("item", "Half", 2),
        ("quotation", "Words of another", 0),
        ("cell", "A", 0),
        ("cell", "B", 0),
        ("item", "Typed", 1),
    ]


def test_bold_and_links() -> None:
    document = new_document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Mill burns:").bold = True
    paragraph.add_run(" it ")
    _link(paragraph, "burned twice", "https://mill.example/twice")
    paragraph.add_run(" at night.")
    (block,) = read_docx(_bytes(document)).blocks
    assert block.text == "Mill burns: it burned twice at night."
    assert block.text[: block.bold] == "Mill burns:"
    (anchor,) = block.anchors
    assert block.text[anchor.start : anchor.end] == "burned twice"
    assert anchor.url == "https://mill.example/twice"


def test_links_of_fields_and_tracked_changes() -> None:
    document = new_document()
    paragraph = document.add_paragraph()
    runs = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "https://mill.example/f" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:ins><w:r><w:t>New words</w:t></w:r></w:ins>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:del><w:r><w:delText>old words</w:delText></w:r></w:del>"
        "<w:sdt><w:sdtContent><w:r><w:t xml:space='preserve'> kept</w:t></w:r></w:sdtContent>"
        "</w:sdt>"
    )
    for run in parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"):
        paragraph._p.append(run)
    (block,) = read_docx(_bytes(document)).blocks
    assert block.text == "New words kept"
    assert [a.url for a in block.anchors] == ["https://mill.example/f"]


def test_the_files_author_and_date_are_not_the_texts() -> None:
    document = new_document()
    document.core_properties.title = "Mills of the North"
    document.core_properties.author = "Front Desk"
    document.add_paragraph("Mills burn.")
    read = read_docx(_bytes(document))
    assert (read.title, read.authors, read.published) == ("Mills of the North", (), None)


def test_entity_bomb_is_refused() -> None:
    document = new_document()
    document.add_paragraph("Mills burn.")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    body = _with_part(
        _bytes(document),
        "word/document.xml",
        lambda part: re.sub(rb"(\?>\s*)", rb"\1" + bomb, part, count=1).replace(b"Mills", b"&b;"),
    )
    rejection = extract(body, uri="a.docx").rejection
    assert rejection is not None and rejection.reason == "damaged"
    assert "entities" in rejection.message


def test_zip_bomb_is_refused() -> None:
    document = new_document()
    document.add_paragraph("Mills burn.")
    out = BytesIO(_bytes(document))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.bin", bytes(80 * 1024 * 1024))
    assert len(out.getvalue()) < 1_000_000
    rejection = extract(out.getvalue(), uri="a.docx").rejection
    assert rejection is not None and rejection.reason == "too-large"


def test_deep_tables_do_not_crash() -> None:
    document = new_document()
    document.add_paragraph("Mills burn.")
    nested = b"<w:tbl><w:tr><w:tc>" * 3000 + b"</w:tc></w:tr></w:tbl>" * 3000
    body = _with_part(
        _bytes(document),
        "word/document.xml",
        lambda part: part.replace(b"<w:p>", nested + b"<w:p>"),
    )
    found = extract(body, uri="a.docx")
    assert found.brief is not None or (
        found.rejection is not None and found.rejection.reason == "damaged"
    )


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "word/styles.xml"])
def test_a_broken_part_is_a_reason(part: str) -> None:
    document = new_document()
    document.add_paragraph("Mills burn.")
    body = _with_part(_bytes(document), part, lambda xml: xml[: len(xml) // 2])
    rejection = extract(body, uri="a.docx").rejection
    assert rejection is not None and rejection.reason == "damaged"


@pytest.mark.parametrize(
    ("entry", "words"),
    [("xl/workbook.xml", "spreadsheet"), ("content.xml", "OpenDocument"), ("a.txt", "unpack")],
)
def test_other_archives_say_what_to_do(entry: str, words: str) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, "x")
    rejection = extract(out.getvalue(), uri="a.zip").rejection
    assert rejection is not None and rejection.reason == "binary"
    assert words in rejection.message
