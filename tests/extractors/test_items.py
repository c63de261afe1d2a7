"""News items: run-in headlines, headlines of their own, countries, fixed questions, summaries."""

from __future__ import annotations

import pytest

from extractors import extract

ONE = "Ministers signed the accord on Monday after eleven hours of talks in Lund Vale."
SIX = "Six ministers resigned, and the seventh said that he had not been asked."
TWO = "The port reopened, and forty ships left it within a day."


def developments(host: str, *lines: str):
    found = extract("\n".join(lines).encode(), uri=f"https://{host}/x", content_type="text/plain")
    assert found.brief is not None
    return [(d.headline and d.headline.text, d.text.text) for d in found.brief.developments]


def test_run_in_headlines_and_the_bullets_below_them():
    assert developments(
        "cfr.org", "Canal Reopens", "May 6, 2025", "Top of the Agenda", ONE,
        "The terms.", "- Tolls stay frozen.", "- Inspectors stay.",
        "The wider talks. Four states meet this week.", "Across the Globe",
        f"Kesh charter. {TWO}",
    ) == [
        (None, ONE),
        ("The terms", "Tolls stay frozen.\n\nInspectors stay."),
        ("The wider talks", "Four states meet this week."),
        ("Kesh charter", TWO),
    ]  # fmt: skip


def test_labels_may_end_with_a_colon_or_a_full_stop():
    assert developments(
        "understandingwar.org", "Weekly Update, March 29, 2023", "Key Takeaways:",
        f"- Mali. {ONE}", f"- Gaza Strip: {TWO}", f"- {ONE}",
    ) == [("Mali", ONE), ("Gaza Strip", TWO), (None, ONE)]  # fmt: skip


def test_nested_bullets_of_their_own():
    assert developments(
        "unocha.org", "Norland: Flash Update No. 3", "HIGHLIGHTS", f"- {ONE}", f"    - {TWO}",
    ) == [(None, ONE), (None, TWO)]  # fmt: skip


def test_countries_in_capitals():
    assert developments(
        "crisisgroup.org", "CrisisWatch: May 2025", "NORLAND", ONE, TWO, "SOUTH VELMAR", SIX,
    ) == [("NORLAND", f"{ONE}\n\n{TWO}"), ("SOUTH VELMAR", SIX)]  # fmt: skip


@pytest.mark.parametrize("between", [" ", "\n"])
def test_fixed_questions(between):
    assert developments(
        "crisisgroup.org", "A Truce in Norland", f"What’s new?{between}{ONE}",
        f"Why does it matter?{between}{TWO}",
    ) == [("What’s new?", ONE), ("Why does it matter?", TWO)]  # fmt: skip


def test_a_summary_whose_bullets_were_lost_ends_where_the_prose_takes_it_up_again():
    prose = ONE + " " + " ".join([TWO] * 8)
    assert developments(
        "thesoufancenter.org",
        "IntelBrief: The Canal",
        "May 6, 2025",
        "Bottom Line Up Front",
        ONE,
        TWO,
        "There are concerns that Velmar could be drawn in.",
        prose,
    ) == [(None, ONE), (None, TWO), (None, "There are concerns that Velmar could be drawn in.")]


def test_an_introduction_that_leads_to_a_paper_and_its_contributors():
    found = extract(
        "\n".join(
            ("The Canal Threat", ONE, TWO, "Click here to read the NatSec Brief.",
             "JINSA Staff Contributors", "Mara Velde – Vice President for Policy",
             "Tom Okell", "Senior Policy Analyst")
        ).encode(),
        uri="https://jinsa.org/x", content_type="text/plain",
    ).brief  # fmt: skip
    assert found is not None
    assert [d.text.text for d in found.developments] == [ONE, TWO]
    assert [a.text for a in found.authors] == ["Mara Velde", "Tom Okell"]
    assert [(ln.section, ln.text.text) for ln in found.links] == [
        ("background", "Click here to read the NatSec Brief.")
    ]


def test_run_in_headlines_that_no_heading_opens():
    items = [f"Kesh Charter. {ONE}", f"Six Ministers Resign. {SIX}", f"2,000 Ships Wait. {TWO}"]
    front = ("The Charter and the Port", "May 6, 2025")
    assert developments("cfr.org", *front, *items) == [
        ("Kesh Charter", ONE),
        ("Six Ministers Resign", SIX),
        ("2,000 Ships Wait", TWO),
    ]
    prose = (ONE, "It was late. The ministers left.", SIX)
    assert developments("cfr.org", *front, *prose) == []


