"""Hard-wrapped text: full lines of titles and citations, and what stands below them."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

TITLE = "Pilots Jam the Outer Lock Across the Bay, Stopping Ferries in Vessa Port"
WRAPPED = """\
October 3, 2025 | Flash Brief
{title}
Latest Developments
{mark} Three Locks Shut: The locks in Vessa, Velmar, and Quell were shut for
  up to six hours on October 2 after the pilots had left their posts at
  noon. The ferry line turned eleven boats back.
{mark} Council Meets: The council of pilots met at the request of the harbor
  board. No measures were announced, but the board said that it would
  share what it knows.
FDD Expert Response
“The pilots are running a rehearsal in the bay, and the audience is not
clapping or leaving. It is just sitting there.” — Ada Vance, FDD Senior
Fellow
"""


@pytest.mark.parametrize("mark", ["*", "-", "•"])
def test_title_and_heading_are_two_lines(mark: str) -> None:
    brief = _read(WRAPPED.format(title=TITLE, mark=mark))
    assert brief.title is not None
    assert brief.title.text == TITLE
    assert [d.headline and d.headline.text for d in brief.developments] == [
        "Three Locks Shut",
        "Council Meets",
    ]
    assert [s.speaker.text for s in brief.statements] == ["Ada Vance"]


def test_a_title_of_two_lines_stays_one() -> None:
    title = f"{TITLE},\nand Nobody Says Why"
    brief = _read(WRAPPED.format(title=title, mark="-"))
    assert brief.title is not None
    assert brief.title.text == title.replace("\n", " ")


def _read(text: str) -> Brief:
    brief = extract(text.encode(), uri="/in/a.txt", content_type="text/plain").brief
    assert brief is not None
    assert brief.profile == "fdd"
    return brief


CITED = """
FDD Background and Analysis

“Who Holds the Lock,” by Bo Orr
“The Northern Front of the Bay,” by Judith Amsalem and Mustafa Haddad-Or
“Locks Shut for the Third Time in a Month,” FDD Flash Brief
"""


def test_link_lines_below_each_other_stay_apart_though_blank_lines_part_all_else() -> None:
    text = WRAPPED.format(title=TITLE, mark="-").replace("\nFDD Expert", "\n\nFDD Expert")
    text = text.replace(f"\n{TITLE}\n", f"\n\n{TITLE}\n\n") + CITED
    titles = [link.title and link.title.text for link in _read(text).links]
    assert titles == [
        "Who Holds the Lock",
        "The Northern Front of the Bay",
        "Locks Shut for the Third Time in a Month",
    ]
