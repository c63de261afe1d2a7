"""Experts of a statements section who are named above their words, or on a card below them."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

SAID = [
    ("The ferry has two captains. Neither has seen the chart.", "Ada Vance", "FDD Senior Fellow"),
    ("A pier is a promise — and this one was broken.", "Bertil Osk", "Research Analyst"),
    ("Sand is patient.", "Cora Lindt", "Director of the Tides Program"),
]


def _brief(statements: str) -> Brief:
    page = (
        "<!doctype html><html><head><title>Night Ferry Runs Aground</title></head><body><article>"
        "<p>March 4, 2025 | Flash Brief</p><h1>Night Ferry Runs Aground</h1>"
        "<h2>Latest Developments</h2><p>The night ferry ran aground on March 3.</p>"
        f"<h2>FDD Expert Response</h2>{statements}<h2>Related Analysis</h2>"
        "<p><a href=/a>“Who Steers,”</a> by Ada Vance</p></article></body></html>"
    )
    uri = "https://www.fdd.org/analysis/2025/03/04/ferry/"
    brief = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert brief is not None
    return brief


def _rows(brief: Brief) -> list[tuple[str, str | None, str | None]]:
    return [
        (s.quote.text, s.speaker and s.speaker.text, s.role and s.role.text)
        for s in brief.statements
    ]


@pytest.mark.parametrize(
    "build",
    [
        "<p><b>{1}</b>, {2}</p><p>“{0}”</p>",
        "<h4>{1}</h4><p>{2}</p><p>“{0}”</p>",
        "<h4>{1}, {2}</h4><blockquote>“{0}”</blockquote>",
        "<p><b>{1}</b>, {2}: “{0}”</p>",
        "<div><p>“{0}”</p><h5>{1}</h5><p>{2}</p></div>",
    ],
)
def test_speakers_get_their_own_words(build: str) -> None:
    assert _rows(_brief("".join(build.format(*said) for said in SAID))) == SAID


def test_words_below_a_name_may_fill_two_paragraphs() -> None:
    brief = _brief(
        "<p>Ada Vance, FDD Senior Fellow</p><p>“It has two captains.</p><p>“One can.”</p>"
    )
    assert _rows(brief) == [("It has two captains.\n\n“One can.", "Ada Vance", "FDD Senior Fellow")]


def test_an_official_before_the_words_is_no_expert() -> None:
    assert _rows(_brief("<p>Dov Marsh, the port’s mayor: “We saw the lamp.”</p>")) == []


def test_a_name_below_the_words_stays_theirs() -> None:
    build = "<p>“{0}”</p><p>— {1}, {2}</p>"
    assert _rows(_brief("".join(build.format(*said) for said in SAID))) == SAID