def test_run_in_headlines_set_in_bold_need_no_capitals():
    labels = ("Pilots in the bay", "Envoy in Velmar", "Kesh debt talks")
    items = "".join(f"<p><strong>{label}.</strong> {ONE}</p>" for label in labels)
    head = "<h1>A Morning in Kesh</h1><p>May 6, 2025</p>"
    page = f"<html><body><main>{head}{items}</main></body></html>"
    brief = extract(page.encode(), uri="https://www.cfr.org/x").brief
    assert brief is not None
    assert [d.headline and d.headline.text for d in brief.developments] == list(labels)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        (f"NORLAND {ONE}", ("NORLAND", ONE)),
        (f"SOUTH NORLAND: {ONE}", ("SOUTH NORLAND", ONE)),
        ("NORLAND A mill burned.", ("NORLAND", "A mill burned.")),
        ("NORLAND U.S. envoys left.", ("NORLAND", "U.S. envoys left.")),
        ("NORLAND UN envoys left.", ("NORLAND", "UN envoys left.")),
        ("BOSK AND VELD 24 mills burned.", ("BOSK AND VELD", "24 mills burned.")),
    ],
)
def test_countries_in_capitals_before_their_text(line, entry):
    brief = ("Weekly Briefing", "12 March 2024", line, f"KESH {TWO}")
    assert developments("crisisgroup.org", *brief) == [entry, ("KESH", TWO)]


def test_a_headline_may_end_with_initials_and_a_summary_is_shorter_than_the_prose():
    front = ("Daily Brief", "May 6, 2023", "Top of the Agenda")
    assert developments(
        "cfr.org", *front, "Talks Go On Without U.S.", ONE, "Port Reopens", TWO
    ) == [
        ("Talks Go On Without U.S.", ONE),
        ("Port Reopens", TWO),
    ]
    prose = " ".join((SIX, ONE, TWO))
    points = (ONE, SIX, TWO)
    assert developments("thesoufancenter.org", "Bottom Line Up Front", *points, prose, prose) == [
        (None, point) for point in points
    ]


def test_a_full_stop_alone_is_no_headline():
    page = b"<h1>Canal Reopens</h1><h2>Top of the Agenda</h2><p><b>.</b>Tolls stay frozen</p>"
    found = extract(page, uri="https://cfr.org/x", content_type="text/html")
    assert found.brief is not None
    assert [d.headline for d in found.brief.developments] == [None]


@pytest.mark.parametrize(
    "item",
    [
        "<p><b>{}.</b> {}</p>",
        "<p><b>{}</b>. {}</p>",
        "<p><b>{}</b>: {}</p>",
        "<p><b>{}</b> — {}</p>",
        "<p><b>{}</b>.</p><p>{}</p>",
        "<p><b>{}:</b> {}</p>",
        "<p><b>{}</b><br>{}</p>",
        "<p><b>{}.</b></p><p>{}</p>",
        "<h3>{}</h3><p>{}</p>",
        "<ul><li><b>{}.</b> {}</li></ul>",
    ],
)
def test_headlines_of_items_as_a_page_marks_them(item: str) -> None:
    parts = [("The latest", ONE), ("The terms", TWO), ("Kesh charter", SIX)]
    items = [item.format(*part) for part in parts]
    page = (
        "<main><h1>A Morning in Kesh</h1><p>May 6, 2025</p><h2>Top of the Agenda</h2>"
        f"{items[0]}{items[1]}<h2>Across the Globe</h2>{items[2]}</main>"
    )
    brief = extract(page.encode(), uri="https://www.cfr.org/x", content_type="text/html").brief
    assert brief is not None
    found = [(d.headline and d.headline.text, d.text.text) for d in brief.developments]
    assert found == parts


@pytest.mark.parametrize(
    "opening", ["<b>U.S</b>. officials came.", "<b>Kesh</b>’s army came.", "<b>Kesh</b> — it came."]
)
def test_words_that_a_page_stresses_are_no_headline(opening: str) -> None:
    page = f"<h1>Canal Reopens</h1><h2>Top of the Agenda</h2><p>{opening} {ONE}</p>"
    found = extract(page.encode(), uri="https://cfr.org/x", content_type="text/html")
    assert found.brief is not None
    assert [d.headline for d in found.brief.developments] == [None]


def test_the_paragraphs_above_marked_headlines_are_the_lead() -> None:
    lead = ["Osk sold its ferry to two owners at once.", "Neither of them has paid a coin."]
    body = "".join(f"<p>{text}</p>" for text in lead)
    body += "<p><b>Where it stands.</b> Islanders keep the ship.</p><p><b>Fog.</b> It lasted.</p>"
    page = f"<article><h1>A Ferry</h1><p>May 3, 2025</p><h3>Top of the Agenda</h3>{body}</article>"
    found = extract(
        f"<html><body>{page}</body></html>".encode(),
        uri="https://www.cfr.org/x",
        content_type="text/html",
    ).brief
    assert found is not None
    texts = [row.text.text for row in found.developments]
    assert texts == ["\n\n".join(lead), "Islanders keep the ship.", "It lasted."]
