"""Markdown: CommonMark's blocks, front matter, and marks left as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from extractors import Brief, extract
from extractors.readers.markdown import read_markdown

CHECK = Callable[..., Brief]
LABEL = re.compile(r"- ((?:‘[^’]*’|[^:‘])*): (.*)")


def _seen(text: str) -> list[tuple[str, str, int]]:
    return [(b.kind, b.text, b.level) for b in read_markdown(text).blocks]


def _markdown(lines: tuple[str, ...], separator: str) -> str:
    headings = ("Latest Developments", "FDD Expert Response", "FDD Background and Analysis")
    marked = []
    for line in lines:
        if line.startswith("- "):
            label, text = LABEL.fullmatch(line).groups()  # type: ignore[union-attr]
            line = f"- **{label}:** {text}"
        marked.append(f"## {line}" if line in headings else line)
    return separator.join(marked)


@pytest.mark.parametrize("separator", ["\n\n", "\n"])
@pytest.mark.parametrize(
    ("uri", "content_type"),
    [("brief.md", ""), ("https://x.example/brief", "text/markdown"), ("brief.md", "text/plain")],
)
def test_brief(
    harbor: tuple[str, ...], same_as_golden: CHECK, separator: str, uri: str, content_type: str
) -> None:
    same_as_golden(_markdown(harbor, separator).encode(), uri, content_type)


def test_blocks() -> None:
    text = (
        "# Mills\n\nMills *burn* — “often” ... (c)\nand [twice](https://m.example/2).\n\n"
        "* One\n  * Half\n\n> Said\n\n| A | B |\n|---|---|\n| c | d |\n\n    code  here\n"
    )
    assert _seen(text) == [
        ("heading", "Mills", 1),
        ("paragraph", "Mills burn — “often” ... (c)", 0),
        ("paragraph", "and twice.", 0),
        ("item", "One", 1),
        ("item", "Half", 2),
        ("quotation", "Said", 0),
        ("cell", "A", 0),
        ("cell", "B", 0),
        ("cell", "c", 0),
        ("cell", "d", 0),
        ("preformatted", "code here", 0),
    ]


def test_wrapped_paragraphs_are_joined() -> None:
    line = "The mill burned through the night and into the morning of the day"
    text = f"{line}\n{line}\n{line}\n{line}\nuntil noon.\n\nNobody was hurt.\n"
    assert [b for _, b, _ in _seen(text)] == [
        " ".join([line] * 4) + " until noon.",
        "Nobody was hurt.",
    ]


def test_front_matter() -> None:
    text = (
        "---\ntitle: 'Mills: A History'\ndate: 2025-02-11\nauthors: [Ada Vance, Bo May]\n"
        "canonical_url: https://mills.example/history\nlang: en-GB\ntags:\n  - x\n---\n\n"
        "Mills burn.\n"
    )
    read = read_markdown(text)
    assert [b.text for b in read.blocks] == ["Mills burn."]
    assert (read.title, read.authors) == ("Mills: A History", ("Ada Vance", "Bo May"))
    assert read.published is not None and read.published.on == date(2025, 2, 11)
    assert (read.canonical_url, read.language) == ("https://mills.example/history", "en")
    brief = extract(text.encode(), uri="a").brief
    assert brief is not None and brief.text == "Mills burn."


@pytest.mark.parametrize(
    "matter",
    [
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ndate: *c",
        "title: [[[[" + "[" * 5000,
        "title: !!python/object/apply:os.system ['true']",
        "date: 9999999999999-99-99\ntitle: {a: b}",
        "- no\n- mapping",
        "a: b: c",
    ],
)
def test_hostile_front_matter(matter: str) -> None:
    found = extract(f"---\n{matter}\n---\n\nMills burn.\n".encode(), uri="a.md")
    assert found.brief is not None and "Mills burn." in found.brief.text


def test_no_script_and_no_markup() -> None:
    text = "Mills <b>burn</b>.\n\n<script>go()</script>\n\n<div>Twice</div>\n"
    assert [b for _, b, _ in _seen(text)] == ["Mills burn.", "Twice"]


@pytest.mark.parametrize("text", ["> " * 20_000, "*a_" * 20_000, "[" * 50_000, "- " * 5_000 + "x"])
def test_hostile_markdown_ends(text: str) -> None:
    found = extract(text.encode(), uri="a.md")
    assert (found.brief is None) != (found.rejection is None)
