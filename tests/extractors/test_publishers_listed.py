"""Experts listed with their posts, and reported below by their first names."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

LISTED = (
    "- Ada Vance (@avance): Senior fellow at the Atlantic Council’s Port Initiative",
    "- Bo K. Orr: Director of the Lock Program and former harbor master",
    "- Cy May Jr. (@cymay): Nonresident senior fellow at the Quay Center",
)
ROLES = {
    "Ada Vance": "Senior fellow at the Atlantic Council’s Port Initiative",
    "Bo K. Orr": "Director of the Lock Program and former harbor master",
    "Cy May Jr.": "Nonresident senior fellow at the Quay Center",
}
INTRODUCTION = "The lock was shut on Monday. Below, our experts tell what may come of it."


def _brief(*lines: str, listed: tuple[str, ...] = LISTED) -> Brief:
    head = ("JUST IN", INTRODUCTION, "TODAY’S EXPERT REACTION BROUGHT TO YOU BY")
    text = "\n".join(("Fast Thinking: The lock is shut", "May 5, 2025", *head, *listed, *lines))
    found = extract(
        text.encode(), uri="https://www.atlanticcouncil.org/x", content_type="text/plain"
    )
    assert found.brief is not None
    return found.brief


@pytest.mark.parametrize(
    ("line", "who", "quoted", "words"),
    [
        ("“The lock is shut,” Ada tells us.", "Ada Vance", True, "The lock is shut,"),
        (
            "“It is shut,” Bo says. “It stays shut.”",
            "Bo K. Orr", True, "It is shut,” Bo says. “It stays shut.",
        ),
        ("“It leaks,” adds Cy.", "Cy May Jr.", True, "It leaks,"),
        ("“It leaks,” says May.", "Cy May Jr.", True, "It leaks,"),
        ("Bo K. Orr disagrees: “It leaks.”", "Bo K. Orr", True, "It leaks."),
        ("Ada argues that it “must” open.", "Ada Vance", False, "it “must” open."),
        ("On the quay, Bo says, nobody waits.", "Bo K. Orr", False, "nobody waits."),
        ("Cy tells us that ships wait.", "Cy May Jr.", False, "ships wait."),
    ],
)  # fmt: skip
def test_what_they_say(line: str, who: str, quoted: bool, words: str) -> None:
    brief = _brief("Mind the lock", f"- {line}")
    (said,) = brief.statements
    assert (said.speaker.text, said.is_quotation, said.quote.text) == (who, quoted, words)
    assert said.role is not None and said.role.text == ROLES[who]
    assert [d.text.text for d in brief.developments] == [INTRODUCTION]


@pytest.mark.parametrize(
    "line",
    ["The minister says it leaks.", "Adam says it leaks.", "Ada and Bo met.", "“No,” said Adair."],
)
def test_what_nobody_listed_says_is_context(line: str) -> None:
    brief = _brief(f"- {line}")
    assert not brief.statements
    assert (
        brief.text[slice(*brief.blocks[-1][2:])] == line and brief.blocks[-1].section == "context"
    )


def test_a_name_that_two_share_is_nobodys() -> None:
    brief = _brief("- “It leaks,” Ada says.", listed=(*LISTED, "- Ada Moor: Senior fellow"))
    assert not brief.statements


def test_the_caption_of_a_picture_is_no_development() -> None:
    caption = "Smoke rises over the lock on May 4, 2025. (Quay News Agency) via REUTERS Connect.)"
    brief = _brief("- “It leaks,” Ada says.", listed=LISTED)
    text = brief.text.replace(INTRODUCTION, f"{caption}\n\n{INTRODUCTION}")
    found = extract(text.encode(), uri="https://www.atlanticcouncil.org/x").brief
    assert found is not None
    assert [d.text.text for d in found.developments] == [INTRODUCTION]
