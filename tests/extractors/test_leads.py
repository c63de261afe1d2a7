"""Lines between or below developments that only lead on, and announcements behind a kicker."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

ITEMS = {
    "Tarvonia": "Rebels shelled the port of Osk on 3 November; border chiefs met within a day.",
    "Velmar": "A drone killed an engineer on 14 November. The army began clearing an arms store.",
    "Norland": "Rival coastguards exchanged fire on 18 November, and neither has the tanker now.",
}
TITLE = "CrisisWatch November 2024"
LINKED = ("Read more", "Read more »", "Continue reading", "Learn more", "See the full entry")


def read(uri: str, title: str, body: str) -> Brief:
    page = f"<body><main><article><h1>{title}</h1><p>3 December 2024</p>{body}</article></main>"
    brief = extract(page.encode(), uri=uri).brief
    assert brief is not None
    return brief


def entries(body: str) -> dict[str | None, str]:
    brief = read("https://www.crisisgroup.org/crisiswatch/x", TITLE, body)
    return {d.headline.text if d.headline else None: d.text.text for d in brief.developments}


@pytest.mark.parametrize("lead", LINKED)
@pytest.mark.parametrize("head", ["<h4><a href='/c/{0}'>{0}</a></h4>", "<h3>{0}</h3>"])
def test_each_entry_leads_on_below_its_text(lead: str, head: str) -> None:
    parts = (
        f"<section>{head.format(name)}<p>{text}</p><p><a href='/c/{name}'>{lead}</a></p></section>"
        for name, text in ITEMS.items()
    )
    assert entries("".join(parts)) == ITEMS


@pytest.mark.parametrize(
    "lead",
    [
        "<p><a href='#top'>Back to top ↑</a></p>",
        "<p>Print this entry</p>",
        "<p><a href='#'>Read more</a></p>",
        "<p>Read more</p>",
        "<p><a href='/m'>View the interactive map</a></p>",
        "<div><span>Read also</span> <a href='/r'>The Price of Sand</a></div>",
        "<p>Related: <a href='/r'>The Price of Sand</a></p>",
        "<div class=newsletter><p>Sign up for our letter.</p><form><input type=email></form></div>",
    ],
)
def test_what_stands_below_one_entry_is_none_of_it(lead: str) -> None:
    parts = [f"<section><h3>{name}</h3><p>{text}</p>" for name, text in ITEMS.items()]
    parts[1] += lead
    assert entries("</section>".join(parts)) == ITEMS


@pytest.mark.parametrize(
    "words",
    [
        "Read more widely in Osk, books may yet outlast the port’s own long war.",
        "Listen to the sea, the pilots say, and it will tell you who has paid.",
        "Full employment returned to the port of Osk within a month of the truce.",
    ],
)
def test_a_sentence_that_begins_so_is_the_entrys(words: str) -> None:
    body = "".join(f"<h3>{name}</h3><p>{text}</p><p>{words}</p>" for name, text in ITEMS.items())
    assert entries(body) == {name: f"{text}\n\n{words}" for name, text in ITEMS.items()}


@pytest.mark.parametrize("lead", ["Read more", "Download PDF", "Back to top", "Full update →"])
def test_a_list_goes_on_below_a_line_that_leads_on(lead: str) -> None:
    first, second, third = (f"<li>{text}</li>" for text in ITEMS.values())
    head = "<h2>Bottom Line Up Front</h2>"
    body = f"{head}<ul>{first}{second}</ul><p><a href='/x'>{lead}</a></p><ul>{third}</ul>"
    brief = read("https://thesoufancenter.org/intelbrief-x/", "Who Pays for Osk", body)
    assert [d.text.text for d in brief.developments] == list(ITEMS.values())


def test_read_more_above_other_pieces_is_their_heading() -> None:
    cards = "".join(f"<p><a href='/r/{n}'>The Price of Sand {n}</a></p>" for n in range(3))
    body = "".join(f"<h3>{name}</h3><p>{text}</p>" for name, text in ITEMS.items())
    assert entries(f"{body}<p>Read more</p>{cards}") == ITEMS
