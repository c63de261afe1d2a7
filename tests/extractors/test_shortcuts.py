"""What is told the short way is what the long way tells, whatever the characters are."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from urllib.parse import urljoin

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.phrases import Phrase, PhraseIndex
from extractors.profile_file import shipped
from extractors.readers.html.addresses import join
from extractors.text import clean, collapse, has_more_words, marks_from_end, word_count
from extractors.wholes import Wholes

# Letters and marks of Latin-1 and beyond, joints, blanks of all kinds, and what is no character.
_ODD = "ab1éÄ½ñß²_ '.-’“”—…?\xa0\t\n\x0b\x85\xadžЖ中\u2011\u202f\u2028\u200b€\ud800\ufeff\x00"
_TEXTS = st.text(st.sampled_from(_ODD), max_size=30) | st.text(max_size=30)


@given(_TEXTS)
def test_words_are_those_that_the_expression_finds(text: str) -> None:
    assert word_count(text) == len(re.findall(r"[^\W_]+(?:[’'.\-][^\W_]+)*", text))


@given(_TEXTS)
def test_white_space_is_folded(text: str) -> None:
    assert collapse(text) == " ".join(text.split())


@given(_TEXTS)
def test_what_is_clean_stays(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not set(once) & set("\ud800\x00\x0b\u200b\xad\ufeff")


@given(_TEXTS, st.integers(0, 6))
def test_more_words_than(text: str, than: int) -> None:
    assert has_more_words(text, than) == (len(text.split()) > than)


@given(_TEXTS)
def test_marks_from_the_end(text: str) -> None:
    expected = [i for i in reversed(range(len(text))) if text[i] in "”’'"]
    assert list(marks_from_end(text, "”’'")) == expected


_WORDS = ("critical questions", "Atlantic Council experts", "CFR", "INSS Insight No. 7, May 4",
          "What’s new?", "CrisisWatch April 2024", "Why does it matter?", "and", "\n", " ", "by ",
          "IntelBrief: ", "Chatham House experts respond", "Data cut-off", "é", "report", "here is "
          "a brief")  # fmt: skip


@settings(deadline=None)  # tests are not timed
@given(st.lists(st.lists(st.sampled_from(_WORDS), max_size=4).map("".join), max_size=5))
def test_phrases_are_found_as_if_each_were_looked_for(texts: list[str]) -> None:
    known = [
        (n, (profile.name, profile.version), phrase)
        for n, profile in enumerate(shipped().known)
        for phrase in profile.phrases
    ]
    index = PhraseIndex((key, phrase) for _, key, phrase in known)
    expected = [
        key for _, key, phrase in known if any(phrase.pattern.search(text) for text in texts)
    ]
    assert list(index.shown(texts)) == expected
    assert list(pickle.loads(pickle.dumps(index)).shown(texts)) == expected


def test_a_phrase_without_any_run_of_characters_is_found_all_the_same() -> None:
    index = PhraseIndex([(("nobody", 1), Phrase(re.compile(r"\d{3}-\d"), ("",)))])
    assert list(index.shown(["", "call 555-1"])) == [("nobody", 1)]


_HREFS = st.lists(
    st.sampled_from(("/", "a", "b-c", "..", ".", "?q=1", "#x", ";v", "%20", "é", ":", "@", "//"))
)


@given(
    st.sampled_from(("", "https://a.example/b/c?d=1", "HTTP://a.example:80", "ftp://a.example/b")),
    st.sampled_from(("", "/", "https://b.example", "http://b.example/")),
    _HREFS.map("".join),
)
def test_addresses_are_resolved_as_the_library_resolves_them(base: str, on: str, rest: str) -> None:
    def resolved(how: Callable[[str, str], str]) -> str | None:
        try:
            return how(base, on + rest)
        except ValueError:
            return None

    assert resolved(join) == resolved(urljoin)


# Openings of all kinds, classes, choices within choices, what must stand somewhere in a match.
_WHOLE = (
    r"share|print", r"\W{0,3}(?:editor|author)s?[ -]notes?\b.{0,20}", r"\d+ min read", r".*",
    r"(?=[^(/]*[(/]).{0,9}(?:\((?:photo|map)s? by\b.{0,9}|\bafp/[a-z].{0,9})", r"©.{0,9}",
    r"[^“”]{0,9}\bin your (?:e-?mail )?inbox\b.{0,9}", r"[-=*. ]{3,}", r"(the )?(fdd) is.*",
    r".{0,9}[.!?] (?:subscribe|join us)[.!]?", r"\(c\) .{0,9}", r"(?:“|see )?more", r"[a-c]+x",
)  # fmt: skip
_FURNITURE = (
    "Share", "print", "“", "(", "—", " ", "/", "Editor", "author", "s", " note", ": ", "12",
    " min read", "photo", "Map", " by ", "AFP", "a", "©", "(c) ", "in your ", "e-mail ", "Inbox",
    "-", "...", "the ", "FDD is", ". ", "Subscribe", "join us", "!", "see ", "More", "b", "x", "é",
)  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(_WHOLE), unique=True, max_size=5),
    st.lists(st.sampled_from(_FURNITURE), max_size=6).map("".join),
)
def test_whole_texts_match_as_if_each_expression_were_tried(sources: list[str], text: str) -> None:
    patterns = tuple(re.compile(source, re.I | re.S) for source in sources)
    assert Wholes(patterns).match(text) == any(p.fullmatch(text) for p in patterns)


@settings(deadline=None)
@given(st.lists(st.sampled_from(_FURNITURE), max_size=6).map("".join))
def test_furniture_that_ships_is_told_by_each_of_its_expressions(text: str) -> None:
    for profile in shipped().known:
        told = any(p.fullmatch(text) for p in profile.boilerplate.patterns)
        assert profile.is_boilerplate(text) == told
