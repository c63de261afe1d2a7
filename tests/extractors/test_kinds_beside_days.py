"""The kind of piece where a page prints it beside the day in other ways than in one dateline."""

from __future__ import annotations

import pytest

from extractors import extract

TITLE = "Night Ferry Runs Aground"
DAY = "March 4, 2025"
BODY = (
    "<h2>Latest Developments</h2><p>The night ferry ran aground on March 3 with ninety people.</p>"
    "<h2>FDD Expert Response</h2><p>“It has two captains.” — Ada Vance, FDD Senior Fellow</p>"
)
NAV = "<nav><ul><li><a href=/f>Flash Briefs</a></li><li><a href=/m>Memos</a></li></ul></nav>"


def _kind(above: str, within: str = "") -> tuple[str | None, str | None, str]:
    page = (
        f"<!doctype html><html><head><title>{TITLE}</title></head><body>{NAV}<div>{above}"
        f"<div class=entry-content>{within}{BODY}</div></div></body></html>"
    )
    uri = "https://www.fdd.org/analysis/ferry/"
    brief = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert brief is not None
    assert len(brief.statements) == 1
    day = str(brief.published.on) if brief.published else ""
    return brief.kind and brief.kind.text, brief.title and brief.title.text, day


@pytest.mark.parametrize(
    "head",
    [
        "<h1>{t}</h1><ul><li>{d}</li><li>Flash Brief</li></ul>",
        "<ul><li>Flash Brief</li><li>{d}</li></ul><h1>{t}</h1>",
        "<div><span>Flash Brief</span><span> · </span><span>{d}</span><h1>{t}</h1></div>",
        "<h1>{t}</h1><div><span>Flash Brief</span> · <span>{d}</span></div>",
        "<h1>{t}</h1><p>{d}</p><p>Type: Flash Brief</p>",
        "<h1>{t}</h1><p>{d} | FDD Flash Brief</p>",
        "<h1>{t}</h1><p>{d} | Flash Brief | Ports, Ferries</p>",
        "<p>Flash Brief: {d}</p><h1>{t}</h1>",
        "<p>{d} | Flash Brief<br><b>{t}</b></p>",
    ],
)
def test_the_kind_is_read(head: str) -> None:
    head = head.format(t=TITLE, d=DAY)
    want = ("Flash Brief", TITLE, "2025-03-04")
    assert _kind("", head) == want
    assert _kind(head) == want


def test_a_menus_kind_above_the_title_is_none() -> None:
    menu = "<ul><li>Memo</li><li>Flash Briefs</li></ul>"
    assert _kind(f"{menu}<h1>{TITLE}</h1><p>{DAY}</p>")[0] is None


@pytest.mark.parametrize("bar", ["", "<li>|</li>", "<li>•</li>", "<li>/</li>"])
@pytest.mark.parametrize("kind", ["<span>Flash Brief</span>", "<a href=/f>Flash Brief</a>"])
def test_a_list_of_day_and_kind_has_a_bar_between_them(bar: str, kind: str) -> None:
    for day in (f"<time>{DAY}</time>", f"<a href=/2025/03/04/><time>{DAY}</time></a>"):
        info = f"<ul><li>{day}</li>{bar}<li>{kind}</li></ul>"
        want = ("Flash Brief", TITLE, "2025-03-04")
        assert _kind(f"{info}<h1>{TITLE}</h1>") == _kind(f"<h1>{TITLE}</h1>{info}") == want


@pytest.mark.parametrize(
    ("filed", "kind"),
    [
        ("Categories: <a>Analysis</a>, <a>Flash Brief</a>", "Flash Brief"),
        ("Filed under: <a>Flash Brief</a> | <a>Ports</a>", "Flash Brief"),
        ("Posted in <a>FDD Flash Brief</a>", "Flash Brief"),
        ("Categories: <a>Memo</a>, <a>Flash Brief</a>", None),
        ("Categories: <a>Analysis</a>, <a>Ports</a>", None),
        ("Category: Memo</p><p>Category: Flash Brief", None),
    ],
)
def test_what_a_piece_is_filed_under_below_its_text(filed: str, kind: str | None) -> None:
    page = (
        f"<title>{TITLE}</title><article><h1>{TITLE}</h1><p>{DAY}</p>{BODY}"
        f"<h2>Sand in the Channel</h2><p>It was dredged in 2019.</p><p>{filed}</p></article>"
    )
    brief = extract(page.encode(), uri="https://www.fdd.org/ferry/amp/").brief
    assert brief is not None
    assert (brief.kind.text if brief.kind else None) == kind


