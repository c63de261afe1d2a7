"""Characters: what counts as white space, which strings are the same, how many words.

White space inside a block is one space; a line break stays only where the page breaks the line.
Letters and quotation marks are never changed, because every row points into this text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_SURROGATES = re.compile("[\ud800-\udfff]")
# C0 and C1 controls but tab, line feed, carriage return and next line: no page prints them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
# Zero-width spaces and soft hyphens break lines, they spell nothing: text copied from pages has
# them inside headings and names. (Zero-width joiners do spell something in Persian and stay.)
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060]")
_ODD = re.compile(
    "[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff"
    "\u00ad\u200b\u200e\u200f\u2060]"
)  # all three at once: most texts hold none of them
_LINE = 300  # characters of a line that can be a title or a heading
_SITE_NAME = re.compile(r"\.?(?:\s+[-|·:»]\s.*)?")
_FOLDED_AWAY = 40  # characters that folding may drop from a title
_WORDS = re.compile(r"[^\W_]+(?:[’'.\-][^\W_]+)*")
_UP_TO_LATIN = bytes(range(0xC4))  # of UTF-8, all bytes but those that begin what is beyond Latin-1
_SHAPES = bytes(
    ord("a" if chr(char).isalnum() else "-" if chr(char) in "'.-" else " ") for char in range(256)
)

_MARKS = (
    ("’", "'"), ("‘", "'"), ("‚", "'"), ("“", '"'), ("”", '"'), ("„", '"'),
    ("–", "-"), ("—", "-"), ("―", "-"),
)  # fmt: skip

_QUOTED = re.compile(r"‘[^’]*’|“[^”]*”|\"[^\"]*\"")

SMALL_WORDS = frozenset(
    (
        "a an and as at but by for from in into is its nor of off on onto or over per than the "
        "their to up upon via vs vs. with without amid after against before between during near "
        "are be not that under while if"
    ).split()
)
"""Words that a headline in title case writes small."""

_STOP = re.compile(r"(?<!\S)(\S{1,60}?)([.!?…][”’\"')\]]*)\s+(?=[\"“‘'(\[]*[^\W_])")
_ABBREVIATIONS = frozenset(
    (
        "gen lt ltc ltg col maj capt cmdr adm radm vadm brig sgt mr mrs ms dr prof sen rep gov st "
        "jr sr no nos vs inc ltd co corp dept jan feb mar apr jun jul aug sep sept oct nov dec ret "
        "hon amb rev mt ft messrs e.g i.e cf al approx"
    ).split()
)

OPENING_MARKS = '“„«"'


def clean(text: str) -> str:
    """Make any string safe to store: lone surrogates become U+FFFD, controls become spaces.

    Characters that print nothing are dropped.
    """
    # most lines have nothing but letters, marks and blanks: that is told in a tenth of the time
    if text.isprintable() or _ODD.search(text) is None:
        return text
    text = _SURROGATES.sub("\ufffd", text)
    text = _CONTROLS.sub(" ", text)
    return _INVISIBLE.sub("", text)


def collapse(text: str) -> str:
    """Fold every run of white space to one space and trim both ends."""
    if "  " not in text and text.isprintable():  # then no white space but single blanks
        return text.strip(" ")
    return " ".join(text.split())


def fold(text: str) -> str:
    """Return the form in which two headings, titles or names count as the same.

    Case, compatibility forms, white space and the shapes of quotation marks and dashes are
    folded, and a closing colon or full stop is dropped.
    """
    return _fold_line(text) if len(text) <= _LINE else _fold(text)


def plain_marks(text: str) -> str:
    """Return ``text`` with straight quotation marks, hyphens for dashes, compatible characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        for mark, plain in _MARKS:  # several times as fast as str.translate
            text = text.replace(mark, plain)
    return text


def _fold(text: str) -> str:
    text = plain_marks(text)
    return collapse(text.casefold()).rstrip(":. ")


_fold_line = lru_cache(maxsize=4096)(_fold)  # one short line is folded by many a rule


