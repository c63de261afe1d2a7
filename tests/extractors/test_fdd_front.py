"""What stands above the first section: datelines in pieces, titles that look like sentences."""

from __future__ import annotations

import pytest

from extractors import Brief
from tests.extractors.fdd_texts import DATELINE, NEW, SAID, TITLE, brief_of, page_of, text, text_of


def _front(brief: Brief) -> tuple[str | None, str | None, str | None]:
    day = str(brief.published.on) if brief.published else None
    return text(brief.title), text(brief.kind), day


@pytest.mark.parametrize(
    "front",
    [
        ("January 5, 2025 | 3:45 PM | Flash Brief", TITLE),
        ("January 5, 2025 |", "Flash Brief", TITLE),
        ("January 5, 2025", "| Flash Brief", TITLE),
        ("January 5, 2025", "|", "Flash Brief", TITLE),
        ("Flash Brief | January 5, 2025", TITLE),
        ("January 5, 2025 – Flash Brief", TITLE),
        ("January 5, 2025 Flash Brief", TITLE),
        ("January 5, 2025 | Flash Brief (Updated January 6, 2025)", TITLE),
        ("Updated: January 6, 2025", DATELINE, TITLE),
        (DATELINE, TITLE, "Updated January 6, 2025"),
        (TITLE, DATELINE, TITLE, DATELINE),
        ("top of page", "Log In", TITLE, DATELINE),
    ],
)
def test_datelines(front: tuple[str, ...]) -> None:
    assert _front(brief_of(text_of(SAID, front=front))) == (TITLE, "Flash Brief", "2025-01-05")


@pytest.mark.parametrize(
    "title", ["‘Never.’", "Orr: The Mill ‘Will Burn.’", "By the Mill, a Fire", "Mill Burns"]
)
@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0, 1), (0, 1, 2, 0, 1, 2), (1, 2, 0)])
def test_titles_that_look_like_something_else(title: str, order: tuple[int, ...]) -> None:
    parts = (DATELINE, title, "The fire came by night; the rain did not")
    brief = brief_of(text_of(SAID, front=[parts[i] for i in order]))
    assert _front(brief) == (title, "Flash Brief", "2025-01-05")


@pytest.mark.parametrize("mark", [" - ", " | ", " – "])
@pytest.mark.parametrize("site", ["FDD", "Foundation for Defense of Democracies"])
def test_the_sites_name_is_no_part_of_a_title_in_metadata(mark: str, site: str) -> None:
    head = f"<title>{TITLE}{mark}{site}</title>"
    brief = brief_of(page_of(f"<p>{SAID}</p>", head=head, front=""), "b.html")
    assert text(brief.title) == TITLE


def test_headings_of_the_first_rank_are_no_titles_below_a_section() -> None:
    page = page_of(f"<p>{SAID}</p><h1>A Pattern of Fires</h1><p>It was the third.</p>", front="")
    brief = brief_of(page.replace("h3>", "h1>"), "b.html")
    assert brief.title is None and len(brief.developments) == 2 and len(brief.statements) == 1


@pytest.mark.parametrize("names", [["Ada Vance and Bo Orr"], ["Ada Vance", "Research Analyst"]])
def test_bare_names_below_the_title_of_a_piece_without_sections(names: list[str]) -> None:
    lines = ["January 5, 2025 | The Mill Herald", TITLE, *names, "It burned. Nobody knows why."]
    authors = [author.text for author in brief_of("\n".join(lines)).authors]
    assert authors == names[0].split(" and ")


def test_label_in_a_paragraph_of_its_own() -> None:
    items = "".join(
        "<li><p><b>{}:</b></p><p>{}</p></li>".format(*line[2:].split(": ")) for line in NEW
    )
    page = page_of(f"<p>{SAID}</p>")
    page = page[: page.index("<ul>")] + f"<ul>{items}</ul>" + page[page.index("</ul>") + 5 :]
    found = brief_of(page, "b.html").developments
    assert [f"- {text(d.headline)}: {d.text.text}" for d in found] == list(NEW)


def test_each_author_of_a_piece_stands_above_a_post() -> None:
    front = ("June 2, 2023 | Policy Brief", TITLE)
    posts = ("Ada Vance", "Research Analyst", "Bo Orr", "Senior Fellow and Editor")
    brief = brief_of("\n".join((*front, *posts, "The mill burned on May 30.")))
    assert [author.text for author in brief.authors] == ["Ada Vance", "Bo Orr"]


@pytest.mark.parametrize("separator", ["\n", "\n\n"])
@pytest.mark.parametrize("menu", [("Analysis", "Events", "Analysis"), ("Our Work", "Our Work")])
def test_a_menu_that_was_copied_with_the_text(menu: tuple[str, ...], separator: str) -> None:
    lines = ("Skip to content", *menu, DATELINE, "Tarsk Mill Burns Down", "Share")
    text = text_of(SAID, front=lines).replace("\n", separator)
    assert _front(brief_of(text)) == ("Tarsk Mill Burns Down", "Flash Brief", "2025-01-05")


@pytest.mark.parametrize("between", [" ", " | ", " » ", "<br>"])
def test_a_menu_above_the_title_cites_nothing(between: str) -> None:
    menu = between.join(
        f"<a href='/{word}'>{word.title()}</a>" for word in ("fdd", "team", "media")
    )
    front = f"<div>{menu}</div><p>{DATELINE}</p><h1>{TITLE}</h1>"
    brief = brief_of(page_of(f"<p>{SAID}</p>", front=front), "b.html")
    assert not brief.links and _front(brief) == (TITLE, "Flash Brief", "2025-01-05")
