"""What format a file is in: told by its content first, then by its type, then by its name."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

Format = Literal["html", "text", "markdown", "email", "mhtml", "pdf", "zip", "gzip", "alien"]

_PDF_WINDOW = 1024  # readers look for %PDF so far into a file
_HTML_OPENS = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])",
    re.I | re.S,
)
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|h[1-6]|ul)\b", re.I)
_HTML_NAME = re.compile(r"\.(?:html?|xhtml|php|aspx?)$", re.I)
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mdown|mkd)$", re.I)
_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?:[^\n]{0,2000}\n){0,100}?[\w-]+[ \t]*:[^\n]*\n", re.I)
_MARKUP_WINDOW = 20_000

_HEADER = re.compile(rb"(?:From [^\r\n]*\r?\n)?[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?[^\r\n]*\r?\n")
_HEADERS = re.compile(rb"(?:[!-9;-~]{1,80}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+")
# A memo has From, To, Subject and Date as well; only machines write these.
_MACHINE = re.compile(
    rb"^(?:message-id|mime-version|received|return-path|delivered-to|dkim-signature|content-type"
    rb"|list-unsubscribe|snapshot-content-location):",
    re.I | re.M,
)
_SAVED_PAGE = re.compile(
    rb"^(?:snapshot-content-location:|from:[ \t]*<?saved by )|^x-mimeole:[^\n]*mhtml", re.I | re.M
)
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_SENT = re.compile(rb"^(?:message-id|received|return-path|to):", re.I | re.M)
_HEADER_WINDOW = 65_536

# Files that have words in them, none that can be read here: what starts them, and what to do.
_ALIENS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc); save it as .docx or PDF"),
    (b"{\\rtf", "a Rich Text file; save it as .docx, PDF or plain text"),
    (b"%!PS", "a PostScript file; convert it to PDF"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it and give the files in it"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it and give the files in it"),
    (b"BZh", "a bzip2 archive; unpack it and give the file in it"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it and give the file in it"),
    (b"(\xb5/\xfd", "a zstd archive; unpack it and give the file in it"),
    (b"\x89PNG\r\n", "a picture; use text recognition (OCR) on it, or leave it out"),
    (b"\xff\xd8\xff", "a picture; use text recognition (OCR) on it, or leave it out"),
    (b"GIF8", "a picture; use text recognition (OCR) on it, or leave it out"),
    (b"II*\x00", "a picture; use text recognition (OCR) on it, or leave it out"),
    (b"MM\x00*", "a picture; use text recognition (OCR) on it, or leave it out"),
)

_HEADINGS = re.compile(r"^#{1,3} [^\s#].{1,120}$", re.M)
_READER_COPY = "\nMarkdown Content:\n"  # a service that reads pages writes so, as plain text
_READER_WINDOW = 4_000
_MIN_LINKS = 3  # so many links in Markdown's form
_MIN_HEADINGS = 2  # a text with so many is Markdown, whatever it is called


def alien(body: bytes) -> str | None:
    """Return what a file is, and what to do, if it is of a known format that is not read here."""
    if body.startswith(b"RIFF") and body[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a picture or a recording; leave it out"
    if body.startswith(b"BZh") and body[4:10] != b"1AY&SY":
        return None
    return next((what for magic, what in _ALIENS if body.startswith(magic)), None)


def packed_format(body: bytes, uri: str, content_type: str) -> Format | None:
    """Tell the formats that show in the first bytes; None for what must be decoded to tell."""
    if body.startswith(b"\x1f\x8b"):
        return "gzip"
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if alien(body):
        return "alien"
    head = body[:_PDF_WINDOW]
    at = head.find(b"%PDF-")
    if at == 0 or (at > 0 and b"\x00" in body[:8192]) or (at > 0 and b" obj" in body[:8192]):
        return "pdf"
    return _message_format(body.lstrip(b"\xef\xbb\xbf\r\n \t"), uri, content_type)


def _message_format(body: bytes, uri: str, content_type: str) -> Format | None:
    if not _HEADER.match(body):
        return None
    start = body.find(b"\n") + 1 if body.startswith(b"From ") else 0
    found = _HEADERS.match(body[: _HEADER_WINDOW + start], start)
    if found is None:
        return None
    headers = found[0]
    kind = _media_type(content_type)
    name = path_of(uri).lower()
    declared = kind.startswith(("message/", "multipart/")) or name.endswith((".eml", ".mht"))
    declared = declared or name.endswith(".mhtml")
    fields = len(re.findall(rb"^[!-9;-~]+:", headers, re.M))
    if not declared and (fields < 2 or not _MACHINE.search(headers)):
        return None
    if _SAVED_PAGE.search(headers) or name.endswith((".mht", ".mhtml")):
        return "mhtml"
    if _RELATED.search(headers) and (kind == "multipart/related" or not _SENT.search(headers)):
        return "mhtml"
    return "email"


def text_format(text: str, uri: str, content_type: str) -> Format:
    """Tell HTML, Markdown and plain text apart."""
    if _HTML_OPENS.match(text[:_MARKUP_WINDOW]):
        return "html"
    kind, path = _media_type(content_type), path_of(uri)
    if "html" in kind:
        return "html"
    if "markdown" in kind or _FRONT_MATTER.match(text[:_MARKUP_WINDOW]):
        return "markdown"
    # hosts of source files serve Markdown as plain text
    if _MARKDOWN_NAME.search(path):
        return "markdown"
    if "\n## " in text and len(_HEADINGS.findall(text)) >= _MIN_HEADINGS:
        return "markdown"
    if _READER_COPY in text[:_READER_WINDOW] or text.count("](http") >= _MIN_LINKS:
        return "markdown"
    if kind == "text/plain":
        return "text"
    if _HTML_NAME.search(path) or len(_MARKUP.findall(text[:_MARKUP_WINDOW])) >= 2:
        return "html"
    return "text"


def path_of(uri: str) -> str:
    """Return the path that names the file: of an address without its query."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return uri
    return parts.path if parts.scheme.lower() in ("http", "https") else uri


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
