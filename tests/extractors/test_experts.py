"""Experts who write under their names: prose below or above a name, answers, reported speech."""

from __future__ import annotations

import pytest

from extractors import extract

PROSE = (
    "The law surprised even its authors, and it shows in every paragraph of the annex.",
    "Two ports will comply at once; the third has neither pilots nor a budget for them.",
)
OTHER = "Whoever insures the ferries decides; everybody else holds a press conference about it."


def read(host: str, *lines: str):
    brief = extract("\n\n".join(lines).encode(), uri=f"https://{host}/x", content_type="text/plain")
    assert brief.brief is not None
    return brief.brief


def said(brief):
    return [
        (s.speaker.text, s.role and s.role.text, s.affiliation and s.affiliation.text)
        for s in brief.statements
    ]


@pytest.mark.parametrize(
    ("line", "speaker", "role"),
    [
        ("Mara Velde, Senior Fellow, Port Studies", "Mara Velde", "Senior Fellow, Port Studies"),
        ("Dr Mara Velde, Director, Law & Sea Programme:", "Dr Mara Velde",
         "Director, Law & Sea Programme"),
        ("Mara Velde (Associate Fellow, Law Programme):", "Mara Velde",
         "Associate Fellow, Law Programme"),
        ("Mara Velde (@mvelde), Fellow", "Mara Velde", "Fellow"),
    ],
)  # fmt: skip
def test_a_name_line_above_prose(line, speaker, role):
    brief = read(
        "chathamhouse.org", "Ferries and the law", "Ministers met on Tuesday in Lund Vale.", line,
        *PROSE, "Tom Okell, Research Fellow, Trade Programme:", OTHER,
    )  # fmt: skip
    assert said(brief)[0][:2] == (speaker, role)
    assert [s.quote.text for s in brief.statements] == ["\n\n".join(PROSE), OTHER]
    assert not any(s.is_quotation for s in brief.statements)
    assert [d.text.text for d in brief.developments] == ["Ministers met on Tuesday in Lund Vale."]


def test_prose_that_runs_in_behind_the_name():
    brief = read(
        "brookings.edu", "Around the halls: Ferries", "On Tuesday ministers met in Lund Vale.",
        f"Mara Velde (@mvelde), Fellow in the Center for Ports: {PROSE[0]}", PROSE[1],
        f"Tom Okell, Senior Fellow: {OTHER}",
    )  # fmt: skip
    assert said(brief) == [
        ("Mara Velde", "Fellow in the Center for Ports", "Center for Ports"),
        ("Tom Okell", "Senior Fellow", None),
    ]
    assert brief.statements[0].quote.text == "\n\n".join(PROSE)


def test_headlines_above_name_lines_are_in_no_field():
    brief = read(
        "brookings.edu", "What comes next?", "Mara Velde and Tom Okell", "May 6, 2025",
        "Norland banned ferries on Monday. Below, experts discuss why.",
        "Watch the ferries", "Mara Velde, Fellow", *PROSE,
        "Nobody asked the pilots", "Tom Okell, Senior Fellow", OTHER,
    )  # fmt: skip
    assert [s.quote.text for s in brief.statements] == ["\n\n".join(PROSE), OTHER]
    assert [a.text for a in brief.authors] == ["Mara Velde", "Tom Okell"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        (
            "—Mara Velde is the director of the Ports Initiative.",
            "director of the Ports Initiative",
        ),
        ("—Mara Velde is a senior fellow. She was a pilot before.", "senior fellow"),
        ("—Mara Velde, director, Europe Center", "director, Europe Center"),
        ("—Mara Velde", None),
    ],
)
def test_a_name_line_below_prose(line, role):
    brief = read(
        "atlanticcouncil.org", "Experts react: Norland votes", "By Atlantic Council experts",
        "Norland voted on Monday. Our experts explain.",
        "Click to jump to an expert analysis:", "Mara Velde: A law nobody asked for",
        "Tom Okell: Watch the ferries. Then the banks.",
        "A law nobody asked for", *PROSE, line,
        "Watch the ferries. Then the banks.", OTHER,
        "—Lt. Gen. (Ret.) Tom Okell is a nonresident senior fellow at the Baltic Institute.",
    )  # fmt: skip
    assert [(s.speaker.text, s.role and s.role.text) for s in brief.statements] == [
        ("Mara Velde", role),
        ("Lt. Gen. (Ret.) Tom Okell", "nonresident senior fellow at the Baltic Institute"),
    ]
    assert [s.quote.text for s in brief.statements] == ["\n\n".join(PROSE), OTHER]
    assert brief.authors == ()
    sections = {block.section for block in brief.blocks}
    assert "repeat" in sections and "other" not in sections


