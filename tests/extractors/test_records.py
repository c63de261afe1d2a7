"""Fields above a brief's words, as records, notes and exports have them."""

from __future__ import annotations

import pytest

from extractors import extract
from tests.extractors.fdd_texts import DATELINE, SAID, TITLE, brief_of, page_of, text, text_of

URL = "https://www.fdd.org/analysis/2025/01/05/mill-burns/"
RECORDS = (
    f"Title: {TITLE}\nDate: January 5, 2025\nType: Flash Brief\nSource: FDD\nURL: {URL}",
    f"HEADLINE: {TITLE}\nDATELINE: January 5, 2025 | Flash Brief\nLINK: {URL}\n",
    f"TITLE: {TITLE} - FDD\nPUBLISHED: 2025-01-05\nSECTION: Flash Brief\nLANGUAGE: en\n",
    f"Title      : {TITLE}\nPublished  : 5 January 2025\nCategory   : Flash Brief\nLink : {URL}",
    f"URL: {URL}\nHeadline: {TITLE}\nPub date: January 5, 2025\nKind: Flash Brief\nBody:",
    f"{TITLE}\nType: Flash Brief\nDate published: Sunday, January 5, 2025\nAccessed: May 1, 2025",
    f"TITLE: {TITLE}\nPUBLISHED: 2025-01-05T15:04:00+00:00\nSECTION: FDD Flash Brief\nWORDS: 412",
    f"{TITLE}\nSource: FDD Flash Brief\nDate: January 5, 2025\n{URL}\n",
    f"Title: {TITLE}\nPublication: FDD Flash Brief, January 5, 2025\nURL: {URL}",
    f"Headline: {TITLE}\nDate/Type: January 5, 2025 | Flash Brief\nURL: {URL}",
    f"Title\n{TITLE}\nDate\nJanuary 5, 2025\nType\nFlash Brief\nURL\n{URL}\n",
    f"[FDD Flash Brief] {TITLE}\nJanuary 5, 2025",
    f"Saved from: {URL}\nSaved on: May 12, 2025\n\nJanuary 5, 2025 | Flash Brief\n{TITLE}\n",
)
NOTES = (
    "Date: January 5, 2025\nType: Flash Brief\nURL: {0}",
    "*January 5, 2025 | Flash Brief*  \n<{0}>",
    "**Date:** January 5, 2025  \n**Type:** Flash Brief  \n**URL:** <{0}>",
    "- Date: January 5, 2025\n- Type: Flash Brief\n- Link: {0}",
    "> Date: January 5, 2025\n> Type: Flash Brief",
    "**Published:** January 5, 2025 · **Type:** Flash Brief · [fdd.org]({0})",
    "Source: [FDD Flash Brief]({0}), January 5, 2025",
    "**Source:** FDD — **Type:** Flash Brief — **Date:** January 5, 2025",
    "Type: Flash Brief\nDate: @January 5, 2025\nTags: Mills, Grain\nStatus: Read",
    "| Date | Type |\n|---|---|\n| January 5, 2025 | Flash Brief |",
    "*January 5, 2025 | Flash Brief* ([link]({0}))",
    "**January 5, 2025 | Flash Brief** — [original]({0})",
    "*FDD Flash Brief · January 5, 2025 · <{0}>*",
    "FDD Flash Brief, January 5, 2025: <{0}>",
    "_FDD, Flash Brief, January 5, 2025_",
    "(FDD Flash Brief, January 5, 2025)",
    "Created: May 12, 2025 9:14 AM\nDate:: 2025-01-05\nType:: Flash Brief\nStatus: Read",
)


@pytest.mark.parametrize("record", RECORDS)
def test_a_records_fields_are_the_briefs_values(record: str) -> None:
    brief = brief_of(text_of(SAID, front=record.split("\n")))
    assert brief.published is not None and not brief.authors
    assert (text(brief.title), text(brief.kind)) == (TITLE, "Flash Brief")
    assert str(brief.published.on) == "2025-01-05"
    assert len(brief.developments) == 2 and all(
        line in brief.text for line in (URL,) if line in record
    )


