"""Mojibake comes right where that is certain, and nothing else changes."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import extract
from extractors.mojibake import repair

PHRASES = [
    "“The mills,” said Müller’s daughter, “burn — often.”",
    "Kestovia’s premier",
    "François Lefèvre",
    "Łukasz Żółtański",
    "a café in Århus …",
    "‘Not a Base’ – £340 million",
    "plain words, no more",
    "Señor Núñez paid €5",
]
CLEAN = [
    "Переговоры в порту — «Амарис» — идут",
    "总理表示“港口”的协议",
    "首相は「港」と述べた",
    "Kweichow茅台 and a 女 in the text",
    "CAFÉ” he said, É— and so",
    "Ã is a letter of Portuguese: São, maçã, NÃO”",
    "Ğ ş ı İ – “Türkiye’nin”",
    "Đà Nẵng’s “Hội An”",
    "ÄÖÜ„quoted“ Ärger",
    "Â",
    "قال “رئيس” الوزراء",
    "β€‘ä£",
]

phrases = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4).map(" ".join)
# letters and marks that briefs have; what is no mojibake must stay
letters = st.text(
    st.sampled_from("abcdXYZ .,’“”‘—–…éèüöäñçøåßÉÜłżčěабвДЖЯ中国的港口港αβγ€£©"), max_size=60
)


@given(phrases)
@settings(max_examples=150, deadline=None)
def test_read_as_latin_1_once_and_twice(text: str) -> None:
    once = text.encode().decode("latin-1")
    assert repair(once) == text
    assert repair(once.encode().decode("latin-1")) == text


@given(phrases)
@settings(max_examples=150, deadline=None)
def test_read_as_windows_1252(text: str) -> None:
    # as browsers do: bytes that the table lacks stay as they are
    table = {b: bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(256)}
    assert repair("".join(table[b] for b in text.encode())) == text


@pytest.mark.parametrize(
    "text",
    [
        "Kestovia’s premier and Sarhan’s fleet",
        "Herr Müller’s mill",
        "a “Port” that’s his",
        "“The millers’ ‘pause’ — such as it is — isn’t one.” — Ada Vance",
        "“The millers’ pause.”— Ada Vance\n“The millers’ pause.”—Ada Vance\n",
        "“‘By Bread Alone’: A Mill’s Tale,” by Bo Orr",
    ],
)
def test_read_as_gb_18030(text: str) -> None:
    mangled = text.encode().decode("gb18030", "replace")
    assert repair(mangled) == text


@given(letters)
@settings(max_examples=400, deadline=None)
def test_what_is_none_stays(text: str) -> None:
    assert repair(text) == text


@pytest.mark.parametrize("text", CLEAN)
def test_other_scripts_stay(text: str) -> None:
    assert repair(text) == text
    assert repair(f"Kestovia’s words: {text}") == f"Kestovia’s words: {text}"


def test_marks_keep_their_shapes() -> None:
    text = "“It’s ﬁne…” — said ‘he’, № 5, ＡＢＣ, \u00a0x\u2028y"
    assert repair(text) == text
    assert repair(text + "\nItâ€™s") == text + "\nIt’s"


def test_half_good_half_bad() -> None:
    text = (
        "Good: “It’s” café\nBad: â€œItâ€™sâ€\x9d cafÃ©\nBoth: “Itâ€™s”\n"
        "Old: It鈥檚 M眉ller\nNew: 中国"
    )
    assert repair(text) == (
        "Good: “It’s” café\nBad: “It’s” café\nBoth: “It’s”\nOld: It’s Müller\nNew: 中国"
    )


@pytest.mark.parametrize("text", PHRASES[:3] + PHRASES[4:6])
def test_read_as_mac_roman(text: str) -> None:
    told = f"{text} It’s so. "
    assert repair(told.encode().decode("mac_roman")) == told


def test_accents_alone_are_not_touched() -> None:
    assert repair("M眉ller and the 茅") == "M眉ller and the 茅"


@pytest.mark.parametrize("uri", ["a.txt", "a.html", "a.md", "a.eml"])
def test_every_reader_of_text_repairs(uri: str) -> None:
    said = "“Bread is dear,” the miller said."
    mangled = said.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    text = {
        "a.html": f"<html><body><p>{mangled}</p></body></html>",
        "a.eml": f"MIME-Version: 1.0\nSubject: x\n\n{mangled}\n",
    }.get(uri, mangled)
    brief = extract(text.encode(), uri=uri).brief
    assert brief is not None and brief.text == said


@pytest.mark.parametrize(
    "text",
    [
        "é" * 1_000_000 + "鈥檚",
        "â€™" * 200_000,
        "鈥檚 ab c" * 100_000,
        "鈥檚a鈥?" * 200_000,
        "鈥檚" + "‘鈥\ufffd" * 200_000,
        "ÃÂ" * 200_000,
    ],
)
def test_long_lines_take_linear_time(text: str) -> None:
    begin = time.perf_counter()
    repair(text)
    assert time.perf_counter() - begin < 10


def test_clean_text_imports_no_library() -> None:
    code = (
        "import sys; from extractors import extract\n"
        "extract('It’s “fine” – café, Müller\\n中国 Порт'.encode(), uri='a.txt')\n"
        "heavy = 'ftfy bs4 selectolax docx lxml pypdfium2 email markdown_it yaml '\n"
        "heavy += 'charset_normalizer'\n"
        "sys.exit(', '.join(n for n in heavy.split() if n in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
