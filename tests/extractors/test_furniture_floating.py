"""Boxes, posts, pull quotes, teasers and notes within an article stay text, and are in no row."""

from __future__ import annotations

import pytest

from extractors import Brief, extract

FIRST = "The harbour council sold the crane at night, and nobody who voted for it would say why."
SECOND = (
    "Its buyer is a bank without a door. I expect the crane to be gone before the herring come."
)
OTHER = "Dockers will strike on Friday. They have done so at each sale since the war of the pilots."
FURNITURE = [
    "<div class='x7'><p>Have our harbour letter in your inbox every Monday.</p></div>",
    "<p>Sign up here for harbour notes and the tide tables.</p>",
    "<div><h4>The Harbour Letter</h4><p>Receive our weekly newsletter on tides.</p></div>",
    "<blockquote><p>The crane is gone.</p>— Vessa Port (@vessaport) May 4, 2025</blockquote>",
    "<blockquote><p>Nobody who voted for it would say why</p></blockquote>",
    "<p>“I expect the crane to be gone before the herring come.”</p>",
    "<blockquote class='q'>The bank is without a door</blockquote>",
    "<p>RELATED<a href='/c'>Counting Cranes in Tarsk</a></p>",
    "<p><strong>Read more:</strong> <a href='/c'>Who Owns the Cranes of Tarsk?</a></p>",
    "<p>Dockers on the northern pier in Vessa. (Photo by Ada Vance)</p>",
    "<p><b>More on piers?</b></p><p>Sign up to be notified of our next note.</p>",
    "<p>Tides turn. Our newsletter tells you when. <a href='/n'>Sign up here</a>.</p>",
    "<div><p>Tides, weekly.</p><form><input type='email'><button>Go</button></form></div>",
    "<p>Follow us on Bluesky and LinkedIn.</p>",
    "<blockquote>“The buyer is a bank without a door.”<br>— Ada Vance</blockquote>",
    "<figure><blockquote><p>A bank without a door</p><cite>Ada Vance</cite></blockquote></figure>",
    "<div><span>Related</span><h4><a href='/c'>Counting Cranes in Tarsk</a></h4></div>",
    "<div><p>RELATED ANALYSIS</p><p><a href='/c'>Cranes of Tarsk</a></p><p>Jul 4, 2024</p></div>",
    "<a href='/c'><span>Note</span><h4>Cranes of Tarsk</h4><span>July 4, 2024</span></a>",
]


def _brief(page: str, uri: str) -> Brief:
    brief = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert brief is not None
    return brief


def _words(text: str) -> list[str]:
    return sorted(text.split())


@pytest.mark.parametrize("box", FURNITURE)
@pytest.mark.parametrize("place", ["within", "behind", "end"])
def test_what_stands_among_an_expert_s_words_is_none_of_them(box: str, place: str) -> None:
    at = {"within": "", "behind": "", "end": ""} | {place: box}
    page = (
        "<article><h1>Experts react: The crane of Vessa is sold</h1><p>May 5, 2025</p>"
        "<p>The council of Vessa sold its last crane on Monday, and will not tell the price.</p>"
        f"<h3>A bank buys a crane</h3><p>{FIRST}</p>{at['within']}<p>{SECOND}</p>{at['behind']}"
        "<p>—Ada Vance is a senior fellow at the Atlantic Council’s Europe Center.</p>"
        f"<h3>Friday will be quiet</h3><p>{OTHER}</p>"
        "<p>—Piet Falk is a nonresident fellow at the Atlantic Council’s Europe Center.</p>"
        f"{at['end']}</article>"
    )
    brief = _brief(page, "https://www.atlanticcouncil.org/blogs/a")
    assert [s.quote.text for s in brief.statements] == [f"{FIRST}\n\n{SECOND}", OTHER]
    plain = _brief(f"<article><h1>A</h1>{box}</article>", "https://www.atlanticcouncil.org/b").text
    assert not set(_words(plain)) - set(_words(brief.text)) - {"A"}


NOTES = [
    "<p>Correction, May 7: an earlier version gave the wrong name of the crane.</p>",
    "<p><em>This article was updated on May 8 to correct the price of the crane.</em></p>",
    "<p>Editor’s note: The council did not answer our letters.</p>",
    "<p>The authors thank Mara Osk for her patience and for research assistance.</p>",
    "<p>We are grateful to two pilots for their comments on a draft.</p>",
    "<h4>Acknowledgements</h4><p>Mara Osk drew the map, and the pilots lent us a boat.</p>",
    "<p>The views expressed in this piece are the authors’ own.</p>",
]


