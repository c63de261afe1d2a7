"""The last line of an introduction, which asks the experts below it."""

from __future__ import annotations

import pytest

from extractors import extract

INTRO = "It took nine drafts and a generator. The council met by lantern after the power failed."
ONE = "Fuel and flour reach the front by river, and an observer with a notebook will see both."
TWO = "A third of the last mission left over unpaid wages, and the next one will do no better."


def read(question: str, first: str, second: str):
    page = (
        "<html><body><article><h1>Experts react: A mission for Oskland</h1><p>June 3, 2025</p>"
        f"<p>{INTRO}</p><p>{question}</p>"
        f"{first}<p>{ONE}</p><p>—Mara Lindqvist is a senior fellow at the Africa Center.</p>"
        f"{second}<p>{TWO}</p><p>—Piet Falk is a nonresident fellow at the Africa Center.</p>"
        "</article></body></html>"
    )
    uri = "https://www.atlanticcouncil.org/x"
    found = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert found is not None
    return found


@pytest.mark.parametrize(
    "headlines",
    [("<h2>Count the boats</h2>", "<h2>Pay them</h2>"), ("", ""),
     ("<p><b>Count the boats</b></p>", "<p><b>Pay them</b></p>"),
     ("<h2>Who counts the boats?</h2>", "<h2>Who pays?</h2>")],
)  # fmt: skip
@pytest.mark.parametrize(
    ("question", "tells"),
    [("So we asked: What should they do first?", True), ("What should they do first?", False),
     ("We asked three experts what should come first.", True)],
)  # fmt: skip
def test_a_question_to_the_experts_is_the_introduction_s(question, tells, headlines):
    found = read(question, *headlines)
    told = [INTRO, question] if tells else [INTRO]
    assert [row.text.text for row in found.developments] == told
    assert [row.quote.text for row in found.statements] == [ONE, TWO]


def test_a_question_in_bold_may_be_the_first_expert_s_headline():
    found = read("<b>Who counts?</b>", "", "<p><b>Who pays?</b></p>")
    assert [row.text.text for row in found.developments] == [INTRO]
    assert [row.quote.text for row in found.statements] == [ONE, TWO]
