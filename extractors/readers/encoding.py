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
_BOM = tuple(bom for bom, _ in _BOMS)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_PARAMETER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.I)
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1b")
_ASCII = bytes(range(128))
_META_WINDOW = (
    4096  # browsers look for the declaration in the first 1024 bytes; some pages are late
)
_HEAD = 8192
# A Western text has few letters beyond ASCII; where they are more than this share of the bytes, the
# script is another one, and worth the cost of guessing its table.
_WESTERN_SHARE = 0.2
_ENOUGH_TO_GUESS = 24  # bytes beyond ASCII; a name or two tell nothing
_GUESSED_FROM = 20_000  # bytes are enough to tell a table by


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    # What pages call Latin-1 or ASCII is Windows-1252 in fact, and what they call GB2312 has more
    # characters than that; the HTML standard says so too.
    return {
        "iso8859-1": "cp1252",
        "ascii": "cp1252",
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "shift_jis": "cp932",
        "utf-8-sig": "utf-8",
    }.get(found, found)


# In Central European text (Windows-1250) these bytes are Ł, Ą, Ş, Ż, ł, ą, ş, Ľ, ľ, ż, Ź and ź. In
# Western text they are signs like £ and ³, and none of them stands within a word.
_CENTRAL = re.compile(
    rb"(?i:[a-z][\xa3\xa5\xaa\xaf\xb3\xb9\xba\xbc\xbe\xbf\x8f\x9f][a-z])"
    rb"|(?<![^\s(>])[\xa3\xaf\x8f][a-z]"
)


def decode(body: bytes, content_type: str = "") -> str:
    """Decode ``body``: byte order mark, then UTF-8 if it is valid, then what is declared.

    Valid UTF-8 with a byte beyond ASCII is hardly ever anything else, so it wins over a
    declaration. Without a declaration that fits, a Western text is Windows-1252, one with Polish
    letters in it Windows-1250, and another script is guessed. Bytes that stand for nothing become
    U+FFFD; never raises.
    """
    if (text := as_utf8(body, content_type)) is not None:
        return text
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, errors="replace")
    if wide := _utf16(body):
        return body.decode(wide, errors="replace")
    declared = _declared(body, content_type)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(body, declared, error)
    return body.decode(_seven_bit(declared)[0], errors="replace")


def as_utf8(body: bytes, content_type: str = "") -> str | None:
    """Decode ``body`` if it is UTF-8 from its first byte to its last, as most pages are."""
    if body.startswith(_BOM) or _utf16(body):
        return None
    # the 7-bit tables of Japanese, Korean and Chinese are valid UTF-8 too
    shifts = b"\x1b" in body or (b"~" in body and b"~{" in body)  # a byte is found at once
    if shifts and _seven_bit(_declared(body, content_type)):
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _seven_bit(declared: list[str]) -> list[str]:
    return [name for name in declared if name.startswith(("iso2022", "hz"))]


def _declared(body: bytes, content_type: str) -> list[str]:
    """Return the tables that header and page name, as Python calls them."""
    names = [m[1] for m in [_PARAMETER.search(content_type)] if m]
    if meta := _META_CHARSET.search(body[:_META_WINDOW]):
        names.append(meta[1].decode("ascii", errors="replace"))
    return [known for name in names if (known := _known(name)) is not None]


def _decode_other(body: bytes, declared: list[str], error: UnicodeDecodeError) -> str:
    """Decode what is not valid UTF-8 from its first ``error`` on."""
    for name in declared:
        if name == "utf-8":
            continue
        try:
            return body.decode(name)
        except (LookupError, ValueError):  # "hex" and "rot13" are codecs, yet no encodings
            continue
    if _is_damaged_utf8(body, error, "utf-8" in declared):
        return body.decode("utf-8", errors="briefhouse-mixed")
    for name in declared:
        if name not in ("utf-8", "cp1252"):
            try:
                return body.decode(name, errors="replace")  # a byte or two are damaged
            except (LookupError, ValueError):
                continue
    beyond = body[:_GUESSED_FROM].translate(None, _ASCII)
    share = _WESTERN_SHARE * min(len(body), _GUESSED_FROM)
    if not declared and len(beyond) > max(share, _ENOUGH_TO_GUESS):
        return _guess(body)
    central = not declared and _CENTRAL.search(body)
    return body.decode("cp1250" if central else "cp1252", errors="replace")


def _is_damaged_utf8(body: bytes, error: UnicodeDecodeError, declared: bool) -> bool:
    """Tell whether ``body`` is UTF-8 with a few other bytes in it: cut, or pasted together."""
    good = len(body[: error.start].translate(None, _ASCII))
    if declared and not good and error.reason == "unexpected end of data":
        return True
    rest = body[error.start : error.start + _GUESSED_FROM]
    bad = rest.decode("utf-8", errors="replace").count("\ufffd")
    good += len(rest.decode("utf-8", errors="ignore").encode().translate(None, _ASCII))
    return good > 2 * bad


def _mixed(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252, unless the text ends within a character."""
    assert isinstance(error, UnicodeDecodeError)
    if error.reason == "unexpected end of data":
        return "\ufffd", error.end
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("briefhouse-mixed", _mixed)


def _guess(body: bytes) -> str:
    """Decode a text of no declared table and no Western script."""
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_GUESSED_FROM], preemptive_behaviour=False).best()
    return body.decode(best.encoding if best else "cp1252", errors="replace")


def _utf16(body: bytes) -> str | None:
    """Return the table of UTF-16 without a byte order mark: every other byte of it is NUL."""
    head = body[: _HEAD // 2 * 2]
    half = len(head) // 2
    if half < 4 or b"\x00" not in head:
        return None
    zeros = [head[offset::2].count(0) for offset in (0, 1)]
    for first, name in ((0, "utf-16-be"), (1, "utf-16-le")):
        if zeros[first] > 0.7 * half and zeros[1 - first] == 0:
            return name
    return None


def looks_binary(body: bytes) -> bool:
    """Tell whether ``body`` can't be text in any encoding that briefs come in."""
    head = body[:_HEAD]
    if not head or body.startswith(_BOM) or _utf16(body):
        return False
    controls = len(head) - len(head.translate(None, delete=_CONTROLS))
    return controls > len(head) // 50  # text holds next to none; 2% forgives stray ones
