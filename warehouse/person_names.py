"""Printed names of people, taken apart so that two of them can be compared. Pure.

Taking a name apart is nameparser's work; what is certain about two of them is said here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from extractors.text import fold

_TITLES = re.compile(
    r"^(?:dr|prof|professor|mr|mrs|ms|mx|sir|dame|lord|hon|honorable|the|amb|ambassador|gen|general|"
    r"lt|ltg|ltc|lieutenant|col|colonel|maj|major|mg|bg|brig|brigadier|capt|captain|cmdr|cdr|"
    r"commander|adm|admiral|radm|vadm|rear|vice|sgt|sergeant|sen|senator|rep|representative|gov|"
    r"governor|rev|rabbi|imam|sheikh|\(?ret(?:ired|d)?\.?\)?)\.?\s+"
)
_BRACKETS = re.compile(r"\s*\([^)]*\)|\s*“[^”]*”|\s*\"[^\"]*\"|(?<=\s)[‘'][^’']*[’'](?=\s)")
_NICKNAME = re.compile(r"[(“\"]([^)”\"]+)[)”\"]|(?<=\s)[‘']([^’']+)[’'](?=\s)")
_RETIRED = re.compile(r"\bret(?:ired|d)?\b|\bres\b|\barmy\b|\bnavy\b|\bair force\b|\bmarine", re.I)
_SERVICE = re.compile(r"[,\s]+(?:u\.?s\.?(?:a|n|af|mc)?\.?)?,?\s*\(?ret(?:ired|d)?\.?\)?$")
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "2nd": "ii",
                "iii": "iii", "3rd": "iii", "iv": "iv", "v": "v"}  # fmt: skip
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae",
                          "œ": "oe", "ı": "i", "ʿ": "", "ʾ": "", "ʻ": "", "ʼ": "", "'": "",
                          "`": ""})  # fmt: skip

_PARTICLES = frozenset("ben bin bint ibn al el abu von van der den de da di du del la le".split())

Relation = Literal["certain", "possible"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in lower case, without marks, titles, degrees and nicknames.

    ``generation`` is jr, sr, ii, iii, iv or v, or "". What can't be taken apart is a surname alone.
    ``double`` are the words of a given name such as Jean-Pierre or J.-P., and ``stem`` is the
    surname without its particles (taleblu of Ben Taleblu): for doubts, they make no difference.
    """

    given: str
    middle: tuple[str, ...]
    surname: str
    generation: str
    double: tuple[str, ...] = field(default=(), compare=False)
    stem: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """What two forms have in common that differ in case, marks and honorifics alone."""
        return " ".join(w for w in (self.given, *self.middle, self.surname, self.generation) if w)

    @property
    def base(self) -> str:
        """The same without middle names."""
        return " ".join(word for word in (self.given, self.surname, self.generation) if word)


@lru_cache(maxsize=65_536)
def parse(printed: str) -> Name:
    """Take a printed name apart."""
    from nameparser import HumanName  # 50 ms that a night without statements saves

    text = _BRACKETS.sub(" ", fold(printed)).strip(" ,")
    text = _SERVICE.sub("", text)
    while (shorter := _TITLES.sub("", text)) != text:
        text = shorter
    parts = HumanName(text)
    given, middle, surname = parts.first, parts.middle.split(), parts.last
    if not surname:
        given, surname = "", _plain(given or text).replace(" ", "")
    while middle and middle[-1] in _PARTICLES:
        surname = f"{middle.pop()} {surname}"
    words = [_plain(word) for word in (given, *middle)]
    spelled = [letter for word in words for letter in _initials(word)]
    double = re.findall(r"\w+", words[0]) if "-" in given else []
    last = _plain(surname).split()
    first = next((n for n, word in enumerate(last[:-1]) if word not in _PARTICLES), len(last) - 1)
    return Name(
        (spelled[0] if spelled else "").replace(" ", ""),
        tuple(word.replace(" ", "") for word in spelled[1:] if word),
        "".join(last) or _plain(text) or fold(printed) or printed,
        _generation(parts.suffix),
        tuple(double) if len(double) > 1 else (),
        "".join(last[first:]),
    )


def nickname(printed: str) -> str | None:
    """Return the nickname that is printed within a name: Bill in William “Bill” Tregear."""
    for m in _NICKNAME.finditer(printed):
        inner = (m[1] or m[2]).strip()
        if not _RETIRED.search(inner) and inner.replace(" ", "").replace(".", "").isalpha():
            return _plain(fold(inner)).replace(" ", "")
    return None


def _plain(word: str) -> str:
    word = word.translate(_LETTERS)
    if not word.isascii():
        word = "".join(
            c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)
        )
    return re.sub(r"[^\w.]+", " ", word).strip()


def _initials(word: str) -> list[str]:
    """Return "j.d." as two initials, and any other word without its stop."""
    letters = [part for part in word.split(".") if part]
    if "." in word and len(letters) > 1 and all(len(part) == 1 for part in letters):
        return letters
    return ["".join(letters)]


def _generation(suffixes: str) -> str:
    for word in re.split(r"[,\s]+", suffixes.replace(".", "")):
        if word in _GENERATIONS:
            return _GENERATIONS[word]
    return ""


def agree(a: Name, b: Name) -> bool:
    """Tell whether nothing in two names speaks against one person."""
    return (
        a.surname == b.surname
        and (not a.generation or not b.generation or a.generation == b.generation)
        and fits(a.given, b.given)
        and all(fits(x, y) for x, y in zip(a.middle, b.middle, strict=False))
    )


def fits(a: str, b: str) -> bool:
    """Tell whether two given names can be one: equal, missing, or one the other's initial."""
    return a == b or not a or not b or (1 in (len(a), len(b)) and a[0] == b[0])


def shortens(short: Name, full: Name) -> Relation | None:
    """Tell whether ``short`` is a shorter form of ``full``, and whether that is certain.

    Certain is what leaves out or shortens middle names to initials, and two initials for two
    names. A lone initial or surname, a missing Jr., a middle name left out whole are possible.
    """
    if short == full or not agree(short, full) or short.generation not in ("", full.generation):
        return None
    if len(short.middle) > len(full.middle):
        return None
    pairs = [*zip((short.given, *short.middle), (full.given, *full.middle), strict=False)]
    if any(len(a) > len(b) for a, b in pairs):
        return None
    left_out = full.middle[len(short.middle) :]
    if (
        short.generation != full.generation
        or not short.given
        or any(len(word) > 1 for word in left_out)
    ):
        return "possible"
    if len(short.given) == 1:  # two initials for two names tell more than one
        return "certain" if short.middle and not left_out else "possible"
    return "certain"
