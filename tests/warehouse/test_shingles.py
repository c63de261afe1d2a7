"""Shingles: runs of three folded words, told by bytes where that is quick, are the expression's."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.text import fold
from warehouse.shingles import shingles, signature

_WORD = re.compile(r"[^\W_]+(?:[’'.,\-][^\W_]+)*")
# Letters of Latin-1 and beyond, joints that join and that do not, blanks of all kinds.
_ODD = "ab1éÄ½ñß²_ '.-,’“”—…?\xa0\t\n\x0b\x85žЖ中\u2011\u202f€ªµ\x1c–\x00"
_PARTS = st.lists(st.text(st.sampled_from(_ODD), max_size=25), max_size=4)


def _expected(parts: list[str]) -> set[str]:
    found = set()
    for part in parts:
        words = _WORD.findall(fold(part))
        found.update(" ".join(words[at : at + 3]) for at in range(max(len(words) - 2, 1)))
    return found - {""}


@given(_PARTS)
def test_runs_of_words_are_those_that_the_expression_finds(parts: list[str]) -> None:
    assert set(shingles(parts)) == _expected(parts)


def test_a_body_that_says_one_thing_again_and_again_is_too_short_to_tell() -> None:
    assert signature(["The ferry runs. " * 200]) == []


def test_a_signature_stays_what_it_was() -> None:
    body = [f"The {n}th ferry of the day crossed at noon, with ‘{n}’ carts." for n in range(40)]
    assert signature(body)[:3] == [-9126843713263697692, 5875300763142471796, -138447222284371710]
