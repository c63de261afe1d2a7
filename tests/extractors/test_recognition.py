"""Whose brief it is, and which version of their layout: by host, site, signature and day."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.profile import SHAPES, Profiles
from extractors.profile_file import parse_profiles, shipped
from extractors.sections import READERS

BODY = "Ministers signed the accord on Monday after eleven hours of talks in Lund Vale."
QUOTE = f"“{BODY}” — Mara Velde, Senior Fellow"


def profile(*lines: str, uri: str = "", html: bool = False) -> str:
    body = "\n".join(lines).encode()
    brief = extract(body, uri=uri, content_type="text/html" if html else "text/plain").brief
    assert brief is not None
    return brief.profile


def test_each_shape_has_a_reader():
    assert set(SHAPES) == set(READERS)


def test_the_layout_tells_where_no_name_does():
    lines = ("A Harbor Deal", "Latest Developments", f"- One: {BODY}", f"- Two: {BODY}",
             "Expert Analysis", QUOTE)  # fmt: skip
    assert profile(*lines) == "fdd"
    assert "FDD" not in "".join(lines)


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("Data Cutoff: March 29, 2023, at 10 a.m.", "Key Takeaways", f"- {BODY}"), "isw"),
        (("INTELBRIEF", "April 4, 2024", "IntelBrief: A Canal", "Bottom Line Up Front",
          f"- {BODY}"), "soufan"),
        (("Norland: Flash Update No. 3", "This update is issued by OCHA.", "HIGHLIGHTS",
          f"- {BODY}"), "ocha"),
        (("Format", "Situation Report", "Source", "OCHA", "Norland: Flash Update 2", "KEY POINTS",
          f"- {BODY}"), "ocha"),
        (("Critical Questions by Mara Velde", "Q1: Why?", f"A1: {BODY}"), "csis"),
        (("Experts react: A vote", "By Atlantic Council experts", BODY), "atlantic-council"),
        (("Around the halls: A vote", BODY), "brookings"),
        (("A vote: what now?", "Expert comment", "Chatham House", BODY), "chatham-house"),
        (("A Law", "INSS Insight No. 2942, February 6, 2025", "Mara Velde", BODY), "inss"),
    ],
)  # fmt: skip
def test_copies_without_an_address(lines, name):
    assert profile(*lines) == name


@pytest.mark.parametrize(
    "lines",
    [
        ("A Harbor Deal", "Key Points", f"- {BODY}", "Background", BODY),
        ("A Harbor Deal", BODY, "The Brookings study was mentioned at Chatham House.", BODY),
        ("Latest Developments", f"- One: {BODY}", "What To Watch", BODY),
    ],
)
def test_what_is_nobodys_stays_unknown(lines):
    assert profile(*lines) == "generic"


def test_the_sites_name_tells():
    page = ('<html><head><meta property="og:site_name" content="The Soufan Center"></head>'
            f"<body><article><h1>A Canal</h1><p>{BODY}</p></article></body></html>")  # fmt: skip
    assert profile(page, html=True) == "soufan"


OWN = """
name = "harbor"
publisher = "harbor"
version = 2
valid_from = 2024-01-01
[recognise]
hosts = ["harbor.example"]
[[section]]
name = "developments"
headings = ["The News"]
shape = "labelled"
[[earlier]]
version = 1
valid_until = 2023-12-31
[[earlier.section]]
name = "developments"
headings = ["News of the Day", "The News"]
shape = "run_in"
"""


@pytest.mark.parametrize(
    ("day", "heading", "version", "headline"),
    [
        ("May 6, 2025", "The News", 2, "Ferries"),
        ("May 6, 2023", "The News", 1, None),
        ("no day", "The News", 2, "Ferries"),
        ("no day", "News of the Day", 1, None),
    ],
)
def test_the_brief_s_day_chooses_the_version(day, heading, version, headline):
    known = shipped().with_own(parse_profiles(OWN))
    text = f"A Harbor Deal\n{day}\n{heading}\n- Ferries: {BODY}\n- Trains: {BODY}\n"
    brief = extract(
        text.encode(), uri="https://harbor.example/x", content_type="text/plain", profiles=known
    ).brief
    assert brief is not None
    assert (brief.profile, brief.profile_version) == ("harbor", version)
    first = brief.developments[0].headline
    assert (first and first.text) == headline


def test_one_s_own_profile_replaces_the_shipped_one_of_its_name():
    own = parse_profiles(OWN.replace('"harbor"', '"fdd"'))
    known = shipped().with_own(own)
    assert [p.hosts for p in known.versions(own[0])] == [("harbor.example",)] * 2
    assert isinstance(known, Profiles) and known.generic.publisher is None


GUIDE = (
    "What to Ask before You Buy a Mill\nLatest Developments\nThe board asked for comments.\n"
    "Expert Analysis\n“A mill is a bet on rain,” says Ada Vance, lawyer. “Ask about the rain.”\n"
)


def test_headings_alone_do_not_make_a_brief_of_a_known_layout():
    brief = extract(GUIDE.encode(), uri="guide.txt").brief
    assert brief is not None and brief.publisher is None and brief.statements == ()


@pytest.mark.parametrize(
    ("text", "uri"),
    [
        (
            GUIDE.replace(
                " says Ada Vance, lawyer. “Ask about the rain.”", "” — Ada Vance, Fellow"
            ),
            "",
        ),
        ("May 4, 2025 | Flash Brief\n" + GUIDE, ""),
        (GUIDE, "https://www.fdd.org/analysis/mill/"),
        (GUIDE.partition("“")[0], ""),
        (GUIDE.partition("“Ask")[0].replace(",” says", " and"), ""),
    ],
)
def test_a_known_layout_is_recognised_by_more_than_its_headings(text, uri):
    brief = extract(text.encode(), uri=uri or "brief.txt", content_type="text/plain").brief
    assert brief is not None and brief.publisher == "fdd"
