"""Plain text: wrapped or not, quoted or not, with whatever marks its lists have."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from extractors import Brief, extract
from extractors.readers.text import read_text
from extractors.readers.wrapped import join

CHECK = Callable[..., Brief]
LINE = "The mill burned through the night and into the morning of the day"


def _seen(text: str) -> list[tuple[str, str, int]]:
    return [(b.kind, b.text, b.level) for b in read_text(text).blocks]


def _wrapped(lines: tuple[str, ...], width: int, separator: str, hang: str) -> str:
    return separator.join(
        textwrap.fill(line, width, subsequent_indent=hang if line.startswith("- ") else "")
        for line in lines
    )


@pytest.mark.parametrize("width", range(60, 81, 3))
@pytest.mark.parametrize("separator", ["\n", "\n\n"])
@pytest.mark.parametrize("hang", ["", "  "])
def test_wrapped_brief(
    harbor: tuple[str, ...], same_as_golden: CHECK, width: int, separator: str, hang: str
) -> None:
    same_as_golden(_wrapped(harbor, width, separator, hang).encode(), "brief.txt")


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\r", "\n\n", "\n \t\n\n", "\n\f"])
def test_separators(harbor: tuple[str, ...], same_as_golden: CHECK, separator: str) -> None:
    same_as_golden(separator.join(harbor).encode(), "brief.txt")


@pytest.mark.parametrize("bullet", ["- ", "• ", "•", "  • ", "* ", "– ", "\uf0b7 ", "▪\t", "◦ "])
def test_bullets_of_a_brief(harbor: tuple[str, ...], same_as_golden: CHECK, bullet: str) -> None:
    text = "\n".join(line.replace("- ", bullet, 1) if line[:2] == "- " else line for line in harbor)
    same_as_golden(text.encode(), "brief.txt")


@pytest.mark.parametrize("form", ["{}. ", "{}) "])
def test_numbered_brief(harbor: tuple[str, ...], same_as_golden: CHECK, form: str) -> None:
    lines, n = [], 0
    for line in harbor:
        if line.startswith("- "):
            n += 1
            line = form.format(n) + line[2:]
        lines.append(line)
    same_as_golden("\n".join(lines).encode(), "brief.txt")


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "> > "])
@pytest.mark.parametrize("width", [None, 72])
def test_quoted_brief(
    harbor: tuple[str, ...], same_as_golden: CHECK, mark: str, width: int | None
) -> None:
    text = _wrapped(harbor, width, "\n\n", "") if width else "\n".join(harbor)
    same_as_golden("\n".join(mark + line for line in text.split("\n")).encode(), "brief.txt")


def test_marks_that_print_nothing(harbor: tuple[str, ...], same_as_golden: CHECK) -> None:
    text = "\n".join(f"\u200f{line[:7]}\u200b{line[7:]}\u200e" for line in harbor)
    same_as_golden(b"\xef\xbb\xbf" + text.encode(), "brief.txt")


def test_a_quotation_in_a_mail() -> None:
    assert _seen("I agree.\n\n> Mills burn.\n> - Often\n\nSo do I.\nAnd she.") == [
        ("paragraph", "I agree.", 0),
        ("quotation", "Mills burn.", 0),
        ("item", "Often", 1),
        ("paragraph", "So do I.", 0),
        ("paragraph", "And she.", 0),
    ]


def test_nested_items() -> None:
    assert _seen("• One\n   o  Half\n      ▪ Quarter\n• Two") == [
        ("item", "One", 1),
        ("item", "Half", 2),
        ("item", "Quarter", 4),
        ("item", "Two", 1),
    ]


def test_a_page_break_within_a_paragraph() -> None:
    text = f"{LINE}\n{LINE}\n\f{LINE}\n{LINE}\nuntil noon."
    assert [b for _, b, _ in _seen(text)] == [" ".join([LINE] * 4) + " until noon."]


def test_a_hyphen_of_the_words_own_stays() -> None:
    assert join("the deep-", "water berths") == "the deep-water berths"
    assert join("  an end —", "and a start") == "  an end — and a start"


@pytest.mark.parametrize(
    "text",
    [
        "One\nTwo\nThree\nFour\nFive\nSix\nSeven\nEight\nNine",
        "\n".join(f"{n} Some Street, Port Vessa, in the Province of Tarsk" for n in range(10, 30)),
        f"{LINE}\n" + f"{LINE}. " * 3,
    ],
)
def test_what_is_not_wrapped_stays_apart(text: str) -> None:
    assert len(_seen(text)) == text.count("\n") + 1


@pytest.mark.parametrize("rule", ["-" * 19, "=====", "* * *", "___", "— — —", "~~~~"])
def test_rules_between_lines(harbor: tuple[str, ...], same_as_golden: CHECK, rule: str) -> None:
    headed = [line for line in harbor if line.istitle() and len(line.split()) < 5]
    lines = [part for line in harbor for part in ((line, rule) if line in headed else (line,))]
    same_as_golden("\n".join(lines).encode(), "a.txt")
    same_as_golden(f"\n\n{rule}\n\n".join(harbor).encode(), "a.txt")


def test_character_references(harbor: tuple[str, ...], same_as_golden: CHECK) -> None:
    text = "\n".join(harbor).replace("&", "&amp;")
    decimal = "".join(c if c.isascii() else f"&#{ord(c)};" for c in text)
    same_as_golden(decimal.encode(), "a.txt")
    names = {"“": "&ldquo;", "”": "&rdquo;", "’": "&rsquo;", "—": "&mdash;"}
    same_as_golden("".join(names.get(c, c) for c in text).encode(), "a.txt")
    twice = "".join(f"<p>{line}</p>" for line in decimal.replace("&", "&amp;").splitlines())
    same_as_golden(f"<html><body><article>{twice}</article></body></html>".encode(), "a.html")


@pytest.mark.parametrize("text", ["R&D; AT&T", "Use &amp; for an ampersand.", "a &lt; b"])
def test_what_is_no_reference_stays(text: str) -> None:
    found = extract(text.encode(), uri="a.txt").brief
    assert found is not None and found.text == text


@pytest.mark.parametrize("width", range(60, 90))
def test_a_heading_below_a_full_line(width: int) -> None:
    """Wherever the wrapper breaks the lines, who said it does not end with a heading."""
    told = "in the old town of Tarsk burned for hours, and nobody who lives there could say " * 3
    text = (
        "January 5, 2025 | Flash Brief", "Mill Burns in Tarsk", "Latest Developments",
        f"- Fire at Mill: The mill {told}why.", f"- Fire at Inn: The inn {told}how.",
        "FDD Expert Response",
        "“The mill was old, the miller older, and the night dry.” — Ada Vance, Research Fellow",
        "FDD Background and Analysis", "“Bread,” by Bo Orr",
    )  # fmt: skip
    body = "\n".join(line for part in text for line in textwrap.wrap(part, width))
    found = extract(body.encode(), uri="a.txt").brief
    assert found is not None
    assert [s.role and s.role.text for s in found.statements] == ["Research Fellow"]
    assert [link.title and link.title.text for link in found.links] == ["Bread"]


@pytest.mark.parametrize("bullet", ["•\n", "•\n\n", "  ▪ \n", "\uf0b7\n\t"])
def test_bullets_on_lines_of_their_own(
    harbor: tuple[str, ...], same_as_golden: CHECK, bullet: str
) -> None:
    text = "\n".join(line.replace("- ", bullet, 1) if line[:2] == "- " else line for line in harbor)
    same_as_golden(text.encode(), "a.txt")


def test_lines_that_hang_below_a_bullet_are_its_own_though_room_was_left() -> None:
    text = (
        "- The first ferry left the pier at dawn with pilots and\n"
        "  without passengers.\n"
        "- The second did not.\n"
        "A line below the list.\n"
        "    An indented line below that.\n"
    )
    assert [block.text for block in read_text(text).blocks] == [
        "The first ferry left the pier at dawn with pilots and without passengers.",
        "The second did not.",
        "A line below the list.",
        "An indented line below that.",
    ]


POINTS = (
    "Fire at the Mill: It burned through the night, and nobody in Tarsk saw who came and went.",
    "Cause Unknown: Police had no theory on Monday. They had “two, and no witness” by the evening.",
    "Guild Rebuilds with Stone from the Old Northern Quarry: Bakers lent the money at no interest.",
)


@pytest.mark.parametrize("first", [0, 62, 78])
@pytest.mark.parametrize("bullet", ["- ", "* ", "– ", "-\n\n   ", "*\n\n   ", "1. "])
def test_a_list_of_a_mail_is_wrapped_narrower_than_the_text(bullet: str, first: int) -> None:
    listed = []
    for point in POINTS:
        top, *below = textwrap.wrap(point, first or 66, initial_indent="   - ")
        below = textwrap.wrap(" ".join(below), 66, initial_indent="   ", subsequent_indent="   ")
        listed.append("\n".join(["   " + bullet + top[5:], *below]))
    prose = textwrap.fill("Nobody in the village had asked what the mill was insured for. " * 5, 78)
    text = "\n\n".join(["Latest Developments", *listed, prose])
    found = [(block.kind, block.text) for block in read_text(text).blocks]
    assert found[1:4] == [("item", point) for point in POINTS]
    assert [kind for kind, _ in found] == ["paragraph", *["item"] * 3, "paragraph"]


def test_a_label_above_its_text_in_a_list_stays_above_it() -> None:
    text = "News\n\n   - Fire at the Mill\n   It burned through the night.\n\n   - Cause Unknown\n"
    assert [b.text for b in read_text(text).blocks][1:3] == [
        "Fire at the Mill",
        "It burned through the night.",
    ]
