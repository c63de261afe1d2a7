"""Link lines: who wrote a cited piece and where, in every form that follows the title."""

from __future__ import annotations

import pytest

from tests.extractors.fdd_texts import SAID, brief_of, cited, page_of, text_of


@pytest.mark.parametrize("heading", [["FDD Background and Analysis"], ["Related Analysis"], []])
@pytest.mark.parametrize("bullet", ["", "- "])
@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("“Bread,” by Ada Vance in The Mill", ("Bread", ["Ada Vance"], "The Mill")),
        ("“Bread,” by Ada Vance (The Mill)", ("Bread", ["Ada Vance"], "The Mill")),
        ("“Bread,” by Ada Vance — The Mill", ("Bread", ["Ada Vance"], "The Mill")),
        ("“Bread,” by FDD’s Ada Vance", ("Bread", ["Ada Vance"], None)),
        ("“Bread,” by Ada Vance.", ("Bread", ["Ada Vance"], None)),
        ("“Bread,” by Ada Vance Jr.", ("Bread", ["Ada Vance Jr."], None)),
        (
            "“Bread,” by Ada Vance, Jr. and Bo Orr, Mill Matters",
            ("Bread", ["Ada Vance, Jr.", "Bo Orr"], "Mill Matters"),
        ),
        (
            "“Bread,” by A. Vance, Bo Orr, and Cy May",
            ("Bread", ["A. Vance", "Bo Orr", "Cy May"], None),
        ),
        ("“Bread,” FDD Memo, by Ada Vance", ("Bread", ["Ada Vance"], "FDD Memo")),
        ("“Bread,” FDD Memo by Ada Vance", ("Bread", ["Ada Vance"], "FDD Memo")),
        ("“Orr: “Bread First,”” by Ada Vance", ("Orr: “Bread First,”", ["Ada Vance"], None)),
        ("“Burned by Bo Orr,” FDD Flash Brief", ("Burned by Bo Orr", [], "FDD Flash Brief")),
        ("“Bread,” by Jo “Jojo” Vance", ("Bread", ["Jo “Jojo” Vance"], None)),
    ],
)
def test_credits(
    heading: list[str], bullet: str, line: str, want: tuple[str, list[str], str | None]
) -> None:
    first = ("First One", ["Bo Orr"], None)
    lines = [SAID, *heading, f"{bullet}“First One,” by Bo Orr", bullet + line]
    assert cited(brief_of(text_of(*lines))) == [first, want]


@pytest.mark.parametrize("heading", ["<h3>FDD Background and Analysis</h3>", ""])
@pytest.mark.parametrize("opening", ["“", ""])
def test_link_lines_that_line_breaks_part(heading: str, opening: str) -> None:
    links = (
        f"{heading}<p>{opening}<a href='/a'>Dear Bread</a>,” by Ada Vance<br>"
        f"{opening}<a href='/b'>Dear Flour</a>,” FDD Flash Brief</p>"
    )
    brief = brief_of(page_of(f"<p>{SAID}</p>", links), "b.html")
    assert cited(brief) == [
        ("Dear Bread", ["Ada Vance"], None),
        ("Dear Flour", [], "FDD Flash Brief"),
    ]
    assert [link.url for link in brief.links] == ["/a", "/b"]


@pytest.mark.parametrize(
    "heading", ["FDD Background & Analysis", "Background & Analysis", "FDD Related Analysis"]
)
def test_headings_that_differ_by_a_word(heading: str) -> None:
    brief = brief_of(text_of(SAID, heading, "“Dear Bread,” by Ada Vance"))
    assert cited(brief) == [("Dear Bread", ["Ada Vance"], None)] and not brief.unknown_headings


def test_one_author_and_an_outlet_that_reads_as_a_name() -> None:
    lines = ("“Found the Ballots,” by Ada Vance, Harbour Arguments", "“Tides,” by Piet Falk")
    found = cited(brief_of(text_of(SAID, "FDD Background and Analysis", *lines)))
    assert found == [
        ("Found the Ballots", ["Ada Vance"], "Harbour Arguments"),
        ("Tides", ["Piet Falk"], None),
    ]


@pytest.mark.parametrize("heading", [["FDD Background and Analysis"], ["Related Analysis"], []])
@pytest.mark.parametrize("last", ["“Dear Flour,” FDD Flash Brief", "“Dear Flour,” by Ada Vance"])
@pytest.mark.parametrize(
    "day", ["Updated: May 6, 2025 at 4:13 PM", "Last updated on May 6, 2025", "May 6, 2025"]
)
def test_a_day_below_the_last_link_makes_no_teaser_of_it(
    heading: list[str], last: str, day: str
) -> None:
    lines = [SAID, *heading, "“Dear Bread,” by Ada Vance", last]
    plain, dated = brief_of(text_of(*lines)), brief_of(text_of(*lines, day))
    assert [title for title, *_ in cited(dated)] == ["Dear Bread", "Dear Flour"]
    assert cited(dated) == cited(plain)
    if heading:
        assert [b.section for b in dated.blocks if dated.text[b.start : b.end] == day] == [
            "boilerplate"
        ]


def test_the_page_s_update_below_a_link_without_marks() -> None:
    links = "<h3>FDD Background and Analysis</h3><p><a href='/a'>Dear Bread</a></p>"
    day = "<p>Updated: May 6, 2025 at 4:13 PM</p>"
    assert len(brief_of(page_of(f"<p>{SAID}</p>", links + day), "b.html").links) == 1


def test_days_between_links_part_none_of_them() -> None:
    lines = ["“Dear Bread,” by Ada Vance", "May 1, 2025", "“Dear Flour,” FDD Memo", "May 2, 2025"]
    brief = brief_of(text_of(SAID, "FDD Background and Analysis", *lines))
    assert [title for title, *_ in cited(brief)] == ["Dear Bread", "Dear Flour"]


def test_a_column_of_dated_pieces_below_the_links_stays_apart() -> None:
    links = (
        "<h3>FDD Background and Analysis</h3><p>“<a href='/a'>Dear Bread</a>,” by Ada Vance</p>"
        "<p><a href='/b'>Mills Close</a></p><p>May 1, 2025 | Flash Brief</p>"
        "<p><a href='/c'>Mills Open</a></p><p>May 2, 2025 | Flash Brief</p>"
    )
    brief = brief_of(page_of(f"<p>{SAID}</p>", links), "b.html")
    assert [title for title, *_ in cited(brief)] == ["Dear Bread"]
