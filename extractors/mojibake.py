"""Mojibake: characters that were decoded with the wrong table, put right where that is certain.

Quotation marks and names hang on it, so nothing else is touched: marks keep their shapes, and text
in any script that was decoded well stays as it is. The bytes as they came are kept in landing.
"""

from __future__ import annotations

import re

_ASCII = bytes(range(128))
# What may be mojibake, as UTF-8 bytes once ASCII is left out: À to ô before a character that
# Windows-1252 has between 80 and BF; a C1 control; the Chinese character that E2 80 gives.
_SUSPECT = re.compile(
    rb"\xc3[\x82-\xb4](?:\xc2|\xe2[\x80-\x84]|[\xc5\xc6\xcb])|\xc2[\x80-\x84\x86-\x9f]|\xe9\x88\xa5"
    rb"|\xe2\x80\x9a\xc3\x84\xc3[\xa0-\xbf]"  # ‚Äô: E2 80 99 as Mac OS Roman has it
)
_LEADS = (b"\xc3", b"\xc2", b"\xe9")  # one of these is in all that is suspect
_LINES = re.compile(r"[^\n]{1,10000}[^\n ]{0,1000}")  # pages on one line: in bites

_HAN = re.compile("[\u3400-\u9fff\ue000-\uf8ff]")
_RUN = re.compile("[\u0080-\U0010ffff]+")
_PART = re.compile("[\u0080-\ufffc\U00010000-\U0010ffff]+")  # of a run: what was lost parts it
_MARK = "鈥"  # E2 80, the first two bytes of typographic marks, read as GB 18030
_QUOTING = re.compile(r"[“”‘]|’(?!\w)")
_OWNED = re.compile(r" ?[a-z‘“]")
_CLOSED_BEFORE_DASH = "鈥濃\ufffd\ufffd"  # ”— before a space: 80 and the last byte are lost
_LOST = re.compile(f"{_MARK}[\ufffd?]")
_LATIN = re.compile(r"[A-Za-z]")
# What Western text has beyond ASCII: its letters, and the marks that typesetters use.
_OTHER_TABLES = re.compile("[\u0370-\u052f]")  # Greek and Cyrillic
_ENOUGH = 4  # letters of another script that are no chance
_WESTERN = re.compile("[\u00a0-\u024f\u1e00-\u1eff\u2010-\u203a\u20ac\u2122]+[!-~]?")


def repair(text: str, utf8: bytes | None = None) -> str:
    """Return ``text`` with what is certainly mojibake put right, line by line; itself if nothing.

    Clean text costs next to nothing: the library that repairs is imported with the first suspicion.
    ``utf8`` are the text's bytes, if they are at hand.
    """
    if text.isascii():
        return text
    encoded = text.encode("utf-8", "replace") if utf8 is None else utf8
    if not any(lead in encoded for lead in _LEADS):
        return text
    if not _SUSPECT.search(encoded.translate(None, _ASCII)):
        return text
    text = _LINES.sub(lambda m: _repair_western(m[0]), text)
    return _repair_chinese(text) if _MARK in text else text


def _repair_western(line: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 or Latin-1, once or twice, whole or in runs."""
    if line.isascii() or not _SUSPECT.search(line.encode("utf-8", "replace")):
        return line
    from ftfy import fix_encoding

    mended = fix_encoding(line)
    if _OTHER_TABLES.search("".join(set(line) - set(mended))):
        return line  # "β€‘" may be mojibake of Greek tables, and may be what it says
    new = set(mended) - set(line)
    foreign = [char for char in mended if char in new and not _WESTERN.match(char)]
    # a letter or two of another script come about by chance
    return mended if not foreign or len(foreign) >= _ENOUGH else line


def _repair_chinese(text: str) -> str:
    """Undo UTF-8 that was read as GB 18030: ``鈥檚`` for ``’s``.

    Typographic marks show that it happened; accented letters are put right in such a text only,
    and nothing in a line that has more Chinese characters than Latin letters.
    """
    found = False
    text = text.replace(_CLOSED_BEFORE_DASH, "”—")

    def mend_run(m: re.Match[str]) -> str:
        nonlocal found
        if (at := m[0].find("\ufffd")) > 0 and (whole := _from_chinese(m[0])) is not None:
            found = found or _MARK in m[0][:at]
            return whole
        return _PART.sub(mend, m[0])

    def mend(m: re.Match[str]) -> str:
        nonlocal found
        run = m[0].removesuffix(_MARK)  # the rest of a mark at its end is lost
        mended = _from_chinese(run)
        if mended is None:
            return m[0]
        found = found or _MARK in run
        return mended + m[0][len(run) :]

    def mend_line(m: re.Match[str]) -> str:
        han = len(_HAN.findall(m[0]))
        return _RUN.sub(mend_run, m[0]) if 0 < han <= len(_LATIN.findall(m[0])) else m[0]

    mended = _LINES.sub(mend_line, text)
    return _LINES.sub(_mend_lost, mended) if found and _LOST.search(mended) else mended


def _mend_lost(line: re.Match[str]) -> str:
    """Put marks whose last byte was lost where only one mark can stand.

    The byte is lost before a space, a stop or the end, so it was no opening mark: a dash between
    spaces or behind a closed quotation, else the mark that closes what is open, else an apostrophe.
    """
    text = line[0]
    parts: list[str] = []
    at = outer = 0
    inner = False  # within single marks
    for m in _LOST.finditer(text):
        part = text[at : m.start()]
        parts.append(part)
        for mark in _QUOTING.findall(part):
            outer += (mark == "“") - (mark == "”")
            inner = mark == "‘"
        above = next((known[-1] for known in reversed(parts[-2:]) if known), "")
        if not above:
            parts.append(m[0])
        elif above in " ”":
            parts.append("—")
        elif inner or (above == "s" and _OWNED.match(text, m.end())):
            parts.append("’")  # ... or the millers’ pause
            inner = False
        elif outer > 0 or not above.isalnum():
            parts.append("”")
            outer -= 1
        else:
            parts.append("’")
        at = m.end()
    return "".join((*parts, text[at:]))


def _from_chinese(run: str) -> str | None:
    """Decode a run anew; None unless all of it comes out as Western letters and marks.

    What was lost between two characters (U+FFFD) was 80, the byte that begins none of them.
    """
    try:
        parts = [part.encode("gb18030") for part in run.split("\ufffd")]
        mended = b"\x80".join(parts).decode("utf-8") if _HAN.search(run) else ""
    except ValueError:
        return None
    return mended if _WESTERN.fullmatch(mended) else None