def word_count(text: str) -> int:
    """Count the words of ``text``; a hyphenated or apostrophised word is one."""
    # A Western text shows it in its bytes, in a quarter of the time: what it has beyond Latin-1 are
    # typographic marks (U+2000 to U+203F, E2 80 in UTF-8), none of which is a letter.
    encoded = text.encode("utf-8", "replace")
    if len(encoded.translate(None, _UP_TO_LATIN)) != encoded.count(b"\xe2\x80"):
        return len(_WORDS.findall(text))
    shape = b" " + text.replace("’", "'").encode("latin-1", "replace").translate(_SHAPES)
    # a word begins behind a blank, with a joint or without, and behind two joints, which are rare
    words = shape.count(b" a")
    return words + sum(shape.count(m) for m in (b" -a", b"--a") if shape.rfind(m[:2]) != -1)


def has_more_words(text: str, than: int) -> bool:
    """Tell whether ``text`` has more than so many words, parted by white space."""
    return len(text.split(None, than)) > than  # the rest of a long paragraph is not split


def marks_from_end(text: str, marks: str) -> Iterator[int]:
    """Yield the offsets at which one of ``marks`` (characters) stands, the last one first."""
    present = [mark for mark in marks if mark in text]
    end = len(text)
    if len(present) == 1:
        while (end := text.rfind(present[0], 0, end)) != -1:
            yield end
        return
    while present:
        end = max(text.rfind(mark, 0, end) for mark in present)
        if end == -1:
            return
        yield end


def opens_quotation(text: str) -> bool:
    """Tell whether ``text`` starts with an opening quotation mark."""
    return text[:1] in OPENING_MARKS and text[:1] != ""


def stays_open(text: str, was_open: bool) -> bool:
    """Tell whether a quotation is still open behind ``text``.

    A later paragraph of a quotation opens with the mark again, which says that it goes on.
    """
    depth = 0 if opens_quotation(text) else int(was_open)
    depth += text.count("“") - text.count("”")
    if text.count('"') % 2:
        depth += -1 if depth > 0 else 1
    return depth > 0


def sentence_end(text: str) -> int | None:
    """Return the offset behind the first sentence of ``text``; None if it is the only one.

    Initials and abbreviations ("U.S.", "Gen.") end no sentence.
    """
    for m in _STOP.finditer(text):
        word = m[1].lstrip("(“\"‘'[")
        initials = "." in word or len(word) == 1
        abbreviated = m[2].rstrip("”’\"')]") == "." and (
            word.lower() in _ABBREVIATIONS or (initials and word.replace(".", "").isalpha())
        )
        if not abbreviated:
            return m.end(2)
    return None


def is_title_case(text: str) -> bool:
    """Tell whether ``text`` is capitalised as a headline is, quoted parts left aside."""
    bare = _QUOTED.sub(" ", text)
    words = [w.lstrip("‘“\"'([") for w in bare.split()]
    telling = [w for w in words if w and w[0].isalpha() and fold(w) not in SMALL_WORDS]
    if not telling:
        return True
    capital = sum(w[0].isupper() for w in telling)
    return capital / len(telling) >= 0.75


def declares(declared: str, line: str) -> bool:
    """Tell whether ``declared``, a page's name for itself (folded), is the title ``line``.

    The site's name may stand behind it.
    """
    if len(line) > len(declared) + _FOLDED_AWAY:
        return False  # most lines are whole paragraphs: spare the folding
    title = fold(line)
    if len(title) <= 3 or not declared.startswith(title):
        return False
    return _SITE_NAME.fullmatch(declared, len(title)) is not None


_OPENING_SINGLE = re.compile(r"(?:^|(?<=[\s(“\"—–-]))'(?=\w)(?=.*\w[,.!?]?'(?!\w))")


_LABEL_MARKS = re.compile("[‘’'“”\":]")


def label_end(text: str) -> int | None:
    """Return the offset of the first colon outside quotation marks that can end a label."""
    single = double = False
    for m in _LABEL_MARKS.finditer(text):
        i, char = m.start(), m[0]
        following = text[i + 1 : i + 2]
        if char == "‘":
            single = "’" in text[i:]
        elif char == "'" and not single:
            single = _OPENING_SINGLE.match(text, i) is not None
        elif char in "’'" and single and not following.isalpha():
            single = False
        elif char == "“":
            double = "”" in text[i:]
        elif char == "”":
            double = False
        elif char == '"':
            double = not double and '"' in text[i + 1 :]
        # 10:30, https: and verses end no label; "Label:Text" is two tags run together
        elif char == ":" and not (single or double) and not _runs_on(following):
            return i
    return None


def _runs_on(following: str) -> bool:
    return following.isalnum() and not following.isupper()
