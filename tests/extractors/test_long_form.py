"""Toplines are what happened, unless takeaways that sum them up stand in the same piece."""

from __future__ import annotations

import pytest

from extractors import Brief, extract
from extractors.profile import ProfileError
from extractors.profile_file import parse_profiles

TOPLINES = (
    "Toplines",
    "The harbor board shut the outer lock for ten days. Pilots were told at noon.",
    "Observers counted twelve barges at the mouth of the Sorra. None of them carried cargo.",
)
TAKEAWAYS = (
    "Key Takeaways",
    "- The harbor board shut the outer lock for ten days.",
    "- Observers counted twelve empty barges.",
)


def _brief(*parts: tuple[str, ...]) -> Brief:
    head = ("Drenn Strait Update, June 12, 2025", "Data Cutoff: 11:30 am ET on June 12")
    text = "\n\n".join((*head, *(line for part in parts for line in part)))
    found = extract(text.encode(), uri="https://understandingwar.org/x", content_type="text/plain")
    assert found.brief is not None
    assert found.brief.profile == "isw"
    return found.brief


@pytest.mark.parametrize("parts", [(TOPLINES, TAKEAWAYS), (TAKEAWAYS, TOPLINES)])
def test_beside_takeaways_they_are_prose(parts: tuple[tuple[str, ...], ...]) -> None:
    brief = _brief(*parts)
    told = [line.removeprefix("- ") for line in TAKEAWAYS[1:]]
    assert [d.text.text for d in brief.developments] == told
    sections = {brief.text[b.start : b.end]: b.section for b in brief.blocks}
    assert [sections[line] for line in TOPLINES] == ["context"] * 3
    assert not brief.unknown_headings


def test_alone_they_are_what_happened() -> None:
    assert [d.text.text for d in _brief(TOPLINES).developments] == list(TOPLINES[1:])


def test_a_heading_that_no_section_has_is_refused() -> None:
    source = """
name = "vessa"
version = 1
[[section]]
name = "developments"
headings = ["Toplines"]
unless = ["Key Takeawys"]
shape = "labelled"
"""
    with pytest.raises(ProfileError, match="`unless` 'key takeawys' is a heading of no other"):
        parse_profiles(source)
