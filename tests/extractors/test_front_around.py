"""Days and authors that a page has around its text: above the title, in cards, in panes below."""

from __future__ import annotations

import pytest

from extractors import extract

PROSE = "".join(
    f"<p>The ferry to Osk was sold {n} times to owners who had not met, and none has paid yet.</p>"
    for n in range(3, 12)
)
MENU = "<nav><ul><li><a href='/a'>Themes</a></li></ul></nav>"
TITLE = "A Ferry Sold Twice"
ADA, BOTH, DAY = ["Ada Vance"], ["Ada Vance", "Ole Brandt"], "2025-05-13"


def read(host: str, page: str, head: str = "") -> tuple[list[str], str | None]:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body>{page}</body></html>"
    brief = extract(page.encode(), uri=f"https://{host}/x").brief
    assert brief is not None and brief.title is not None
    assert brief.title.text == TITLE
    day = brief.published.on if brief.published else None
    return [author.text for author in brief.authors], str(day) if day else None


@pytest.mark.parametrize(
    "head",
    [
        # the day further up in the head of the piece, with other things between
        f"<section><div>Research paper</div><div>13 May 2025</div><div>ISBN: 1 2</div>"
        f"<h1>{TITLE}</h1></section>",
        f"<div><span>13 May 2025</span><h2>{TITLE}</h2><span>Osk</span></div>",
        f"<div><span>May 13, 2025</span><h1>{TITLE}</h1><p>How Osk went dry</p></div>",
        # below the title, behind a label or not
        f"<h1>{TITLE}</h1><div><div>Date:&nbsp;</div><div>Tuesday, May 13, 2025</div></div>",
        f"<h1>{TITLE}</h1><p>May 2025</p><p>First published 13 May 2025</p>",
        f"<h1>{TITLE}</h1><div><time>13 May 2025</time><span>Osk</span><span>Also: F</span></div>",
        f"<h1>{TITLE}</h1><p><span>Last updated: 13 May 2025</span><span>Archive</span></p>",
    ],
)
@pytest.mark.parametrize("host", ["www.chathamhouse.org", "jinsa.org", "www.crisisgroup.org"])
def test_day_in_the_head_above_the_text(host: str, head: str) -> None:
    if "updated" in head:
        page = f"{MENU}<main class='entry-content'><article>{head}{PROSE}</article></main>"
    else:
        page = f"{MENU}<main>{head}<article class='entry-content'>{PROSE}</article></main>"
    assert read(host, page) == ([], DAY)


def test_day_of_another_box_is_not_the_pieces() -> None:
    head = f"<div><span>12 May 2025</span><h3>Other news</h3></div><div><h1>{TITLE}</h1></div>"
    assert read("jinsa.org", f"{head}<div class='entry-content'>{PROSE}</div>") == ([], None)


def test_line_of_a_blog_between_title_and_text() -> None:
    line = (
        "<div><span>Posted by <a href='/author/a'>Ada Vance</a></span> "
        "<span>on May 13, 2025</span> <span>in <a href='/c/memos'>Memos</a></span></div>"
    )
    page = f"<main><h1>{TITLE}</h1>{line}<div class='entry-content'>{PROSE}</div></main>"
    assert read("jinsa.org", page) == (ADA, DAY)


@pytest.mark.parametrize(
    "line",
    [
        "<div><span>By</span><span><a href='/people/a'>Ada Vance</a></span>"
        "<span>May 13, 2025</span></div>",
        "<div><a href='/people/a'>Ada Vance</a><time>May 13, 2025</time></div>",
        "<ul><li>Facebook</li><li>Print</li><li>Copy</li></ul><p>By Ada Vance</p>"
        "<p>May 13, 2025</p>",
    ],
)
@pytest.mark.parametrize("within", [True, False])
def test_names_that_only_the_style_sheet_parts(line: str, within: bool) -> None:
    text = f"<article class='entry-content'>{PROSE}</article>"
    if within:
        text = f"<article class='entry-content'><h1>{TITLE}</h1>{line}{PROSE}</article>"
    head = "" if within else f"<div><h1>{TITLE}</h1>{line}</div>"
    assert read("www.csis.org", f"<main>{head}{text}</main>") == (ADA, DAY)


