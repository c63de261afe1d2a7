"""A mail pasted as text, or a memo: its head is no part of the brief, and tells title and day."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

TITLE = "Harbor Board Shuts the Outer Lock"
BODY = (
    "Latest Developments",
    "- Lock Shut: The harbor board shut the outer lock for ten days.",
    "- Pilots Told: The pilots were told at noon, and by nobody they knew.",
    "FDD Expert Response",
    "“Whoever shuts a lock owns the tide.” — Ada Vance, FDD Senior Fellow",
)


def _read(*lines: str) -> Brief:
    text = "\n".join(lines)
    brief = extract(text.encode(), uri="pasted.txt", content_type="text/plain").brief
    assert brief is not None
    return brief


@pytest.mark.parametrize(
    ("day", "sent"),
    [
        ("Date: Monday, July 21, 2025", "2025-07-21"),
        ("Sent: Mon, Jul 21, 2025 at 9:05 AM", "2025-07-21"),
        ("Date: Mon, 21 Jul 2025 09:05:00 -0400", "2025-07-21"),
        ("*Date:* 21 July 2025", "2025-07-21"),
    ],
)
def test_the_head_is_marginal_and_tells_title_and_day(day: str, sent: str) -> None:
    head = ("From: FDD Flash Brief <info@fdd.example>", day, f"Subject: {TITLE}", "To: readers")
    brief = _read(*head, "", "FDD Flash Brief", "", TITLE, "", *BODY)
    assert brief.title is not None
    assert brief.kind is not None
    assert brief.published is not None
    assert (brief.title.text, brief.kind.text) == (TITLE, "Flash Brief")
    assert str(brief.published.on) == sent
    sections = {brief.text[b.start : b.end]: b.section for b in brief.blocks}
    assert [sections[line] for line in head] == ["boilerplate"] * 4
    assert len(brief.developments) == 2
    assert [s.speaker.text for s in brief.statements] == ["Ada Vance"]
    assert brief.coverage == 1.0


def test_the_subject_is_the_title_where_no_line_is() -> None:
    head = ("To: the board", "From: the pilots", "Date: July 21, 2025", f"Subject: {TITLE}")
    brief = _read(*head, "", "The lock was shut on Monday. Nobody had asked the pilots.")
    assert brief.title is not None
    assert brief.title.text == TITLE


@pytest.mark.parametrize(
    "lines",
    [
        ("From: Port Vessa", "To: Velmar", "Two days on the night ferry were enough."),
        ("Subject: nobody knows who steers the ferry, or why it has to be at night.",),
        ("Date: July 21, 2025", TITLE, "The lock was shut on Monday. Nobody asked."),
    ],
)
def test_fewer_fields_are_lines_like_others(lines: tuple[str, ...]) -> None:
    brief = _read(*lines)
    assert not [b for b in brief.blocks if b.section == "boilerplate"]
