"""Each feature of real layouts, one small invented brief each."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

DATELINE = "January 5, 2025 | Flash Brief"
TITLE = "Mill Burns in Tarsk, Nobody Hurt"
NEW = ["- Fire at Mill: The mill burned for hours.", "- Cause Unknown: Police had no theory."]
OLD = ["The mill burned for hours, and then it rained.", "Police had no theory: none at all."]
SAID = "“Mills burn — often — when bread is dear.”"


def _brief(body: str | bytes, uri: str = "brief.txt") -> Brief:
    brief = extract(body.encode() if isinstance(body, str) else body, uri=uri).brief
    assert brief is not None
    return brief


def _text(*after: str, old: bool = False, front: tuple[str, ...] = (DATELINE, TITLE)) -> str:
    heading = "Expert Analysis" if old else "FDD Expert Response"
    return "\n".join([*front, "Latest Developments", *(OLD if old else NEW), heading, *after])


def _page(article: str, head: str = "", wrap: str = "<article>{}</article>") -> Brief:
    body = wrap.format(article)
    return _brief(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>", "b.html")


def _front(brief: Brief) -> tuple[str | None, str | None, str | None]:
    return (
        brief.title.text if brief.title else None,
        brief.kind.text if brief.kind else None,
        str(brief.published.on) if brief.published else None,
    )


def _experts(brief: Brief) -> list[tuple[str, str | None]]:
    return [(s.speaker.text, s.role.text if s.role else None) for s in brief.statements]


def _labels(brief: Brief) -> list[str | None]:
    return [d.headline.text if d.headline else None for d in brief.developments]


def _cited(brief: Brief) -> list[tuple[str | None, list[str], str | None]]:
    return [
        (
            link.title.text if link.title else None,
            [author.text for author in link.authors],
            link.outlet.text if link.outlet else None,
        )
        for link in brief.links
        if link.section == "background"
    ]


WHOLE = (TITLE, "Flash Brief", "2025-01-05")

# --- front matter ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "front",
    [
        (DATELINE, TITLE),
        (DATELINE, TITLE, DATELINE, TITLE),
        (DATELINE, TITLE + " ", DATELINE, TITLE + " "),
        ("top of page", DATELINE, TITLE),
        ("Analysis", DATELINE, TITLE),
        (DATELINE, TITLE, "The fire came by night; the rain did not"),
        (DATELINE, TITLE, "By night it came", DATELINE, TITLE, "By night it came"),
        (DATELINE, TITLE, "A fire has destroyed the largest mill in Tarsk."),
        ("JANUARY 5, 2025 | Flash Brief", TITLE),
    ],
)
def test_front_matter(front: tuple[str, ...]) -> None:
    brief = _brief(_text(SAID + " — Ada Vance, FDD Fellow", front=front))
    assert _front(brief) == WHOLE
    assert sum(block.section == "title" for block in brief.blocks) == 2


@pytest.mark.parametrize("title", ["Sarhan Warns the U.S.", "Who Burned the Mill?", "‘No’: A Yes"])
def test_title_endings(title: str) -> None:
    assert _front(_brief(_text(SAID, front=(DATELINE, title))))[0] == title


def test_republished_without_front_matter() -> None:
    brief = _brief(_text(SAID + " — Ada Vance, Fellow", front=(), old=True))
    assert brief.publisher == "fdd" and _front(brief) == (None, None, None)


def test_outlet_of_an_op_ed() -> None:
    brief = _brief("March 3, 2024 | The Hill\nWhy Mills Burn\nBy Ada Vance\nThey burn. We pay.")
    assert _front(brief) == ("Why Mills Burn", "The Hill", "2024-03-03")
    assert [author.text for author in brief.authors] == ["Ada Vance"]


# --- whose brief it is -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"Weekly Notes\nMay 3, 2024\nLatest Developments\n{OLD[0]}\nOutlook\n{OLD[1]}",
        f"Home | Memo\nNews Letter\nLatest Developments\n{OLD[0]}",
        f"Weekly Notes\nLatest Developments\n{OLD[0]}\n{DATELINE}",
        f"Weekly Notes\n{DATELINE}\n{OLD[0]}\n{OLD[1]}",
    ],
)
def test_nobodys_text_stays_unknown(text: str) -> None:
    brief = _brief(text)
    assert (brief.profile, brief.publisher, brief.statements) == ("generic", None, ())


def test_signature_without_the_name() -> None:
    brief = _brief(_text(SAID + " — Ada Vance, Fellow", old=True))
    assert "FDD" not in brief.text and brief.publisher == "fdd"


# --- developments ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "label",
    [
        "Talks Begin",
        "72 Hours to Register, Then No Flour",
        "‘Not a Base: A Harbor,’ Says Premier",
        "Velmar Says ‘Eyes First: Then Peace’",
        "'Not a Base: A Harbor,' Says Premier",
        '"Bread: First" Is the Slogan',
        "Gen. Weil Visits the U.S. Fleet",
        "Truce at Risk? Militia Rejects Terms",
        "Tarsk’s Mill Workers’ Strike Spreads",
    ],
)
@pytest.mark.parametrize("bullet", ["- ", "• ", "  • ", "•", "* "])
def test_labels(label: str, bullet: str) -> None:
    lines = [DATELINE, TITLE, "Latest Developments"]
    lines += [f"{bullet}{label}: It began — at 10:30, with this: a speech.", bullet + NEW[1][2:]]
    brief = _brief("\n".join([*lines, "FDD Expert Response", SAID + " — Ada Vance, Fellow"]))
    assert _labels(brief) == [label, "Cause Unknown"]
    assert brief.developments[0].text.text == "It began — at 10:30, with this: a speech."


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n \n\n"])
def test_blank_lines_mean_nothing(gap: str) -> None:
    text = _text(SAID + " — Ada Vance, Fellow", "“The Price of Bread,” by Ada Vance")
    assert _brief(gap.join(text.split("\n"))) == _brief(text)


def test_paragraphs_have_no_label() -> None:
    quoted = "“There is no list,” the minister said. He called it “a rumor.”"
    lines = [DATELINE, TITLE, "Latest Developments", *OLD, quoted, "Expert Analysis"]
    brief = _brief("\n".join([*lines, SAID + " — Ada Vance, Fellow"]))
    assert [d.text.text for d in brief.developments] == [*OLD, quoted]
    assert _labels(brief) == [None] * 3 and len(brief.statements) == 1


def test_labels_whose_bullets_were_lost() -> None:
    said = SAID + " — Ada Vance, Fellow"
    lines = [DATELINE, TITLE, "Latest Developments", *(line[2:] for line in NEW)]
    brief = _brief("\n".join([*lines, "FDD Expert Response", said]))
    assert _labels(brief) == ["Fire at Mill", "Cause Unknown"]
    lines[3:] = ["Insurers will decide: soon.", "Insurers have decided: now."]
    assert _labels(_brief("\n".join([*lines, "Expert Analysis", said]))) == [None, None]


@pytest.mark.parametrize(
    "item",
    [
        "<li><strong>‘One’ or ‘Two’: Both:</strong> It burned.</li>",
        "<li><b>‘One’ or ‘Two’: Both</b>: It burned.</li>",
        "<li><p><strong>‘One’ or ‘Two’: Both: </strong>It burned.</p></li>",
    ],
)
def test_bold_marks_the_label(item: str) -> None:
    said = f"<h3>FDD Expert Response</h3><p>{SAID} — Ada Vance, Fellow</p>"
    brief = _page(f"<h1>{TITLE}</h1><h3>Latest Developments</h3><ul>{item}</ul>{said}")
    assert [(d.headline and d.headline.text, d.text.text) for d in brief.developments] == [
        ("‘One’ or ‘Two’: Both", "It burned.")
    ]


@pytest.mark.parametrize("join", ["</p><p>", "<br>", "<br><br>"])
def test_bullets_typed_into_a_page(join: str) -> None:
    items = join.join(f"• {line[2:]}" for line in NEW)
    said = f"<h3>FDD Expert Response</h3><p>{SAID} — Ada Vance, Fellow</p>"
    brief = _page(f"<h1>{TITLE}</h1><h3>Latest Developments</h3><p>{items}</p>{said}")
    assert _labels(brief) == ["Fire at Mill", "Cause Unknown"] and "•" not in brief.text


# --- statements ------------------------------------------------------------------------------

NAMES = [
    "Ada Vance",
    "A. Vance",
    "Seth J. Vance",
    "H.R. Vance",
    "Behnam Ben Vance",
    "Ada May",
    "April O’Dowd",
    "Ada Abdul-Vance",
    "José Núñez",
    "Ada Vance Jr.",
    "Ada Vance, Jr.",
    "RADM (Ret.) Ada Vance",
    "Col. (Res.) Ada Vance",
    "Dr. Ada Vance",
    "Johanna “Jo” Vance",
]


@pytest.mark.parametrize("join", [" — ", " ", "", "— ", " – ", " —", "\n— ", "\n"])
@pytest.mark.parametrize("name", NAMES)
def test_attributions(join: str, name: str) -> None:
    role = "Russia Program Director and Editor of FDD’s Long War Journal"
    said = "“He called it “a fence,” they say — and it was. It is ‘theirs.’”"
    brief = _brief(_text(f"{said}{join}{name}, {role}", "“Fine.” — Bo Vance, FDD CEO"))
    assert _experts(brief) == [(name, role), ("Bo Vance", "FDD CEO")]
    assert [s.quote.text for s in brief.statements] == [said[1:-1], "Fine."]
    places = [s.affiliation.text for s in brief.statements if s.affiliation]
    assert places == ["FDD’s Long War Journal", "FDD"]


@pytest.mark.parametrize("marks", ["“”", '""'])
@pytest.mark.parametrize("reopened", [True, False])
def test_statements_of_several_paragraphs(marks: str, reopened: bool) -> None:
    first, last = marks
    again = first if reopened else ""
    paragraphs = f"\n{again}".join(["Bread is dear.", "Flour is “dear.”", "So it burns."])
    said = f"{first}{paragraphs}{last} — Ada Vance, Fellow"
    brief = _brief(_text(said, f"{first}Yes.{last} — Bo Vance, Fellow"))
    assert _experts(brief) == [("Ada Vance", "Fellow"), ("Bo Vance", "Fellow")]
    quote = f"Bread is dear.\n\n{again}Flour is “dear.”\n\n{again}So it burns."
    assert brief.statements[0].quote.text == quote


@pytest.mark.parametrize(
    "prose",
    [
        "“We will answer.” Abbas Vance, Sarhan’s foreign minister, wrote on X.",
        "“Enough,” Interior Minister Greta Vance told parliament. “We will see.”",
        "“We sail by the shore,” one captain said.",
        "“No,” Reuters reported.",
        "“It burned.” The mayor, Bo Vance, said more on Tuesday.",
    ],
)
def test_quoted_prose_is_no_statement(prose: str) -> None:
    brief = _brief(_text(SAID + " — Ada Vance, Fellow", prose, "The rest is history.", old=True))
    assert _experts(brief) == [("Ada Vance", "Fellow")] and not brief.links
    assert brief.blocks[-2].section == "context"


def test_subheading_ends_the_experts() -> None:
    after = ("A Pattern of Fires", "It was the third.", "“It burned.” — Bo Vance, Mill Director")
    brief = _brief(_text(SAID + " — Ada Vance, Fellow", *after, old=True))
    assert _experts(brief) == [("Ada Vance", "Fellow")]
    assert brief.unknown_headings == ("A Pattern of Fires",)


def test_introduction_of_the_experts() -> None:
    brief = _brief(_text("FDD experts offered these insights:", SAID + " — Ada Vance, Fellow"))
    assert _experts(brief) == [("Ada Vance", "Fellow")]


@pytest.mark.parametrize(
    ("tail", "experts"),
    [
        (" — Ada Vance, Senior Ana", [("Ada Vance", "Senior Ana")]),
        (" — Ada Van", [("Ada Van", None)]),
        (" — Ada", [("Ada", None)]),
        (" — ", []),
    ],
)
def test_cut_pages_keep_what_is_there(tail: str, experts: list[tuple[str, str | None]]) -> None:
    brief = _brief(_text(SAID + tail))
    assert _experts(brief) == experts and brief.truncated


@pytest.mark.parametrize("role", ["Chair", "Fellow", "Director of Research", "FDD CEO"])
def test_whole_pages_are_not_marked(role: str) -> None:
    assert not _brief(_text(f"{SAID} — Ada Vance, {role}")).truncated


# --- links -----------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", [["FDD Background and Analysis"], []])
@pytest.mark.parametrize("opening", ["“", ""])
@pytest.mark.parametrize(
    ("printed", "cited"),
    [
        ("Bread, Flour, and Fire,” by Ada Vance", ("Bread, Flour, and Fire", ["Ada Vance"], None)),
        ("Dear Bread,” by Ada Vance and Bo May", ("Dear Bread", ["Ada Vance", "Bo May"], None)),
        ("Dear Bread,” FDD Flash Brief", ("Dear Bread", [], "FDD Flash Brief")),
        ("Dear Bread,” by Ada Vance, The Hill", ("Dear Bread", ["Ada Vance"], "The Hill")),
        ("‘Bread first’: a strike,” 19FortyFive", ("‘Bread first’: a strike", [], "19FortyFive")),
        ("Is Bread Dear?” by Ada Vance", ("Is Bread Dear?", ["Ada Vance"], None)),
        ("Is Bread Dear?” FDD Policy Brief", ("Is Bread Dear?", [], "FDD Policy Brief")),
    ],
)
def test_link_lines(
    heading: list[str], opening: str, printed: str, cited: tuple[str, list[str], str | None]
) -> None:
    line = opening + printed
    brief = _brief(_text(SAID + " — Ada Vance, Fellow", *heading, line, line.replace("D", "N")))
    assert _cited(brief)[0] == cited and len(brief.links) == 2
    assert brief.links[0].text.text == line


@pytest.mark.parametrize("opened", ["<aside>{}</aside>", "<div class='box'>{}</div>"])
@pytest.mark.parametrize(
    "teasers",
    [
        "<ul><li><a href='/1'>Talks Resume</a></li><li><a href='/2'>Mill Sold</a></li></ul>",
        "<ul><li><a href='/1'>“Who Pays?” by Ada Vance</a> May 3, 2024 | Memo</li></ul>",
        "<div><a href='/1'>Talks Resume</a></div><div>May 3, 2024 | Flash Brief</div>",
    ],
)
def test_side_columns_are_not_the_brief(opened: str, teasers: str) -> None:
    article = _article() + opened.format(f"<h3>Related Analysis</h3>{teasers}")
    assert _cited(_page(article)) == [("Dear Bread", ["Ada Vance"], None)]


# --- pages -----------------------------------------------------------------------------------

HEAD = f"<div class='meta'>{DATELINE}</div><h1>{TITLE}</h1>"
BY = "<a href='/team/v/'><strong>Ada Vance</strong></a>, <em>FDD Fellow</em>"
FOOT = "<div id='foot'><p>“Facts first.” — Ambrose Vance, Founding Trustee</p></div>"


def _article(head: str = HEAD, heading: str = "<h3>{}</h3>", said: str = f"{SAID} — {BY}") -> str:
    items = "".join(
        f"<li><strong>{label}:</strong> {text}</li>"
        for label, text in (line[2:].split(": ") for line in NEW)
    )
    return (
        f"{head}{heading.format('Latest Developments')}<ul>{items}</ul>"
        f"{heading.format('FDD Expert Response')}<p>{said}</p>"
        f"{heading.format('FDD Background and Analysis')}"
        "<p><a href='/x'>“Dear Bread,”</a> by Ada Vance</p>"
    )


def _check_page(brief: Brief) -> None:
    assert _front(brief) == WHOLE
    assert _labels(brief) == ["Fire at Mill", "Cause Unknown"]
    assert _experts(brief) == [("Ada Vance", "FDD Fellow")]
    assert brief.statements[0].quote.text == SAID[1:-1]
    assert _cited(brief) == [("Dear Bread", ["Ada Vance"], None)]


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>{}</h2>",
        "<h4><b>{}</b></h4>",
        "<p><strong>{}</strong></p>",
        "<p><strong>{}:&nbsp;</strong></p>",
        "<div><span>{}</span></div>",
        "<h3>\u200b{}</h3>",
    ],
)
def test_headings(heading: str) -> None:
    _check_page(_page(_article(heading=heading)))


def test_heading_in_the_paragraph_below_it() -> None:
    article = _article().replace(
        "<h3>FDD Expert Response</h3><p>", "<p><strong>FDD Expert Response</strong><br>"
    )
    _check_page(_page(article))


@pytest.mark.parametrize(
    "said",
    [
        f"{SAID} <strong>— Ada Vance</strong>, FDD Fellow",
        f"{SAID}{BY}",
        f"{SAID}<br>— {BY}",
        f"{SAID}<br>{BY}",
        f"{SAID}<br>— Ada Vance<br><em>FDD Fellow</em>",
        f"{SAID}</p><p>— {BY}",
        f"{SAID}</p><p><em>{BY}</em>",
        f"{SAID}<br><br>— {BY}",
        f"</p><blockquote><p>{SAID}</p></blockquote><p>— {BY}",
    ],
)
def test_attributions_of_pages(said: str) -> None:
    _check_page(_page(_article(said=said)))


MENU = "<div class='menu'><a href='/'>Home</a> <a href='/t'>Experts</a></div>"
NO_HEAD = _article(head="")


@pytest.mark.parametrize(
    "page",
    [
        f"<main><article>{_article()}<footer>{FOOT}</footer></article></main>",
        f"<div>{MENU}<div class='row'><div class='c8'>{_article()}</div></div>{FOOT}</div>",
        f"<div>{MENU}<div class='c'>{HEAD}<div class='body'>{NO_HEAD}</div></div>{FOOT}</div>",
        f"<form>{MENU}<div class='c'><div class='b'>{_article()}</div></div>{FOOT}</form>",
        f"{MENU}<div class='hero'>{HEAD}</div><article>{NO_HEAD}</article>{FOOT}",
        f"{MENU}<main>{HEAD}<div class='entry-content'>{NO_HEAD}</div></main>{FOOT}",
        f"<div class='top'>{MENU}{DATELINE}</div><article><h1>{TITLE}</h1>{NO_HEAD}</article>",
        f"<article>{HEAD}<p>{DATELINE}</p><p><b>{TITLE}</b></p>{NO_HEAD}</article>{FOOT}",
        f"<main><div class='entry-content'>{_article()}</div><article><a href='/1'>Talks</a>"
        f"<p>May 3, 2024 | Memo</p></article><article>Mill Sold</article></main>{FOOT}",
    ],
)
def test_places_of_the_article(page: str) -> None:
    _check_page(_page(page, wrap="{}"))


def test_page_set_with_line_breaks() -> None:
    lines = [DATELINE, TITLE, "<b>Latest Developments</b>", *(f"• {line[2:]}" for line in NEW)]
    lines += ["<b>FDD Expert Response</b>", f"{SAID} — {BY}"]
    lines += ["<b>FDD Background and Analysis</b>", "“<a href='/x'>Dear Bread</a>,” by Ada Vance"]
    _check_page(_page("<br>\n".join(lines), wrap="<div><p>{}</p></div>"))


def test_todays_date_in_the_masthead_is_not_the_briefs() -> None:
    masthead = "<div>May 6, 2025</div>"
    brief = _page(f"{masthead}<article><h1>{TITLE}</h1>{NO_HEAD}</article>", wrap="{}")
    assert brief.published is None
