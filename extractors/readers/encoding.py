"""From bytes to characters, whatever the sender says of them."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_PARAMETER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.I)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1b")
_META_WINDOW = (
    4096  # browsers look for the declaration in the first 1024 bytes; some pages are late
)


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    # What pages call Latin-1 or ASCII is Windows-1252 in fact; the HTML standard says so too.
    return "cp1252" if found in ("iso8859-1", "ascii") else found


def decode(body: bytes, content_type: str = "") -> str:
    """Decode ``body``: byte order mark, then UTF-8 if it is valid, then what is declared.

    Valid UTF-8 with a byte beyond ASCII is hardly ever anything else, so it wins over a
    declaration. The last resort is Windows-1252 with U+FFFD for what it lacks; never raises.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = []
    if m := _PARAMETER.search(content_type):
        declared.append(m[1])
    if meta := _META_CHARSET.search(body[:_META_WINDOW]):
        declared.append(meta[1].decode("ascii", errors="replace"))
    for name in declared:
        known = _known(name)
        if known is None or known == "utf-8":
            continue
        try:
            return body.decode(known)
        except (LookupError, ValueError):  # "hex" and "rot13" are codecs, yet no encodings
            continue
    if any(_known(name) == "utf-8" for name in declared):
        return body.decode("utf-8", errors="replace")  # UTF-8 cut in the middle of a character
    return body.decode("cp1252", errors="replace")


def looks_binary(body: bytes) -> bool:
    """Tell whether ``body`` can't be text in any encoding that briefs come in."""
    if any(body.startswith(bom) for bom, _ in _BOMS):
        return False
    head = body[:8192]
    if not head:
        return False
    if b"\x00" in head:
        return True
    controls = len(head) - len(head.translate(None, delete=_CONTROLS))
    return controls > len(head) // 50  # text holds next to none; 2% forgives stray ones