def test_day_in_a_table_below_the_text() -> None:
    points = "<h2>Summary</h2><ul><li>Osk waits.</li></ul>"
    table = "<table><tr><td>Date published</td><td>13 May 2025</td></tr></table>"
    page = f"<article class='entry-content'><h1>{TITLE}</h1>{points}{PROSE}{table}</article>"
    assert read("www.chathamhouse.org", page) == ([], DAY)
    event = page.replace("Date published", "Date of the event")
    assert read("www.chathamhouse.org", event) == ([], None)


def test_authors_below_a_label_at_the_end() -> None:
    end = "<h3>Authors</h3><p>Ada Vance, Senior Fellow</p><p>Ole Brandt, Analyst</p>"
    head = f"<h1>{TITLE}</h1><p>May 13, 2025</p>"
    page = f"<article class='entry-content'>{head}{PROSE}{end}</article>"
    assert read("www.cfr.org", page) == (BOTH, DAY)
    asked = page.replace("<h3>Authors</h3>", "<h3>Press contacts</h3>")
    assert read("www.cfr.org", asked) == ([], DAY)


@pytest.mark.parametrize(
    ("box", "names"),
    [
        ("<aside class='c-authors'><h2>Authors</h2><p class='c-name'><a>Ada Vance</a></p>"
         "<p>Analyst</p><p class='c-name'><a>Ole Brandt</a></p></aside>", BOTH),
        ("<section class='article-authors'><h3><a>Ada Vance</a></h3><p>Fellow</p></section>", ADA),
        ("<div class='pane'><h3>Written By</h3><article class='teaser'><div class='teaser__title'>"
         "<a>Ada Vance</a></div><div>Fellow</div></article></div>", ADA),
        ("<div class='pane--written-by'><div class='title'>Ada Vance</div></div>", ADA),
        ("<div><h4>Author(s)</h4><h5>Ada Vance</h5><h5>Ole Brandt</h5></div>", BOTH),
        # who is to be asked, who wrote other pieces
        ("<div class='pane'><h3>Media Queries</h3><p>Contact <a>Ada Vance</a></p></div>", []),
        ("<div class='more-from-authors'><h4><a>Ada Vance</a></h4></div>", []),
        ("<div class='related'><div class='card-authors'><a>Ada Vance</a></div></div>", []),
        ("<div class='authors'><h3>Our authors</h3><ul><li><a>Ada Vance</a></li></ul></div>", []),
        ("<footer><div class='authors'><a>Ada Vance</a></div></footer>", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("below", [True, False])
def test_authors_in_a_box_of_their_own(box: str, names: list[str], below: bool) -> None:
    text = f"<article class='entry-content'><h1>{TITLE}</h1><p>May 13, 2025</p>{PROSE}</article>"
    page = text + box if below else box + text
    assert read("www.csis.org", page) == (names, DAY)


def test_authors_in_a_box_do_not_overrule_the_byline() -> None:
    box = "<div class='authors'><h4>Ole Brandt</h4></div>"
    head = f"<h1>{TITLE}</h1><p>By Ada Vance</p><p>May 13, 2025</p>"
    page = f"<article class='entry-content'>{head}{PROSE}</article>{box}"
    assert read("www.csis.org", page) == (ADA, DAY)


def test_credits_of_a_readers_view() -> None:
    head = (
        f"<h1 class='reader-title'>{TITLE}</h1><div class='credits reader-credits'>Ada Vance</div>"
    )
    page = f"<div class='container'><div>{head}</div><div class='content'>{PROSE}</div></div>"
    assert read("www.cfr.org", page)[0] == ADA


def test_name_and_month_below_the_title_of_a_paper() -> None:
    head = f"<div><h1>{TITLE}</h1><p>Ada Vance</p><p>May 2025</p></div>"
    page = f"<main>{head}<article class='entry-content'><h2>Summary</h2>{PROSE}</article></main>"
    assert read("www.chathamhouse.org", page) == (ADA, None)
    topic = page.replace("Ada Vance", "Osk and its harbour")
    assert read("www.chathamhouse.org", topic) == ([], None)