@pytest.mark.parametrize("note", NOTES)
def test_notes_below_the_last_words_are_none_of_them(note: str) -> None:
    page = (
        "<article><h1>After the Crane: Views from the institute</h1><p>May 5, 2025</p>"
        "<p>The council of Vessa sold its last crane on Monday, and will not tell the price.</p>"
        f"<h3>Ada Vance, Senior Fellow</h3><p>{FIRST}</p><p>{SECOND}</p>"
        f"<h3>Piet Falk, Fellow</h3><p>{OTHER}</p>{note}</article>"
    )
    brief = _brief(page, "https://www.brookings.edu/articles/a")
    assert [s.quote.text for s in brief.statements] == [f"{FIRST}\n\n{SECOND}", OTHER]
    assert brief.blocks[-1].section == "boilerplate"


@pytest.mark.parametrize(
    "said",
    [
        "Get the crane back, and the council will fall within a week of it.",
        "I thank the pilots, who told the council what the crane was worth.",
        "“A crane is not a boat,” the mayor said, and left by the back door.",
        "The report was published by the bank, which has revised its figures since.",
        "Subscribers to the harbour fund lost nine marks each, and the pilots lost eleven.",
    ],
)
def test_sentences_that_sound_like_furniture_are_words(said: str) -> None:
    page = (
        "<article><h1>After the Crane: Views from the institute</h1><p>May 5, 2025</p>"
        "<p>The council of Vessa sold its last crane on Monday, and will not tell the price.</p>"
        f"<h3>Ada Vance, Senior Fellow</h3><p>{FIRST}</p><p>{said}</p>"
        f"<h3>Piet Falk, Fellow</h3><p>{OTHER}</p></article>"
    )
    brief = _brief(page, "https://www.brookings.edu/articles/a")
    assert [s.quote.text for s in brief.statements] == [f"{FIRST}\n\n{said}", OTHER]


def test_a_teaser_stuck_to_a_paragraph_is_parted_from_it() -> None:
    stuck = "<p>{} <b>Related:</b> <a href='/c'>Counting Cranes in Tarsk</a></p>"
    page = (
        "<article><h1>Cranes</h1><p>May 5, 2025</p><h2>Key Takeaways</h2>"
        f"{stuck.format(FIRST)}<p>{OTHER}</p></article>"
    )
    brief = _brief(page, "https://understandingwar.org/a")
    assert [d.text.text for d in brief.developments] == [FIRST, OTHER]
    assert "Related: Counting Cranes in Tarsk" in brief.text


def test_a_quotation_that_is_signed_is_no_news_and_paragraphs_go_on() -> None:
    page = (
        "<article><h1>A Crane Is Sold</h1><p>Daily News Brief | May 5, 2025</p>"
        "<h2>Top of the Agenda</h2>"
        f"<p><b>The sale.</b> {FIRST}</p><p>{SECOND}</p>"
        "<p>“Whoever owns a crane owns the pier.”</p><p>—CFR Fellow Ada Vance, In Brief</p>"
        f"<h2>Across the Globe</h2><p>{OTHER}</p><p><b>A ferry in Tarsk.</b> {FIRST}</p>"
        "</article>"
    )
    brief = _brief(page, "https://www.cfr.org/article/a")
    assert [(d.headline and d.headline.text, d.text.text) for d in brief.developments] == [
        ("The sale", f"{FIRST}\n\n{SECOND}"),
        (None, OTHER),
        ("A ferry in Tarsk", FIRST),
    ]


@pytest.mark.parametrize(
    "day",
    [
        "As of 16 January 2020, 6 p.m. local time",
        "(as of 16 January 2020)",
        "As of 18:00 hrs on 16 January 2020",
        "As of 16 January 2020, 18h00 (local time)",
    ],
)
def test_an_update_s_day_is_as_of_an_hour(day: str) -> None:
    page = (
        f"<article><h1>Vessa: Floods Flash Update No. 2</h1><p>{day}</p><h2>Highlights</h2>"
        f"<ul><li>{FIRST}</li><li>{OTHER}</li></ul></article>"
    )
    brief = _brief(page, "https://www.unocha.org/publications/report/a")
    assert brief.published is not None and str(brief.published.on) == "2020-01-16"
    assert len(brief.developments) == 2


def test_the_line_that_signs_all_words_is_not_a_pull_quote_s() -> None:
    pulled = "“Nobody who voted for it would say why.”"
    page = (
        "<article><h1>Experts react: The crane of Vessa is sold</h1><p>May 5, 2025</p>"
        "<p>The council of Vessa sold its last crane on Monday, and will not tell the price.</p>"
        f"<h3>A bank buys a crane</h3><p>{FIRST}</p><p>{pulled}</p><p>—Ada Vance is a fellow.</p>"
        f"<h3>Friday will be quiet</h3><p>{OTHER}</p><p>—Piet Falk is a fellow.</p></article>"
    )
    brief = _brief(page, "https://www.atlanticcouncil.org/blogs/a")
    assert [s.quote.text for s in brief.statements] == [FIRST, OTHER]


