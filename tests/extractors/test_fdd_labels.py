"""Where a development's label ends: at a colon, but not at any."""

from __future__ import annotations

import pytest

from tests.extractors.fdd_texts import SAID, brief_of, text, text_of

MORE = "- Cause Unknown: Police had no theory."


@pytest.mark.parametrize(
    ("label", "body"),
    [
        ("‘No Base’: Port Deal Stalls in Tarsk", "The deal stalled."),
        ("Orr: ‘I Resign’ if Mill Burns", "The mayor said so on Monday."),
        ("Tarsk Votes: Mill Stays Shut", "It was close: 12 to 11."),
        ("Fire at Mill", "The mill burned: for hours."),
        ("What Tarsk Wants", "Bread, water, wood: in that order."),
        ("Tarsk Reacts", "Mayor Orr: “No comment.”"),
        ("Fire at 10:30 a.m. Kills Nobody", "The mill burned: for hours."),
        ("‘Bread: Now or Never’ Rally Held", "Many came: bakers, millers."),
    ],
)
def test_labels(label: str, body: str) -> None:
    brief = brief_of(text_of(SAID, news=(f"- {label}: {body}", MORE)))
    first = brief.developments[0]
    assert (text(first.headline), first.text.text) == (label, body)
