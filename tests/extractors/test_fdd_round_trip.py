"""Any brief, laid out in any of FDD's ways, comes out as it was put in."""

from __future__ import annotations

from html import escape
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import Brief
from tests.extractors.fdd_texts import DATELINE, TITLE, brief_of, cited, text

NAMES = st.sampled_from(
    "Ada Vance|Seth J. Orr|RADM (Ret.) Mark May|Behnam Ben Vance|H.R. Orr|Žarko Śliwa|Ada O’Dowd"
    "|Johanna “Jo” Vance|Ada Vance Jr.|Hussain Abdul-Orr|Dr. Bo Li".split("|")
)
ROLES = st.sampled_from(
    "FDD Fellow|FDD CEO|Senior Analyst at FDD’s Long War Journal|Adjunct Fellow|Research Analyst"
    "|Mill Program Deputy Director and Editor|Director of FDD’s Center on Bread, Flour, and Mills"
    "|Senior Vice President for Research".split("|")
)
SENTENCES = st.sampled_from(
    "Bread is dear in Tarsk, and flour is dearer.|He called it “a fence,” they say — and it was."
    "|What began — as all things do — as a quarrel: a mill burned.|It ended… badly."
    "|The premier’s “no” is not ‘never.’|Nobody in Velmar [the port] believes it!"
    "|Who pays for the mill?|The owners said “no.”".split("|")
)
PROSE = st.lists(SENTENCES, min_size=2, max_size=4).map(" ".join)
LABELS = st.sampled_from(
    "Fire at Mill|‘No Bread: None,’ Says Premier|72 Hours to Register, Then No Flour|U.S. Fleet"
    " Sails|Premier Asks for ‘Bread: First’".split("|")
)
TITLES = st.sampled_from(
    "Bread, Flour, and Fire|Is Bread Dear?|‘Bread First’: A Strike in Tarsk|Stand by the Mill"
    "|Burned by agents, police say|Orr’s Long Game — Again".split("|")
)
STATEMENTS = st.tuples(
    st.lists(PROSE, min_size=1, max_size=3),
    NAMES,
    ROLES,
    st.sampled_from([" — ", " ", "", "— ", " – ", "\n"]),
    st.sampled_from(["“", ""]),
)
LINKS = st.tuples(TITLES, st.lists(NAMES, max_size=3, unique=True), st.sampled_from(["“", "“", ""]))


@st.composite
def briefs(draw: st.DrawFn) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """Draw the lines of a brief, each with the tag that a page gives it, and what they say."""
    new = draw(st.booleans())
    lines = [("p", DATELINE), ("h1", TITLE)] * draw(st.integers(1, 2))
    lines.append(("h3", "Latest Developments"))
    news = draw(st.lists(st.tuples(LABELS, PROSE), min_size=1 + new, max_size=4))
    lines += [("li", f"{a}: {b}") if new else ("p", b) for a, b in news]
    lines.append(("h3", "FDD Expert Response" if new else "Expert Analysis"))
    said = []
    for paragraphs, name, role, join, again in draw(st.lists(STATEMENTS, min_size=1, max_size=3)):
        whole = f"“{paragraphs[0]}" + "".join(f"\n{again}{p}" for p in paragraphs[1:])
        lines += [("p", line) for line in f"{whole}”{join}{name}, {role}".split("\n")]
        said.append((whole[1:].replace("\n", "\n\n"), name, role))
    if draw(st.booleans()):
        lines += [("h4", "A Pattern of Fires"), ("p", draw(PROSE))]
    links = []
    for title, names, opening in draw(st.lists(LINKS, max_size=4)):
        by = (
            "by " + (" and ".join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0])
            if names
            else "FDD Memo"
        )
        closed = title if title.endswith("?") else f"{title},"
        lines.append(("p", f"{opening}{closed}” {by}"))
        links.append((title, names, None if names else "FDD Memo"))
    want = {
        "developments": [(a if new else None, b) for a, b in news],
        "statements": said,
        "links": links,
    }
    return lines, want


def _found(brief: Brief) -> dict[str, Any]:
    return {
        "developments": [(text(d.headline), d.text.text) for d in brief.developments],
        "statements": [(s.quote.text, s.speaker.text, text(s.role)) for s in brief.statements],
        "links": cited(brief),
    }


@given(briefs(), st.sampled_from(["- ", "• ", "  • "]), st.lists(st.sampled_from(["\n", "\n\n"])))
@settings(max_examples=300, deadline=None)
def test_text(
    brief: tuple[list[tuple[str, str]], dict[str, Any]], bullet: str, gaps: list[str]
) -> None:
    lines, want = brief
    gaps = gaps or ["\n"]
    body = "".join(
        (bullet if tag == "li" else "") + line + gaps[n % len(gaps)]
        for n, (tag, line) in enumerate(lines)
    )
    assert _found(brief_of(body)) == want


@given(briefs(), st.sampled_from(["{}", "<div class='c'>{}</div>", "<article>{}</article>"]))
@settings(max_examples=200, deadline=None)
def test_page(brief: tuple[list[tuple[str, str]], dict[str, Any]], wrap: str) -> None:
    lines, want = brief
    body = "".join(f"<{tag}>{escape(line)}</{tag}>" for tag, line in lines)
    page = f"<html><body><p>Home</p>{wrap.format(body)}</body></html>"
    assert _found(brief_of(page, "brief.html")) == want
