"""Bytes to characters: declared, undeclared, and declared falsely."""

from __future__ import annotations

import codecs

import pytest

from extractors import extract
from extractors.readers.encoding import decode, looks_binary

WESTERN = "Le ministre a dit — “café” — que l’accord n’autorise pas la présence. " * 4
POLISH = "Zażółć gęślą jaźń, port Łódź, święty źrebię. " * 4
OTHERS = {
    "windows-1251": "Премьер сообщил, что соглашение не допускает размещения войск. " * 5,
    "koi8-r": "Премьер сообщил, что соглашение не допускает размещения войск. " * 5,
    "gbk": "总理表示，该协议不允许外国军队长期驻扎。港口失去了三分之一的运输量。" * 5,
    "gb2312": "总理表示，该协议不允许外国军队长期驻扎。港口失去了三分之一的运输量。" * 5,
    "shift_jis": "首相は協定が外国軍の恒久的な駐留を認めないと述べた。港は貨物を失った。" * 5,
    "euc-jp": "首相は協定が外国軍の恒久的な駐留を認めないと述べた。港は貨物を失った。" * 5,
    "euc-kr": "총리는 이 협정이 외국 군대의 영구 주둔을 허용하지 않는다고 말했다. " * 5,
    "windows-1253": "Ο πρωθυπουργός δήλωσε ότι η συμφωνία δεν επιτρέπει στάθμευση. " * 5,
    "windows-1256": "قال رئيس الوزراء إن الاتفاق لا يسمح بالتمركز الدائم للقوات. " * 5,
}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("declared", [True, False])
def test_other_scripts(name: str, declared: bool) -> None:
    text = OTHERS[name]
    assert decode(text.encode(name), f"text/plain; charset={name}" if declared else "") == text


@pytest.mark.parametrize("name", OTHERS)
def test_declared_in_the_page(name: str) -> None:
    page = f'<html><head><meta charset="{name}"></head><body><p>{OTHERS[name]}</p></body></html>'
    brief = extract(page.encode(name), uri="a.html").brief
    assert brief is not None and brief.text == OTHERS[name].strip()


@pytest.mark.parametrize("charset", ["", "utf-8", "iso-8859-1", "us-ascii", "no-such", "utf-8-sig"])
def test_western_windows_1252_whatever_is_declared(charset: str) -> None:
    declared = f"text/plain; charset={charset}" if charset else ""
    assert decode(WESTERN.encode("cp1252"), declared) == WESTERN


@pytest.mark.parametrize("charset", ["", "iso-8859-1", "windows-1252", "windows-1251", "gbk"])
def test_utf8_whatever_is_declared(charset: str) -> None:
    assert decode(WESTERN.encode(), f"text/plain; charset={charset}") == WESTERN


def test_central_europe_needs_its_declaration() -> None:
    assert decode(POLISH.encode("cp1250"), "text/html; charset=windows-1250") == POLISH


def test_one_bad_byte_spoils_nothing() -> None:
    assert decode(WESTERN.encode() + b" and \x93more\x94") == WESTERN + " and “more”"
    assert decode("Mühlen brennen – “oft”".encode() + b"\xe2\x80") == "Mühlen brennen – “oft”\ufffd"
    assert decode(b"caf\xe9") == "café"


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("marked", [True, False])
def test_utf16(name: str, marked: bool) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[name]
    body = (mark if marked else b"") + "Latest Developments: the mill burned.".encode(name)
    assert not looks_binary(body)
    brief = extract(body, uri="a.txt").brief
    assert brief is not None and brief.text == "Latest Developments: the mill burned."


def test_seven_bit_japanese() -> None:
    text = OTHERS["euc-jp"]
    assert decode(text.encode("iso2022_jp"), "text/plain; charset=iso-2022-jp") == text


def test_a_nul_or_two_make_no_binary() -> None:
    brief = extract(b"The mill\x00 burned for many hours, and nobody knows why.", uri="a").brief
    assert brief is not None and brief.text.startswith("The mill burned")
    assert looks_binary(b"\x00\x01\x02mill" * 20)


@pytest.mark.parametrize("name", ["Łukasz Świątek", "Grażyna Wąs", "Michał Źródło"])
def test_a_polish_name_tells_the_table_of_a_western_text(name: str) -> None:
    text = f"“The port — such as it is — is open.” — {name}, Research Analyst"
    assert decode(text.encode("cp1250")) == text


@pytest.mark.parametrize(
    "text", ["It cost £5m – £ and all.", "¿Qué? 10³ m³ of gas, 1¼in, the 2ª.", "Œuvre, naïve, Þór"]
)
def test_western_signs_are_no_polish_letters(text: str) -> None:
    assert decode(text.encode("cp1252")) == text