@pytest.mark.parametrize("note", NOTES)
def test_properties_below_the_title_of_a_note(note: str) -> None:
    body = text_of(
        SAID, front=(f"# {TITLE}", "", note.format(URL), ""), heading="\n## FDD Expert Response\n"
    )
    body = body.replace("Latest Developments", "## Latest Developments\n")
    brief = brief_of(body, "note.md")
    assert brief.published is not None and not brief.authors
    assert (text(brief.title), text(brief.kind)) == (TITLE, "Flash Brief")
    assert str(brief.published.on) == "2025-01-05"


@pytest.mark.parametrize("title", ["Status: Mill Gone", "Region: Nobody’s Land"])
def test_a_title_with_a_colon_is_no_field(title: str) -> None:
    page = page_of(f"<p>{SAID}</p>", front=f"<p>URL: {URL}</p><h1>{title}</h1><p>{DATELINE}</p>")
    assert text(brief_of(page, "brief.html").title) == title


def test_whoever_a_record_names_as_authors_wrote_it() -> None:
    front = f"Title: {TITLE}\nType: Policy Brief\nAuthors: Ada Vance; Bo Orr\nDate: May 5, 2025\n"
    brief = extract((front + "The mill burned. Nobody knows why.").encode(), uri=URL).brief
    assert brief is not None
    assert [author.text for author in brief.authors] == ["Ada Vance", "Bo Orr"]


def test_a_record_shows_whose_brief_it_is_without_experts() -> None:
    body = (
        f"HEADLINE: {TITLE}\nDATELINE: May 8, 2025 | Flash Brief\nLatest Developments\nIt burned."
    )
    brief = brief_of(body)
    assert (brief.publisher, text(brief.kind)) == ("fdd", "Flash Brief")


@pytest.mark.parametrize(("kind", "found"), [("Flash Brief", "Flash Brief"), ("clipping", None)])
def test_the_front_matter_of_a_note_declares_a_kind_that_there_is(
    kind: str, found: str | None
) -> None:
    matter = f'---\ntitle: "{TITLE}"\ndate: 2025-01-05\ntype: {kind}\n---\n\n'
    brief = brief_of(matter + text_of(SAID, front=()).replace("Latest", "## Latest"), "note.md")
    assert (text(brief.title), text(brief.kind)) == (TITLE, found)


READER = (
    f"Title: {TITLE} - FDD\n\nURL Source: {URL}\n\nPublished Time: 2025-01-05T19:55:20+00:00\n\n"
)


@pytest.mark.parametrize("uri", ["brief.md", "brief.txt"])
@pytest.mark.parametrize(
    "front",
    [
        f"{TITLE}\n=====\n\n*   [Experts](https://a.example/)\n*   [Issues](https://b.example/)\n\n"
        f"{DATELINE}\n\n## {TITLE}",
        f"{TITLE} - FDD\n=====\n\n[Skip](https://a.example/#main)\n\n{DATELINE}\n\n# {TITLE}",
        f"# {TITLE}\n\n{DATELINE}",
        f"FDD\n===\n\n{DATELINE}\n\n## {TITLE}",
        DATELINE,
    ],
)
def test_a_copy_that_a_reading_service_made_of_a_page(front: str, uri: str) -> None:
    body = text_of(SAID, front=(), heading="\n**FDD Expert Response**\n")
    body = body.replace("Latest Developments", "\n\n**Latest Developments**\n")
    brief = brief_of(f"{READER}Markdown Content:\n{front}{body}", uri)
    assert brief.published is not None and len(brief.developments) == 2
    assert (text(brief.title), text(brief.kind)) == (TITLE, "Flash Brief")
    assert str(brief.published.on) == "2025-01-05"
