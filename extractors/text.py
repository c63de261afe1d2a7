"""Characters: what counts as white space, which strings are the same, how many words.

White space inside a block is one space; a line break stays only where the page breaks the line.
Letters and quotation marks are never changed, because every row points into this text.
"""

from __future__ import annotations

import re
import unicodedata

_SURROGATES = re.compile("[\ud800-\udfff]")
# C0 and C1 controls but tab, line feed, carriage return and next line: no page prints them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
_SPACES = re.compile(r"\s+")
_WORDS = re.compile(r"[^\W_]+(?:[’'.\-][^\W_]+)*")

_MARKS = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "―": "-"}
)

OPENING_MARKS = '“„«"'
CLOSING_MARKS = '”»"'
DASHES = "—–―‒-"


def clean(text: str) -> str:
    """Make any string safe to store: lone surrogates become U+FFFD, controls become spaces."""
    if _SURROGATES.search(text):
        text = _SURROGATES.sub("\ufffd", text)
    if _CONTROLS.search(text):
        text = _CONTROLS.sub(" ", text)
    return text


def collapse(text: str) -> str:
    """Fold every run of white space to one space and trim both ends."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """Return the form in which two headings, titles or names count as the same.

    Case, compatibility forms, white space and the shapes of quotation marks and dashes are
    folded, and a closing colon or full stop is dropped.
    """
    folded = unicodedata.normalize("NFKC", text).translate(_MARKS).casefold()
    return _SPACES.sub(" ", folded).strip().rstrip(":. ")


def word_count(text: str) -> int:
    """Count the words of ``text``; a hyphenated or apostrophised word is one."""
    return sum(1 for _ in _WORDS.finditer(text))


def opens_quotation(text: str) -> bool:
    """Tell whether ``text`` starts with an opening quotation mark."""
    return text[:1] in OPENING_MARKS and text[:1] != ""
