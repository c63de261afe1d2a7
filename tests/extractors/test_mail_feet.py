"""Feet of mails in one block, titles of other pieces below the text, and buttons with "To"."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

POINTS = ("The ferry at Osk Landing was burned by herders.", "Its bell was taken to the hills.")
SHORT = "Six ministers told their cousins to unsubscribe from the gazette | and to burn it."


def _brief(host: str, body: str) -> Brief:
    head = "<h1>The Osk Ferry</h1><p>May 3, 2025</p>"
    page = f"<html><body><article>{head}{body}</article></body></html>"
    found = extract(page.encode(), uri=f"https://{host}/x")
    assert found.brief is not None
    return found.brief


def _texts(brief: Brief) -> list[str]:
    return [row.text.text for row in brief.developments]


@pytest.mark.parametrize(
    "foot",
    [
        "<a href='#'>Manage Your E-mail Preferences</a> | Unsubscribe<br>Pier Council<br>9 Quay",
        "Pier | Lower Quay<br>Unsubscribe reader@home.example<br>Update Profile | Data Notice",
        "<b>The Pier</b> A Bell in the Hills<br>Update your preferences<br>The Pier Council",
        "Pier Council · Unsubscribe · Sent by PierMail",
        "<b>Also this week</b><br>A Bell in the Hills<br>Ada Vance<br>Podcast: The Ferry Hour",
        "More this week:<br>A Bell in the Hills",
        "<a href='/f.pdf'>To read the full memorandum (PDF)</a>",
    ],
)
@pytest.mark.parametrize(
    ("host", "head", "build"),
    [
        ("www.inss.org.il", "Abstract", "<p>{}</p><p>{}</p>"),
        ("jinsa.org", "Executive Summary", "<p>{}</p><p>{}</p>"),
        ("www.csis.org", "Key Takeaways", "<ul><li>{}</li><li>{}</li></ul>"),
        ("understandingwar.org", "Key Takeaways", "<p>1) {}</p><p>2) {}</p>"),
    ],
)
def test_what_ends_a_mail_is_no_point(host, head, build, foot):
    body = f"<h2>{head}</h2>{build.format(*POINTS)}<p>{foot}</p><h2>Introduction</h2><p>Bells.</p>"
    brief = _brief(host, body)
    assert _texts(brief) == list(POINTS)
    assert foot.split("<br>")[-1].split("<")[0][-8:] in brief.text  # nothing is lost


def test_a_sentence_that_has_such_a_word_stays_a_point():
    body = f"<h2>Key Takeaways</h2><ul><li>{POINTS[0]}</li><li>{SHORT}</li></ul>"
    assert _texts(_brief("understandingwar.org", body)) == [POINTS[0], SHORT]


def test_a_list_below_words_that_only_begin_like_a_teaser_stays():
    told = "Also this week<br>The bell was found in a well.<br>The herders went home."
    body = f"<h2>Key Takeaways</h2><p>{POINTS[0]}</p><p>{told}</p>"
    assert "The bell was found" in "".join(_texts(_brief("understandingwar.org", body)))


def test_numbers_below_a_heading_are_no_notes_though_notes_are_called_above():
    lead = "<p>Herders came down from the hills on Monday to see the burning ferry.[1]</p>"
    notes = "<p>[1] The Osk Gazette, May 2, 2025.</p>"
    points = "".join(f"<p>{n}) {text}</p>" for n, text in enumerate(POINTS, 1))
    brief = _brief(
        "understandingwar.org", f"{lead}<p><b>Key Takeaways:</b></p>{points}{lead}{notes}"
    )
    assert _texts(brief) == list(POINTS)


@pytest.mark.parametrize(
    "source",
    [
        "<div>from</div><div>UN Office for the Coordination of Humanitarian Affairs</div>",
        "<div>Source</div><div>UN Office for the Coordination of Humanitarian Affairs</div>",
        "<div>Source</div><div>OCHA</div>",
        "<p>Source: United Nations Office for the Coordination of Humanitarian Affairs</p>",
    ],
)
def test_a_library_of_reports_says_whose_a_report_is(source):
    body = f"{source}<p><b>HIGHLIGHTS</b></p><ul><li>{POINTS[0]}</li><li>{POINTS[1]}</li></ul>"
    assert _brief("reliefweb.int", body).publisher == "ocha"
    caption = body.replace(source, "<p>Source: OCHA</p>")
    assert _brief("reliefweb.int", caption).publisher is None  # it may be a map's
    other = body.replace("OCHA", "Ferries").replace(
        "for the Coordination of Humanitarian Affairs", "for Ferries"
    )
    assert _brief("reliefweb.int", other).publisher is None


def test_a_tracker_ends_with_what_it_is_and_what_to_read_is_no_entry():
    focus = "<h2>Conflict in Focus</h2><h3>Osk’s Ferries</h3><p>A report on bells and herders.</p>"
    entries = (
        f"<h2>Latest Updates</h2><h3>Osk</h3><p>{POINTS[0]}</p><h3>Mill</h3><p>{POINTS[1]}</p>"
    )
    colophon = "<p>CrisisWatch N°7 is Crisis Group’s monthly bulletin. Read on.</p>"
    brief = _brief("www.crisisgroup.org", focus + entries + colophon)
    assert [(row.headline and row.headline.text, row.text.text) for row in brief.developments] == [
        ("Osk", POINTS[0]), ("Mill", POINTS[1]),
    ]  # fmt: skip


def test_what_asks_for_comments_ends_no_statement():
    told = f"<p><strong>Ada Vance, Research Director, Ferries:</strong></p><p>{POINTS[0]}</p>"
    note = "<p>To comment on this article, please contact the Ferry Desk</p>"
    brief = _brief("www.chathamhouse.org", told + note)
    assert [row.quote.text for row in brief.statements] == [POINTS[0]]


@pytest.mark.parametrize("line", ["Published 4 May 2026", "Published on 4 May 2026"])
def test_a_day_below_the_first_heading_is_the_brief_s_where_it_says_so(line):
    entries = f"<h2>Latest Updates</h2><p>{line}</p><h3>Osk</h3><p>{POINTS[0]}</p>"
    page = f"<html><body><article><h1>CrisisWatch: April</h1>{entries}</article></body></html>"
    brief = extract(page.encode(), uri="https://www.crisisgroup.org/x").brief
    assert brief is not None and brief.published is not None
    assert str(brief.published.on) == "2026-05-04"


def test_who_is_written_to_is_no_author():
    brief = _brief("jinsa.org", f"<p>Dear Friend,</p><h2>Executive Summary</h2><p>{POINTS[0]}</p>")
    assert brief.authors == ()


@pytest.mark.parametrize(
    "foot",
    [
        "Forward this email to a friend", "Manage subscriptions | Opt out",
        "Add us to your address book",
        "Privacy Policy<br>Contact Us", "To unsubscribe, click here.",
        "Sent to reader@home.example",
        "You can update your preferences or unsubscribe from this list.", "Connect with us",
        "Phone: 202-555-0100 | Fax: 202-555-0101", "Powered by Constant Contact", "Report abuse",
        "Forward | Subscribe | Website", "Do you have feedback? Reply to this email.",
    ],
)  # fmt: skip
@pytest.mark.parametrize("host", ["understandingwar.org", "www.unocha.org", "jinsa.org"])
def test_lines_that_stand_below_mails_are_no_points(host, foot):
    head = {"www.unocha.org": "Highlights", "jinsa.org": "Executive Summary"}
    points = "".join(f"<p>{text}</p>" for text in POINTS) + "<p>READ THE FULL REPORT</p>"
    body = f"<h2>{head.get(host, 'Key Takeaways')}</h2>{points}<p>{foot}</p>"
    brief = _brief(host, body)
    assert _texts(brief) == list(POINTS)
    assert foot.split("<br>")[-1] in brief.text


@pytest.mark.parametrize(
    "text",
    [
        "Forward bases were burned by herders on Monday.", "Privacy Policy: Osk reads all mail.",
        "Report abuse of ferries is common in Osk.", "Contact us, the herders told the crew.",
    ],
)  # fmt: skip
def test_sentences_that_begin_so_stay_points(text):
    body = f"<h2>Key Takeaways</h2><ul><li>{POINTS[0]}</li><li>{text}</li></ul>"
    brief = _brief("understandingwar.org", body)
    assert text.split(": ")[-1] in _texts(brief)[-1]


def test_a_day_behind_two_places():
    page = f"<h1>The Osk Ferry</h1><p>Osk/Brussels, 3 May 2025</p><p>{POINTS[0]}</p>"
    page = f"<html><body><article>{page}</article></body></html>"
    brief = extract(page.encode(), uri="https://www.crisisgroup.org/x").brief
    assert brief is not None and brief.published is not None
    assert str(brief.published.on) == "2025-05-03"


@pytest.mark.parametrize("mark", ["{}: ", "{} – ", "{}) "])
def test_points_with_other_marks_behind_their_numbers(mark):
    points = "".join(f"<p>{mark.format(n)}{text}</p>" for n, text in enumerate(POINTS, 1))
    assert _texts(_brief("understandingwar.org", f"<h2>Key Takeaways</h2>{points}")) == list(POINTS)
