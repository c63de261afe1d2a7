"""Lines above a text that are no title, and what they say of days and authors."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

PROSE = (
    "The ferry that left Port Vessa before dawn carried eleven pilots and no passengers, and the "
    "harbour master said that nobody had asked him. He has held his post for thirty years."
)
TITLE = "Who Steers the Night Ferry?"


def _read(*lines: str, uri: str = "a.txt") -> Brief:
    brief = extract("\n\n".join(lines).encode(), uri=uri, content_type="text/plain").brief
    assert brief is not None
    return brief


def _front(brief: Brief) -> tuple[str | None, str | None, list[str]]:
    day = brief.published.on if brief.published else None
    return (
        brief.title.text if brief.title else None,
        day.isoformat() if day else None,
        [author.text for author in brief.authors],
    )


@pytest.mark.parametrize(
    ("uri", "top"),
    [
        ("https://www.atlanticcouncil.org/a", ("Atlantic Council", "New Atlanticist")),
        ("https://www.csis.org/a", ("CSIS | Center for Strategic & International Studies",)),
        ("https://thesoufancenter.org/a", ("THE SOUFAN CENTER",)),
        ("https://www.understandingwar.org/a", ("ISW – Institute for the Study of War",)),
        ("https://www.criticalthreats.org/a", ("Critical Threats", "Home    Maps    Search")),
        ("https://www.cfr.org/a", ("Council on Foreign Relations", "Daily News Brief")),
        ("https://www.unocha.org/a", ("ReliefWeb",)),
    ],
)
def test_the_name_of_the_house_at_the_top_is_no_title(uri: str, top: tuple[str, ...]) -> None:
    assert _front(_read(*top, TITLE, "March 4, 2025", PROSE, uri=uri))[0] == TITLE


def test_a_slug_and_a_masthead_are_no_titles() -> None:
    named = "Kestovia: Floods in the North"
    assert _front(_read("Kestovia", named, "4 March 2025", PROSE))[0] == named
    release = _read("MINISTRY OF FERRIES", "PRESS RELEASE", TITLE, "4 March 2025", PROSE)
    assert _front(release)[0] == TITLE


def test_a_line_of_words_set_apart_is_a_menu_only_at_the_top() -> None:
    table = "Bellamy    Panama    held"
    brief = _read("News   Maps   Search", TITLE, PROSE, PROSE + " Then.", *["Rain."] * 4, table)
    sections = {brief.text[b.start : b.end]: b.section for b in brief.blocks}
    assert sections["News Maps Search"] == "boilerplate"
    assert sections["Bellamy Panama held"] == "context"


@pytest.mark.parametrize(
    "line",
    [
        "Released March 4, 2025",
        "Published: 4 March 2025, 07:00",
        "4 March 2025 10 minutes",
        "Published 4 March 2025 — 4 minute read",
        "Business desk | March 4, 2025",
        "Port Vessa, 4 March 2025",
        "Vessa Daily Courier, March 4, 2025",
    ],
)
def test_lines_that_give_the_day(line: str) -> None:
    assert _front(_read(TITLE, line, PROSE))[1] == "2025-03-04"


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Vessa, 4 March 2025",
        "The ferry in dock, 4 March 2025.",
        "Image Vessa, 4 March 2025",
        "Next issue | some time after 4 March 2025",
    ],
)
def test_lines_that_give_another_day_or_none(line: str) -> None:
    assert _front(_read(TITLE, line, PROSE))[1] is None


def test_a_day_further_down_is_none_of_publication() -> None:
    assert _front(_read(TITLE, PROSE, "Port Vessa, 4 March 2025", PROSE + " Then."))[1] is None


def test_the_first_publication_counts_not_the_copy() -> None:
    lines = ("Posted", "5 Mar 2025", "Originally published", "4 Mar 2025")
    assert _front(_read(TITLE, *lines, PROSE, uri="https://www.unocha.org/a"))[1] == "2025-03-04"


@pytest.mark.parametrize(
    ("line", "authors", "day"),
    [
        ("by Ada Vance on March 4, 2025", ["Ada Vance"], "2025-03-04"),
        ("Posted on March 4, 2025 by Ada Vance", ["Ada Vance"], "2025-03-04"),
        ("March 4, 2025 by Ada Vance and Piet Falk", ["Ada Vance", "Piet Falk"], "2025-03-04"),
        ("Prepared by Ada Vance", ["Ada Vance"], None),
        ("By Ada Vance, Senior Analyst, Night Ferries", ["Ada Vance"], None),
        ("By Ada Vance, Vessa Register-Herald", ["Ada Vance"], None),
        ("By Ada Vance, Piet Falk", ["Ada Vance", "Piet Falk"], None),
        (
            "Authors: Ada Vance and Piet Falk of the Ferry Institute; Rosa Lindt of the Tide House",
            ["Ada Vance", "Piet Falk", "Rosa Lindt"],
            None,
        ),
        ("By the light of the moon, ships sail", [], None),
    ],
)
def test_bylines(line: str, authors: list[str], day: str | None) -> None:
    assert _front(_read(TITLE, line, PROSE))[1:] == (day, authors)


GROUP = "https://www.crisisgroup.org/a"


@pytest.mark.parametrize(
    "cards",
    [
        ("Ada Vance", "Senior Analyst, Ferries"),
        ("Ada Vance", "Senior Analyst, Ferries", "Piet Falk", "Project Director, Tides"),
    ],
)
def test_cards_of_authors_stand_below_an_abstract(cards: tuple[str, ...]) -> None:
    brief = _read(TITLE, PROSE, *cards, "Who steers?", PROSE + " Nobody knows.", uri=GROUP)
    assert _front(brief)[2] == list(cards[::2])


def test_a_card_on_one_line_has_its_name_linked() -> None:
    card = "<p><a href=/people/ada-vance>Ada Vance</a> <span>Senior Analyst</span></p>"
    page = f"<main><h1>{TITLE}</h1><p>{PROSE}</p>{card}<h3>Who?</h3><p>{PROSE} Oh.</p></main>"
    brief = extract(page.encode(), uri=GROUP, content_type="text/html").brief
    assert brief is not None and _front(brief)[2] == ["Ada Vance"]


def test_names_set_apart_by_nothing_are_known_from_the_markup() -> None:
    names = "<div class=authors><a>Ada Vance</a> <a>Piet Falk</a></div>"
    page = f"<section><h1>{TITLE}</h1>{names}<p>{PROSE}</p><p>{PROSE}</p></section>"
    brief = extract(page.encode(), uri="https://www.inss.org.il/a", content_type="text/html").brief
    assert brief is not None and _front(brief)[2] == ["Ada Vance", "Piet Falk"]


def test_a_title_may_end_with_an_hour() -> None:
    title = "Quiet on Paper: The Night Ferry Sails at 4 a.m."
    brief = _read("March 4, 2025 | Flash Brief", title, "Latest Developments", PROSE)
    assert _front(brief)[0] == title


def test_two_lines_in_capitals_above_a_title_and_a_day_are_an_office_and_its_series() -> None:
    top = ("HARBOUR OFFICE, PORT VESSA", "NOTICE TO FERRIES 14/2025")
    assert _front(_read(*top, TITLE, "4 March 2025", PROSE)) == (TITLE, "2025-03-04", [])
    assert _front(_read(top[0], TITLE, PROSE))[2] == []


@pytest.mark.parametrize(
    "line", ["Revised 4 March 2025", "Issued 2025-03-04", "Dated: 4 March 2025"]
)
def test_further_lines_that_give_the_day(line: str) -> None:
    assert _front(_read(TITLE, line, PROSE))[1] == "2025-03-04"


def test_a_day_that_is_only_labelled_counts_below_a_publisher_s_title() -> None:
    assert _front(_read(TITLE, "Date: 4 March 2025", PROSE, uri=GROUP))[1] == "2025-03-04"
    memo = _read("MEMO", "To: Board", "Date: 4 March 2025", "Re: Pumps", PROSE)
    assert _front(memo)[1] is None


def test_the_first_publication_on_one_line_with_its_label() -> None:
    lines = ("Posted 5 March 2025", "Originally published 4 March 2025")
    assert _front(_read(TITLE, *lines, PROSE, uri="https://www.unocha.org/a"))[1] == "2025-03-04"


def test_a_post_right_behind_a_name_stands_on_a_line_of_its_own() -> None:
    card = "<div><a>Ada Vance</a><span>Senior Analyst</span></div>"
    page = f"<main><h1>{TITLE}</h1><p>{PROSE}</p>{card}<h3>Who?</h3><p>{PROSE} Oh.</p></main>"
    brief = extract(page.encode(), uri=GROUP, content_type="text/html").brief
    assert brief is not None and _front(brief)[2] == ["Ada Vance"]


@pytest.mark.parametrize("markup", ["<b>M</b><span>ILLS</span>", "<a>Mac</a><span>Donald</span>"])
def test_parts_of_a_word_are_set_apart_by_nothing(markup: str) -> None:
    page = f"<main><h1>{TITLE}</h1><p>{markup} {PROSE}</p><p>{PROSE}</p></main>"
    brief = extract(page.encode(), uri=GROUP, content_type="text/html").brief
    assert brief is not None and ("MILLS" in brief.text or "MacDonald" in brief.text)


def test_a_library_of_reports_names_the_source() -> None:
    page = (
        "<article><h1>{}</h1><dl><dt>Source</dt><dd>{}</dd><dt>Posted</dt><dd>5 Mar 2025</dd></dl>"
        f"<p>{PROSE}</p><p>{PROSE} Then.</p></article>"
    )
    found = []
    for source in ("International Crisis Group", "Ferry Aid International"):
        brief = extract(page.format(TITLE, source).encode(), uri="https://library.example/a").brief
        assert brief is not None
        found.append(brief.publisher)
    assert found == ["crisis-group", None]


def test_a_reprint_has_its_own_day_above_the_dateline_that_names_the_kind() -> None:
    brief = _read(
        "Locks Shut in Vessa", "Guest Contributor · May 28, 2025", "Reprinted with permission.",
        "May 27, 2025 | Flash Brief", "Latest Developments", f"- Locks Shut: {PROSE}",
        "Expert Analysis", "“Nobody asked.” — Ada Vance, Senior Fellow",
    )  # fmt: skip
    assert brief.profile == "fdd"
    assert _front(brief)[:2] == ("Locks Shut in Vessa", "2025-05-28")
    assert brief.kind is not None
    assert brief.kind.text == "Flash Brief"
