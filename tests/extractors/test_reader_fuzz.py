"""Files of every format, damaged in every way: a brief or a reason, and spans that hold."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from email.message import EmailMessage
from io import BytesIO

import pytest
from docx import Document as new_document
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import extract
from extractors.model import Printed

LINES = [
    "January 5, 2025 | Flash Brief",
    "Mill Burns in Tarsk, Nobody Hurt",
    "Latest Developments",
    "- Fire at Mill: The mill burned for hours, and then it rained on Müller’s roof.",
    "FDD Expert Response",
    "“Mills burn — often — when bread is dear.” — Ada Vance, FDD Fellow",
    "“Who Burns Mills,” by Ada Vance and Bo May",
]


def _mail() -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Fwd: Müller’s Mill", "Ada <a@x.example>"
    mail["Date"], mail["Message-ID"] = "Sun, 5 Jan 2025 09:00:00 +0100", "<1@x>"
    mail.set_content("\n".join(LINES))
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in LINES)
    mail.add_alternative(f"<table>{rows}</table>", subtype="html")
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="ü.pdf")
    return mail.as_bytes()


def _docx() -> bytes:
    document, out = new_document(), BytesIO()
    for line in LINES:
        document.add_paragraph(line)
    document.add_table(1, 1).cell(0, 0).text = "cell"
    document.save(out)
    return out.getvalue()


def _pdf(*, compress: bool) -> bytes:
    pdf = FPDF()
    pdf.set_compression(compress)
    pdf.add_page()
    pdf.set_font("Times", size=12)
    for line in LINES:
        bare = line.encode("latin-1", "replace").decode("latin-1")
        pdf.multi_cell(0, 6, bare, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


PAGE = f"<!DOCTYPE html><html><body><article><p>{'</p><p>'.join(LINES)}</article></html>"
SAVED = (
    "From: <Saved by Blink>\nSnapshot-Content-Location: https://x.example/a\nMIME-Version: 1.0\n"
    'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\n'
    f"{PAGE}\n--b--\n"
)
SEEDS = {
    "a.txt": "\n".join(LINES).encode(),
    "a.md": ("---\ntitle: Mill\ndate: 2025-01-05\n---\n" + "\n\n".join(LINES)).encode(),
    "a.html": PAGE.encode(),
    "a.eml": _mail(),
    "a.mhtml": SAVED.encode(),
    "a.docx": _docx(),
    "a.pdf": _pdf(compress=True),
    "b.pdf": _pdf(compress=False),
    "a.html.gz": gzip.compress(PAGE.encode()),
}
NASTY = [
    b"\x00",
    b"\xff\xfe",
    b"<!DOCTYPE",
    b"]]>",
    b"%PDF-",
    b"PK\x03\x04",
    b"--b",
    b"\n\n",
    b"<<",
]
NASTY += [
    "\ud800".encode("utf-8", "surrogatepass"),
    "鈥檚â€™\u202e".encode(),
    b"\\",
    b"9" * 30,
    b">",
]

change = st.tuples(
    st.floats(0, 1), st.integers(0, 60), st.one_of(st.sampled_from(NASTY), st.binary(max_size=8))
)


def _damaged(body: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, dropped, put in changes:
        at = int(place * len(body))
        body = body[:at] + put + body[at + dropped :]
    return body


def _printed(value: object) -> Iterator[Printed]:
    if isinstance(value, Printed):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _printed(part)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _printed(getattr(value, each.name))


@pytest.mark.parametrize("uri", SEEDS)
def test_as_it_is(uri: str) -> None:
    brief = extract(SEEDS[uri], uri=uri).brief
    assert brief is not None and "bread is dear" in brief.text


@pytest.mark.parametrize("uri", SEEDS)
@given(st.lists(change, max_size=8), st.sampled_from(["", "text/plain", "text/html", "text/x"]))
@settings(max_examples=60, deadline=None)
def test_damaged(uri: str, changes: list[tuple[float, int, bytes]], content_type: str) -> None:
    found = extract(_damaged(SEEDS[uri], changes), uri=uri, content_type=content_type)
    assert (found.brief is None) != (found.rejection is None)
    if found.rejection is not None:
        assert found.rejection.message and "\n" not in found.rejection.message
    if found.brief is not None:
        text = found.brief.text
        text.encode()  # no lone surrogate
        for value in _printed(found.brief):
            assert value.start is None or value.text == text[value.start : value.end]
