"""Who posted a piece and when, houses beside names, months behind them, titles without a site."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

PROSE = (
    "<p>The ferry to Osk was sold to two owners at once, and neither has paid for it yet.</p>"
    "<p>Harbour dues rose twice in one month, and the council blames the fog for both.</p>"
)
HOSTS = {
    "inss": "www.inss.org.il", "jinsa": "jinsa.org", "ecfr": "ecfr.eu", "ocha": "www.unocha.org",
    "atlantic-council": "www.atlanticcouncil.org", "chatham": "www.chathamhouse.org",
    "winep": "www.washingtoninstitute.org", "brookings": "www.brookings.edu", "cfr": "www.cfr.org",
    "csis": "www.csis.org", "isw": "understandingwar.org",
}  # fmt: skip
ADA, BOTH, DAY = ["Ada Vance"], ["Ada Vance", "Ole Brandt"], "2025-05-13"


def read(host: str, body: str, title: str = "A Ferry Sold Twice") -> Brief:
    page = f"<title>{title}</title><body><article>{body}</article></body>"
    brief = extract(page.encode(), uri=f"https://{HOSTS[host]}/x").brief
    assert brief is not None
    return brief


def front(host: str, box: str) -> tuple[list[str], str | None]:
    brief = read(host, f"<h1>A Ferry Sold Twice</h1>{box}{PROSE}")
    day = brief.published.on if brief.published else None
    return [author.text for author in brief.authors], str(day) if day else None


@pytest.mark.parametrize(
    ("host", "line", "names", "day"),
    [
        ("jinsa", "Posted by Ada Vance on May 13, 2025 in Memos", ADA, DAY),
        ("jinsa", "Posted by <a>Ada Vance</a> | May 13, 2025 | 0 comments", ADA, DAY),
        ("cfr", "Published by: Ada Vance on Tuesday, May 13, 2025 at 11:04 am", ADA, DAY),
        ("jinsa", "Posted on May 13, 2025 by Ada Vance in Memos", ADA, DAY),
        (
            "atlantic-council",
            "Posted By <u>Atlantic Council</u> On May 13, 2025 @ 11:04 am In <u>Osk</u> | "
            "<u>Comments Disabled</u>",
            [],
            DAY,
        ),
        ("brookings", "Posted by webadmin on May 13, 2025", [], DAY),
        ("winep", "Ada Vance and Ole Brandt · The Washington Institute", BOTH, None),
        ("winep", "The Washington Institute | Ada Vance", ADA, None),
        ("ecfr", "Ada Vance; With Ole Brandt – 13 May, 2025", BOTH, DAY),
        ("chatham", "Ada Vance and Ole Brandt, <span>May 2025</span>", BOTH, None),
        ("chatham", "By Ada Vance, May 2025", ADA, None),
        ("chatham", "By Professor Ada Vance KC and Ole Brandt OBE",
         ["Professor Ada Vance KC", "Ole Brandt OBE"], None),
        ("inss", "Team: Ada Vance, Ole Brandt", BOTH, None),
        ("inss", "INSS Insight No. 1988, 13/05/2025", [], DAY),
        ("jinsa", "VADM (ret.) Ada Vance, Osk Fellow; Ole Brandt, Policy Analyst",
         ["VADM (ret.) Ada Vance", "Ole Brandt"], None),
        ("brookings", 'Ada Vance, and Ole Brandt Tuesday, May 13, 2025', BOTH, DAY),
        ("atlantic-council", "Issue Brief by <a>Ada Vance</a>, <a>Ole Brandt</a>", BOTH, None),
        ("inss", "Published online: May 13, 2025", [], DAY),
        ("ocha", "Last updated: 13 May 2025", [], DAY),
        ("csis", "Posted on May 13, 2025 in Osk, Ferries", [], DAY),
        ("csis", "Posted on May 13, 2025 by admin", [], DAY),
        ("csis", "Posted on May 13, 2025 by Ada Vance | Leave a comment", ADA, DAY),
        ("csis", "By Ada Vance (avance@osk.example)", ADA, None),
        ("csis", "By Ada Vance, Ole Brandt, et al.", BOTH, None),
        ("csis", "Lead author: Ada Vance", ADA, None),
        ("csis", "Issue 41, 13 May 2025", [], DAY),
        ("ocha", "13.05.2025", [], DAY),
        # the days that an update covers; pictures, translators and figures that may mean two days
        ("atlantic-council", "Cover Photo by Ada Vance", [], None),
        ("atlantic-council", "Osk Translation by Ada Vance", [], None),
        ("ocha", "Flash Update, 05/04/2025", [], None),
        ("isw", "May 3 – May 9, 2025", [], None),
        ("winep", "Ada Vance · Harbours and piers · The Washington Institute", [], None),
    ],
)  # fmt: skip
def test_line_below_the_title(host: str, line: str, names: list[str], day: str | None) -> None:
    if host == "brookings":
        line = line.replace("Ada Vance", '<a href="/experts/a">Ada Vance</a>')
        line = line.replace("Ole Brandt", '<a href="/experts/b">Ole Brandt</a>')
    assert front(host, f"<p>{line}</p>") == (names, day)


def test_label_in_the_first_bullet_names_all() -> None:
    box = "<ul><li>by <a>Ada Vance</a></li><li><a>Ole Brandt</a></li></ul><p>May 13, 2025</p>"
    assert front("winep", box) == (BOTH, DAY)
    points = "<ul><li>By May ferries stop.</li><li>Osk Harbour</li></ul>"
    assert front("winep", points)[0] == []


@pytest.mark.parametrize("mark", [" | ", " – ", " : "])
def test_printed_title_has_no_house_behind_it(mark: str) -> None:
    brief = read("inss", f"<h1>Osk: A Ferry Sold Twice{mark}INSS</h1>{PROSE}", "Osk")
    assert brief.title is not None
    assert brief.title.text == "Osk: A Ferry Sold Twice"


def test_chapter_before_the_title() -> None:
    body = f"<h1>A Ferry Sold Twice</h1><h2>Summary</h2><ul><li>Osk waits.</li></ul>{PROSE}"
    brief = read("chatham", body, "Summary | A Ferry Sold Twice | Chatham House")
    assert brief.title is not None
    assert brief.title.text == "A Ferry Sold Twice"


def test_view_in_browser_is_no_title() -> None:
    body = (
        '<table><tr><td><a href="#">View in browser</a></td></tr><tr><td>'
        '<table><tr><td><img src="o.png" alt="OCHA"></td><td>Osk, 13 May 2025</td></tr></table>'
        "</td></tr>"
        "<tr><td><b>Osk: Ferry Sold Twice, Flash Update #1</b></td></tr><tr><td><b>KEY POINTS</b>"
        f"<ul><li>Two owners came at once.</li></ul></td></tr></table>{PROSE}"
    )
    brief = read("ocha", body, "OCHA Osk | Flash Update")
    assert brief.title is not None and brief.published is not None
    assert brief.title.text == "Osk: Ferry Sold Twice, Flash Update #1"
    assert str(brief.published.on) == DAY


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Daily Brief: Owners Meet on Osk", "Owners Meet on Osk"),
        ("Daily Brief: Owners Meet", "Daily Brief: Owners Meet"),  # nothing prints it alone
        ("Daily Brief: May 13, 2025", "Daily Brief: May 13, 2025"),
    ],
)
def test_kind_before_the_title_in_a_subject(subject: str, title: str) -> None:
    mail = (
        f"From: CFR <news@cfr.org>\nSubject: {subject}\nDate: Tue, 13 May 2025 08:00:00 -0400\n"
        "Content-Type: text/html; charset=utf-8\n\n<p>May 13, 2025</p><p>TOP OF THE AGENDA</p>"
        "<p><b>Owners Meet on Osk</b></p><p>Both owners of the ferry sat down on Monday.</p>"
    )
    brief = extract(mail.encode(), content_type="message/rfc822").brief
    assert brief is not None and brief.title is not None
    assert brief.title.text == title


def test_title_of_a_saved_text_has_no_site_behind_it() -> None:
    text = (
        "A Ferry Sold Twice to Osk - The Osk Ledger\nSaved on a quiet evening\n\n"
        "A Ferry Sold Twice to Osk\n\nBy Ada Vance\n\nThe ferry was sold to two owners at once, "
        "and neither has paid for it. Nobody on the island has asked why that is.\n"
    )
    brief = extract(text.encode(), content_type="text/plain").brief
    assert brief is not None and brief.title is not None
    assert brief.title.text == "A Ferry Sold Twice to Osk"


@pytest.mark.parametrize("host", ["www.cfr.org", "www.crisisgroup.org", "www.unocha.org"])
@pytest.mark.parametrize("name", ["[[Ada Vance]]", "[[people/a|Ada Vance]]", "Ada Vance"])
def test_clipped_note_with_its_title_in_the_properties_alone(host: str, name: str) -> None:
    note = (
        f'---\nurl: https://{host}/x\nauthor:\n  - "{name}"\npublished: 2025-05-13\n'
        'title: "A Ferry Sold Twice"\n---\n\n## Key Takeaways\n\n- Osk waits.\n- Owners too.\n\n'
        "The ferry was sold to two owners at once.\n"
    )
    brief = extract(note.encode(), content_type="text/markdown").brief
    assert brief is not None and brief.title is not None
    assert brief.title.text == "A Ferry Sold Twice"
    assert [author.text for author in brief.authors] == ADA