def test_answers_of_several_authors_are_each_ones_own():
    brief = read(
        "csis.org", "Norland Bans Ferries", "Critical Questions by Mara Velde and Tom Okell",
        "Published May 6, 2025", "On Monday Norland banned ferries.",
        "Q1: Why now?", f"A1: {PROSE[0]}", PROSE[1], "Q2: What next?", "A2:", OTHER,
        "Mara Velde is a senior fellow with the Ports Program at the Center for Strategic and "
        "International Studies (CSIS) in Washington, D.C. Tom Okell is an associate fellow.",
        "Critical Questions is produced by the Center for Strategic and International Studies.",
    )  # fmt: skip
    assert brief.kind is not None and brief.kind.text == "Critical Questions"
    answers = ["\n\n".join(PROSE)] * 2 + [OTHER] * 2
    assert [s.quote.text for s in brief.statements] == answers
    assert [s.speaker.text for s in brief.statements] == ["Mara Velde", "Tom Okell"] * 2
    assert brief.statements[1].role is not None
    assert brief.statements[1].role.text == "associate fellow"
    assert brief.blocks[-1].section == "boilerplate"


@pytest.mark.parametrize(
    ("line", "speaker", "role"),
    [
        ("“Tolls will not fall,” writes Mara Velde in the Harbor Times.", "Mara Velde", None),
        ("“Tolls will not fall,” Mara Velde writes for Newswire.", "Mara Velde", None),
        ("“Tolls will not fall,” CFR’s Mara Velde tells Newswire.", "Mara Velde", None),
        ("“Tolls will not fall,” CFR Senior Fellow Mara Velde writes.", "Mara Velde",
         "CFR Senior Fellow"),
    ],
)  # fmt: skip
def test_reported_statements(line, speaker, role):
    brief = read(
        "cfr.org", "Daily News Brief", "March 3, 2020", "Top of the Agenda",
        "Norland, Velmar Sign Canal Accord", PROSE[0], "Analysis", line, "Pacific Rim",
        "Kesh Votes on New Charter", OTHER,
    )  # fmt: skip
    (statement,) = brief.statements
    assert statement.quote.text == "Tolls will not fall,"
    assert (statement.speaker.text, statement.role and statement.role.text) == (speaker, role)
    assert [d.headline and d.headline.text for d in brief.developments] == [
        "Norland, Velmar Sign Canal Accord", "Kesh Votes on New Charter",
    ]  # fmt: skip


def test_what_a_minister_said_is_no_experts_statement():
    line = "“We will open the gates ourselves,” Justice Minister Horvane said on Wednesday."
    brief = read("cfr.org", "Daily News Brief", "March 3, 2020", "Top of the Agenda",
                 "Gates Stay Shut", line)  # fmt: skip
    assert brief.statements == ()
    assert [d.text.text for d in brief.developments] == [line]


def test_a_piece_of_the_house_without_that_shape_gets_no_rows():
    for host in ("brookings.edu", "atlanticcouncil.org", "csis.org", "chathamhouse.org", "ecfr.eu"):
        brief = read(host, "The price of a pilot", "May 6, 2025", *PROSE, "A longer view", *PROSE)
        assert (brief.statements, brief.developments) == ((), ()), host
