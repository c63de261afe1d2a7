"""Names, roles and organisations, told apart from everything else."""

from __future__ import annotations

import pytest

from extractors.names import affiliation, is_person, split_attribution, split_names

FDD = ("FDD’s Long War Journal", "Long War Journal", "FDD Action", "FDD")


@pytest.mark.parametrize(
    "name",
    [
        "Ada Vance",
        "A. Vance",
        "Ada J. Vance",
        "H.R. Vance",
        "J. D. Vance-May",
        "David May",
        "April Said",
        "Behnam Ben Vance",
        "Peter van der Vance",
        "Hussain Abdul-Vance",
        "Ada al-Vance",
        "Ada O’Dowd",
        "Pierre-Louis d’Arcy",
        "Wm. Tucker Vance",
        "Pierre-Louis d'Arcy",
        "Ada McVance",
        "José Núñez",
        "Jose\u0301 Nu\u0301n\u0303ez",
        "Ada Vance Jr.",
        "Ada Vance III",
        "RADM (Ret.) Ada Vance",
        "LTG (Ret.) H.R. Vance",
        "Col. (Res.) Ada Vance",
        "The Honorable Ada Vance",
        "Capt. Ada Vance, USCG (Ret.)",
        "Dr. Vance",
        "Johanna “Jo” Vance",
        "ADA VANCE",
    ],
)
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ada",
        "Reuters",
        "The Hill",
        "FDD Flash Brief",
        "Long War Journal",
        "Foreign Policy",
        "Data Cutoff",
        "Executive Summary",
        "Norland Update",
        "Key Takeaways",
        "Middle East",
        "Saudi Arabia",
        "Ada Vance, Ole Brandt",
        "Ada said",
        "Interior Ministry",
        "January 5",
        "Ada Vance of Tarsk is the mayor there",
        "Read More",
        "FDD Staff",
        "a spokesman",
    ],
)
def test_no_persons(text: str) -> None:
    assert not is_person(text)


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Ada Vance, Fellow", "Ada Vance", "Fellow"),
        ("Ada Vance, Jr., Fellow, and Editor", "Ada Vance, Jr.", "Fellow, and Editor"),
        ("Ada Vance Jr., Fellow", "Ada Vance Jr.", "Fellow"),
        ("Ada Vance\nSenior Fellow, Tarsk", "Ada Vance", "Senior Fellow, Tarsk"),
        ("Ada Vance, Jr.\nFellow", "Ada Vance, Jr.", "Fellow"),
        ("Ada Vance", "Ada Vance", None),
        ("Ada Vance,", "Ada Vance", None),
        ("RADM Ada Vance, USN (Ret.), Fellow", "RADM Ada Vance, USN (Ret.)", "Fellow"),
    ],
)
def test_attributions(text: str, name: str, role: str | None) -> None:
    found = split_attribution(text)
    assert found is not None and text[slice(*found.name)] == name
    assert (text[slice(*found.role)] if found.role else None) == role


@pytest.mark.parametrize("text", ["Reuters, May 3", "he said, on Tuesday", ", Fellow", ""])
def test_no_attributions(text: str) -> None:
    assert split_attribution(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada Vance", ["Ada Vance"]),
        ("Ada Vance and Bo May", ["Ada Vance", "Bo May"]),
        ("Ada Vance, Jr., Bo May, and Cy Orr", ["Ada Vance, Jr.", "Bo May", "Cy Orr"]),
        ("Ada Vance & Bo May", ["Ada Vance", "Bo May"]),
    ],
)
def test_lists(text: str, names: list[str]) -> None:
    assert [text[a:b] for a, b in split_names(text)] == names


@pytest.mark.parametrize(
    ("role", "organisation"),
    [
        ("FDD Fellow", "FDD"),
        ("FDD CEO", "FDD"),
        ("CEO of FDD Action", "FDD Action"),
        ("Editor of FDD’s Long War Journal", "FDD’s Long War Journal"),
        ("Director of FDD’s Center on Bread and Mills", "FDD’s Center on Bread and Mills"),
        ("Director of FDD’s Bread Program and Senior Fellow", "FDD’s Bread Program"),
        ("Fellow at the Tarsk Institute and Senior Editor", "Tarsk Institute"),
        ("Associate, Institute of Milling", "Institute of Milling"),
        ("Fellow", None),
        ("Bread Program Deputy Director", None),
        ("Director, Milling Unit", None),
        ("Director of the Bread Program", None),
        ("FDDX Fellow", None),
    ],
)
def test_affiliations(role: str, organisation: str | None) -> None:
    found = affiliation(role, FDD)
    assert (role[slice(*found)] if found else None) == organisation
