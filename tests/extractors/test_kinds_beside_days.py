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