CARDS = [
    "<h4>{}</h4><p>{} is a senior fellow of the harbour.</p><h4>{}</h4><p>{} is a fellow.</p>",
    "<h3>{}</h3><p>Senior Fellow</p><p>She works on cranes.</p><h3>{}</h3><p>He was a pilot.</p>",
    "<div><a href='/experts/a'>{}</a><span>Senior Fellow</span></div><div><b>{}</b>, Fellow</div>",
]


@pytest.mark.parametrize("cards", CARDS)
@pytest.mark.parametrize("host", ["brookings.edu", "chathamhouse.org", "washingtoninstitute.org"])
def test_cards_that_name_the_experts_once_more_are_no_words(cards: str, host: str) -> None:
    names = ("Ada Vance", "Piet Falk")
    pairs = [name for name in names for _ in range(cards.count("{}") // 2)]
    page = (
        "<article><h1>After the Crane: Views from the institute</h1><p>May 5, 2025</p>"
        "<p>The council of Vessa sold its last crane on Monday, and will not tell the price.</p>"
        f"<h3>Ada Vance, Senior Fellow</h3><p>{FIRST}</p><p>{SECOND}</p>"
        f"<h3>Piet Falk, Fellow</h3><p>{OTHER}</p>{cards.format(*pairs)}</article>"
    )
    brief = _brief(page, f"https://www.{host}/a")
    assert [s.quote.text for s in brief.statements] == [f"{FIRST}\n\n{SECOND}", OTHER]
    assert brief.blocks[-1].section == "boilerplate"


def test_who_speaks_twice_has_two_statements() -> None:
    said = [("Ada Vance", FIRST), ("Piet Falk", OTHER), ("Ada Vance", SECOND), ("Piet Falk", FIRST)]
    shares = "".join(f"<h3>{name}, Fellow</h3><p>{words}</p>" for name, words in said)
    page = (
        "<article><h1>After the Crane: Views from the institute</h1><p>May 5, 2025</p>"
        f"<p>The council of Vessa sold its last crane, and is silent.</p>{shares}</article>"
    )
    brief = _brief(page, "https://www.brookings.edu/articles/a")
    assert [(s.speaker.text, s.quote.text) for s in brief.statements] == said


TEASERS = [
    "<li><p>Note</p><p><a href='{h}1'>Cranes of Tarsk</a></p><p>July 4, 2024</p></li>",
    "<h4><a href='{h}1'>Cranes of Tarsk</a></h4><p>By Mara Osk</p><p>July 4, 2024</p>",
    "<h4><a href='{h}1'>Cranes of Tarsk</a></h4><p>What a crane is worth.</p><p>July 4, 2024</p>",
    "<p><a href='{h}1'>Cranes of Tarsk</a></p><p><a href='{h}2'>Who Owns the Tide?</a></p>",
]


@pytest.mark.parametrize("cards", TEASERS)
@pytest.mark.parametrize("link", ["/c", "#"])
@pytest.mark.parametrize("head", ["<h2>More on this topic</h2>", "<p>Keep reading</p>"])
def test_a_column_of_other_pieces_ends_the_last_words(cards: str, link: str, head: str) -> None:
    page = (
        "<article><h1>After the Crane: Views from the institute</h1><p>May 5, 2025</p>"
        "<p>The council of Vessa sold its last crane, and is <a href='/x'>silent</a> since.</p>"
        f"<h3>Ada Vance, Senior Fellow</h3><p>{FIRST}</p><p>{SECOND}</p>"
        f"<h3>Piet Falk, Fellow</h3><p>{OTHER}</p>"
        f"<div>{head}<ul>{cards.format(h=link)}</ul></div></article>"
    )
    brief = _brief(page, "https://www.brookings.edu/articles/a")
    assert [s.quote.text for s in brief.statements] == [f"{FIRST}\n\n{SECOND}", OTHER]


def test_a_box_that_says_what_comes_by_mail_is_one_with_its_head() -> None:
    box = "<div><h4>Subscribe to our letter</h4><p>A weekly round-up of the tides.</p></div>"
    page = (
        "<article><h1>After the Crane: Views from the institute</h1><p>May 5, 2025</p>"
        "<p>The council of Vessa sold its last crane, and is silent since.</p>"
        f"<p><b>Ada Vance, Senior Fellow:</b></p><p>{FIRST}</p><p>{SECOND}</p>{box}"
        f"<p><b>Piet Falk, Fellow:</b></p><p>{OTHER}</p></article>"
    )
    brief = _brief(page, "https://www.chathamhouse.org/a")
    assert [s.quote.text for s in brief.statements] == [f"{FIRST}\n\n{SECOND}", OTHER]
