"""Texts that are nearly one: shingles, their MinHash signature, and what may differ. Pure.

Candidates come from equal bands of signatures (locality-sensitive hashing), and are confirmed by
the exact share of common shingles.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from extractors.text import fold, plain_marks

_WORDS_OF_ONE = 3
# Two notes of fewer words have too few shingles to tell a copy from another note.
_FEWEST_WORDS = 30
_SURELY_ENOUGH = 45  # of so many shingles thirty differ in all texts but the most monotonous
_BANDS, _ROWS, _SEED = 20, 4, 1
_SALTS = [bytes([nth]) for nth in range(_BANDS)]

SIMILAR = 0.7
"""The share of common shingles from which on two texts are compared in what they differ.

A copy with a fifth more of furniture has 0.83. Of pairs at 0.7 bands of four find 99.6 %, of pairs
at 0.3, which are other texts, 15 %.
"""
_HEADING = 8  # words: in a shorter line without a stop capitals make no names
_ROWS_WORDS = 60  # as many words of rows in another body are no chance and no stock phrase
_ROWS_SHARE = 0.5  # of a body: where rows are less, what stands around them is the matter
_FURNITURE = 12  # words: a longer run that only one side has is a box or a note, no edit

_WORD = re.compile(r"[^\W_]+(?:[’'.,\-][^\W_]+)*")
_PART = "\x00"  # no text has it
# Of Latin-1 what words are made of, as it is, and a blank for all else.
_LETTERS_AND_JOINTS = bytes(
    char if chr(char).isalnum() or chr(char) in f"'.,-{_PART}" else 32 for char in range(256)
)
_JOINT = rb"['.,\-]"
# A joint that joins nothing: no letter stands behind it, or none before.
_LOOSE = re.compile(rb"%s(?:(?![^ \0'.,\-])|(?<![^ \0'.,\-]%s))" % (_JOINT, _JOINT))


class Body(NamedTuple):
    """The parts of a body, and the words of its rows: headlines, developments, quotes, speakers."""

    parts: Sequence[str]
    rows: Sequence[str]


def shingles(parts: Sequence[str]) -> list[str]:
    """Return every run of three folded words within the parts of a body, in each part apart.

    A run that comes again is there again.
    """
    found: list[str] = []
    for words in _words(parts):
        if len(words) >= _WORDS_OF_ONE:
            found += map(" ".join, zip(words, words[1:], words[2:], strict=False))
        elif words:
            found.append(" ".join(words))
    return found


def _words(parts: Sequence[str]) -> list[list[str]]:
    """Return the folded words of each part.

    They are told by bytes of Latin-1, all parts at once, where folding leaves no other letters:
    that takes a third of the expression's time.
    """
    folded = plain_marks(_PART.join(parts)).casefold()
    try:
        told = folded.encode("latin-1").translate(_LETTERS_AND_JOINTS)
    except UnicodeEncodeError:
        return [_WORD.findall(fold(part)) for part in parts]
    for stop in (b", ", b". "):
        told = told.replace(stop, b"  ")
    words = [part.split() for part in _LOOSE.sub(b" ", told).decode("latin-1").split(_PART)]
    return words if len(words) == len(parts) else [_WORD.findall(fold(part)) for part in parts]


def signature(parts: Sequence[str]) -> list[int]:
    """Return a number for each band of the body's MinHash; [] for one too short to tell."""
    found = shingles(parts)
    if len(set(found[:_SURELY_ENOUGH])) < _FEWEST_WORDS and len(set(found)) < _FEWEST_WORDS:
        return []
    from rensa import RMinHash  # most commands stage nothing

    minhash = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)
    minhash.update(found)
    digest = struct.pack(f"<{_BANDS * _ROWS}I", *minhash.digest())
    size = len(digest) // _BANDS
    hashed = (
        hashlib.blake2b(digest[nth * size :][:size], digest_size=8, salt=salt).digest()
        for nth, salt in enumerate(_SALTS)
    )
    return list(struct.unpack(f"<{_BANDS}q", b"".join(hashed)))


def similarity(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the exact Jaccard similarity of two bodies, from 0 to 1."""
    a, b = set(shingles(one)), set(shingles(other))
    return len(a & b) / len(a | b) if a or b else 0.0


def same_matter(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two similar bodies differ in wording and furniture alone.

    Where they differ they must have the same numbers and names: "as of May 4, 12 killed" is no
    copy of "as of May 5, 14 killed". A long run that one side alone has is furniture.
    """
    a, b = _tokens(one), _tokens(other)
    matcher = SequenceMatcher(None, [w for w, _ in a], [w for w, _ in b], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal" or (min(j - i, m - k) == 0 and max(j - i, m - k) > _FURNITURE):
            continue
        if {t for _, t in a[i:j] if t} != {t for _, t in b[k:m] if t}:
            return False
    return True


def same_rows(one: Body, other: Body) -> bool:
    """Tell whether each has all rows of the other, word for word, and most of a body is rows.

    Then they are copies whatever else differs: a list of links, a note on where it comes from.
    A page of an unknown layout has the words without rows.
    """
    a, b = ([word for words in _words(body.parts) for word in words] for body in (one, other))
    rows = [[" ".join(words) for words in _words(body.rows)] for body in (one, other)]
    for found, words in ((rows[0], b), (rows[1], a)):
        text = f" {' '.join(words)} "
        if not all(f" {row} " in text for row in found):
            return False
    said = max(sum(row.count(" ") + 1 for row in found) for found in rows)
    return said >= max(_ROWS_WORDS, _ROWS_SHARE * max(len(a), len(b)))


def _tokens(parts: Sequence[str]) -> list[tuple[str, str]]:
    """Return each word folded, and again if it is a number or a name, else ""."""
    tokens = []
    for part in parts:
        matches = list(_WORD.finditer(part))
        starts = {matches[0].start() if matches else 0, *(n.start() for m, n in pairwise(matches)
                       if re.search(r"[.!?:“\"]", part[m.end() : n.start()]))}  # fmt: skip
        heading = len(matches) < _HEADING and part[-1:] not in ".?!”’\"'"
        for m in matches:
            word = fold(m[0])
            named = m[0][0].isupper() and m.start() not in starts and not heading
            tokens.append((word, word if named or any(c.isdigit() for c in word) else ""))
    return tokens
