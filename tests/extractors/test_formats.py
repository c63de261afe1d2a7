"""Which format a file is in: its content says so before its type, and that before its name."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.readers.opened import Unreadable, Whole, open_document

PAGE = b"<!DOCTYPE html><html><body><p>Mills burn, and nobody knows why they do.</p></body></html>"
MAIL = b"MIME-Version: 1.0\nMessage-ID: <1@x>\nSubject: Mills\n\nMills burn.\n"


def _format(body: bytes, uri: str = "", content_type: str = "") -> str:
    return open_document(body, uri=uri, content_type=content_type).read().format


@pytest.mark.parametrize(
    ("body", "uri", "content_type", "want"),
    [
        (PAGE, "a.txt", "text/plain", "html"),
        (b"\n<!-- saved --> <html><p>Mills burn.</p>", "a.md", "", "html"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html><p>Mills burn.</p>", "", "", "html"),
        (b"Mills <b>burn</b>.", "a", "text/html", "html"),
        (b"Mills <b>burn</b>.", "a.html", "", "html"),
        (b"Mills <b>burn</b>.", "https://x.example/a.php?b=1", "", "html"),
        (b"<p>Mills</p><p>burn.</p>", "a", "", "html"),
        (b"<p>Mills</p><p>burn.</p>", "a", "text/plain", "text"),
        (b"Mills <b>burn</b>.", "a.txt", "", "text"),
        (b"# Mills\n", "a.md", "", "markdown"),
        (b"# Mills\n", "https://x.example/a.md?raw=1", "text/plain", "markdown"),
        (b"# Mills\n", "a.txt", "text/markdown; charset=utf-8", "markdown"),
        (b"# Mills\n", "a.txt", "", "text"),
        (b"---\ntitle: Mills\n---\n\nburn\n", "a", "", "markdown"),
        (b"---\n\nMills burn: twice.\n", "a", "", "text"),
        (MAIL, "a.txt", "text/plain", "email"),
        (b"From ada Tue Feb 11 2025\r\n" + MAIL.replace(b"\n", b"\r\n"), "a", "", "email"),
        (b"Subject: Mills\n\nMills burn.\n", "a.eml", "", "email"),
        (b"Subject: Mills\n\nMills burn.\n", "a.txt", "", "text"),
    ],
)
def test_told_apart(body: bytes, uri: str, content_type: str, want: str) -> None:
    assert _format(body, uri, content_type) == want


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
        (b"{\\rtf1\\ansi Mills burn.}", "Rich Text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "OCR"),
        (b"RIFF\x00\x00\x00\x00WEBP" + bytes(100), "leave it out"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "unpack"),
        (b"Rar!\x1a\x07\x00" + bytes(100), "unpack"),
    ],
)
def test_what_is_not_read_says_what_to_do(body: bytes, words: str) -> None:
    rejection = extract(body, uri="a.txt").rejection
    assert rejection is not None and rejection.reason == "binary"
    assert words in rejection.message


def test_broken_pdf_is_no_text() -> None:
    with pytest.raises(Unreadable) as error:
        open_document(b"%PDF-1.7\nnothing")
    assert error.value.reason == "damaged"


def test_hosts_of_a_file() -> None:
    text = b"---\ncanonical_url: https://www.fdd.org/a\n---\n\nMills burn.\n"
    opened = open_document(text, uri="https://copy.example/a.md")
    assert isinstance(opened, Whole) and opened.hosts == ("copy.example", "www.fdd.org")
    assert open_document(b"Mills burn.", uri="https://[bad").hosts == ()
