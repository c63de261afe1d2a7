"""Between the points of a list, and behind it: buttons, captions, figures, feet of pages."""

from __future__ import annotations

import re

import pytest

from extractors import Brief, extract
from extractors.controls import is_control

POINTS = (
    "The port of Vessa has hired no pilots since the harbour fire of last spring.",
    "Fares across the Osk rose by a third, though the islanders were promised a freeze.",
    "Parliament should lend the port a tug before the winter ferries stop.",
    "A second tug, in reserve at Tarsk, would cost less than a week of closure.",
)
PROSE = (
    "The bell of the ferry house rang twice on Tuesday, and nobody came. Its keeper has been away "
    "since March, when the last of the old boats was towed to the breakers at Kesh.",
    "A second bell, cast in 1911, hangs unrung in the chapel. Those who could ring it are at sea.",
)
HEADS = {
    "https://www.atlanticcouncil.org/a/": "Key points",
    "https://www.brookings.edu/a/": "Key takeaways",
    "https://www.chathamhouse.org/a": "Summary",
    "https://www.csis.org/analysis/a": "The Issue",
    "https://ecfr.eu/publication/a/": "Summary",
    "https://www.inss.org.il/publication/a/": "Executive Summary",
    "https://understandingwar.org/a": "Key Takeaways",
    "https://jinsa.org/a/": "Executive Summary",
    "https://www.unocha.org/a": "Highlights",
    "https://thesoufancenter.org/a/": "Bottom Line Up Front",
    "https://www.washingtoninstitute.org/policy-analysis/a": "Summary",
}
INSETS = (
    "<p>Download PDF</p>",
    "<p><strong>Read the Memo</strong></p>",
    "<div>Share on X Share on LinkedIn</div>",
    "<h4>Click to Tweet</h4>",
    "<p>Page 2 of 6</p>",
    "<p>[Article continues below]</p>",
    "<p>Source: survey by the harbour office, May 2025.</p>",
    "<p>Figure 1. Fares across the Osk, 2019–2025</p>",
    "<p>A ferry off Tarsk, January 14, 2025. Petra Lind/AFP</p>",
    "<blockquote>9.3K islanders without a boat</blockquote>",
    "<p>The quay at Tarsk in a storm, seen from the mole</p>",
    "<p>Register for our annual harbour day, March 2</p>",
)


def _read(page: str, uri: str, kind: str = "text/html") -> Brief:
    brief = extract(page.encode(), uri=uri, content_type=kind).brief
    assert brief is not None
    return brief


def _page(points: str) -> str:
    prose = "".join(f"<p>{p}</p>" for p in PROSE)
    return (
        "<!DOCTYPE html><html><head><title>No Pilots at Vessa</title></head><body><article>"
        f"<h1>No Pilots at Vessa</h1><p>March 3, 2025</p>{points}"
        f"<h2>The Bell</h2>{prose}</article></body></html>"
    )


@pytest.mark.parametrize("inset", INSETS)
@pytest.mark.parametrize("uri", HEADS)
def test_a_list_goes_on_behind_what_is_no_text(uri: str, inset: str) -> None:
    upper = "".join(f"<li>{p}</li>" for p in POINTS[:2])
    lower = "".join(f"<li>{p}</li>" for p in POINTS[2:])
    brief = _read(_page(f"<h2>{HEADS[uri]}</h2><ul>{upper}</ul>{inset}<ul>{lower}</ul>"), uri)
    assert [d.text.text for d in brief.developments] == [*POINTS]
    assert re.sub("<[^>]*>", "", inset) in brief.text


@pytest.mark.parametrize(
    "inset",
    [
        "<h3>Recommendations</h3>",
        "<p><strong>What to Do</strong></p>",
        f"<p>{PROSE[0]}</p>",
        "<p>The harbour office proposes:</p>",
        "<p>The minister has asked for a list of repairs.</p>",
    ],
)
def test_another_list_is_another_list(inset: str) -> None:
    upper = "".join(f"<li>{p}</li>" for p in POINTS[:2])
    lower = "".join(f"<li>{p}</li>" for p in POINTS[2:])
    page = _page(f"<h2>Key points</h2><ul>{upper}</ul>{inset}<ul>{lower}</ul>")
    brief = _read(page, "https://www.atlanticcouncil.org/a/")
    assert [d.text.text for d in brief.developments] == [*POINTS[:2]]


@pytest.mark.parametrize(
    "marks", [("1", "2", "3", "4"), ("01", "02", "03", "04"), ("N",) * 4, ("—",) * 4]
)
@pytest.mark.parametrize("cells", [True, False])
def test_points_behind_marks_in_boxes_of_their_own(marks: tuple[str, ...], *, cells: bool) -> None:
    form = "<tr><td>{}</td><td>{}</td></tr>" if cells else "<div>{}</div><div>{}</div>"
    rows = "".join(form.format(mark, p) for mark, p in zip(marks, POINTS, strict=True))
    rows = f"<table>{rows}</table>" if cells else rows
    brief = _read(_page(f"<h2>Summary</h2>{rows}"), "https://www.chathamhouse.org/a")
    assert [d.text.text for d in brief.developments] == [*POINTS]


@pytest.mark.parametrize("marks", ["→→→→", "✓✓✓✓", "abcd", "1234", "––––"])
def test_points_behind_typed_marks(marks: str) -> None:
    form = "<p>({}) {}</p>" if marks[0].isalnum() else "<p>{} {}</p>"
    rows = "".join(form.format(mark, p) for mark, p in zip(marks, POINTS, strict=True))
    brief = _read(_page(f"<h2>Summary</h2>{rows}"), "https://www.chathamhouse.org/a")
    assert [d.text.text for d in brief.developments] == [*POINTS]


