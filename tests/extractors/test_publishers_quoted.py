"""Statements in quotation marks as a whole, and answers that name who gives them."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.shapes.quoted import unwrap


def read(address: str, *lines: str):
    found = extract("\n\n".join(lines).encode(), uri=address, content_type="text/plain").brief
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "“It will not last.”",
        "‘It won’t last.’",
        "‘Members’ votes are cheap.\n\nAn annex isn’t.’",
        "‘The ‘pause’ is no peace.’",
        "“First, the tolls.\n\n“Then the ‘taxes’.”",
    ],
)
def test_marks_around_a_whole_statement(text):
    assert unwrap(text) == (1, len(text) - 1)


@pytest.mark.parametrize(
    "text",
    [
        "‘Tolls’ is the wrong word. Few called it ‘a gift’",
        "‘Pause’ is what they say. It is ‘peace’",
        "“We lost,” the general said. “We will again.”",
        "It will not last.",
        "“It will not last",
        "”",
    ],
)
def test_marks_around_some_of_its_words(text):
    assert unwrap(text) is None


def test_single_marks_open_and_close_a_statement_of_three_paragraphs():
    brief = read(
        "https://www.chathamhouse.org/2024/05/x", "Canal summit: Early analysis from our experts",
        "The summit ended on Tuesday, a day early, without any communiqué on tolls or taxes.",
        "Mara Velde, Head of the Ports Forum, Chatham House, said:",
        "‘After six calls, Norland has won a prize.", "Nobody else has.", "It won’t last.’",
        "Tom Okell and Ann Ferro, Research Fellows, Law Programme:", "Two risks remain.",
    )  # fmt: skip
    first, *others = brief.statements
    assert first.is_quotation
    assert (
        first.quote.text
        == "After six calls, Norland has won a prize.\n\nNobody else has.\n\nIt won’t last."
    )
    assert first.role is not None and first.role.text == "Head of the Ports Forum, Chatham House"
    assert [(s.speaker.text, s.role and s.role.text) for s in others] == [
        ("Tom Okell", "Research Fellows, Law Programme"),
        ("Ann Ferro", "Research Fellows, Law Programme"),
    ]
    assert not any(s.is_quotation for s in others)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("A1: Mara Velde: The army is.",), ("A2: Tom Okell: The navy is.",)),
        (("A1: The army is.", "— Mara Velde"), ("A2: The navy is.", "— Tom Okell")),
    ],
)
def test_each_answer_can_name_who_gives_it(first, second):
    brief = read(
        "https://www.csis.org/analysis/x", "The Ferry War", "Critical Questions", "by",
        "Mara Velde and Tom Okell", "Published June 2, 2024", "Q1: Who is winning?", *first,
        "Q2: Who is losing?", *second,
    )  # fmt: skip
    assert [(s.speaker.text, s.quote.text) for s in brief.statements] == [
        ("Mara Velde", "The army is."),
        ("Tom Okell", "The navy is."),
    ]


def test_numbered_questions_whose_answers_lost_their_mark():
    brief = read(
        "https://www.csis.org/analysis/x", "Tarn’s New Dam", "Critical Questions by Mara Velde",
        "Q1: Why a dam?", "For its tolls.", "Q2: Who pays? And who does not?", "The valley pays.",
    )  # fmt: skip
    assert [s.quote.text for s in brief.statements] == ["For its tolls.", "The valley pays."]


def test_a_transcript_has_no_answers_of_experts():
    brief = read(
        "https://www.csis.org/analysis/x", "Press Briefing: The Canal", "Mara Velde: Good morning.",
        "Q: What about the tolls?", "Mara Velde: Nobody will pay them.", "Q: Thank you.",
    )  # fmt: skip
    assert brief.statements == ()