@pytest.mark.parametrize(
    "line",
    [
        "4th March 2025 - FDD Policy Brief",
        "FDD Policy Brief – 4th March 2025",
        "March 4th, 2025 — Foundation for Defense of Democracies Policy Brief",
        "4 March 2025 / FDD Policy Brief",
    ],
)
def test_the_house_before_the_kind_beside_a_day_on_its_older_site(line: str) -> None:
    page = (
        f"<title>{TITLE} :: Foundation for Defense of Democracies</title><div><h1>{TITLE}</h1>"
        f"<div>{line}</div><p>The night ferry ran aground on March 3 with ninety people aboard.</p>"
        "<p>Islanders pay the day fare until the pier is mended, which nobody expects.</p></div>"
    )
    brief = extract(page.encode(), uri="http://www.defenddemocracy.org/media-hit/ferry/").brief
    assert brief is not None and brief.kind is not None and brief.published is not None
    assert (brief.publisher, brief.kind.text) == ("fdd", "Policy Brief")
    assert str(brief.published.on) == "2025-03-04"


@pytest.mark.parametrize(
    "bar", ["<p>{d}</p><h2>{t}</h2>", "<p>{d}</p><p>{t}</p>", "<p>{d} {t}</p>"]
)
@pytest.mark.parametrize(
    "copy", ["", "<p>This is a cached copy, as it appeared on May 2, 2025.</p>"]
)
def test_a_bar_above_the_head_repeats_it(bar: str, copy: str) -> None:
    dateline = f"{DAY} | Flash Brief"
    bar = bar.format(d=dateline, t=TITLE)
    page = f"<body>{copy}{bar}<div><p>{dateline}</p><h1>{TITLE}</h1></div>{BODY}</body>"
    brief = extract(page.encode(), uri="https://www.fdd.org/ferry/", content_type="text/html").brief
    assert brief is not None and brief.title is not None and brief.kind is not None
    assert (brief.title.text, brief.kind.text) == (TITLE, "Flash Brief")


@pytest.mark.parametrize(
    "row",
    [
        "<table><tr><th>Tags</th><td><a href=/p>Ports</a></td></tr></table>",
        "<h5>Tags</h5><p><a href=/p>Ports</a></p>",
        "<dl><dt>Tags</dt><dd><a href=/p>Ports</a></dd></dl>",
        "<h4>Upcoming Events</h4><p><a href=/e>A Talk on Piers</a></p><p>May 20, 2025</p>",
    ],
)
def test_a_column_above_the_dateline_ends_there(row: str) -> None:
    head = f"<h1>{TITLE}</h1>{row}<p>{DAY} | Flash Brief</p>"
    assert _kind("", head) == ("Flash Brief", TITLE, "2025-03-04")


def test_a_newsletter_named_by_its_series_has_no_wrong_title_nor_author() -> None:
    """Its head names the series, and its first block holds day, kind and title."""
    page = (
        "<html><head><title>FDD Flash Brief</title></head><body><table><tr><td>"
        f"{DAY} | Flash Brief<br>"
        "<span>Night Ferry Carries Kestovian Rifles, Defying Patrols</span><br><br>"
        f"</td></tr><tr><td>{BODY}</td></tr></table></body></html>"
    )
    uri = "https://go.fdd.org/webmail/1/2"
    brief = extract(page.encode(), uri=uri, content_type="text/html").brief
    assert brief is not None and brief.kind is not None
    assert brief.kind.text == "Flash Brief"
    assert brief.authors == ()
    assert brief.title is None or brief.title.text.startswith("Night Ferry Carries")
