"""Notes: paragraphs below the text whose numbers stand behind words of it."""

from __future__ import annotations

import pytest

from extractors import extract

ENTRY = "A drill on 12 November{call} found two of four sluices unmanned."
CALLS_AND_NOTES = [
    ("<sup><a href='#n1'>1</a></sup>", "<p>1 Date in the local log.</p>"),
    ("<sup>1</sup>", "<p><sup>1</sup> Date in the local log.</p>"),
    ("<sup><a href='#n1'>[1]</a></sup>", "<p><a href='#r1'>[1]</a> Date in the local log.</p>"),
    ("¹", "<p>¹ Date in the local log.</p>"),
    ("<sup>1</sup>", "<h4>Notes</h4><p>1. Date in the local log.</p>"),
    ("<sup>1</sup>", "<ol><li>Date in the local log. <a href='#r1'>↩</a></li></ol>"),
]


def read(call: str, below: str):
    page = (
        "<html><body><article><h1>On Our Radar</h1><p>15 November 2024</p>"
        "<p><strong>OSKLAND</strong></p><p>Boatmen chained the harbour gates on Friday.</p>"
        f"<p><strong>NORLAND-VELMAR</strong></p><p>{ENTRY.format(call=call)}</p>{below}"
        "</article></body></html>"
    )
    uri = "https://www.crisisgroup.org/x"
    found = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert found is not None
    return found


@pytest.mark.parametrize(("call", "note"), CALLS_AND_NOTES)
def test_a_note_is_no_part_of_the_entry_above_it(call, note):
    last = read(call, note).developments[-1]
    assert last.headline.text == "NORLAND-VELMAR"
    assert last.text.text.endswith("unmanned.")
    assert "local log" not in last.text.text


@pytest.mark.parametrize(
    ("call", "line"),
    [("", "1 guard slept in an ambulance."), (" Q1", "1 guard slept in an ambulance."),
     (" near No 1", "1 guard slept in an ambulance."), ("1", "12 guards slept on."),
     ("1", "2 guards slept on.")],
)  # fmt: skip
def test_a_number_that_stands_behind_no_word_is_text(call, line):
    assert read(call, f"<p>{line}</p>").developments[-1].text.text.endswith(line)


def test_what_a_note_leads_to_is_a_link():
    note = "<p>1 See our <a href='https://osk.example/canals'>report on canals</a>.</p>"
    found = read("<sup>1</sup>", note)
    assert [(link.section, link.url) for link in found.links] == [
        ("background", "https://osk.example/canals")
    ]
    assert found.developments[-1].text.text.endswith("unmanned.")
