"""What a page sets between two statements, or two bullets, ends neither list."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

FIRST = "“The ferry has two captains. Neither has seen the chart.” — Ada Vance, FDD Senior Fellow"
SECOND = "“A pier is a promise. This one was broken twice.” — Bertil Osk, Research Analyst"
TOP = ("March 4, 2025 | Flash Brief", "Night Ferry Runs Aground", "Latest Developments")
BULLETS = (
    "• Crew Detained: The port authority held the captain and both pilots on March 3.",
    "• Fares Frozen: Islanders pay the day fare until the pier is mended.",
)
HEADING = "FDD Expert Response"
LINKS = ("FDD Background and Analysis", "“Who Steers the Osk,” by Ada Vance")
BOXES = [
    ("Stay Informed", "Subscribe to our newsletters", "Email address", "Sign Up"),
    ("Read More", "Mapping the Sandbanks"),
    ("Listen to the latest episode",),
    ("Advertisement - Continue Reading Below",),
    ("Harbor House accepts no funds from ship owners.", "Donate"),
    ("Most Popular", "Ghost Piers", "Two Tides in May"),
    ("Related Content", "The Price of a Pilot"),
    ("Figure 1: Groundings by month",),
]


def _text(*lines: str, between: str = "\n\n") -> Brief:
    uri = "https://www.fdd.org/analysis/2025/03/04/ferry/"
    brief = extract(between.join(lines).encode(), uri=uri, content_type="text/plain").brief
    assert brief is not None
    return brief


def _page(body: str) -> Brief:
    page = (
        "<!doctype html><html><head><title>Night Ferry Runs Aground</title></head><body><article>"
        f"<p>{TOP[0]}</p><h1>{TOP[1]}</h1>{body}</article></body></html>"
    )
    uri = "https://www.fdd.org/analysis/2025/03/04/ferry/"
    brief = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert brief is not None
    return brief


def _speakers(brief: Brief) -> list[str]:
    return [said.speaker.text for said in brief.statements if said.speaker]


def _citations(brief: Brief) -> list[str | None]:
    return [
        link.title.text if link.title else None
        for link in brief.links
        if link.section == "background"
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("box", BOXES, ids=lambda box: box[0])
def test_a_box_between_two_statements_in_a_text(box: tuple[str, ...], between: str) -> None:
    brief = _text(*TOP, *BULLETS, HEADING, FIRST, *box, SECOND, *LINKS, between=between)
    assert _speakers(brief) == ["Ada Vance", "Bertil Osk"]
    assert [said.quote.text for said in brief.statements] == [
        "The ferry has two captains. Neither has seen the chart.",
        "A pier is a promise. This one was broken twice.",
    ]
    assert _citations(brief) == ["Who Steers the Osk"]
    assert all(line in brief.text for line in box)


@pytest.mark.parametrize("box", BOXES, ids=lambda box: box[0])
def test_a_box_between_two_statements_on_a_page(box: tuple[str, ...]) -> None:
    head, *rest = box
    markup = f"<div><h4>{head}</h4>{''.join(f'<p>{line}</p>' for line in rest)}</div>"
    brief = _page(
        f"<h2>Latest Developments</h2><p>{BULLETS[0][2:]}</p><h2>{HEADING}</h2>"
        f"<p>{FIRST}</p>{markup}<p>{SECOND}</p>"
    )
    assert _speakers(brief) == ["Ada Vance", "Bertil Osk"]


@pytest.mark.parametrize("box", BOXES, ids=lambda box: box[0])
def test_a_box_between_two_bullets(box: tuple[str, ...]) -> None:
    brief = _text(*TOP, BULLETS[0], *box, BULLETS[1], HEADING, FIRST)
    labels = [d.headline.text for d in brief.developments if d.headline]
    assert labels == ["Crew Detained", "Fares Frozen"]
    assert len(brief.developments) == 2


def test_what_others_say_of_the_publisher_is_no_expert_statement() -> None:
    said = "“Nobody reads a tide table as closely.” — Cora Lindt, Former Harbor Senator"
    brief = _text(*TOP, *BULLETS, HEADING, FIRST, "What They Say", said)
    assert _speakers(brief) == ["Ada Vance"]


def test_a_witness_below_a_subheading_is_no_expert() -> None:
    seen = "“We saw the lamp, then the sand.” — Dov Marsh, Passenger"
    brief = _text(*TOP, *BULLETS, HEADING, FIRST, "Sand in the Channel", seen)
    assert _speakers(brief) == ["Ada Vance"]


def test_prose_below_the_statements_stays_prose() -> None:
    prose = "The channel had not been dredged since 2019, and the port knew it well enough to say."
    brief = _text(*TOP, *BULLETS, HEADING, FIRST, "Sand in the Channel", prose, SECOND)
    assert _speakers(brief) == ["Ada Vance"]


def test_a_list_of_a_side_column_with_the_same_heading_ends_the_first_list() -> None:
    link = "<p><a href='/{0}'>“{0},”</a> by Ada Vance</p>"
    brief = _page(
        f"<h2>Latest Developments</h2><p>{BULLETS[0][2:]}</p><h2>{HEADING}</h2><p>{FIRST}</p>"
        f"<h3>Related Analysis</h3>{link.format('Who Steers')}{link.format('Sand')}"
        f"<div><h4>Related Analysis</h4>{link.format('Ghost Piers')}</div>"
    )
    assert _citations(brief) == ["Who Steers", "Sand"]