def test_two_headings_in_one_line() -> None:
    rows = "".join(f"<p>{p}</p>" for p in POINTS)
    page = _page(f"<div><div>In Brief: Key Takeaways</div>{rows}</div>")
    brief = _read(page, "https://www.washingtoninstitute.org/policy-analysis/a")
    assert [d.text.text for d in brief.developments] == [*POINTS]


def test_code_is_no_button() -> None:
    code = "<pre>return post</pre>"
    brief = _read(_page(code), "https://www.chathamhouse.org/a")
    placed = {brief.text[b.start : b.end]: b.section for b in brief.blocks}
    assert placed["return post"] != "boilerplate"


def test_figures_of_a_table_are_no_marks() -> None:
    cells = "".join(f"<tr><td>{n}</td><td>Kesh</td><td>{n * 7}</td></tr>" for n in (1, 2, 3))
    brief = _read(_page(f"<table>{cells}</table>"), "https://www.chathamhouse.org/a")
    kinds = {brief.text[b.start : b.end]: b.kind for b in brief.blocks}
    assert kinds["Kesh"] == "cell"


def test_a_button_behind_a_point_is_none_of_it() -> None:
    button = " <a href='https://x.com/intent/post?text=a'>Post</a>"
    rows = "".join(f"<li>{p}{button}</li>" for p in POINTS)
    page = _page(f"<h2>Key points</h2><ul>{rows}</ul>")
    brief = _read(page, "https://www.atlanticcouncil.org/a/")
    assert [d.text.text for d in brief.developments] == [*POINTS]


def test_points_in_a_list_of_definitions_end_with_it() -> None:
    told = "".join(f"<dd>{p}</dd>" for p in POINTS)
    prose = "".join(f"<p>{p}</p>" for p in PROSE)
    page = _page(f"<dl><dt>Key points</dt>{told}</dl>{prose}")
    brief = _read(page, "https://ecfr.eu/publication/a/")
    assert [d.text.text for d in brief.developments] == [*POINTS]


def test_running_heads_of_printed_text_part_no_list() -> None:
    head = "No Pilots at Vessa"
    lines = [head, "March 3, 2025", "HIGHLIGHTS", *(f"• {p}" for p in POINTS[:2])]
    lines += [f"{head} | 2", *(f"• {p}" for p in POINTS[2:]), "OVERVIEW", *PROSE]
    brief = _read("\n\n".join(lines), "https://www.unocha.org/a", "text/plain")
    assert [d.text.text for d in brief.developments] == [*POINTS]


HEADLINES = (
    "Read the room;Share of trade falls;Post Office Closes;Open Markets;Back to the Future;"
    "View from Warsaw;Return to Order;Follow the Money;Watch Kesh.;Order from Chaos;Page;Data;"
    "Go to War;The Issue;Print runs dry;Listen to Vessa;Save Tarsk;Download speeds fall;"
    "Watch List;Report summary;Open Letter;Next Steps;Report Card;Close Call;The Next Chapter;"
    "Figures;Open Questions;Map of the Osk;Access Denied"
)


@pytest.mark.parametrize("text", HEADLINES.split(";"))
def test_headlines_are_no_buttons(text: str) -> None:
    assert not is_control(text)


EXPERTS = {
    "Ada Vance": "I have sailed on four ferries, and each was announced as the last of its kind.",
    "Jon Tarsk-Lind": "Look at the fares, not at the flags. A third more is a tax on islanders.",
    "Mira Osk": "The treaty says little about herring. It says nothing at all about the winter.",
}


@pytest.mark.parametrize(
    "inset",
    [
        "Edited by Petra Lind.",
        "Petra Lind is editor of the Harbour Blog. Follow her on X.",
        "The Vessa Institution, 1775 Harbour Ave NW, Washington, DC 20036, 202.797.6000",
        "Vessa House, 10 St James’s Square, London, SW1Y 4LE. Unsubscribe",
        "You are receiving this email because you subscribed to Harbour Notes.",
        "Become a member from £7.50 a month",
        "Media contact: press@vessa.example",
        "Related reading: The Last Pilot",
        "Report an error",
        "avance_x",
    ],
)
@pytest.mark.parametrize("uri", ["https://www.brookings.edu/a/", "https://www.chathamhouse.org/a"])
def test_what_stands_below_experts_is_none_of_their_words(uri: str, inset: str) -> None:
    shares = [
        f"<h3>{name}</h3><p><em>Senior Fellow, Ferries</em></p><p>{words}</p>"
        for name, words in EXPERTS.items()
    ]
    if inset == "avance_x":
        shares.append(f"<h3>Ada Vance</h3><p><em>Senior Fellow</em></p><p>{inset}</p>")
    else:
        shares.append(f"<p>{inset}</p>")
    page = (
        "<!DOCTYPE html><html><head><title>Experts react to the harbour</title></head><body>"
        "<article><h1>Experts react to the harbour</h1><p>March 3, 2025</p>"
        f"<p>Our experts respond to the closure.</p>{''.join(shares)}</article></body></html>"
    )
    brief = _read(page, uri)
    assert {s.speaker.text: s.quote.text for s in brief.statements if s.speaker} == EXPERTS
    assert len(brief.statements) == len(EXPERTS)
