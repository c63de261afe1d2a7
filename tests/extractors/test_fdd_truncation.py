"""Pages that are cut off: what is there is kept as it is and marked, nothing is completed."""

from __future__ import annotations

import pytest

from tests.extractors.fdd_texts import NEW, SAID, brief_of, experts, text_of

BY = " — Petra Orr, Senior Research Analyst at FDD’s Long War Journal"
FIRST = ("Ada Vance", "FDD Fellow")


@pytest.mark.parametrize("end", range(4, len(BY)))
@pytest.mark.parametrize("dash", [" — ", " "])
def test_a_cut_attribution_is_kept_as_it_is(end: int, dash: str) -> None:
    tail = BY[:end].replace(" — ", dash)
    name, _, role = tail.strip(" —").partition(",")
    brief = brief_of(text_of(SAID, f"“It burns.”{tail}"))
    assert experts(brief) == [FIRST, (name, role.strip() or None)]


@pytest.mark.parametrize(
    "tail",
    [
        " — Petra Orr,",
        " — Petra Orr, Senior",
        " — Petra Orr, Research Ana",
        " — Petra Orr, Analyst at FDD’s Long War Jour",
        " — Petra Orr, Analyst at FDD’s Long",
        " — Petra Orr, Fellow and",
        " — Petra Orr, Chair and Edit",
    ],
)
@pytest.mark.parametrize("below", [[], ["3"], ["- 3 -"]])
def test_cut_roles_are_marked_above_a_pages_number_too(tail: str, below: list[str]) -> None:
    assert brief_of(text_of(SAID, f"“It burns.”{tail}", *below)).truncated


@pytest.mark.parametrize(
    "lines",
    [
        ["“It bur"],
        ["“Dear Bread,” by Ada Vance", "“Dear Flour,” by Ada Vance and"],
        ["FDD Background and Anal"],
    ],
)
def test_cut_lines_are_marked(lines: list[str]) -> None:
    assert brief_of(text_of(SAID, *lines)).truncated


def test_a_cut_bullet_is_marked() -> None:
    whole = text_of(SAID)
    assert brief_of(whole[: whole.index(NEW[1]) + 30]).truncated


@pytest.mark.parametrize(
    "lines",
    [
        [SAID],
        ["“Yes.” — Bo Orr", "“No.” — Cy May"],
        ["“Yes.” — Bo Orr, Bread Program Chair"],
        ["“Yes.” — Bo Orr, Analyst at the Long War Journal"],
        [SAID, "“Dear Bread,” by Ada Vance"],
        [SAID, "A Pattern of Fires", "It was the third."],
    ],
)
def test_whole_pages_are_not_marked(lines: list[str]) -> None:
    assert not brief_of(text_of(*lines)).truncated
