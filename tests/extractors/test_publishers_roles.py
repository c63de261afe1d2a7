"""Roles that the page prints elsewhere than beside the name: bios, cards, introductions."""

from __future__ import annotations

import pytest

from extractors import extract

PROSE = "The law surprised even its authors, and it shows in every paragraph of the long annex."
OTHER = "Whoever insures the ferries decides; everybody else holds a press conference about it."


def read(address: str, *lines: str):
    found = extract("\n\n".join(lines).encode(), uri=address, content_type="text/plain").brief
    assert found is not None
    return found


def roles(brief):
    return [
        (s.speaker.text, s.role and s.role.text, s.affiliation and s.affiliation.text)
        for s in brief.statements
    ]


def test_cards_at_the_end_tell_the_roles():
    brief = read(
        "https://www.brookings.edu/articles/x", "Commentary", "Norland bans ferries",
        "On Tuesday ministers met in Lund Vale. Below, Brookings experts weigh in.",
        "A door that nobody closed", "Mara Velde", PROSE, "Tolls and taxes", "Tom Okell", OTHER,
        "Authors", "Mara Velde", "Senior Fellow - Foreign Policy, Center for Port Studies",
        "Tom Okell", "Visiting Fellow - Governance Studies",
    )  # fmt: skip
    assert roles(brief) == [
        ("Mara Velde", "Senior Fellow - Foreign Policy, Center for Port Studies",
         "Center for Port Studies"),
        ("Tom Okell", "Visiting Fellow - Governance Studies", None),
    ]  # fmt: skip
    assert [s.quote.text for s in brief.statements] == [PROSE, OTHER]


def test_one_paragraph_can_hold_the_bios_of_all():
    brief = read(
        "https://www.csis.org/analysis/x", "Norland Bans Ferries", "Critical Questions", "by",
        "Mara Velde and Tom Okell", "Published May 6, 2025", "Q1: Why now?", f"A1: {PROSE}",
        "Mara Velde is a senior fellow with the Ports Program at CSIS in Washington, D.C. "
        "Tom Okell (Col., ret.) is a research associate with the Ports Program at CSIS.",
    )  # fmt: skip
    assert roles(brief) == [
        ("Mara Velde", "senior fellow with the Ports Program at CSIS in Washington, D.C.", "CSIS"),
        ("Tom Okell", "research associate with the Ports Program at CSIS", "CSIS"),
    ]


def test_an_introduction_tells_roles_by_surname():
    brief = read(
        "https://www.washingtoninstitute.org/policy-analysis/x", "Canal Futures: A Discussion",
        "On December 2, The Washington Institute held a Policy Forum with Mara Velde and Brig. "
        "Gen. Tom Okell. Velde is the Institute’s Example Senior Fellow. Brig. Gen. Okell (Ret.) "
        "is a professor at Kesh University. The following is a summary of their remarks.",
        "Mara Velde", PROSE, "Tom Okell", OTHER,
    )  # fmt: skip
    assert roles(brief) == [
        ("Mara Velde", "Institute’s Example Senior Fellow", "Institute"),
        ("Tom Okell", "professor at Kesh University", "Kesh University"),
    ]


def test_a_role_beside_the_name_stays():
    brief = read(
        "https://ecfr.eu/article/x", "Views from the capitals: The strait",
        "Norland has closed the strait, and the capitals differ over what should come of it.",
        "View from Berlin: Paying for calm", "By Mara Velde, Head of ECFR Berlin", PROSE,
        "View from Rome", "by Tom Okell and Ann Ferro", OTHER,
        "About the authors", "Mara Velde is a senior policy fellow at ECFR.",
    )  # fmt: skip
    assert [row[:2] for row in roles(brief)] == [
        ("Mara Velde", "Head of ECFR Berlin"),
        ("Tom Okell", None),
        ("Ann Ferro", None),
    ]


@pytest.mark.parametrize("bio", ["Mara Velde is a senior fellow at CSIS.", "Mara Velde"])
def test_the_bio_of_an_author_makes_no_statement(bio):
    brief = read(
        "https://www.csis.org/analysis/x", "The Case for Pilots", "Commentary by Mara Velde",
        "Published May 4, 2024", PROSE, "A Question of Cost", OTHER, bio,
    )  # fmt: skip
    assert brief.statements == ()
    assert [author.text for author in brief.authors] == ["Mara Velde"]
