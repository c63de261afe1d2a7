"""What a house's experts are reported to say, with quotation marks and without."""

from __future__ import annotations

import pytest

from extractors import extract


def read(address: str, *lines: str):
    found = extract("\n\n".join(lines).encode(), uri=address, content_type="text/plain").brief
    assert found is not None
    return found


def rows(brief):
    return [
        (s.speaker.text, s.role and s.role.text, s.affiliation and s.affiliation.text,
         s.is_quotation, s.quote.text)
        for s in brief.statements
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Crisis Group expert Ana Veld says the raid was planned.",
         [("Ana Veld", "Crisis Group expert", "Crisis Group", False, "the raid was planned.")]),
        ("The raid failed. In this Q&A, Crisis Group expert Ana Veld explains why it did.",
         [("Ana Veld", "Crisis Group expert", "Crisis Group", False, "why it did.")]),
        ("In this Q&A, Crisis Group experts Ana Veld and Jon Reik explain why it did.",
         [("Ana Veld", "Crisis Group experts", "Crisis Group", False, "why it did."),
          ("Jon Reik", "Crisis Group experts", "Crisis Group", False, "why it did.")]),
        ("“The lock is the peace”, says Ana Veld, Crisis Group’s Senior Analyst for Kesh.",
         [("Ana Veld", "Crisis Group’s Senior Analyst for Kesh", "Crisis Group", True,
           "The lock is the peace")]),
    ],
)  # fmt: skip
def test_experts_of_the_crisis_group(line, people):
    brief = read("https://www.crisisgroup.org/asia/x", "The Raid on the Lake", line)
    assert rows(brief) == people


@pytest.mark.parametrize(
    "line",
    [
        "In this Q&A, Crisis Group lays out the reasons.",
        "The minister says the raid was planned.",
        "Ana Veld says the raid was planned.",
    ],
)
def test_others_are_not_theirs(line):
    assert rows(read("https://www.crisisgroup.org/asia/x", "The Raid on the Lake", line)) == []


def test_whose_expert_it_is_and_a_quotation_in_two_halves():
    brief = read(
        "https://www.cfr.org/x", "Daily News Brief", "September 29, 2020", "Top of the Agenda",
        "Tarn, Kesh Sign Canal Accord", "Tarn and Kesh agreed to reopen the canal.", "Analysis",
        "“Nobody should expect less,” CFR’s Jon Reik tells Newswire. “That needs a second deal.”",
        "“The tax is paid,” the Lakeside School’s Ana Veld and Mia Orr write for the Post.",
        "“Tarn cannot salt its way out,” writes the Harbor Times in an editorial.",
    )  # fmt: skip
    assert [(row[0], row[2]) for row in rows(brief)] == [
        ("Jon Reik", "CFR"),
        ("Ana Veld", "Lakeside School"),
        ("Mia Orr", "Lakeside School"),
    ]
    assert rows(brief)[0][-1].endswith("“That needs a second deal.")
    assert len(brief.developments) == 1


def test_what_an_entry_reports_is_said_in_a_development():
    text = "Two “patrols” clashed. “Nobody won.” Crisis Group expert Ana Veld says the raid failed."
    brief = read("https://www.crisisgroup.org/x", "Weekly Briefing", f"KESH {text}")
    assert rows(brief) == [
        ("Ana Veld", "Crisis Group expert", "Crisis Group", False, "the raid failed.")
    ]
    assert [(d.headline.text, d.text.text) for d in brief.developments] == [("KESH", text)]


def test_what_is_told_in_an_entry_below_its_headline_stays_in_the_entry():
    told = "Fighting spread. Crisis Group expert Ana Veld says the raid was planned."
    lines = ("CrisisWatch: October", "KESH", told, "VELMAR", "The board shut the lock.")
    brief = read("https://www.crisisgroup.org/crisiswatch/x", *lines)
    assert [(d.headline.text, d.text.text) for d in brief.developments] == [
        ("KESH", told),
        ("VELMAR", "The board shut the lock."),
    ]
    assert [row[0] for row in rows(brief)] == ["Ana Veld"]
