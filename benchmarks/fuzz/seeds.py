"""What documents are damaged from: the samples, and the same pieces in every other format."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape, unescape
from pathlib import Path
from re import DOTALL, sub

from extractors.profile_file import shipped

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Seed:
    """A sound document. ``text`` is None for a format that is damaged as bytes."""

    name: str
    body: bytes
    text: str | None
    content_type: str
    suffix: str


def load_seeds() -> tuple[Seed, ...]:
    """Return every seed, in the same order on every machine."""
    return tuple(_seeds())


def hosts() -> tuple[str, ...]:
    """Return the hosts of all profiles, by which pages are taken for their publishers'."""
    return tuple(sorted(host for profile in shipped().known for host in profile.hosts))


def headings() -> tuple[str, ...]:
    """Return the headings of all profiles (folded), put into title case as pages print them."""
    found = {h.title() for p in shipped().known for rule in p.sections for h in rule.headings}
    return tuple(sorted(found))


def _seeds() -> Iterator[Seed]:
    for path in sorted((ROOT / "samples").rglob("*.*")):
        body = path.read_bytes()
        text = body.decode("utf-8", "replace")
        if path.suffix == ".html":
            yield Seed(path.stem, body, text, "text/html; charset=utf-8", ".html")
            yield Seed(path.stem, gzip.compress(body, mtime=0), None, "", ".html.gz")
            yield _mail(path.stem, text, "html", ".eml")
            yield Seed(path.stem, *_mhtml(text), "multipart/related", ".mhtml")
            text = unescape(sub(r"\s*\n\s*", "\n", sub("<[^>]*>", "", _body(text))))
        else:
            yield Seed(path.stem, body, text, "text/plain; charset=utf-8", ".txt")
            yield _mail(path.stem, text, "plain", ".eml")
        markdown = _markdown(text)
        yield Seed(path.stem, markdown.encode(), markdown, "text/markdown", ".md")
        yield Seed(path.stem, _docx(text), None, _DOCX, ".docx")
        yield Seed(path.stem, _pdf(text), None, "application/pdf", ".pdf")


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _body(page: str) -> str:
    return sub("<(script|style|head)\\b.*?</\\1>", "", page, flags=DOTALL)


def _mail(name: str, text: str, subtype: str, suffix: str) -> Seed:
    mail = EmailMessage()
    mail["Subject"] = name.replace("-", " ").title()
    mail["From"] = "Briefs <news@tank.example>"
    mail["Date"] = "Tue, 14 Jan 2025 09:00:00 -0500"
    mail.set_content(text if subtype == "plain" else "See the HTML part.")
    if subtype == "html":
        mail.add_alternative(text, subtype="html")
        mail.set_boundary("=_part")
    body = mail.as_bytes()
    return Seed(name, body, body.decode("utf-8", "replace"), "message/rfc822", suffix)


def _mhtml(page: str) -> tuple[bytes, str]:
    head = (
        "MIME-Version: 1.0\r\nSnapshot-Content-Location: https://tank.example/a\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="=_b"\r\n\r\n--=_b\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n"
        "Content-Location: https://tank.example/a\r\n\r\n"
    )
    text = f"{head}{page}\r\n--=_b--\r\n"
    return text.encode(), text


def _markdown(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    known = set(headings())
    return "\n\n".join(f"## {line}" if line.title() in known else line for line in lines)


def _docx(text: str) -> bytes:
    paragraphs = "".join(
        f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines() if line
    )
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
            'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+'
            f'xml"/><Override PartName="/word/document.xml" ContentType="{_DOCX}.main+xml"/>'
            "</Types>",
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": f"<w:document {space}><w:body>{paragraphs}</w:body></w:document>",
        }.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _pdf(text: str) -> bytes:
    """Return a PDF of one page with a line of text for every 90 characters."""
    lines = [line[i : i + 90] for line in text.splitlines() for i in range(0, len(line), 90)]
    marks = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})
    shown = "".join(f"({line.translate(marks)}) Tj T*\n" for line in lines)
    content = f"BT /F1 9 Tf 11 TL 40 800 Td\n{shown}ET".encode("cp1252", "replace")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, value in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    start = len(made)
    made += b"xref\n0 6\n0000000000 65535 f \n"
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(made)
