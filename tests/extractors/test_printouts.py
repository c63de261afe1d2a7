"""Texts that were printed, passed on line by line, or typed with marks of emphasis."""

from __future__ import annotations

import textwrap

import pytest

from extractors import Brief, extract

URI = "https://www.fdd.org/analysis/2025/03/04/ferry/"
TITLE = "Night Ferry Runs Aground off the Northern Pier"
DAY = "March 4, 2025 | Flash Brief"
NEWS = [
    "The night ferry ran aground on March 3 with ninety people aboard, and the port authority held "
    "the captain and both pilots until the morning.",
    "Islanders will pay the day fare until the pier is mended, which nobody expects before autumn.",
]
SAID = [
    ("The ferry has two captains. Neither has seen the chart.", "Ada Vance", "FDD Senior Fellow"),
    ("A pier is a promise. This one was broken twice.", "Bertil Osk", "Research Analyst"),
]
PARAGRAPHS = [
    DAY,
    TITLE,
    "Latest Developments",
    *NEWS,
    "Expert Analysis",
    *(f"“{quote}” — {name}, {role}" for quote, name, role in SAID),
    "Sand in the Channel",
    "The channel had not been dredged since 2019, the harbour master told the council in January.",
]


def _wrapped(width: int) -> list[str]:
    return "\n\n".join(textwrap.fill(p, width) for p in PARAGRAPHS).split("\n")


def _brief(text: str, uri: str = URI) -> Brief:
    brief = extract(text.encode(), uri=uri, content_type="text/plain").brief
    assert brief is not None
    return brief


def _check(brief: Brief) -> None:
    assert brief.title and brief.title.text == TITLE
    assert brief.kind and brief.kind.text == "Flash Brief"
    assert [d.text.text for d in brief.developments] == NEWS
    assert [
        (s.quote.text, s.speaker and s.speaker.text, s.role and s.role.text)
        for s in brief.statements
    ] == SAID


@pytest.mark.parametrize("size", [9, 14, 19])
@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("3/5/25, 9:14 AM          " + TITLE + " - FDD", URI + "     {n}/3"),
        ("", "Page {n} of 3"),
        ("", "- {n} -"),
        ("Harbor House          {n}", ""),
        (TITLE + "          " + URI, "{n} of 3          3/5/2025, 9:14 AM"),
    ],
    ids=["browser", "count", "dashes", "head", "halves"],
)
def test_heads_and_feet_of_pages_part_nothing(head: str, foot: str, width: int, size: int) -> None:
    lines = _wrapped(width)
    printed: list[str] = []
    for n, at in enumerate(range(0, len(lines), size), 1):
        printed += [head.format(n=n), ""] if head else []
        printed += lines[at : at + size]
        printed += ["", foot.format(n=n)] if foot else []
    brief = _brief("\n".join(printed))
    _check(brief)
    assert (foot or head).format(n=1).split("   ")[0] in brief.text  # nothing is lost


def test_a_figure_that_comes_once_is_text() -> None:
    brief = _brief("\n\n".join([*PARAGRAPHS[:4], "Page 1 of the log is blank."]))
    assert brief.developments[-1].text.text == "Page 1 of the log is blank."


@pytest.mark.parametrize("marks", ["> ", ">", "> > "])
def test_a_forwarded_text_is_wrapped_on_its_own(marks: str) -> None:
    note = ["Worth a look.", "", "From: FDD", "To: Cora Lindt", "Subject: " + TITLE, ""]
    quoted = [(marks + line).rstrip() for line in _wrapped(66)]
    brief = _brief("\n".join([*note, *quoted]), uri="/in/note.txt")
    assert [s.quote.text for s in brief.statements] == [quote for quote, _, _ in SAID]
    assert [d.text.text for d in brief.developments] == NEWS


def test_a_text_that_is_indented_throughout() -> None:
    _check(_brief("\n".join(" " * 30 + line for line in _wrapped(80))))


@pytest.mark.parametrize("mark", ["*", "**"])
def test_typed_emphasis_is_no_text(mark: str) -> None:
    text = "\n\n".join(
        [
            DAY,
            f"{mark}{TITLE}{mark}",
            f"{mark}Latest Developments{mark}",
            *(f"- {mark}Part {n}:{mark} {news}" for n, news in zip("AB", NEWS, strict=True)),
            f"{mark}FDD Expert Response{mark}",
            *(f"“{quote}” — {mark}{name}{mark}, _{role}_" for quote, name, role in SAID),
        ]
    )
    brief = _brief(text)
    _check(brief)
    assert [d.headline and d.headline.text for d in brief.developments] == ["Part A", "Part B"]


def test_lone_asterisks_and_low_lines_stay() -> None:
    noted = "The fare rose by a third,* says fare_table_2: see the *note below."
    brief = _brief("\n\n".join([*PARAGRAPHS[:4], noted]))
    assert brief.developments[-1].text.text == noted


def test_markdown_that_is_served_as_text() -> None:
    heads = {TITLE: "# ", "Latest Developments": "## ", "Expert Analysis": "## "}
    _check(_brief("\n\n".join(heads.get(p, "") + p for p in PARAGRAPHS[:8])))


def test_what_comes_twice_on_one_page_is_none_of_its_heads() -> None:
    head, foot = f"3/5/25, 9:14 AM    {TITLE} - FDD", URI + "    {n}/2"
    at = PARAGRAPHS.index("Expert Analysis")
    pages = ["\n\n".join(part) for part in ([DAY, TITLE, *PARAGRAPHS[:at]], PARAGRAPHS[at:])]
    printed = (f"{head}\n\n{page}\n\n{foot.format(n=n)}" for n, page in enumerate(pages, 1))
    _check(_brief("\n".join(printed)))
