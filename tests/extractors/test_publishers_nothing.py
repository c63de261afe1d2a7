"""Pages of known publishers that are no briefs: lists, op-eds, essays. Nothing is invented."""

from __future__ import annotations

import pytest

from extractors import extract

DEK = "What the council should do about the canal, its locks and those who keep them at night."
PROSE = "The law surprised even its authors, and it shows in every paragraph of the long annex."
CARDS = [
    ("www.atlanticcouncil.org", ("New Atlanticist", "May 2{n}, 2023", "The canal, part {n}",
                                 "By Mara Velde", DEK)),
    ("www.brookings.edu", ("The canal, part {n}", "Mara Velde, Tom Okell", "May 2{n}, 2023", DEK)),
    ("www.chathamhouse.org", ("The canal, part {n}", DEK, "2{n} May 2023", "By Mara Velde")),
    ("www.csis.org", ("The Canal, Part {n}", DEK, "Commentary by Mara Velde — May 2{n}, 2023")),
    ("ecfr.eu", ("The canal, part {n}", "Mara Velde - 2{n} May 2023", DEK)),
]  # fmt: skip


def read(host: str, *blocks: str):
    body = "".join(f"<p>{block}</p>" for block in blocks)
    page = f"<html><body><main><h1>Latest analysis</h1>{body}</main></body></html>"
    found = extract(page.encode(), uri=f"https://{host}/x", content_type="text/html").brief
    assert found is not None
    return found


@pytest.mark.parametrize(("host", "card"), CARDS, ids=[host for host, _ in CARDS])
def test_a_list_of_pieces(host, card):
    brief = read(host, *(block.format(n=n) for n in range(4) for block in card))
    assert brief.statements == () and brief.developments == ()


@pytest.mark.parametrize("host", [*(host for host, _ in CARDS), "www.washingtoninstitute.org"])
def test_an_op_ed(host):
    brief = read(
        host, "Mara Velde", "Director, Ports Programme", "May 2, 2023", PROSE, "Saudi Arabia",
        "“We lost,” the general said. " + PROSE, "Costa Rica", PROSE,
    )  # fmt: skip
    assert brief.statements == () and brief.developments == ()


def test_three_bullets_in_the_midst_of_a_text_sum_nothing_up():
    brief = read("thesoufancenter.org", PROSE + " " + DEK, "• Locks", "• Boats", "• Law", PROSE)
    assert brief.developments == ()


def test_bullets_right_below_the_title_do():
    points = ("• Three locks closed", "• Two commanders fled", "• The canal still draws raiders.")
    body = "\n\n".join(("April 8, 2016", "TSG IntelBrief: The Old Guard", *points, PROSE))
    brief = extract(body.encode(), uri="copy.txt").brief
    assert brief is not None and brief.publisher == "soufan"
    assert [d.text.text for d in brief.developments] == [point[2:] for point in points]
