"""Datelines of other pieces above the title: rails of podcasts and of briefs."""

from __future__ import annotations

import pytest

from extractors import extract
from tests.extractors.fdd_texts import DATELINE, SAID, TITLE, page_of, text, text_of

URL = "https://www.fdd.org/analysis/2025/01/05/mill-burns/"
OWN = (
    f"<p>{DATELINE}</p><h1>{TITLE}</h1>",
    f"<h1>{TITLE}</h1><p>{DATELINE}</p>",
    f"<div>Flash Brief</div><div>January 5, 2025</div><h1>{TITLE}</h1>",
    f"<h1>{TITLE}</h1><p>Flash Brief</p><p>January 5, 2025</p>",
)
RAILS = (
    "<h3>Harbor Hour</h3><p>January 2, 2025 | Harbor Hour</p><p><a href='#'>Who Pays?</a></p>",
    "<p>January 4, 2025 | Flash Brief</p><p>A Dam for Tarsk</p>",
    "<p>Memo</p><p>Dams of the North</p><p>By Bo Orr</p><p>January 3, 2025</p>",
    "<p>Flash Brief</p><p>Dams of the North</p><p>January 3, 2025</p>",
    "<p>Harbor Hour | January 2, 2025</p><p>Who Pays for Water?</p>",
    "<p>January 30, 2025 | 12:00 pm</p><p>Can the Mill Be Saved?</p>",
)


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("rail", RAILS)
def test_what_is_nearest_the_title_dates_the_brief(rail: str, own: str) -> None:
    brief = extract(page_of(f"<p>{SAID}</p>", front=rail + own).encode(), uri=URL).brief
    assert brief is not None and brief.published is not None
    assert (text(brief.title), text(brief.kind)) == (TITLE, "Flash Brief")
    assert (str(brief.published.on), brief.authors) == ("2025-01-05", ())


@pytest.mark.parametrize("own", [(DATELINE, TITLE), (TITLE, DATELINE)])
@pytest.mark.parametrize(
    "rail",
    [
        ("January 2, 2025 | Harbor Hour", "Who Pays for Water?"),
        ("Home", "Search", "Can the Mill Be Saved?", "January 20, 2025 | 12:00 PM"),
        ("January 4, 2025 | Flash Brief", "A Dam", "January 3, 2025 | Memo", "Who Pays?"),
    ],
)
def test_what_is_nearest_the_text_names_a_brief_without_marks(
    rail: tuple[str, ...], own: tuple[str, ...]
) -> None:
    brief = extract(text_of(SAID, front=(*rail, *own)).encode(), uri=URL).brief
    assert brief is not None
    assert brief.published is not None
    assert (text(brief.title), text(brief.kind)) == (TITLE, "Flash Brief")
    assert str(brief.published.on) == "2025-01-05"


@pytest.mark.parametrize("own", OWN)
def test_a_column_above_the_title_ends_there(own: str) -> None:
    rail = "<p>Upcoming event</p><p>January 20, 2025 | 12:00 pm</p><p>Can the Mill Be Saved?</p>"
    burned = f"<p>Mills burn when bread is dear. {'It has been so for a hundred years. ' * 5}</p>"
    page = f"<html><body><article>{rail}{own}{burned}</article></body></html>"
    brief = extract(page.encode(), uri=URL).brief
    assert brief is not None and brief.published is not None
    assert (text(brief.title), str(brief.published.on)) == (TITLE, "2025-01-05")


def test_another_kinds_dateline_alone_is_none_where_the_address_has_another_day() -> None:
    front = f"{RAILS[0]}<h1>{TITLE}</h1>"
    brief = extract(page_of(f"<p>{SAID}</p>", front=front).encode(), uri=URL).brief
    assert brief is not None and brief.published is not None
    assert brief.kind is None and str(brief.published.on) == "2025-01-05"
