"""What pages and mails set among the words of a brief is none of them."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

QUESTIONS = (
    "Three Questions on the Night Ferry",
    "Critical Questions by Ada Vance",
    "March 4, 2025",
    "Q1: Who steers?",
    "A1: Nobody who would say so, and the harbour master has not asked.",
    "Q2: Who pays?",
    "A2: The passengers, in the end, as they have paid for the piers.",
)


def _read(*lines: str, uri: str) -> Brief:
    brief = extract("\n\n".join(lines).encode(), uri=uri, content_type="text/plain").brief
    assert brief is not None
    return brief


@pytest.mark.parametrize(
    "below",
    [
        ("1616 Rhode Island Avenue NW, Washington, DC 20036 | Unsubscribe",),
        ("The Tide House, 10 St Piran’s Square, London",),
        ("14 Haim Lever St., Vessa",),
        ("Ada Vance", "Fellow, Night Ferries Initiative"),
        ("Image credit: A ferry at night",),
    ],
)
def test_answers_end_above_what_stands_below_them(below: tuple[str, ...]) -> None:
    brief = _read(*QUESTIONS, *below, uri="https://www.csis.org/analysis/a")
    assert [s.quote.text for s in brief.statements] == [QUESTIONS[4][4:], QUESTIONS[6][4:]]


def test_a_sentence_with_a_street_in_it_is_text() -> None:
    said = "A2: At 14 Harbour Street, the clerks pay; nobody else does."
    brief = _read(*QUESTIONS[:6], said, uri="https://www.csis.org/analysis/a")
    assert brief.statements[-1].quote.text == said[4:]


PROMO = (
    "<div class='{}'><h4>More</h4><p>Rapid insight in your inbox from people who know.</p>"
    "<h4><a href=/x>A Winter without Coal</a></h4><p>Apr 30, 2025</p></div>"
)


@pytest.mark.parametrize("name", ["newsletter-promo", "related-reading", "signup box", "subscribe"])
def test_a_box_within_an_article_parts_no_experts(name: str) -> None:
    words = [
        "I have sailed on four ferries, and each was announced as the last one of its kind.",
        "The list of pilots held no pilot. For those aboard the voyage was long and quiet.",
    ]
    signs = [
        "—Ada Vance is a senior fellow at the Atlantic Council’s Europe Center.",
        "—Piet Falk is a nonresident fellow at the Atlantic Council’s Africa Center.",
    ]
    page = (
        "<main><article><h1>Experts react: The night ferry sails</h1>"
        "<p>Eleven pilots left Port Vessa this morning, and the tide was with them.</p>"
        f"<h4>Ferries end</h4><p>{words[0]}</p><p>{signs[0]}</p>{PROMO.format(name)}"
        f"<h4>Look who sailed</h4><p>{words[1]}</p><p>{signs[1]}</p></article></main>"
    )
    uri = "https://www.atlanticcouncil.org/blogs/a"
    brief = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert brief is not None
    assert [s.quote.text for s in brief.statements] == words
    assert "Winter without Coal" in brief.text


def test_a_box_that_holds_the_text_is_the_text() -> None:
    words = "The night ferry left before dawn, and the clerks at the pier had gone home. " * 4
    page = (
        f"<article><h1>Ferries</h1><div class='newsletter-content'><p>{words}</p></div></article>"
    )
    brief = extract(page.encode(), uri="https://www.fdd.org/a", content_type="text/html").brief
    assert brief is not None
    assert {b.section for b in brief.blocks if b.kind == "paragraph"} != {"boilerplate"}


TAKEAWAYS = ("- Pilots left the pier at dawn.", "- Clerks burned a ledger and left a receipt.")


def test_a_list_of_headings_below_the_takeaways_is_none_of_them() -> None:
    note = "We do not report in detail on the tides."
    efforts = ("- Northern Main Effort", "- Activities in the harbour")
    head = ("Harbour Campaign Assessment, March 4, 2025", "Key Takeaways")
    uri = "https://understandingwar.org/backgrounder/a"
    brief = _read(*head, *TAKEAWAYS, note, *efforts, "Northern Main Effort", "It rained.", uri=uri)
    assert [d.text.text for d in brief.developments] == [line[2:] for line in TAKEAWAYS]
    parted = _read(*head, TAKEAWAYS[0], "Share", TAKEAWAYS[1], uri=uri)
    assert len(parted.developments) == 2


def test_bare_points_of_a_sentence_each_end_where_two_follow() -> None:
    points = [
        f"The {n} ferry of the night fleet was sold in June." for n in ("first", "old", "red")
    ]
    prose = "The fleet was built for the lake. It has one hull that floats."
    head = ("IntelBrief: Who Sold the Fleet?", "March 4, 2025", "Bottom Line Up Front")
    brief = _read(*head, *points, prose, uri="https://thesoufancenter.org/a")
    assert [d.text.text for d in brief.developments] == points


def test_a_day_says_less_of_a_layout_than_its_headings() -> None:
    lines = (
        "Daily News Brief",
        "A Ferry, a Fee, and a Fog",
        "January 15, 2025",
        "Top of the Agenda",
        "The ferry fleet of Vessa was sold yesterday to a house that nobody knows.",
        "The fee. A passage costs nine marks, and the pilots get three.",
        "Across the Globe",
        "Fog in Tarsk. All ships stayed in port.",
    )
    brief = _read(*lines, uri="https://www.cfr.org/daily-brief/a")
    assert [d.headline.text if d.headline else None for d in brief.developments] == [
        None,
        "The fee",
        "Fog in Tarsk",
    ]


def test_a_dek_between_title_and_day_tells_nothing_that_happened() -> None:
    lines = (
        "The Night Fleet: Early analysis from Chatham House experts",
        "Experts from across the institute give their first response to the sale.",
        "Published 6 March 2025",
        "The fleet was sold on 4 March, and two houses claim to have bought it.",
        "Dr Ada Vance, Senior Research Fellow, Ferry Programme:",
        "The sale is about a ledger. Whoever holds it can tax the piers.",
        "Piet Falk, Associate Fellow, Tide Programme:",
        "Refiners will say that they bought scrap. They will be right.",
    )
    brief = _read(*lines, uri="https://www.chathamhouse.org/2025/03/a")
    assert [d.text.text for d in brief.developments] == [lines[3]]
    assert [s.speaker.text for s in brief.statements] == ["Dr Ada Vance", "Piet Falk"]


def test_the_house_s_expert_behind_the_verb() -> None:
    said = "“Vessa can offer its pilots what no port has,” says Crisis Group expert Ada Vance."
    brief = _read("A Fleet Is Sold", "4 March 2025", said, uri="https://www.crisisgroup.org/a")
    assert [s.speaker.text for s in brief.statements] == ["Ada Vance"]


def test_tags_below_the_last_answer_are_none_of_it() -> None:
    asked = "".join(f"<p>{line}</p>" for line in QUESTIONS)
    page = f"<div>{asked}<ul class='tags'><li>Ferries</li><li>Night Trade</li></ul></div>"
    brief = extract(page.encode(), uri="https://www.csis.org/a", content_type="text/html").brief
    assert brief is not None and brief.statements[-1].quote.text == QUESTIONS[6][4:]


def test_a_list_to_jump_from_may_be_one_paragraph() -> None:
    page = (
        "<article><h1>Experts react: The night ferry sails</h1><p>January 9, 2026</p>"
        "<p>Eleven pilots left Port Vessa this morning, and the tide was with them.</p>"
        "<p>Ada Vance: Is this the last one?<br>Piet Falk: Who holds the pier?</p>"
        "<h3>Is this the last one?</h3><p>Each ferry was announced as the last of its kind.</p>"
        "<p>—Ada Vance is a senior fellow at the Atlantic Council’s Europe Center.</p>"
        "<h3>Who holds the pier?</h3><p>The list of pilots held no pilot, and it was long.</p>"
        "<p>—Piet Falk is a senior fellow at the Atlantic Council’s Africa Center.</p></article>"
    )
    uri = "https://www.atlanticcouncil.org/blogs/a"
    brief = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert brief is not None
    assert [d.text.text[:13] for d in brief.developments] == ["Eleven pilots"]
    assert len(brief.statements) == 2


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("The authors did not receive any financial support for this piece.", False),
        ("The author has no conflicts of interest to declare.", False),
        ("The authors declare that they have no competing interests.", False),
        ("The Night Ferries series is edited by the harbour staff.", False),
        ("Neither author received financial support for this article.", False),
        ("The author is not an officer, director, or board member of any ferry line.", False),
        ("This report was made possible by general support to the harbour.", False),
        ("Funding for this research was provided by the Harbour Board.", False),
        ("The authors alone are responsible for the content.", False),
        ("All views are those of the authors alone.", False),
        ("Ada Vance contributed research to this article.", False),
        ("Translated from the Arabic by Ada Vance.", False),
        ("The report was written by a minister whose funding had ended.", True),
        ("The author is a director whom nobody asked.", True),
        ("Neither author nor reader knows who has the funding.", True),
        ("The views are those of a captain who left.", True),
        ("The author did not expect that funding would end.", True),
        ("The authors have shown that compensation came late.", True),
        ("The first series was sold. This one is edited by nobody.", True),
    ],
)
def test_notes_on_money_and_editors_are_none_of_the_last_answer(note: str, kept: bool) -> None:
    brief = _read(*QUESTIONS, note, uri="https://www.csis.org/analysis/a")
    assert [s.quote.text.endswith(note) for s in brief.statements] == [False, kept]
