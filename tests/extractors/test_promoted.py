"""Lines among news items that only promote a podcast, a webinar or another piece."""

from __future__ import annotations

import pytest

from extractors import extract

ITEM = "Parliament moved the count to 2024, citing ash in the outer islands."


def items(line: str):
    page = (
        "<html><body><article><h1>Daily News Brief: September 14, 2022</h1>"
        "<h5>Top of the Agenda</h5><p><strong>Court Stops Ferry Sale</strong></p>"
        "<p>The highest court stopped the sale.</p><h5>Pacific Rim</h5>"
        f"<p><strong>Oskland Delays Census</strong></p><p>{ITEM}</p>{line}<h5>Europe</h5>"
        "<p><strong>Velmar Buys Ferry</strong></p><p>It paid in timber.</p></article></body></html>"
    )
    uri = "https://www.cfr.org/x"
    found = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert found is not None
    return [(row.headline and row.headline.text, row.text.text) for row in found.developments]


@pytest.mark.parametrize(
    "line",
    ["<p><em>New podcast:</em> The Ferry Hour looks at sand.</p>",
     "<p>Listen: <a href='https://www.cfr.org/p'>The Ferry Hour</a></p>",
     "<p><b>New podcast.</b> The Ferry Hour looks at sand.</p>",
     "<p>Watch our webinar on ferries and banks.</p>",
     "<p>In case you missed it: Ada Vance on ferries.</p>",
     "<p>On the Ferry Hour podcast, Ada Vance speaks about sand.</p>",
     "<p>Tune in to the latest episode of The Ferry Hour.</p>",
     "<p>New Backgrounder: How ferries work.</p>",
     "<p><em>New from CFR:</em> Ada Vance explains why ferries stop.</p>"],
)  # fmt: skip
def test_a_promotion_belongs_to_no_item(line):
    assert items(line)[1:] == [
        ("Oskland Delays Census", ITEM), ("Velmar Buys Ferry", "It paid in timber.")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["In the latest episode of violence, gunmen burned two ferries.",
     "In a podcast, the premier said that the count will come.",
     "Police watch the video of the raid for clues.",
     "Video that the navy showed proved the claim."],
)  # fmt: skip
def test_news_of_podcasts_and_videos_is_news(line):
    assert items(f"<p>{line}</p>")[1] == ("Oskland Delays Census", f"{ITEM}\n\n{line}")
